"""An arrow to a group stands for a connection to each component inside that a flow calls."""

from archspec.language import load_text
from archspec.language.dump import dump
from archspec.language.formatter.format import format_text
from tests.model.specs import HEAD, mistakes, places, spec

PARTS = """
groups: {shop: {kind: system}, stores: {kind: team, within: shop}}
components:
  a: {kind: server}
  b: {kind: server, group: shop}
  db: {kind: database, group: stores}
  copy: {kind: database, group: stores, replica_of: db}
"""
CALLS = "flows: {f: {from: a, steps: [{call: b}, {call: db}]}}\n"


def names(connections: str, flows: str = CALLS) -> list[str]:
    return [each.name for each in spec(f"{PARTS}connections: [{connections}]\n{flows}").connections]


def test_it_stands_for_what_flows_call_in_the_group_and_in_those_inside() -> None:
    assert names("a -> shop") == ["a -> b", "a -> db"]
    assert names("a -> stores") == ["a -> db"]


def test_what_no_flow_calls_gets_no_connection() -> None:
    assert names("a -> shop", "") == []


def test_a_group_s_id_may_say_that_it_is_one() -> None:
    assert names("a -> group:shop") == ["a -> b", "a -> db"]
    assert names("{from: a, to: ['group:stores']}") == ["a -> db"]


def test_each_has_the_fields_of_its_arrow() -> None:
    system = spec(f"{PARTS}connections: [a -> shop: {{timeout: 2s}}]\n{CALLS}")
    assert str(system.terms("a", "db", system.flows["f"].steps[1]).timeout) == "2s"


def test_a_connection_written_between_the_pair_wins() -> None:
    system = spec(f"{PARTS}connections: [a -> shop: {{timeout: 2s}}, a -> db]\n{CALLS}")
    assert [(each.name, str(each.timeout)) for each in system.connections] == [("a -> db", "None"), ("a -> b", "2s")]


def test_an_arrow_further_in_wins() -> None:
    system = spec(f"{PARTS}connections: [a -> shop: {{timeout: 2s}}, a -> stores: {{timeout: 1s}}]\n{CALLS}")
    assert [(each.name, str(each.timeout)) for each in system.connections] == [("a -> b", "2s"), ("a -> db", "1s")]


def test_a_step_of_a_used_flow_is_a_call_of_who_uses_it() -> None:
    flows = "flows: {f: {from: a, steps: [{flow: g}]}, g: {from: b, steps: [{call: db}]}}\n"
    assert names("a -> stores", flows) == ["a -> db"]


def test_a_write_to_a_copy_reaches_the_store_that_it_copies() -> None:
    flows = "flows: {f: {from: a, steps: [{call: copy, access: write}]}}\n"
    assert names("a -> stores", flows) == ["a -> copy", "a -> db"]


def test_a_setting_may_name_the_arrow_or_one_that_it_stands_for() -> None:
    arrows = "connections: [a -> shop: {timeout: 2s}]\n"
    whole = spec(PARTS + arrows + CALLS + "set: {a -> group:shop.timeout: 1s}\n")
    assert [str(each.timeout) for each in whole.connections] == ["1s", "1s"]
    one = spec(PARTS + arrows + CALLS + "set: {a -> db.loss: 1%}\n")
    told = {each.name: (str(each.timeout), str(each.loss)) for each in one.connections}
    assert told == {"a -> db": ("2s", "1%"), "a -> b": ("2s", "None")}


def test_an_arrow_begins_at_a_component() -> None:
    text = f"{PARTS}connections: [shop -> a]\n"
    remedy = "name the components in it that ask: `{from: [a, b], to: …}`."
    assert mistakes(text) == [("`shop` is a group, and an arrow begins at a component", remedy)]
    assert places(text) == ["shop"]


def test_an_arrow_from_inside_its_group_says_nothing() -> None:
    found = mistakes(f"{PARTS}connections: [b -> shop]\n")
    assert found == [("`b` stands in `shop` itself", "name the components that `b` asks: `b -> [b, c]`.")]


def test_an_arrow_to_a_group_that_nothing_stands_in_is_refused() -> None:
    found = mistakes("groups: {g: {kind: team}}\ncomponents: {a: {kind: server}}\nconnections: [a -> g]\n")
    assert found == [
        ("nothing stands in the group `g`", "put components into it, with `group: g`, or name a component.")
    ]


def test_what_is_called_a_group_is_one() -> None:
    found = mistakes(f"{PARTS}connections: [a -> group:shp]\n")
    assert found[0] == ("`shp` is not a group", "did you mean `shop`?")


def test_writing_and_reading_it_gives_the_same() -> None:
    system = spec(f"{PARTS}connections: [a -> shop: {{timeout: 2s}}, a -> db]\n{CALLS}")
    text = dump(system)
    assert "  - a -> group:shop: {timeout: 2s}\n" in text
    assert load_text(text, "again.yaml") == system


def test_formatting_says_that_it_is_a_group() -> None:
    text = HEAD + "groups:\n  g: {kind: team}\nconnections:\n  - a -> g\n  - a -> [b,  g]: http\n  - {from: a, to: g}\n"
    wanted = ["- a -> group:g", "- a -> [b, group:g]: http", "- {from: a, to: group:g}"]
    assert [line.strip() for line in format_text(text).splitlines()[-3:]] == wanted
