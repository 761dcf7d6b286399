/** The parts of a drawn view by the ids they carry. */

export interface Edge {
  source: string;
  target: string;
  element: SVGGElement;
}

export interface Picture {
  svg: SVGSVGElement;
  /** Cards by component; in a deployment view a component has one in each zone (`api.zone-a`). */
  nodes: Map<string, SVGGElement[]>;
  groups: Map<string, SVGGElement>;
  edges: Edge[];
}

export function pictureOf(svg: SVGSVGElement): Picture {
  const nodes = new Map<string, SVGGElement[]>();
  for (const element of svg.querySelectorAll<SVGGElement>("g[data-id]")) {
    const id = componentOf(element);
    nodes.set(id, [...(nodes.get(id) ?? []), element]);
  }
  const groups = new Map<string, SVGGElement>();
  for (const element of svg.querySelectorAll<SVGGElement>("g[data-group]")) {
    groups.set(element.dataset.group ?? "", element);
  }
  const edges = [...svg.querySelectorAll<SVGGElement>("g[data-source]")].map((element) => ({
    source: bare(element.dataset.source),
    target: bare(element.dataset.target),
    element,
  }));
  return { svg, nodes, groups, edges };
}

export function componentOf(element: SVGGElement): string {
  return bare(element.dataset.id);
}

/** The zone of a card in a deployment view, where it has one. */
export function zoneOf(element: SVGGElement): string {
  return (element.dataset.id ?? "").split(".")[1] ?? "";
}

function bare(id: string | undefined): string {
  return (id ?? "").split(".")[0] ?? "";
}

/** The line between two components, drawn either way: a worker asks its queue, the queue's arrow may lead to it. */
export function edgeBetween(picture: Picture, source: string, target: string): Edge | null {
  const edges = picture.edges;
  return (
    edges.find((edge) => edge.source === source && edge.target === target) ??
    edges.find((edge) => edge.source === target && edge.target === source) ??
    null
  );
}
