/** The picture as it is looked at now, with what is broken, marked and measured in it, as a file of its own. */

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
/** What style sheets of the page say of a picture's elements; a file of its own has to say it itself. */
const STYLES = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "stroke-linejoin"],
  ...["opacity", "font-size", "font-weight", "text-anchor", "text-decoration", "letter-spacing"],
];
const INITIAL: Record<string, string> = {
  ...{ opacity: "1", "fill-opacity": "1", "stroke-opacity": "1", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none" },
  ...{ "stroke-linecap": "butt", "stroke-linejoin": "miter", "letter-spacing": "normal", "text-anchor": "start" },
};
const MARGIN = 16;
/** Dots for each unit of a bitmap, and the most that one side may have. */
const [SCALE, MOST] = [2, 8000];

export async function save(svg: SVGSVGElement, format: "svg" | "png", name: string): Promise<void> {
  const { text, width, height } = standalone(svg);
  if (format === "svg") return download(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
  download(await painted(text, width, height), `${name}.png`);
}

/** A whole document: the icons that it uses, its font and its ground are in it. */
export function standalone(svg: SVGSVGElement): { text: string; width: number; height: number } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copyStyles(svg, copy);
  for (const each of copy.querySelectorAll(".hit, .touch, .fold, .runner")) each.remove();
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  for (const each of copy.querySelectorAll("[role], [tabindex]")) {
    each.removeAttribute("role");
    each.removeAttribute("tabindex");
  }
  const layer = svg.querySelector<SVGGElement>("g.camera");
  copy.querySelector("g.camera")?.removeAttribute("transform");
  const box = layer?.getBBox() ?? svg.viewBox.baseVal;
  const [x, y, width, height] = [box.x - MARGIN, box.y - MARGIN, box.width + 2 * MARGIN, box.height + 2 * MARGIN].map(Math.round) as [number, number, number, number];
  copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("xmlns", SVG_NAMESPACE);
  copy.setAttribute("font-family", "Inter, sans-serif");
  const ground = document.createElementNS(SVG_NAMESPACE, "rect");
  for (const [attribute, value] of Object.entries({ x, y, width, height })) ground.setAttribute(attribute, String(value));
  ground.setAttribute("fill", getComputedStyle(svg.closest(".board") ?? svg).backgroundColor);
  const [style, symbols] = [document.createElementNS(SVG_NAMESPACE, "style"), document.createElementNS(SVG_NAMESPACE, "defs")];
  style.textContent = fonts();
  symbols.append(...used(copy));
  copy.prepend(style, symbols, ground);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function copyStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  if (style.display === "none") {
    to.setAttribute("display", "none");
    return;
  }
  if (from !== to.ownerDocument.documentElement && from.tagName !== "svg") {
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value && (INITIAL[name] !== value || to.hasAttribute(name))) to.setAttribute(name, value);
    }
  }
  to.removeAttribute("class");
  [...from.children].forEach((child, index) => {
    const copied = to.children[index];
    if (copied) copyStyles(child, copied);
  });
}

/** The symbols that a picture refers to, which stand elsewhere in the page. */
function used(copy: SVGSVGElement): Node[] {
  const ids = new Set([...copy.querySelectorAll("use")].map((each) => each.getAttribute("href")?.slice(1) ?? ""));
  return [...ids].flatMap((id) => {
    const symbol = copy.querySelector(`[id="${id}"]`) ? null : document.getElementById(id);
    return symbol ? [symbol.cloneNode(true)] : [];
  });
}

/** The font of the page, which lies in its style sheet. */
function fonts(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .map((rule) => rule.cssText)
    .join("\n");
}

async function painted(text: string, width: number, height: number): Promise<Blob> {
  const scale = Math.min(SCALE, MOST / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${based(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no bitmap"))), "image/png"));
}

function based(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
