"""The page of a small shop, as files to read: what stands on it, what the viewer gets, and what it runs by itself."""

import gzip
import json
from base64 import b64decode
from dataclasses import replace
from functools import cache

from lxml import html

from archspec.language import load_text
from archspec.model import Architecture
from archspec.renderers.renderer import Options
from archspec.validators.config import Config
from archspec.validators.outcome import Outcome
from archspec.validators.run import judge
from archspec.webpage.data import data
from archspec.webpage.document import page
from archspec.webpage.formats.html import RENDERER
from archspec.webpage.gathering.page import Gathered, gather, steps
from tests.conftest import ROOT, Golden
from tests.markup import listed, outline

HERE = ROOT / "tests/webpage"
RULES = ("AVL01", "RES01", "RES03", "ALR02", "ALR05")
SECTIONS = ("overview", "diagrams", "flows", "components")
ENDS = (".txt", ".json", ".mmd", "-sequence.svg", "-waterfall.svg")


def judged() -> tuple[Architecture, Outcome]:
    architecture = load_text((HERE / "shop.yaml").read_text("utf-8"))
    return architecture, judge(architecture, Config(select=RULES), "shop.yaml")


@cache
def shop() -> Gathered:
    return gather(*judged(), "shop.yaml", lambda _: None, with_bitmaps=False)


def test_the_page_says_all_that_is_known_of_a_shop(golden: Golden) -> None:
    golden("tests/webpage/expected/shop.txt", outline(page(replace(shop().page, version="1.2.3"))))


def test_the_viewer_gets_what_is_known_of_each_element(golden: Golden) -> None:
    golden("tests/webpage/expected/data.txt", listed(data(shop().page)))


def test_the_page_can_walk_break_and_play_every_flow(golden: Golden) -> None:
    told = json.loads(shop().page.walks)
    assert told.pop("phrases")["404"] == "Not Found"
    told["systems"] = len(told["systems"])
    golden("tests/webpage/expected/walks.txt", listed(json.dumps(told)))


def test_it_says_what_it_is_at_before_each_step() -> None:
    heard: list[str] = []
    architecture, outcome = judged()
    gather(architecture, outcome, "shop.yaml", heard.append, with_bitmaps=False)
    pictures = [f"drawing {view}" for view in ("all", "folded", "zones", "told")]
    assert heard == [*pictures, "walking buy", "walking look", "walking tidy", "putting the page together"]
    assert steps(architecture) == len(heard)


def test_files_beside_the_page_show_the_same() -> None:
    files = shop().files
    assert sorted(files) == sorted(
        ["lint.json", *(f"views/{view}.svg" for view in ("all", "folded", "inside-backend", "told", "zones"))]
        + [f"flows/{flow}{end}" for flow in ("buy", "look", "tidy") for end in ENDS]
    )
    assert json.loads(files["flows/tidy.json"])["status"] == 503
    assert b"sequenceDiagram" in files["flows/buy.mmd"]


def unpacked(document: html.HtmlElement, name: str) -> str:
    return gzip.decompress(b64decode(document.get_element_by_id(f"archspec-{name}").text)).decode()


def test_a_view_alone_says_what_the_whole_page_says_but_judges_nothing() -> None:
    architecture, _ = judged()
    drawn = RENDERER.source.run(architecture, architecture.views["folded"], Options())
    document = html.fromstring(drawn.data.decode())
    alone, whole = json.loads(unpacked(document, "data")), json.loads(data(shop().page))
    assert [section.get("id") for section in document.findall(".//section")] == [*SECTIONS]
    assert alone["views"] == [{"id": "folded", "title": "folded", "inside": None}]
    for kind in ("groups", "components", "connections", "parts", "flows"):
        assert alone[kind] == [each | ({"findings": []} if "findings" in each else {}) for each in whole[kind]]
    assert unpacked(document, "walks") == shop().page.walks
    assert drawn.notes == shop().page.pictures[1].remarks
