/** Starts the viewer in the place of the static diagrams, which stay for those without JavaScript and for print. */

import { render } from "preact";
import { App } from "./app";
import type { Data } from "./data";
import { listen } from "./live";
import { chooseScheme, embed, followSections, openTargets, skipTo } from "./outline";
import { fillPanels } from "./panels";
import { readData, readWalker } from "./wire";
import "./styles/viewer.css";
import "./styles/embedded.css";
import "./styles/side.css";
import "./styles/player.css";
import "./styles/picture.css";
import "./styles/layers.css";
import "./styles/sequence.css";
import "./styles/run.css";

function start(): void {
  followSections();
  openTargets();
  chooseScheme();
  embed();
  const section = document.getElementById("diagrams");
  const host = document.createElement("div");
  host.className = "viewer-host";
  skipTo(host);
  section?.querySelector(".section-head")?.after(host);
  let data: Data | null = null;
  let newest = 0;
  /** A page that comes after another is shown when its engine is there, so that what runs in the one before goes on. */
  const renew = async (): Promise<void> => {
    const own = ++newest;
    const read = await readData(document);
    if (newest !== own) return;
    if (!data?.walker) show(host, (data = read));
    const walker = await readWalker(document);
    if (newest !== own) return;
    data = read && walker ? { ...read, walker, flows: read.flows.map((flow) => ({ ...flow, ...walker.felt(flow.id) })) } : read;
    show(host, data);
    if (data) fillPanels(data);
  };
  void renew();
  if (location.hash.includes("=")) section?.scrollIntoView();
  listen(host, (views) => {
    if (views && data) show(host, (data = { ...data, views }));
    else void renew();
    followSections();
  });
}

/** Shows what the page holds now; the viewer's own state outlives a renewed page. */
function show(host: HTMLElement, data: Data | null): void {
  const pictures = picturesOf(document);
  document.documentElement.classList.toggle("has-viewer", pictures.size > 0);
  render(data && pictures.size ? <App data={data} pictures={pictures} /> : null, host);
}

function picturesOf(page: Document): Map<string, SVGSVGElement> {
  const pictures = new Map<string, SVGSVGElement>();
  for (const figure of page.querySelectorAll<HTMLElement>("figure[data-view]")) {
    const svg = figure.querySelector("svg")?.cloneNode(true) as SVGSVGElement | undefined;
    if (!svg) continue;
    const view = figure.dataset.view ?? "";
    keepApart(svg, view);
    pictures.set(view, svg);
  }
  return pictures;
}

/** Ids of a copy get another beginning, so that no two elements of the page share one. */
function keepApart(svg: SVGSVGElement, view: string): void {
  const known = new Set<string>();
  for (const element of svg.querySelectorAll("[id]")) {
    known.add(element.id);
    element.id = `viewer-${view}-${element.id}`;
  }
  const moved = (id: string) => (known.has(id) ? `viewer-${view}-${id}` : id);
  svg.setAttribute("aria-labelledby", (svg.getAttribute("aria-labelledby") ?? "").split(" ").map(moved).join(" "));
  for (const element of svg.querySelectorAll("[href^='#']")) {
    element.setAttribute("href", `#${moved(element.getAttribute("href")?.slice(1) ?? "")}`);
  }
}

start();
