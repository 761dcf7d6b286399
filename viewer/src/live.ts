/** A served page renews itself in place: what is looked at, how far it is zoomed and what is unfolded stay. */

interface Told {
  version: number;
  problem: string;
}

export function listen(host: HTMLElement, onRenewed: () => void): void {
  const address = document.querySelector<HTMLMetaElement>("meta[name=archspec-live]")?.content;
  if (!address) return;
  let shown: number | null = null;
  const events = new EventSource(address);
  events.addEventListener("message", async (event: MessageEvent<string>) => {
    const { version, problem } = JSON.parse(event.data) as Told;
    complain(problem);
    if (shown !== null && version !== shown) await renew(host, onRenewed);
    shown = version;
  });
}

/** What is wrong with the spec now, over the last good page. */
function complain(problem: string): void {
  document.querySelector(".problem")?.remove();
  if (!problem) return;
  const box = document.createElement("pre");
  box.className = "problem";
  box.setAttribute("role", "alert");
  box.textContent = problem;
  document.body.append(box);
}

async function renew(host: HTMLElement, onRenewed: () => void): Promise<void> {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const unfolded = [...document.querySelectorAll("details[open][id]")].map((each) => each.id);
  const chosen = [...document.querySelectorAll("input:checked[id]")].map((each) => each.id);
  const { scrollX, scrollY } = window;
  const focused = document.activeElement;
  document.title = next.title;
  for (const part of ["style", ".sprite", ".brand", ".navigation", "#archspec-data"]) swap(part, next);
  const main = next.querySelector("main");
  if (main) document.querySelector("main")?.replaceChildren(...main.children);
  document.querySelector("#diagrams .section-head")?.after(host);
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  for (const id of chosen) {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement) input.checked = true;
  }
  onRenewed();
  if (focused instanceof HTMLElement && host.contains(focused)) focused.focus({ preventScroll: true });
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

function swap(selector: string, next: Document): void {
  const [old, fresh] = [document.querySelector(selector), next.querySelector(selector)];
  if (old && fresh) old.replaceWith(fresh);
  else old?.remove();
}
