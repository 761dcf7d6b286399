"""What changed, element by element: its sign, its title, its values, its steps, whom it reaches, where it is."""

from typing import Any

import pytest

from archspec.difference.change import Change, ChangeKind
from archspec.difference.difference import Side, difference
from archspec.difference.fields import differing, same, spelled, steps_told
from archspec.difference.renames import MOST_PAIRS
from archspec.language import load_text
from tests.difference.test_pairs import compared

SPEC = """archspec: 1
name: Desk
owner: Us
description: What we run.
lint: strict
defaults:
  connections: {timeout: 1s, retries: {attempts: 2}}
  server: {slots: 4, cores: 1}
groups:
  net: {kind: network}
  zone-a: {kind: zone}
  zone-b: {kind: zone, within: net}
components:
  user: {kind: client}
  web: {kind: server, technology: nginx, replicas: 2, group: net, zones: [zone-a]}
  api: {kind: server, cores: 2}
  db: {kind: database}
connections:
  - user -> web
  - web -> api
  - {from: api, to: db, name: reads, timeout: 2s}
  - {from: api, to: db, name: writes}
flows:
  ask: {from: user, steps: [{call: web, takes: 1ms, steps: [{call: api, takes: 2ms}]}]}
scenarios: {rush: {load: 2x}}
"""

Line = tuple[str, str, str, str, Any, Any]
"""Sign, section, element, field, before and after."""


def changes(*edits: tuple[str, str]) -> tuple[Change, ...]:
    head = SPEC
    for old, new in edits:
        assert head.count(old) == 1, old
        head = head.replace(old, new)
    return compared(SPEC, head).changes


def lines(*edits: tuple[str, str]) -> list[Line]:
    return [(each.kind.sign, each.section, each.element, each.field, each.old, each.new) for each in changes(*edits)]


def system(field: str, old: Any, new: Any) -> Line:
    return ("~", "system", "spec", field, old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: Desk", "name: Office", system("name", "Desk", "Office")),
        ("owner: Us\n", "", system("owner", "Us", None)),
        ("What we run.", "All.", system("description", "What we run.", "All.")),
        ("lint: strict", "lint: production", system("lint", "strict", "production")),
        ("timeout: 1s", "timeout: 3s", ("~", "defaults", "connections", "timeout", "1s", "3s")),
        ("attempts: 2", "attempts: 3", ("~", "defaults", "connections", "retries.attempts", 2, 3)),
        ("slots: 4", "slots: 5", ("~", "defaults", "server", "slots", 4, 5)),
        ("kind: server, cores: 2", "kind: server, cores: 3", ("~", "components", "api", "cores", 2, 3)),
        ("group: net, ", "", ("~", "components", "web", "group", "net", None)),
        ("zones: [zone-a]", "zones: [zone-b]", ("~", "components", "web", "zones", ["zone-a"], ["zone-b"])),
        ("zone, within: net", "zone", ("~", "groups", "zone-b", "within", "net", None)),
        ("timeout: 2s", "timeout: 5s", ("~", "connections", "api -> db via reads", "timeout", "2s", "5s")),
        ("load: 2x", "load: 3x", ("~", "scenarios", "rush", "load", "2x", "3x")),
    ],
)  # fmt: skip
def test_a_field_that_changed_is_told_once_with_both_values(old: str, new: str, expected: Line) -> None:
    assert lines((old, new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("group: net, ", "", ChangeKind.MOVED),
        ("zones: [zone-a]", "zones: [zone-b]", ChangeKind.MOVED),
        ("zone, within: net", "zone", ChangeKind.MOVED),
        ("technology: nginx", "technology: envoy", ChangeKind.CHANGED),
        ("kind: network", "kind: region", ChangeKind.CHANGED),
    ],
)
def test_what_stands_elsewhere_has_moved(old: str, new: str, kind: ChangeKind) -> None:
    assert [each.kind for each in changes((old, new))] == [kind]


@pytest.mark.parametrize(
    ("added", "title"),
    [
        ("x: {kind: server}", "Server"),
        ("x: {kind: server, replicas: 3}", "Server ×3"),
        ("x: {kind: server, technology: go, replicas: 3}", "Server · go ×3"),
        ("x: {kind: database, replicas: 1}", "Database"),
    ],
)
def test_a_component_is_titled_by_kind_technology_and_count(added: str, title: str) -> None:
    for come, sides in (("+", (SPEC, None)), ("-", (None, SPEC))):
        more = SPEC.replace("  db: {kind: database}\n", f"  db: {{kind: database}}\n  {added}\n")
        (change,) = compared(*(side or more for side in sides)).changes
        assert (change.kind.sign, change.element, change.title) == (come, "x", title)


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("  zone-a: {kind: zone}\n", "  zone-a: {kind: zone}\n  z: {kind: cluster}\n", "cluster"),
        ("scenarios: {", "scenarios: {calm: {load: 1x}, ", ""),
    ],
)
def test_what_is_no_component_is_titled_by_its_own_word(old: str, new: str, title: str) -> None:
    assert [(each.kind, each.title) for each in changes((old, new))] == [(ChangeKind.ADDED, title)]


LINE = "  - user -> db: {timeout: 4s, retries: {attempts: 1}}\n"
ARROW = {"from": "user", "to": "db", "timeout": "4s", "retries": {"attempts": 1}}
STAGE = {"name": "a", "kind": "test"}
STEPS = [{"takes": "1s"}]


@pytest.mark.parametrize(
    ("added", "at", "section", "element", "data"),
    [
        ("  x: {kind: cache}\n", "components:\n", "components", "x", {"kind": "cache"}),
        (LINE, "connections:\n", "connections", "user -> db", ARROW),
        ("  x: {from: user, steps: [{takes: 1s}]}\n", "flows:\n", "flows", "x", {"from": "user", "steps": STEPS}),
        ("  x: {kind: region}\n", "groups:\n", "groups", "x", {"kind": "region"}),
        ("alerts: {x: {metric: p99, above: 1s}}\n", "", "alerts", "x", {"metric": "p99", "above": "1s"}),
        ("pipelines: {x: {stages: [{name: a, kind: test}]}}\n", "", "pipelines", "x", {"stages": [STAGE]}),
        ("views: {x: {title: X}}\n", "", "views", "x", {"title": "X"}),
    ],
)  # fmt: skip
def test_what_came_or_went_is_told_with_all_that_the_spec_says_of_it(
    added: str, at: str, section: str, element: str, data: dict[str, Any]
) -> None:
    more = SPEC.replace(at, at + added) if at else SPEC + added
    for one, other, old, new, sign in ((SPEC, more, None, data, "+"), (more, SPEC, data, None, "-")):
        (change,) = compared(one, other).changes
        assert (change.kind.sign, change.section, change.element, change.path) == (sign, section, element, ())
        assert (change.old, change.new) == (old, new)


def test_a_connection_that_asks_the_other_way_round_has_turned() -> None:
    """With what else changed of it; one that came beside the old one has not."""
    turned = "{from: db, to: api, name: reads, timeout: 5s}"
    assert lines(("{from: api, to: db, name: reads, timeout: 2s}", turned)) == [
        ("~", "connections", "db -> api via reads", "", "api -> db via reads", "db -> api via reads"),
        ("~", "connections", "db -> api via reads", "timeout", "2s", "5s"),
    ]
    assert changes(("- web -> api", "- api -> web"))[0].kind is ChangeKind.REVERSED
    assert [line[:3] for line in lines(("- web -> api", "- web -> api\n  - api -> web"))] == [
        ("+", "connections", "api -> web")
    ]


def test_a_default_names_whom_it_reaches_and_not_who_says_it_himself() -> None:
    (slots,) = changes(("slots: 4", "slots: 5"))
    assert slots.reaches == ("web", "api")
    (cores,) = changes(("slots: 4, cores: 1", "slots: 4, cores: 8"))
    assert cores.reaches == ("web",)
    (timeout,) = changes(("timeout: 1s", "timeout: 3s"))
    assert timeout.reaches == ("user -> web", "web -> api", "api -> db via writes")


def test_a_default_reaches_what_was_renamed_too() -> None:
    renamed = SPEC.replace("api", "apis").replace("slots: 4", "slots: 5").replace("timeout: 1s", "timeout: 3s")
    found = compared(SPEC, renamed)
    assert found.names["components"] == {"api": "apis"}
    told = {each.field: each.reaches for each in found.changes if each.section == "defaults"}
    assert told == {
        "slots": ("web", "apis"),
        "timeout": ("user -> web", "web -> apis", "apis -> db via writes"),
    }


def test_a_rename_counts_the_uses_that_follow() -> None:
    """`api` is named by two ends of connections besides those of the other, and by one step."""
    renamed = compared(SPEC, SPEC.replace("api", "service")).changes
    assert [(each.kind.sign, each.old, each.new, each.details) for each in renamed] == [
        (">", "api", "service", ("4 uses follow",))
    ]
    scenario = compared(SPEC, SPEC.replace("rush", "peak")).changes
    assert [(each.old, each.new, each.details) for each in scenario] == [("rush", "peak", ())]
    group = compared(SPEC, SPEC.replace("zone-a", "zone-x")).changes
    assert [(each.old, each.new, each.details) for each in group] == [("zone-a", "zone-x", ("1 use follows",))]


def test_a_change_stands_where_the_head_has_it_and_what_is_gone_where_the_base_had_it() -> None:
    cores, gone, name = (
        changes(("cores: 2", "cores: 3")),
        changes(("  - web -> api\n", "")),
        changes(("name: Desk", "name: Office")),
    )
    assert [each.span and each.span.label for (each,) in (cores, gone, name)] == [
        "b.yaml:16:30",
        "a.yaml:20:5",
        "b.yaml:2:7",
    ]


def test_what_goes_under_its_new_name_is_found_by_its_old_one() -> None:
    """A connection of a component that was renamed, and is removed."""
    head = SPEC.replace("api", "service").replace("  - {from: service, to: db, name: writes}\n", "")
    gone = [each for each in compared(SPEC, head).changes if each.kind is ChangeKind.REMOVED]
    assert [(each.element, each.section) for each in gone] == [("service -> db via writes", "connections")]


def test_without_renames_all_is_removed_and_added() -> None:
    sides = (Side("a", "a.yaml", load_text(SPEC)), Side("b", "b.yaml", load_text(SPEC.replace("rush", "peak"))))
    found = difference(*sides, finds_renames=False)
    assert [(each.kind.sign, each.element) for each in found.changes] == [("+", "peak"), ("-", "rush")]
    assert (found.names, found.notes) == ({}, ())


def test_the_surest_rename_is_taken_first() -> None:
    """By name `alpha` would be `yota`, which has the fields of `beta`."""
    parts = "archspec: 1\nname: Two\ncomponents:\n  app: {kind: client}\n"
    java, go = (
        "{kind: server, technology: java, cores: 2, slots: 8}",
        "{kind: server, technology: go, cores: 2, slots: 8}",
    )
    links = "connections: [app -> ONE, app -> TWO]\n"
    base = f"{parts}  alpha: {go}\n  beta: {java}\n{links}".replace("ONE", "alpha").replace("TWO", "beta")
    head = f"{parts}  yota: {java}\n  zeta: {go}\n{links}".replace("ONE", "zeta").replace("TWO", "yota")
    found = compared(base, head)
    assert found.names["components"] == {"alpha": "zeta", "beta": "yota"}
    assert found.notes == ()


@pytest.mark.parametrize(
    ("old", "new", "is_renamed"),
    [
        ("{kind: server, cores: 2, slots: 4}", "{kind: server, cores: 2, slots: 4}", True),
        ("{kind: server, cores: 2, slots: 4}", "{kind: server, cores: 2, slots: 5}", True),
        ("{kind: server, cores: 2, slots: 4}", "{kind: server, cores: 3, slots: 5, technology: go}", False),
        ("{kind: server, cores: 2, slots: 4}", "{kind: worker, cores: 2, slots: 4}", False),
        ("{kind: server}", "{kind: server}", True),
    ],
)
def test_who_has_the_same_neighbours_is_the_same_if_enough_of_its_fields_are(
    old: str, new: str, is_renamed: bool
) -> None:
    parts = "archspec: 1\nname: Two\ncomponents:\n  app: {kind: client}\n  NAME: WHAT\nconnections: [app -> NAME]\n"
    base, head = (
        parts.replace("NAME", name).replace("WHAT", what) for name, what in (("desk-a", old), ("desk-b", new))
    )
    assert bool(compared(base, head).names.get("components")) is is_renamed


def test_of_two_of_which_only_the_names_are_known_none_is_the_other() -> None:
    base = SPEC.replace("  zone-a:", "  spare-a: {kind: zone}\n  zone-a:")
    assert compared(base, base.replace("spare-a", "spare-b")).names == {}


@pytest.mark.parametrize("count", [141, 142])
def test_where_too_much_is_new_nothing_is_taken_for_renamed(count: int) -> None:
    """141 times 141 pairs are just few enough."""
    base, head = (
        "archspec: 1\nname: Many\nviews:\n"
        + "".join(f"  {sign}{number}: {{title: T{number}}}\n" for number in range(count))
        for sign in "ab"
    )
    found = compared(base, head)
    is_too_much = count * count > MOST_PAIRS
    note = "so many views are new that none was taken for a renamed one."
    assert (found.notes, len(found.names.get("views", {}))) == (((note,), 0) if is_too_much else ((), count))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ([], [{"call": ["a"]}], ["+ a"]),
        ([{"call": ["a"]}], [], ["- a"]),
        (None, [{"call": ["a"], "takes": "1ms"}], ["+ a"]),
        ([{"call": ["a"], "takes": "1ms"}], [{"call": ["a"], "takes": "2ms"}], ["~ a: takes 1ms -> 2ms"]),
        ([{"call": ["a"]}], [{"call": ["a"], "chance": "5%"}], ["~ a: chance – -> 5%"]),
        ([{"call": ["a"]}, {"call": ["b"]}], [{"call": ["b"]}, {"call": ["a"]}], ["+ b", "- b"]),
        ([{"call": ["a"]}], [{"call": ["b"]}], ["- a", "+ b"]),
        ([{"call": ["a", "b"], "does": "x"}], [], ["- a, b (x)"]),
        ([{"takes": "1ms"}], [{"cpu": "1ms"}], ["~ own work: takes 1ms -> –", "~ own work: cpu – -> 1ms"]),
        (
            [{"call": ["a"], "steps": [{"call": ["b"], "takes": "1ms"}]}],
            [{"call": ["a"], "steps": [{"call": ["b"], "takes": "2ms"}, {"call": ["c"]}]}],
            ["~ a › b: takes 1ms -> 2ms", "+ a › c"],
        ),
        (
            [{"parallel": [{"call": ["a"]}]}],
            [{"parallel": [{"call": ["a"]}, {"call": ["b"]}]}],
            ["+ parallel › parallel › b"],
        ),
        ([{"call": ["a"]}], [{"call": ["a"], "on_miss": [{"call": ["b"]}]}], ["+ a › on miss › b"]),
        ([{"call": ["a"]}], [{"call": ["a"], "fallback": [{"call": ["b"]}]}], ["+ a › fallback › b"]),
        ([{"name": "u", "kind": "test"}], [{"name": "u", "kind": "build"}], ["- u (test)", "+ u (build)"]),
        ([{"fail": "a", "at": "1s"}], [{"fail": "a", "at": "2s"}], ["~ a: at 1s -> 2s"]),
        (["a"], ["b"], []),
        ("a", "b", []),
    ],
)  # fmt: skip
def test_steps_that_came_went_and_changed_have_a_line_each(old: Any, new: Any, told: list[str]) -> None:
    assert list(steps_told(old, new)) == told


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [(("a",), 1, 2)]),
        ({"a": 1}, {}, [(("a",), 1, None)]),
        ({}, {"a": 1}, [(("a",), None, 1)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 2, "c": 2}}, [(("a", "b"), 1, 2)]),
        ({"a": {"b": 1}}, {"a": 3}, [(("a",), {"b": 1}, 3)]),
        ({"b": 1, "a": 1}, {"a": 2, "b": 2}, [(("b",), 1, 2), (("a",), 1, 2)]),
    ],
)
def test_fields_that_differ_are_told_by_their_paths(old: Any, new: Any, found: list[Any]) -> None:
    assert list(differing(old, new)) == found


UNORDERED = (
    *("tags", "logs_to", "metrics_to", "errors_to", "traces_to", "notify", "by", "collects", "protocol", "targets"),
    *("caches", "exclude", "collapse", "local_storage"),
)


@pytest.mark.parametrize("key", [*UNORDERED, "steps", "zones", "include"])
def test_the_order_of_a_list_counts_where_it_says_something(key: str) -> None:
    assert same(key, ["a", "b"], ["b", "a"]) is (key in UNORDERED)
    assert same(key, ["a", "b"], ["a", "b"])
    assert not same(key, ["a"], ["a", "b"])
    assert same(key, [{"x": 1, "y": 2}, "b"], ["b", {"y": 2, "x": 1}]) is (key in UNORDERED)
    assert not same(key, ["a", "b"], "ab")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (False, "false"),
        ([], "none"),
        ((), "none"),
        ({}, ""),
        (0, "0"),
        ([{"a": [1, 2]}, None], "a 1, 2, –"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
    ],
)
def test_a_value_is_spelled_on_one_line_of_eighty_signs(value: Any, text: str) -> None:
    assert spelled(value) == text
