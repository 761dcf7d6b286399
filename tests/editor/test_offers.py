"""What may be written at each kind of place, and what an editor is told of it."""

import re
from collections.abc import Sequence
from textwrap import indent

import pytest

from tests.conftest import Golden
from tests.model.specs import mistakes
from tests.needs import needs_extra

needs_extra("editor")

from archspec.editor.cursor import cursor_at  # noqa: E402 - of the extra
from archspec.editor.offers import Offer, names_in, offers  # noqa: E402
from archspec.language.reader.tolerant import tolerant  # noqa: E402

TEXT = """\
archspec: 1
name: A
groups:
  zone-a: {kind: zone}
  inner: {kind: network}
components:
  user: {kind: client}
  api: {kind: server, replicas: 2}
  big: {kind: server, replicas: 20}
  huge: {kind: server, replicas: 21}
  odd: {kind: server, replicas: many}
  db: {kind: database}
  copy: {kind: database}
  seen: {kind: cache}
  logs: {kind: log_service}
  bare:
connections:
  - user -> api
flows:
  ask: {from: user, steps: [{call: api}]}
pipelines:
  ship: {stages: [{kind: test}]}
views:
  all: {kind: structure}
"""
PLACES = """\
|
lint: |
defaults:\n  |
defaults:\n  server: {cores: 2, |
defaults:\n  connections: {|
set:\n  |
groups:\n  more: {kind: |
groups:\n  more: {kind: zone, |
components:\n  |
components:\n  new: {|
components:\n  new: {kind: cach|
components:\n  new: {kind: server, |
components:\n  new: {kind: server, zones: [|
components:\n  new: {kind: server, logs_to: |
components:\n  new: {kind: server, sessions_in: |
components:\n  new: {kind: server, memory: 8|
components:\n  new: {kind: server, availability: 99.9|
components:\n  new: {kind: gateway, rate_limit: 5|
components:\n  new: {kind: gateway, web_firewall: |
components:\n  new: {kind: database, replica_of: |
components:\n  new: {kind: server, scaling: {|
components:\n  new: {kind: server, technology: postg|
components:\n  new: {kind: server, label: |
connections:\n  - |
connections:\n  - user -> |
connections:\n  - user -> db: {|
connections:\n  - user -> db: |
connections:\n  - {from: |
connections:\n  - from: user\n    to: |
connections:\n  - from: user\n    |
flows:\n  |
flows:\n  new: {from: |
flows:\n  new: {steps: [{|
flows:\n  new: {steps: [{call: |
flows:\n  new: {steps: [{call: api, takes: 1.5m|
flows:\n  new: {objective: {|
alerts:\n  |
alerts:\n  new: {metric: |
pipelines:\n  new: {stages: [{kind: |
pipelines:\n  new: {stages: [{|
views:\n  |
views:\n  new: {kind: |
views:\n  new: {include: [|
views:\n  new: {include: ["flow:|
views:\n  new: {include: ["kind:|
views:\n  new: {include: ["near:|
views:\n  new: {exclude: ["tag:|
views:\n  new: {collapse: [|
scenarios:\n  new: {load: {|
scenarios:\n  new: {faults: [{fail: |
scenarios:\n  new: {faults: [{slow: |
scenarios:\n  new: {faults: [{partition: |
scenarios:\n  new: {faults: [{errors: |
scenarios:\n  new: {faults: [{deploy: |
scenarios:\n  new: {faults: [{|
scenarios:\n  new: {faults: [{slow: api, by: 2|
nonsense:\n  new: {|
""".replace("\\n", "\n")


VALID = re.sub(r"archspec: 1\nname: A\n|  (?:odd|bare):.*\n", "", TEXT)


def offered(piece: str) -> list[Offer]:
    """What fits at the `|` at the end of a piece that follows the rest of the spec."""
    section, _, more = piece.removesuffix("|").partition("\n")
    text = TEXT.replace(f"\n{section}\n", f"\n{section}\n{more}\n") if f"\n{section}\n" in TEXT else ""
    text = text or TEXT + piece.removesuffix("|")
    rows = text.split("\n")
    line = rows.index((more or section).rpartition("\n")[2]) + 1 if piece != "|" else len(rows)
    cursor = cursor_at(rows, line, len(rows[line - 1]) + 1)
    assert cursor is not None
    data = tolerant(text, "a.yaml", line).data
    return offers(cursor, data, names_in(data))


def told(offer: Offer) -> str:
    insert = repr(offer.insert) if offer.insert not in (None, f"{offer.label}: ") else ""
    parts = (offer.what.value, offer.detail, offer.meaning, insert, f"rank {offer.rank}" if offer.rank else "")
    return f"  {offer.label}: {' | '.join(filter(None, parts))}"


def cut(lines: Sequence[str], most: int = 12) -> list[str]:
    """The first and last of many, so that a new kind or field does not change everything."""
    return [*lines] if len(lines) <= most else [*lines[:5], "  …", lines[-1]]


def pieces() -> list[str]:
    return [f"{piece}|" for piece in PLACES.split("|\n")[:-1]]


def test_what_is_offered_at_each_kind_of_place(golden: Golden) -> None:
    told_of_all = []
    for piece in pieces():
        told_of_all += [piece.replace("\n", "⏎ "), *cut([told(each) for each in offered(piece)]), ""]
    golden("tests/editor/expected/offers.txt", "\n".join(told_of_all))


def labels(piece: str) -> list[str]:
    return [each.label for each in offered(piece)]


@pytest.mark.parametrize("piece", pieces())
def test_no_offer_stands_twice(piece: str) -> None:
    assert len(labels(piece)) == len(set(labels(piece)))


@pytest.mark.parametrize("section", ["components", "flows", "alerts"])
def test_the_pattern_of_a_new_element_is_a_valid_one(section: str) -> None:
    (snippet,) = [each for each in offered(f"{section}:\n  |") if each.insert]
    written = indent(re.sub(r"\$\{\d+:([^}]*)\}", r"\1", snippet.insert or ""), "  ")
    parts = {
        "components": "  user: {kind: client}\n  person: {kind: person}\n",
        "flows": "  ask: {from: user, rate: 5/s, steps: [{call: api}]}\n",
        "alerts": "",
    }
    api, ask = "  api: {kind: server}\n", parts["flows"]
    parts["components"] += "" if section == "components" else api
    parts["flows"] = "" if section == "flows" else ask
    parts[section] += written + "\n"
    assert mistakes("".join(f"{name}:\n{text}" for name, text in parts.items() if text)) == []


FAULTS = {"fail": "", "slow": ", by: 2x", "partition": "", "errors": ", by: 20%", "deploy": ""}


@pytest.mark.parametrize(("fault", "more"), FAULTS.items())
def test_what_a_fault_is_offered_to_strike_is_what_it_can(fault: str, more: str) -> None:
    sections = names_in(tolerant(VALID, "a.yaml", 1).data).elements
    known = {name for section in ("components", "groups", "pipelines", "flows") for name in sections[section]}
    known |= {"api-1", "api-2"}
    fits = {n for n in known if not mistakes(f"{VALID}scenarios:\n  new: {{faults: [{{{fault}: {n}{more}}}]}}\n")}
    assert set(labels(f"scenarios:\n  new: {{faults: [{{{fault}: |")) & known == fits


def test_up_to_twenty_replicas_are_offered_one_by_one() -> None:
    found = labels("scenarios:\n  new: {faults: [{fail: |")
    assert [each for each in found if each.startswith("api")] == ["api", "api-1", "api-2"]
    assert sum(each.startswith("big-") for each in found) == 20
    assert not any(each.startswith(("huge-", "odd-")) for each in found)
