"""The page of a small shop, as files to read: what stands on it, what the viewer gets, and what it runs by itself."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import html

from archspec.language import load_text
from archspec.model.architecture import Architecture
from archspec.renderers.renderer import Options
from archspec.validators.config import Config
from archspec.validators.outcome import Outcome
from archspec.validators.run import judge
from archspec.webpage.data import data
from archspec.webpage.document import page
from archspec.webpage.formats.html import RENDERER
from archspec.webpage.gathering.page import Gathered, gather, steps
from archspec.webpage.packed import packed
from tests.conftest import ROOT, Golden
from tests.markup import outline

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


def read(told: str) -> Any:
    """JSON; the last digits of a number differ from machine to machine."""
    return json.loads(told, parse_float=lambda digits: round(float(digits), 6))


def listed(told: Any, depth: int = 2) -> Iterator[str]:
    """JSON with one line for each thing below so many names."""
    for name, value in told.items() if isinstance(told, dict) else enumerate(told):
        if depth and isinstance(value, dict | list) and value:
            yield from (f"{name}.{line}" for line in listed(value, depth - 1))
        else:
            yield f"{name}: {json.dumps(value, ensure_ascii=False)}"


def written(rows: Iterable[str]) -> str:
    return "\n".join(rows) + "\n"


def test_the_page_says_all_that_is_known_of_a_shop(golden: Golden) -> None:
    golden("tests/webpage/expected/shop.txt", outline(page(replace(shop().page, version="1.2.3"))))


def test_the_viewer_gets_what_is_known_of_each_element(golden: Golden) -> None:
    golden("tests/webpage/expected/data.txt", written(listed(read(data(shop().page)))))


def test_the_page_can_walk_break_and_play_every_flow(golden: Golden) -> None:
    told = read(shop().page.walks)
    assert told.pop("phrases")["404"] == "Not Found"
    told["systems"] = len(told["systems"])
    golden("tests/webpage/expected/walks.txt", written(listed(told)))


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


def test_a_view_alone_says_what_the_whole_page_says_but_judges_nothing() -> None:
    architecture, _ = judged()
    drawn = RENDERER.source.run(architecture, architecture.views["folded"], Options())
    document = html.fromstring(drawn.data.decode())
    alone, whole = json.loads(document.get_element_by_id("archspec-data").text), json.loads(data(shop().page))
    assert [section.get("id") for section in document.findall(".//section")] == [*SECTIONS]
    assert alone["views"] == [{"id": "folded", "title": "folded", "inside": None}]
    for kind in ("groups", "components", "connections", "parts", "flows"):
        assert alone[kind] == [each | ({"findings": []} if "findings" in each else {}) for each in whole[kind]]
    assert document.get_element_by_id("archspec-walks").text == packed(shop().page.walks.encode())
    assert drawn.notes == shop().page.pictures[1].remarks
