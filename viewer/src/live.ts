/** A served page renews itself in place: what is looked at, how far it is zoomed and what is unfolded stay. */

import type { View } from "./data";

/** A higher number is newer. */
interface News {
  page: number;
  pictures: number;
  problem: string;
  working: boolean;
}

const SILENCE = "archspec does not answer: this page is as it was when it last did.";

/** `onRenewed` is told the views of renewed pictures, null where the whole page is new. */
export function listen(host: HTMLElement, onRenewed: (views: View[] | null) => void): void {
  const live = document.querySelector<HTMLMetaElement>("meta[name=archspec-live]");
  if (!live) return;
  const shown = { page: numberOf(document), pictures: numberOf(document) };
  let news: News | null = null;
  let isBusy = false;
  /** The newest at once, one after the other; what comes while one is fetched and is older than the next is left out. */
  const follow = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      while (news && (news.page !== shown.page || news.pictures > shown.pictures)) {
        const isWhole = news.page !== shown.page;
        const next = await fetched(isWhole ? location.pathname : "pictures.html");
        const number = numberOf(next);
        if (number === (isWhole ? shown.page : shown.pictures)) break;
        const restore = isWhole ? replacePage(host, next) : replacePictures(host, next);
        onRenewed(isWhole ? null : viewsOf(next));
        restore();
        if (isWhole) shown.page = number;
        shown.pictures = number;
      }
    } catch {
      complain(SILENCE);
    } finally {
      isBusy = false;
    }
  };
  const events = new EventSource(live.content);
  events.addEventListener("message", (event: MessageEvent<string>) => {
    news = JSON.parse(event.data) as News;
    complain(news.problem);
    document.documentElement.classList.toggle("working", news.working);
    void follow();
  });
  events.addEventListener("error", () => complain(SILENCE));
}

/** What is wrong now, over the last good page. */
function complain(problem: string): void {
  document.querySelector(".problem")?.remove();
  if (!problem) return;
  const box = document.createElement("pre");
  box.className = "problem";
  box.setAttribute("role", "alert");
  box.textContent = problem;
  document.body.append(box);
}

function numberOf(page: Document): number {
  return Number(page.querySelector<HTMLMetaElement>("meta[name=archspec-live]")?.dataset.number ?? 0);
}

function viewsOf(page: Document): View[] {
  return JSON.parse(page.getElementById("archspec-views")?.textContent ?? "[]") as View[];
}

/** A page of the server; it also tells which view is looked at, so that this one is drawn first. */
async function fetched(path: string): Promise<Document> {
  const view = new URLSearchParams(location.hash.slice(1)).get("view") ?? firstView();
  const answer = await fetch(`${path}?view=${encodeURIComponent(view)}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function firstView(): string {
  return document.querySelector<HTMLElement>("figure[data-view]")?.dataset.view ?? "";
}

/** Gives what is left to do once the viewer has been renewed. */
function replacePage(host: HTMLElement, next: Document): () => void {
  document.title = next.title;
  document.getElementById("fresh-style")?.remove();
  for (const part of ["style", ".sprite", ".brand", ".navigation", "#archspec-data", "#archspec-walks", "#archspec-engine"]) swap(part, next);
  return replaceChildren("main", host, next);
}

/** The pictures stand in the page with a style and with icons of their own, which its other pictures do not know. */
function replacePictures(host: HTMLElement, next: Document): () => void {
  const [style, sprite] = [next.getElementById("fresh-style"), next.querySelector(".sprite")];
  document.getElementById("fresh-style")?.remove();
  if (style) document.head.append(style);
  const restore = replaceChildren("#diagrams", host, next);
  if (sprite) document.querySelector("#diagrams")?.append(sprite);
  return restore;
}

/** Puts in what the next page has, with the viewer in its place and everything as folded and chosen as it was. */
function replaceChildren(selector: string, host: HTMLElement, next: Document): () => void {
  const unfolded = [...document.querySelectorAll("details[open][id]")].map((each) => each.id);
  const chosen = [...document.querySelectorAll("input:checked[id]")].map((each) => each.id);
  const { scrollX, scrollY } = window;
  const focused = document.activeElement;
  const fresh = next.querySelector(selector);
  if (fresh) document.querySelector(selector)?.replaceChildren(...fresh.children);
  document.querySelector("#diagrams .section-head")?.after(host);
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  for (const id of chosen) {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement) input.checked = true;
  }
  return () => {
    if (focused instanceof HTMLElement && host.contains(focused)) focused.focus({ preventScroll: true });
    window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  };
}

function swap(selector: string, next: Document): void {
  const [old, fresh] = [document.querySelector(selector), next.querySelector(selector)];
  if (old && fresh) old.replaceWith(fresh);
  else if (fresh) document.body.append(fresh);
  else old?.remove();
}
