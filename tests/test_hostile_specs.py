"""Hostile specs: each ends in a clean error or in a valid SVG, never in a crash."""

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archspec.errors import SpecError
from archspec.language import load_text
from archspec.model import Architecture
from archspec.model.kind import kinds
from archspec.renderers import find_view, render, renderer_for, views
from tests.properties import examples

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
    {"kind": st.sampled_from(sorted(kinds()))},
    optional={**fields, "replicas": st.integers(1, 5), "group": st.sampled_from(["g1", "g2", "g3"])},
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
labelled = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"), max_size=60
) | st.sampled_from(HOSTILE[:9])
plain_component = st.fixed_dictionaries(
    {"kind": st.sampled_from(["client", "server", "database", "queue", "load_balancer", "external"])},
    optional={
        "label": labelled,
        "description": labelled,
        "technology": labelled,
        "group": st.sampled_from(["g1", "g2", "g3"]),
        "links": st.just({"<a>": "https://example.org/?a=<b>&c='\""}),
    },
)
valid_spec = st.fixed_dictionaries(
    {
        "archspec": st.just(1),
        "name": labelled,
        "groups": st.fixed_dictionaries(
            {
                "g1": st.fixed_dictionaries({"kind": st.just("region")}, optional={"label": labelled}),
                "g2": st.fixed_dictionaries(
                    {"kind": st.just("zone")}, optional={"within": st.just("g1"), "label": labelled}
                ),
                "g3": st.fixed_dictionaries(
                    {"kind": st.just("host")}, optional={"within": st.sampled_from(["g1", "g2"])}
                ),
            }
        ),
        "components": st.fixed_dictionaries({"a": plain_component, "b": plain_component, "c": plain_component}),
        "connections": st.just(["a -> b"]) | st.builds(lambda text: [{"a -> b": {"label": text}}, "b -> c"], labelled),
    }
)


def draw_or_refuse(text: str) -> int:
    """The number of pictures drawn and parsed; 0 where the spec was refused with a remedy for each problem."""
    try:
        architecture = load_text(text, "hostile.yaml")
    except SpecError as error:
        refused = error.problems
    else:
        return sum(is_clean_svg(architecture, view.id) for view in views(architecture)[:2])
    assert refused
    assert all(problem.message and problem.remedy for problem in refused)
    return 0


def is_clean_svg(architecture: Architecture, view: str) -> bool:
    """Whether the view's picture is an SVG that runs nothing."""
    picture = render(renderer_for("svg"), architecture, find_view(architecture, view)).data
    root = etree.fromstring(picture, etree.XMLParser(resolve_entities=False))
    assert not root.xpath("//*[local-name()='script'] | //@*[starts-with(local-name(), 'on')]")
    return bool(root.tag == "{http://www.w3.org/2000/svg}svg")


@examples(200)
@given(hostile_spec)
def test_a_hostile_spec_is_refused_or_drawn(spec: dict[str, object]) -> None:
    draw_or_refuse(json.dumps(spec, ensure_ascii=False))


@examples(60)
@given(valid_spec)
def test_any_text_as_a_label_is_drawn(spec: dict[str, object]) -> None:
    assert draw_or_refuse(json.dumps(spec, ensure_ascii=False)) > 0


@examples(200)
@given(st.text(alphabet="ab1:-> \n[]{}'\"#&*!|%@,?.~é\u202e\t", max_size=120))
def test_any_text_as_a_spec_is_refused_or_drawn(text: str) -> None:
    draw_or_refuse("archspec: 1\nname: x\n" + text)


def test_every_hostile_label_at_once_is_drawn() -> None:
    allowed = [text for text in HOSTILE if "\x1b" not in text]  # the loader refuses control characters
    spec = {
        "archspec": 1,
        "name": HOSTILE[0],
        "components": {f"c{i}": {"kind": "server", "label": text} for i, text in enumerate(allowed)},
        "connections": [{"from": "c0", "to": "c1", "label": HOSTILE[1], "protocol": HOSTILE[2]}],
    }
    assert draw_or_refuse(json.dumps(spec, ensure_ascii=False)) > 0
