"""What is shown of the thing under the mouse, at every place of a text."""

from itertools import groupby
from pathlib import Path

import pytest

from tests.conftest import Golden
from tests.needs import needs_extra

needs_extra("editor")

from archspec.editor.buffers import Buffers  # noqa: E402 - of the extra
from archspec.editor.hover import element_text, field_text, findings_at, occurrence_at, rule_text  # noqa: E402
from archspec.editor.snapshot import Snapshot, snapshot  # noqa: E402
from archspec.language.reader.tolerant import tolerant  # noqa: E402
from archspec.validators import Finding, Severity  # noqa: E402
from archspec.validators.registry import rules  # noqa: E402
from archspec.validators.rule_pages import page_url  # noqa: E402

TEXT = """\
archspec: 1
name: Shop
lint: strict
groups:
  zone-a: {kind: zone, availability: 99.9%}
components:
  user: {kind: client}
  api:
    kind: server
    replicas: 2  # for safety
    zones: [zone-a]
    scaling: {max: 4}
    unheard: x
  db: {kind: database, description: "Keeps: orders"}
connections:
  - user -> api: https
  - api -> db: {timeout: 1s, retries: {attempts: 2}}
flows:
  buy:
    from: user
    rate: 10/s
    objective: {p99.9: 2s}
    steps:
    - call: api
      steps: [{call: db, takes: 1ms}]
defaults:
  server: {cores: 2}
"""
ROWS = TEXT.split("\n")


def known(text: str) -> Snapshot:
    path = Path("/shop.yaml")
    return snapshot(path, Buffers({path: text}))


def test_each_key_kind_and_section_is_told_over_the_whole_of_its_word(golden: Golden) -> None:
    data = tolerant(TEXT, "shop.yaml", 1).data
    lines = []
    for line, row in enumerate(ROWS, 1):
        lines.append(f"{line}: {row}".rstrip())
        columns = range(1, len(row) + 2)
        for told, same in groupby(columns, lambda column: field_text(ROWS, line, column, data)):  # noqa: B023 - used at once
            each = list(same)
            lines += [f"  {each[0]}-{each[-1]} {told!r}"] if told else []
    golden("tests/editor/expected/hover.txt", "\n".join([*lines, ""]))


def test_below_the_last_line_nothing_is_told() -> None:
    assert field_text(["name: A"], 2, 1, {}) == ""
    assert field_text([], 1, 1, {}) == ""


@pytest.mark.parametrize(
    ("column", "name"),
    [(4, None), (5, "user"), (9, "user"), (10, None), (12, None), (13, "api"), (16, "api"), (17, None)],
)
def test_a_name_reaches_from_its_first_letter_to_behind_its_last(column: int, name: str | None) -> None:
    found = occurrence_at(known(TEXT), "/shop.yaml", 16, column)
    assert (found.name if found else None) == name


def test_a_name_is_found_in_its_own_file_and_line() -> None:
    spec = known(TEXT)
    assert occurrence_at(spec, "/other.yaml", 16, 5) is None
    assert occurrence_at(spec, "/shop.yaml", 15, 5) is None


@pytest.mark.parametrize(
    ("section", "name", "text"),
    [
        ("components", "db", "**db** · database\n\nKeeps: orders"),
        ("components", "user", "**user** · client"),
        ("groups", "zone-a", "**zone-a** · zone"),
        ("flows", "buy", "**buy** · flow"),
    ],
)
def test_an_element_is_told_by_its_kind_its_description_and_its_figures(section: str, name: str, text: str) -> None:
    spec = known(TEXT.replace("    unheard: x\n", ""))
    (meant,) = [each for each in spec.declarations if (each.section, each.name) == (section, name)]
    assert element_text(spec, meant).startswith(text)


def test_an_element_of_a_spec_that_is_wrong_is_told_by_what_is_written() -> None:
    spec = known(TEXT.replace("user: {kind: client}", "user:"))
    told = {each.name: element_text(spec, each) for each in spec.declarations}
    assert told == {
        "zone-a": "**zone-a** · zone",
        "user": "**user** · component",
        "api": "**api** · server",
        "db": "**db** · database",
        "buy": "**buy** · flow",
    }


def test_a_finding_is_shown_at_its_place_alone() -> None:
    spec = known(TEXT)
    (wrong,) = [each for each in spec.outcome.findings if "unheard" in each.message]
    assert wrong.span
    assert findings_at(spec, "/shop.yaml", 13, 5) == [wrong]
    assert findings_at(spec, "/shop.yaml", 12, 5) == []


def finding(code: str) -> Finding:
    return Finding(code, Severity.ERROR, "it is so", "mend it.", "api")


def test_a_finding_of_no_rule_is_told_alone() -> None:
    assert rule_text(finding("syntax")) == "**syntax** it is so; mend it."


@pytest.mark.parametrize("code", rules())
def test_a_rule_is_told_by_forty_lines_of_its_page_and_a_link_to_a_longer_one(code: str) -> None:
    page = f"{rules()[code].documentation.summary}\n\n{rules()[code].documentation.markdown}".splitlines()
    told = rule_text(finding(code))
    begin = "\n".join([f"**{code}** it is so; mend it.", "", *page[:40]])
    assert told.startswith(begin)
    rest = told.removeprefix(begin)
    assert told.count("```") % 2 == 0
    assert bool(rest) is (len(page) > 40)
    assert rest.removeprefix("\n```") in ("", f"\n\n[The whole page]({page_url(code)})")
