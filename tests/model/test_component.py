"""What components of running kinds must hold."""

import pytest

from archspec.model import Dependable, Group, Running, Scaling
from tests.model.specs import mistakes, spec


def one(fields: str) -> Running:
    part = spec(f"components: {{x: {{kind: server, {fields}}}}}\n").components["x"]
    assert isinstance(part, Running)
    return part


def wrong(fields: str, kind: str = "server") -> list[tuple[str, str]]:
    return mistakes(f"components: {{x: {{kind: {kind}, {fields}}}}}\n")


@pytest.mark.parametrize(
    ("fields", "state"),
    [("availability: 99.9%", "99.9%"), ("mtbf: 99h, mttr: 1h", "99%"), ("cores: 1", None)],
)
def test_the_steady_state_is_stated_or_follows_from_failures_and_repairs(fields: str, state: str | None) -> None:
    found = one(fields).steady_state
    assert (found and str(found)) == state


def test_a_group_has_a_steady_state_too() -> None:
    group = spec("groups: {z: {kind: zone, mtbf: 999h, mttr: 1h}}\n").groups["z"]
    assert isinstance(group, Group)
    assert str(group.steady_state) == "99.9%"


def test_an_external_is_up_or_down_but_has_no_replicas() -> None:
    part = spec("components: {x: {kind: external, availability: 99%}}\n").components["x"]
    assert isinstance(part, Dependable)
    assert not isinstance(part, Running)


@pytest.mark.parametrize(
    ("fields", "message", "remedy"),
    [
        ("needs: 2", "needs 2 of 1 replicas", "write `replicas: 2` or more, or need fewer."),
        ("mtbf: 30d", "`mttr` is missing", "give both `mtbf` and `mttr`; add `mttr`."),
        (
            "availability: 99%, mtbf: 30d, mttr: 1h",
            "`availability` and `mtbf` say the same thing",
            "keep one of them.",
        ),
        ("mtbf: 0s, mttr: 0s", "`mtbf` and `mttr` are both 0", "give a time above 0."),
        ("scaling: {min: 5, max: 2}", "min 5 is above max 2", "swap them."),
        ("scaling: {metric: cpu, target: 5}", "target `5` does not fit metric cpu", "write `60%`."),
        ("scaling: {target: soon}", "`soon` is not a target", "write `60%`, `100` or `200/s`, by the metric."),
        ("replicas: 0", "0 is below 1", "write a number from 1 up."),
        ("replicas: 10000000000", "10000000000 is too large", "write a number below a thousand million."),
        ("cores: 0", "`0` is not above 0", "write a number above 0, such as 4 or 0.5."),
        ("zones: a", "`a` is not a list", "write `[a]`."),
        ("rate_limit: 5", "`5` is not a rate: it has no unit", "write it as `1200/s`, `90/min`, `5000/h`."),
        ("rate_limit: {burst: 5}", "`rate_limit` has no `rate`", "add `rate`, such as `rate: 5000/h`."),
        ("port: 80", "a server has no field `port`", "ports and URLs go into `label` or `links`."),
        (
            "stateful: true",
            "a server has no field `stateful`",
            "write the opposite: `stateless: false` for `stateful: true`, and vice versa.",
        ),
        ("instances: 3", "a server has no field `instances`", "write `replicas`."),
        ("backup: none", "a server has no field `backup`", None),
        ("id: y", "an id is its key", "delete the field `id`."),
        ("links: {book: here}", "`here` is not a URL", "write it in full, such as `https://example.org/runbook`."),
    ],
)
def test_a_wrong_field_is_refused_with_a_remedy(fields: str, message: str, remedy: str | None) -> None:
    found = wrong(fields)
    assert found[0][0] == message
    assert remedy is None or found == [(message, remedy)]


def test_what_keeps_keys_says_how_many_fit() -> None:
    assert wrong("entries: 10", kind="cache") == [
        ("`keys` is missing", "give both `entries` and `keys`; add `keys`."),
    ]


def test_a_person_has_no_replicas() -> None:
    assert wrong("replicas: 2", kind="person") == [
        ("a person has no field `replicas`", "delete it: it is a field of what runs as replicas, such as a `server`.")
    ]


def test_needs_may_use_what_scaling_begins_with() -> None:
    part = one("needs: 2, scaling: {min: 2, max: 5}")
    assert (part.instances, part.replicas) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "horizontal"),
    [
        ("min: 1, max: 3", True),
        ("min: 1", False),
        ("mode: vertical, min: 1, max: 3", False),
        ("mode: horizontal", True),
    ],
)
def test_scaling_is_horizontal_where_it_says_so_or_has_both_ends(fields: str, horizontal: bool) -> None:
    scaling = one(f"scaling: {{{fields}}}").scaling
    assert isinstance(scaling, Scaling)
    assert scaling.horizontal is horizontal


def test_a_rate_limit_is_a_rate_or_a_mapping() -> None:
    short, long = one("rate_limit: 10/s"), one("rate_limit: {rate: 10/s}")
    assert short == long


def test_one_reference_or_many_are_the_same_list() -> None:
    body = "components: {x: {kind: server, logs_to: %s}, l: {kind: log_service}}\n"
    assert spec(body % "l") == spec(body % "[l]")


def test_the_title_is_the_label_else_the_id() -> None:
    assert (one("label: The X").title, one("cores: 1").title) == ("The X", "x")


def test_said_tells_what_the_spec_states_from_what_is_a_default() -> None:
    part = one("replicas: 1")
    assert (part.said("replicas"), part.said("needs"), part.said("needs", "replicas")) == (True, False, True)
