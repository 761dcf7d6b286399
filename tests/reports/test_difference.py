"""A difference in each format: as expected to the byte, harmless whatever a spec says, and complete."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from lxml import etree, html

from archspec.difference.difference import Difference, Side, difference
from archspec.language import load, load_text
from archspec.language.build import build
from archspec.language.renaming import Renaming
from archspec.model.data import to_data
from archspec.reports import format_names, report_for
from archspec.reports.difference.markdown import LONGEST, marker
from archspec.reports.report import Screen, Subject
from tests.difference.pairs import PAIRS, SHOP, SOME
from tests.hostile_labels import TEXTS
from tests.markup import outline

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SVG = {"s": "http://www.w3.org/2000/svg"}


def compared(base: str, head: str) -> Difference:
    return difference(*(Side(name, name, load_text(text, name)) for name, text in (("a.yaml", base), ("b.yaml", head))))


@pytest.fixture(scope="module")
def example() -> Difference:
    sides = (Side(name, f"docs/examples/{name}", load(EXAMPLES / name)) for name in ("before.yaml", "after.yaml"))
    return difference(*sides)


def written(found: Difference, name: str) -> Any:
    return report_for(Subject.DIFFERENCE, name=name).write(found)


@pytest.mark.parametrize("name", ["text", "markdown", "json", "mermaid", "svg", "github"])
def test_each_format_is_as_expected(name: str, example: Difference, golden: Callable[[str, str], None]) -> None:
    suffix = next(iter(report_for(Subject.DIFFERENCE, name=name).suffixes), f".{name}")
    golden(f"tests/reports/difference/example{suffix}", written(example, name).replace(str(ROOT) + "/", ""))


def test_the_page_says_what_it_said_before(example: Difference, golden: Callable[[str, str], None]) -> None:
    text = re.sub(r"\d+\.\d{5,}", lambda number: f"{float(number[0]):.5g}", written(example, "html"))
    golden("tests/reports/difference/example.html.txt", outline(text))


def test_a_terminal_has_the_same_text_in_colours(example: Difference, golden: Callable[[str, str], None]) -> None:
    shown = report_for(Subject.DIFFERENCE).show
    assert shown is not None
    text = re.sub(r"\x1b\[([0-9;]*)m", r"⟨\1⟩", shown(example, Screen(colour=True, width=90)))
    golden("tests/reports/difference/example.shown.txt", text.replace(str(ROOT) + "/", ""))


def test_a_comment_is_found_again_by_its_first_line(example: Difference) -> None:
    assert written(example, "markdown").splitlines()[0] == "<!-- archspec-diff docs/examples/after.yaml -->"
    assert marker("a --> <b>.yaml") == "<!-- archspec-diff a%20--%3E%20%3Cb%3E.yaml -->"


def test_nothing_changed_is_one_sentence() -> None:
    same = compared(SHOP, SHOP)
    assert same.is_empty
    assert written(same, "markdown") == "<!-- archspec-diff b.yaml -->\n### archspec: b.yaml\n\nNothing changed.\n"
    assert written(same, "github") == ""
    assert [json.loads(written(same, "json"))[key] for key in ("changes", "behaviour")] == [[], []]


@pytest.mark.parametrize("pair", SOME)
def test_the_changes_applied_to_the_base_give_the_head(pair: Any) -> None:
    told = json.loads(written(compared(SHOP, pair.head), "json"))
    base = Renaming(told["renames"]).renamed(to_data(load_text(SHOP)))
    for change in told["changes"]:
        apply(change, base)
    head = to_data(load_text(pair.head))
    assert as_sets(to_data(build(base))) == as_sets(head)


def apply(change: dict[str, Any], data: dict[str, Any]) -> None:
    """Do to a spec's data what a change says."""
    section, element, path = change["section"], change["element"], change["path"]
    match section:
        case "system":
            put(data, path, change["new"])
        case "defaults":
            put(data["defaults"], ["connections", *path] if element == "connections" else [], change["new"])
            for name in change["reaches"]:
                put(holder(data, name), path, change["new"])
        case _ if change["kind"] == "renamed":
            pass
        case "connections" if change["kind"] == "added":
            data["connections"].append(change["new"])
        case "connections" if change["kind"] == "removed":
            data["connections"].remove(change["old"])
        case "connections" if change["kind"] == "reversed":
            each = holder(data, change["old"])
            each["from"], each["to"] = each["to"], each["from"]
        case _ if change["kind"] == "added":
            data[section][element] = change["new"]
        case _ if change["kind"] == "removed":
            del data[section][element]
        case "connections":
            put(holder(data, element), path, change["new"])
        case _:
            put(data[section][element], path, change["new"])


def holder(data: dict[str, Any], name: str) -> dict[str, Any]:
    if " -> " not in name:
        found: dict[str, Any] = data["components"][name]
        return found
    return next(each for each in data["connections"] if f"{each['from']} -> {each['to']}" == name)


def put(data: dict[str, Any], path: list[str], value: Any) -> None:
    if not path:
        return
    for name in path[:-1]:
        data = data.setdefault(name, {})
    if value is None:
        data.pop(path[-1])
    else:
        data[path[-1]] = value


def as_sets(value: Any) -> Any:
    """Data without the order of mappings, of connections and of receivers."""
    if isinstance(value, dict):
        return {
            key: sorted(map(repr, map(as_sets, each))) if key in ("connections", "notify") and isinstance(each, list)
            else as_sets(each)
            for key, each in value.items()
        }  # fmt: skip
    return [as_sets(each) for each in value] if isinstance(value, list) else value


def test_a_comment_fits_however_much_changed() -> None:
    parts = "".join(f"  part-{number}: {{kind: server, description: {'word ' * 120}}}\n" for number in range(400))
    text = written(compared(SHOP, SHOP.replace("connections:\n  - user", f"{parts}connections:\n  - user")), "markdown")
    assert len(text) <= LONGEST
    assert "<details><summary>Components: 400</summary>" in text
    assert re.search(r"and \d+ more\.", text)


@pytest.mark.parametrize("label", TEXTS)
def test_a_hostile_text_stays_text(label: str) -> None:
    a = {"kind": "server", "label": label, "technology": label}
    parts = {"components": {"a": a, "b": {"kind": "server"}}, "connections": [{"from": "a", "to": "b", "label": label}]}
    spec = json.dumps({"archspec": 1, "name": label, **parts}, ensure_ascii=False)
    found = compared("{archspec: 1, name: x, components: {b: {kind: server}}}", spec)
    page = html.fromstring(written(found, "html"))
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//b | //img | //*[@onerror] | //iframe") == []
    etree.fromstring(written(found, "svg").encode())
    comment = written(found, "markdown")
    assert comment.count("\n```") == 2
    around = re.sub(r"\n```mermaid.*?\n```", "", comment, flags=re.DOTALL)
    assert around.count("<!--") == around.count("-->") == 1
    assert re.search(r"(?<!\\)<script", around) is None
    assert all(line.startswith("::") for line in written(found, "github").splitlines())


def test_the_page_draws_both_sides_at_the_same_places(example: Difference) -> None:
    page = html.fromstring(written(example, "html"))
    boxes = {}
    for side in ("base", "both", "head"):
        cards = page.xpath(f"//div[@class='{side}']//*[@data-id]")
        boxes[side] = {
            card.get("data-id"): [(rect.get("x"), rect.get("y")) for rect in card.xpath("rect")][-2:] for card in cards
        }
    assert set(boxes["base"]) == {"fan", "lb", "api", "places"}
    assert set(boxes["both"]) == set(boxes["head"]) == {"fan", "lb", "api", "places", "mails"}
    assert boxes["base"]["fan"] == boxes["head"]["fan"] == boxes["both"]["fan"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_runs_one_script_and_asks_for_nothing(example: Difference) -> None:
    page = html.fromstring(written(example, "html"))
    policy = page.xpath("string(//meta[@http-equiv]/@content)")
    assert policy.startswith("default-src 'none'")
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]{44}'$", policy)


def test_the_svg_marks_by_colour_dash_and_sign() -> None:
    pair = next(pair for pair in PAIRS if pair.name == "a component and its connection removed")
    tree = etree.fromstring(written(compared(SHOP, pair.head), "svg").encode())
    card = tree.xpath("//s:g[@data-id='packer']", namespaces=SVG)[0]
    assert card.get("data-change") == "removed"
    assert card.xpath("s:rect/@stroke-dasharray", namespaces=SVG) == ["6 5"]
    assert card.xpath("s:text/text()", namespaces=SVG)[-1] == "−"
    assert tree.xpath("//s:g[@data-id='user']/@opacity", namespaces=SVG) == ["0.4"]
    assert tree.xpath("//s:g[@data-source='jobs']/@data-change", namespaces=SVG) == ["removed"]


def test_sarif_is_valid_and_names_what_gets_worse(example: Difference) -> None:
    log = json.loads(written(example, "sarif"))
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text())
    assert [error.message for error in Draft7Validator(schema).iter_errors(log)] == []
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["diff-worse", "AVL03", "STR07"]
    assert results[0]["message"]["text"].startswith("`buy` gets worse: availability 99.999375% → ≤ 99.9494%; ")


def test_every_format_is_known() -> None:
    assert format_names("difference") == (
        *("github", "html", "json", "markdown", "mermaid", "png", "sarif", "svg", "text"),
    )
