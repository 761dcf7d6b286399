"""Every text format is read by the parser of the tool it is written for, with hostile labels too.

The tools are installed by `.ci/run` (npm packages below tests/tools, Debian's plantuml and chromium).
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from archspec.language import load, load_text
from archspec.model import Architecture
from archspec.renderers import build_scene, find_view, place, render, renderer_for, renderers, views
from archspec.renderers.renderer import FromArchitecture, FromPlacedScene, FromScene, Options
from tests.hostile_labels import TEXTS, hostile
from tests.renderers.test_flow_sequence import EVERYTHING, SPEC

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tests" / "tools"
MODULES = TOOLS / "node_modules"
SPECS = sorted(ROOT.glob("specs/*/architecture.yaml"))
BROWSER = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]

needs_npm = pytest.mark.skipif(not (MODULES / "likec4").exists(), reason="npm tools are not installed: see .ci/run")
needs_plantuml = pytest.mark.skipif(shutil.which("plantuml") is None, reason="plantuml is not installed: see .ci/run")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="Debian's chromium is not installed: see .ci/run")


@pytest.fixture(scope="module")
def architectures() -> dict[str, Architecture]:
    """All specs of the repository, and the hostile one."""
    return {**{spec.parent.name: load(spec) for spec in SPECS}, "hostile": hostile()}


def written(architectures: dict[str, Architecture], format_: str) -> dict[str, str]:
    """The first view of each in a format."""
    chosen = renderer_for(format_)
    return {name: render(chosen, one, find_view(one, None)).data.decode() for name, one in architectures.items()}


def in_folder(texts: dict[str, str], folder: Path, suffix: str) -> list[Path]:
    files = []
    for name, text in texts.items():
        file = folder / f"{name}{suffix}"
        file.write_text(text)
        files.append(file)
    return files


@pytest.mark.parsers
@needs_npm
def test_d2_compiles_every_spec(architectures: dict[str, Architecture], tmp_path: Path) -> None:
    """D2's own compiler takes every file."""
    files = in_folder(written(architectures, "d2"), tmp_path, ".d2")
    done = subprocess.run(["node", "check_d2.mjs", *files], cwd=TOOLS, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["ok"] * len(files)


@pytest.mark.parsers
@needs_npm
def test_likec4_validates_every_spec(architectures: dict[str, Architecture], tmp_path: Path) -> None:
    """`likec4 validate` finds nothing wrong in a folder where each is a project of its own."""
    texts = written(architectures, "likec4")
    for name, text in texts.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "likec4.config.json").write_text(json.dumps({"name": name}))
        (folder / "model.c4").write_text(text)
    command = [MODULES / ".bin" / "likec4", "validate", "--ignore-layout", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert (done.returncode, "ERROR" in said) == (0, False), said
    assert f"found {len(texts)} source files" in said


@pytest.mark.parsers
@needs_plantuml
def test_plantuml_draws_every_spec(architectures: dict[str, Architecture]) -> None:
    """`plantuml -syntax` names the kind of diagram instead of an error."""
    texts = [*written(architectures, "plantuml").values(), *written(architectures, "plantuml-c4").values()]
    assert in_plantuml(texts) == ["DESCRIPTION"] * len(texts)


@pytest.mark.parsers
@needs_npm
@needs_browser
@pytest.mark.parametrize("format_", ["mermaid", "mermaid-c4", "mermaid-architecture"])
def test_mermaid_parses_every_spec(architectures: dict[str, Architecture], format_: str) -> None:
    """Mermaid in a real browser parses every diagram."""
    errors = in_mermaid(list(written(architectures, format_).values()))
    assert errors == [None] * len(architectures)


@pytest.mark.parsers
@needs_npm
@needs_browser
def test_mermaid_shows_hostile_labels_in_a_c4_diagram_as_they_were_written() -> None:
    """Elements, groups, arrows and the title, but for quotation marks, which turn curly."""
    hostile = """
archspec: 1
name: 'A shop & <co> #1; 100%'
groups: {g: {kind: network, label: 'Group #2; & <x>'}}
components:
  user: {kind: person, label: 'Ada "the" #1; <b>', description: 'says: hi; & #amp; %%{x}%%'}
  api: {kind: server, label: 'A&B; *x* _y_ {z} `t`', group: g, technology: 'c#; net'}
connections: [user -> api: {label: 'asks why #5; & <z> 50%'}]
"""
    architecture = load_text(hostile)
    text = render(renderer_for("mermaid-c4"), architecture, find_view(architecture, None)).data.decode()
    shown = " ".join(in_mermaid([text], SHOWN)[0] or "").replace("\ufe0e", "")
    for words in (
        *("Ada ”the” #1; <b>", "says: hi; & #amp; %%{x}%%", "A&B; *x* _y_ {z} `t`", "c#; net"),
        *("Group #2; & <x>", "asks why #5; & <z> 50%", "A shop & <co> #1; 100%"),
    ):
        assert words in shown, shown


@pytest.mark.parsers
@needs_plantuml
@needs_npm
@needs_browser
def test_sequence_diagrams_are_read_by_mermaid_and_plantuml(architectures: dict[str, Architecture]) -> None:
    """Every flow as a sequence diagram of both, and one with every frame and hostile words in it."""
    framed = [
        SPEC.replace("STEP", EVERYTHING.replace("charge", json.dumps(text, ensure_ascii=False))) for text in TEXTS
    ]
    framed = [
        each.replace("Payments", json.dumps(text, ensure_ascii=False)) for each, text in zip(framed, TEXTS, strict=True)
    ]
    flows = [(one, flow) for one in architectures.values() for flow in list(one.flows)[:2]]
    views = [(one, find_view(one, f"sequence-{flow}")) for one, flow in flows]
    views += [(one, find_view(one, "sequence-order")) for one in map(load_text, framed)]
    mermaid, plantuml = renderer_for("mermaid"), renderer_for("plantuml")
    assert in_mermaid([render(mermaid, *each).data.decode() for each in views]) == [None] * len(views)
    assert in_plantuml([render(plantuml, *each).data.decode() for each in views]) == ["SEQUENCE"] * len(views)


def in_plantuml(texts: list[str]) -> list[str]:
    """What kind of diagram PlantUML takes each text for, by one process; an error with its reason."""
    text = "\n".join(texts)
    done = subprocess.run(["plantuml", "-syntax"], input=text, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    return [line for line in lines if line.isupper()] if "ERROR" not in lines else lines


PARSED = "async text => { try { await mermaid.parse(text); return null; } catch (e) { return e.message; } }"
SHOWN = """async text => {
  document.body.innerHTML = (await mermaid.render("drawn", text)).svg;
  return [...document.querySelectorAll("text")].map((each) => each.textContent);
}"""


def in_mermaid(texts: list[str], script: str = PARSED) -> list[Any]:
    """What a script in Mermaid's page says of each text: None where it parses."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_page()
        page.set_content("<p></p>")
        page.add_script_tag(path=MODULES / "mermaid" / "dist" / "mermaid.min.js")
        found = [page.evaluate(script, text) for text in texts]
        browser.close()
    return found


def test_drawio_is_xml_whose_edges_join_cells(architectures: dict[str, Architecture]) -> None:
    """draw.io's file is one graph model: unique ids, each edge between two cells, each cell with a geometry."""
    for text in written(architectures, "drawio").values():
        root = etree.fromstring(text.encode())
        cells = root.findall(".//mxCell")
        ids = [cell.get("id") for cell in cells]
        assert len(set(ids)) == len(ids)
        assert all(cell.get(end) in ids for cell in cells if cell.get("edge") for end in ("source", "target"))
        assert all(cell.find("mxGeometry") is not None for cell in cells if cell.get("vertex") or cell.get("edge"))


def test_graphml_is_read_by_networkx(architectures: dict[str, Architecture]) -> None:
    """networkx reads back every node and edge."""
    from networkx import parse_graphml

    for name, text in written(architectures, "graphml").items():
        graph = parse_graphml(text, force_multigraph=True)
        assert all(graph.nodes[node]["shape"] for node in graph.nodes), name


def test_json_formats_hold_every_node_once(architectures: dict[str, Architecture]) -> None:
    """CALM, Excalidraw and Structurizr files are JSON with unique ids, and relations only between them."""
    for name in architectures:
        calm = json.loads(written({name: architectures[name]}, "calm")[name])
        ids = [node["unique-id"] for node in calm["nodes"]]
        assert len(set(ids)) == len(ids)
        ends = [
            r["relationship-type"]["connects"] for r in calm["relationships"] if "connects" in r["relationship-type"]
        ]
        assert all(end[side]["node"] in ids for end in ends for side in ("source", "destination"))
        excalidraw = json.loads(written({name: architectures[name]}, "excalidraw")[name])
        shapes = [element["id"] for element in excalidraw["elements"]]
        assert len(set(shapes)) == len(shapes)
        check_workspace(json.loads(written({name: architectures[name]}, "structurizr-json")[name]))


def check_workspace(workspace: dict[str, object]) -> None:
    """Structurizr's rules: unique ids, unique names in a scope, relations between elements, views of elements."""
    model = workspace["model"]
    containers = [c for s in model["softwareSystems"] for c in s.get("containers", [])]
    elements = [*model["people"], *model["softwareSystems"], *containers]
    ids = {element["id"] for element in elements}
    assert len(ids) == len(elements)
    outer = [element["name"] for element in (*model["people"], *model["softwareSystems"])]
    assert len(set(outer)) == len(outer)
    assert len({container["name"] for container in containers}) == len(containers)
    relations = [relation for element in elements for relation in element.get("relationships", [])]
    assert all(relation[end] in ids for relation in relations for end in ("sourceId", "destinationId"))
    view = workspace["views"]["containerViews"][0]
    assert {element["id"] for element in view["elements"]} <= ids


@pytest.mark.parametrize("format_", ["dot", "markdown", "structurizr", "diagrams"])
def test_no_hostile_text_begins_a_line(architectures: dict[str, Architecture], format_: str) -> None:
    """In formats of lines, no label gets a line of its own, where it could be taken for a command."""
    text = written({"hostile": architectures["hostile"]}, format_)["hostile"]
    starts = ("@enduml", "!include", "end note", "/* c */", "<script>")
    assert not [line for line in text.splitlines() if line.lstrip().startswith(starts)]


def test_every_view_of_every_spec_is_written_in_every_format(architectures: dict[str, Architecture]) -> None:
    """No view of any spec is beyond a format (bitmaps apart, which are dear)."""
    chosen = [renderer for renderer in renderers().values() if renderer.is_text]
    for architecture in architectures.values():
        for view in views(architecture):
            scene = build_scene(architecture, view)
            placed = place(scene)
            for renderer in chosen:
                match renderer.source:
                    case FromPlacedScene(run=run):
                        assert run(placed, Options()).data
                    case FromScene(run):
                        assert run(scene, Options()).data
                    case FromArchitecture(run):
                        assert run(architecture, view, Options()).data
