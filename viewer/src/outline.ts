/** The page round the viewer: the present section in the navigation, folded targets opened, light or dark. */

const SCHEMES = ["auto", "light", "dark"] as const;
type Scheme = (typeof SCHEMES)[number];
const KEPT = "archspec-scheme";

let observer: IntersectionObserver | null = null;

/** Marks the present section; called again when the page was renewed. */
export function followSections(): void {
  observer?.disconnect();
  const links = new Map<string, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".navigation a")) links.set(link.hash.slice(1), link);
  const seen = new Set<Element>();
  observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target);
      const present = [...seen].sort((a, b) => b.getBoundingClientRect().top - a.getBoundingClientRect().top)[0];
      for (const [id, link] of links) {
        if (present?.id === id) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) observer?.observe(target);
  }
}

/** A link into a folded part opens it. */
export function openTargets(): void {
  const open = (): void => {
    if (location.hash.includes("=") || location.hash.length < 2) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!(target instanceof HTMLDetailsElement) || target.open) return;
    target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
}

/** With `?embed` in its address, as for a frame in another page, the page is its pictures alone. */
export function embed(): void {
  document.documentElement.classList.toggle("embedded", new URLSearchParams(location.search).has("embed"));
}

/** The link that skips to the picture leads to its first card. */
export function skipTo(host: HTMLElement): void {
  document.querySelector(".skip[href='#diagrams']")?.addEventListener("click", (event) => {
    const card = host.querySelector<SVGElement>(".board g[data-id] .touch");
    if (!card) return;
    event.preventDefault();
    host.scrollIntoView();
    card.focus({ preventScroll: true });
  });
}

/** A button that goes from the system's scheme to light to dark; the choice is kept where that is allowed. */
export function chooseScheme(): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "scheme";
  const set = (scheme: Scheme): void => {
    if (scheme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = scheme;
    button.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[scheme];
    button.setAttribute("aria-label", `Colours: ${scheme}`);
    button.dataset.scheme = scheme;
    keep(scheme);
  };
  button.addEventListener("click", () => {
    const at = SCHEMES.indexOf((button.dataset.scheme ?? "auto") as Scheme);
    set(SCHEMES[(at + 1) % SCHEMES.length] ?? "auto");
  });
  set(kept());
  document.querySelector(".aside .navigation")?.after(button);
}

function kept(): Scheme {
  try {
    return SCHEMES.find((scheme) => scheme === localStorage.getItem(KEPT)) ?? "auto";
  } catch {
    return "auto";
  }
}

function keep(scheme: Scheme): void {
  try {
    localStorage.setItem(KEPT, scheme);
  } catch {
    // A page opened from a file may have no storage: the choice then lasts as long as the page.
  }
}
