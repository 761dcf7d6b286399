"""Whatever stands in a file: an architecture or a SpecError, never anything else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archspec.errors import SpecError
from archspec.language import load_text
from archspec.language.formatter.format import dump, format_text
from archspec.language.reader.document import read_bytes, read_text
from archspec.model import Architecture
from archspec.model.kind import kinds
from archspec.reports.frames import spec_error
from tests.properties import examples

PIECES = [
    *("[", "]", "{", "}", ",", ":", ": ", "- ", "-", "? ", "#", " #", "&a ", "*a", "!t ", "|", ">", "|+\n", "%", "@"),
    *(
        "'",
        '"',
        "\\",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        " ",
        "a",
        "b",
        "kind",
        "server",
        "->",
        " -> ",
        "uniform(",
        ")",
        "1ms",
    ),
    *(
        "<<",
        "---",
        "...",
        "null",
        "~",
        "404",
        "99%",
        "components",
        "connections",
        "views",
        "include",
        "flow:x",
        "é",
        "漢",
    ),
    *("archspec: 1\n", "name: x\n", "components:\n", "  a: {kind: server}\n", "connections:\n", "  - a -> b\n", "\r\n"),
]
yaml_like = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.text(max_size=5), st.sampled_from(["a", "b", "1ms", "2", "99%", "x -> y", "true"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "kind", "from", "to"]), inner)
    ),
    max_leaves=12,
)
SECTIONS = [
    *("components", "groups", "connections", "flows", "alerts", "pipelines", "views", "scenarios", "defaults", "set"),
    *("name", "owner", "lint", "include", "nothing"),
]


def ends_well(text: str) -> bool:
    """Whether a text ends in an architecture, or in mistakes that can be shown."""
    try:
        return isinstance(load_text(text), Architecture)
    except SpecError as error:
        return bool(error.problems) and spec_error(error).endswith("found.")


@examples(150)
@given(st.one_of(st.text(), yaml_like))
def test_any_text_ends_in_an_architecture_or_a_spec_error(text: str) -> None:
    assert ends_well(text)


@examples(80)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    document = read_bytes(data, "f")
    assert document.complete or document.problems


@examples(100)
@given(st.dictionaries(st.sampled_from(SECTIONS), values), st.sampled_from(sorted(kinds())), values)
def test_any_nesting_in_any_section_ends_in_an_architecture_or_a_spec_error(
    sections: dict[str, Any], kind: str, fields: Any
) -> None:
    import json

    component = {"kind": kind, **(fields if isinstance(fields, dict) else {})}
    data = {"archspec": 1, "name": "x", "components": {"a": component, "b": {"kind": "server"}}, **sections}
    assert ends_well(json.dumps(data))


@examples(150)
@given(yaml_like.map("a: ".__add__) | yaml_like.map("a:\n  ".__add__) | yaml_like.map("a:\n- ".__add__))
def test_formatting_keeps_the_data_and_formatting_again_changes_nothing(text: str) -> None:
    document = read_text(text.replace("\r\n", "\n"), "f")
    if isinstance(document.data, dict) and not document.problems:
        once = format_text(text)
        assert format_text(once) == once


labels = st.text(max_size=12)
figures = st.fixed_dictionaries(
    {"kind": st.just("server")},
    optional={
        "label": labels,
        "owner": labels,
        "tags": st.lists(st.sampled_from(["pci", "x-1"]), max_size=2),
        "links": st.dictionaries(labels, st.just("https://example.org/?q=a, b#c"[:24]), max_size=2),
        "replicas": st.integers(1, 5),
        "cores": st.sampled_from([1, 2, 0.5]),
        "availability": st.sampled_from(["99.9%", 0.5, "100%"]),
        "stateless": st.booleans(),
        "boot_time": st.sampled_from(["1.5s", "90s", "1000ms", "24h"]),
    },
)


@examples(80)
@given(labels, st.dictionaries(st.sampled_from(["a", "b", "c"]), figures, min_size=1), labels)
def test_what_is_dumped_reads_back_equal(name: str, components: dict[str, Any], does: str) -> None:
    import json

    first = next(iter(components))
    flow = {"from": first, "steps": [{"cpu": "2ms", "does": does}]}
    data = {"archspec": 1, "name": name, "components": components, "flows": {"f": flow}}
    try:
        architecture = load_text(json.dumps(data))
    except SpecError:
        return
    text = dump(architecture)
    assert load_text(text) == architecture
    assert format_text(text) == text
