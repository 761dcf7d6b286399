"""A thousand hostile specs: each ends in a clean error or in a valid SVG, never in a crash."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from archspec.errors import SpecError
from archspec.loading import load_text
from archspec.model.kind import kinds
from archspec.renderers import find_view, render, renderer_for, views

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "\"quoted\" & 'single'",
    "line\nbreak\ttab",
    "\u202eright to left\u2066",
    "a" * 400,
    "{{ braces }} ${var} %s `tick`",
    "\\N \\L \\l | { } < >",
    "子供 👩‍👩‍👧 é́́́",
    "\x0b\x1b[31m",
    "-->",
    "javascript:alert(1)",
]
anything = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
names = st.sampled_from(["a", "b", "c", "d", "api-1", "Z_9", "x" * 64, "on", "null", "é", "", "a b", "1x"])
good_names = st.sampled_from(["a", "b", "c", "d"])
fields = {
    "label": anything,
    "description": anything,
    "technology": anything,
    "owner": anything,
    "group": st.sampled_from(["g1", "g2", "g3", "nowhere"]),
    "tags": st.lists(names, max_size=2),
    "links": st.dictionaries(anything, st.one_of(anything, st.just("https://example.org/?a=<b>&c='\"")), max_size=2),
    "replicas": st.one_of(st.integers(-1, 5), anything),
    "availability": st.one_of(st.sampled_from(["99.9%", "101%", 0.5]), anything),
}
component = st.fixed_dictionaries(
    {"kind": st.one_of(st.sampled_from(sorted(kinds())), anything)},
    optional={**fields, "replicas": st.integers(1, 5), "group": st.sampled_from(["g1", "g2", "g3"])},
)
plain_component = st.fixed_dictionaries(
    {"kind": st.sampled_from(["client", "server", "database", "queue", "load_balancer", "external"])},
    optional={"label": anything, "description": anything, "technology": anything},
)
group = st.fixed_dictionaries(
    {"kind": st.sampled_from(["network", "zone", "region", "team", "host"])},
    optional={"label": anything, "within": st.sampled_from(["g1", "g2", "g3"])},
)
nested = st.recursive(anything, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3))
step = st.fixed_dictionaries({"call": good_names}, optional={"does": anything, "takes": st.sampled_from(["1ms", "x"])})
hostile_spec = st.fixed_dictionaries(
    {
        "archspec": st.just(1),
        "name": anything,
        "components": st.dictionaries(st.one_of(good_names, names), component, max_size=5),
    },
    optional={
        "description": anything,
        "groups": st.dictionaries(st.sampled_from(["g1", "g2", "g3"]), group, max_size=3),
        "connections": st.lists(st.one_of(st.just("a -> b"), st.just({"b -> c": "https"}), nested), max_size=3),
        "flows": st.dictionaries(
            names,
            st.one_of(
                nested, st.fixed_dictionaries({"from": good_names, "steps": st.lists(step, min_size=1, max_size=2)})
            ),
            max_size=1,
        ),
        "views": nested,
        "extra": nested,
    },
)
valid_spec = st.fixed_dictionaries(
    {
        "archspec": st.just(1),
        "name": anything,
        "groups": st.fixed_dictionaries({"g1": group, "g2": group, "g3": group}),
        "components": st.fixed_dictionaries({"a": plain_component, "b": plain_component, "c": plain_component}),
        "connections": st.just(["a -> b"]) | st.builds(lambda text: [{"a -> b": {"label": text}}, "b -> c"], anything),
    }
)


def draw_or_refuse(text: str) -> int:
    """The number of pictures that were drawn and parsed; 0 where the spec was refused with a remedy for each problem."""
    try:
        architecture = load_text(text, "hostile.yaml")
    except SpecError as error:
        assert error.problems
        assert all(problem.message and problem.remedy for problem in error.problems)
        return 0
    drawn = 0
    for view in views(architecture)[:2]:
        picture = render(renderer_for("svg"), architecture, find_view(architecture, view.id)).data
        root = etree.fromstring(picture, etree.XMLParser(resolve_entities=False))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert not root.xpath("//*[local-name()='script'] | //@*[starts-with(local-name(), 'on')]")
        drawn += 1
    return drawn


@settings(max_examples=500, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(hostile_spec)
def test_a_hostile_spec_is_refused_or_drawn(spec: dict[str, object]) -> None:
    draw_or_refuse(json.dumps(spec, ensure_ascii=False))


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(valid_spec)
def test_any_text_as_a_label_is_drawn_unless_its_groups_make_no_tree(spec: dict[str, object]) -> None:
    draw_or_refuse(json.dumps(spec, ensure_ascii=False))


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(st.text(alphabet=st.sampled_from(list("ab1:-> \n[]{}'\"#&*!|%@,?.~") + ["é", "\u202e", "\t"]), max_size=120))
def test_any_text_as_a_spec_is_refused_or_drawn(text: str) -> None:
    draw_or_refuse("archspec: 1\nname: x\n" + text)


def test_every_hostile_label_at_once_is_drawn() -> None:
    spec = {
        "archspec": 1,
        "name": HOSTILE[0],
        "components": {f"c{i}": {"kind": "server", "label": text} for i, text in enumerate(HOSTILE)},
        "connections": [{"from": "c0", "to": "c1", "label": HOSTILE[1], "protocol": HOSTILE[2]}],
    }
    assert draw_or_refuse(json.dumps(spec, ensure_ascii=False)) > 0
