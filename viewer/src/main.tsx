/** Starts the viewer in the place of the static diagrams, which stay for those without JavaScript and for print. */

import { render } from "preact";
import { App } from "./app";
import { readData } from "./data";
import { chooseScheme, followSections, openTargets } from "./outline";
import "./styles/viewer.css";
import "./styles/side.css";
import "./styles/picture.css";

function start(): void {
  followSections();
  openTargets();
  chooseScheme();
  const data = readData();
  const section = document.getElementById("diagrams");
  if (!data?.views.length || !section) return;
  const pictures = new Map<string, SVGSVGElement>();
  for (const figure of section.querySelectorAll<HTMLElement>("figure[data-view]")) {
    const svg = figure.querySelector("svg");
    if (svg) pictures.set(figure.dataset.view ?? "", svg.cloneNode(true) as SVGSVGElement);
  }
  for (const [view, svg] of pictures) keepApart(svg, view);
  const host = document.createElement("div");
  host.className = "viewer-host";
  section.querySelector(".section-head")?.after(host);
  document.documentElement.classList.add("has-viewer");
  render(<App data={data} pictures={pictures} />, host);
  if (location.hash.includes("=")) section.scrollIntoView();
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
