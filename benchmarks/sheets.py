"""Side by side: how archspec and its peers draw the same view of the same spec.

    uv run --all-extras python -m benchmarks.sheets [--before REV] [-o FOLDER] [SPEC…]

One sheet for each spec: archspec in light and dark and as a phone shows it, the picture that a revision had before,
then Graphviz's dot, Mermaid and D2 with ELK, each from the text that archspec writes for it and with its own layout and
style. The peers come from tests/tools, the browser is Debian's.
"""

import argparse
import base64
import json
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path

from archspec.language import load
from archspec.model import Architecture
from archspec.renderers import find_view, render, renderer_for

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "tests" / "tools"
COLUMN, PHONE, HEIGHT = 600, 390, 780
PEERS = {"dot": "Graphviz dot", "mermaid": "Mermaid", "d2": "D2 with ELK"}
MERMAID = """async text => {
  mermaid.initialize({ startOnLoad: false, htmlLabels: false, flowchart: { htmlLabels: false } });
  return (await mermaid.render("drawn", text)).svg;
}"""
STYLE = f"""
body {{ font: 15px sans-serif; margin: 24px; display: grid; grid-template-columns: repeat(3, {COLUMN}px); gap: 24px }}
h1 {{ grid-column: 1 / -1; margin: 0; font-size: 24px }} figure {{ margin: 0 }} figcaption {{ padding: 4px 0 }}
img {{ max-width: 100%; max-height: {HEIGHT}px; border: 1px solid #ddd; background: white }}
.dark img {{ background: #0d1117 }} .phone img {{ width: {PHONE}px }}
"""


def main() -> None:
    """Write the sheets."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs", nargs="*", type=Path, default=sorted(ROOT.glob("specs/*/architecture.yaml")))
    parser.add_argument("--before", metavar="REV", help="show the picture of this revision too")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "sheets")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        light, dark = (browser.new_context(color_scheme=scheme).new_page() for scheme in ("light", "dark"))
        light.set_viewport_size({"width": 3 * COLUMN + 96, "height": 800})
        for path in options.specs:
            architecture = load(path)
            light.set_content("<p></p>")
            light.add_script_tag(path=TOOLS / "node_modules" / "mermaid" / "dist" / "mermaid.min.js")
            mermaid = light.evaluate(MERMAID, written(architecture, "mermaid"))
            ours = written(architecture, "svg")
            dark.set_viewport_size({"width": 860, "height": 100})
            dark.set_content(f"<style>body {{ margin: 0 }} svg {{ width: 100%; height: auto }}</style>{ours}")
            figures = [
                ("archspec", "", image(ours.encode())),
                ("archspec, dark", "dark", image(dark.screenshot(full_page=True), "image/png")),
                ("archspec on a phone", "phone", image(ours.encode())),
                *before(options.before, path),
                *((title, "", image(drawn)) for title, drawn in peers(architecture, mermaid)),
            ]
            body = "".join(f'<figure class="{kind}"><figcaption>{t}</figcaption>{i}</figure>' for t, kind, i in figures)
            light.set_content(f"<style>{STYLE}</style><h1>{escape(architecture.name)}</h1>{body}")
            light.wait_for_load_state("networkidle")
            target = options.output / f"{path.parent.name}.jpg"
            light.screenshot(path=target, full_page=True, type="jpeg", quality=50)
            print(target)
        browser.close()


def written(architecture: Architecture, name: str) -> str:
    """The first view in a format."""
    return render(renderer_for(name), architecture, find_view(architecture, None)).data.decode()


def peers(architecture: Architecture, mermaid: str) -> Iterator[tuple[str, bytes]]:
    """What each peer draws of it."""
    texts = json.dumps({name: written(architecture, name) for name in ("dot", "d2")})
    call = ["node", str(ROOT / "benchmarks" / "peers" / "draw.mjs"), str(TOOLS)]
    done = subprocess.run(call, input=texts, capture_output=True, text=True, check=True, timeout=120)
    drawn = {**json.loads(done.stdout), "mermaid": mermaid}
    for name, title in PEERS.items():
        yield title, drawn[name].encode()


def before(revision: str | None, spec: Path) -> Iterator[tuple[str, str, str]]:
    """The kept picture of a spec's first view at a revision, where there was one."""
    if revision is None:
        return
    name = f"{revision}:{spec.resolve().relative_to(ROOT).parent}/expected/overview.svg"
    found = subprocess.run(["git", "show", name], cwd=ROOT, capture_output=True, check=False)
    if found.returncode == 0:
        yield f"archspec at {escape(revision)}", "", image(found.stdout)


def image(data: bytes, kind: str = "image/svg+xml") -> str:
    return f'<img src="data:{kind};base64,{base64.b64encode(data).decode()}">'


if __name__ == "__main__":
    main()
