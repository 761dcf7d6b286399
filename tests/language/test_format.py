"""One layout: what changes, what stays."""

from pathlib import Path

import pytest

from archspec.errors import SpecError
from archspec.language import load, load_text
from archspec.language.formatter.format import dump, format_text

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/*.yaml"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1   \nb: 2", "a: 1\nb: 2\n"),
        ("\n\na: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
        ("a: {b : [1,2] ,c: { } }\n", "a: {b: [1, 2], c: {}}\n"),
        ("a:\n    b:\n        c: 1\n    # why\n    d: 2\n", "a:\n  b:\n    c: 1\n  # why\n  d: 2\n"),
        ("a:\n- b\n-   c: 1\n    d: 2\n", "a:\n  - b\n  - c: 1\n    d: 2\n"),
        ("a: {t: lognormal(p50=3ms, p99=25ms)}\n", "a: {t: lognormal(p50=3ms p99=25ms)}\n"),
        ("a: exponential(6ms,  max=2s)\n", "a: exponential(6ms max=2s)\n"),
        ("connections:\n  - a   ->  [b,c]\n", "connections:\n  - a -> [b, c]\n"),
        ("a: \"GET /watch\"\nb: 'Tiny shop'\n", "a: GET /watch\nb: Tiny shop\n"),
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("a:\n  b: 1\nc:\n  d: 2\n", "a:\n  b: 1\n\nc:\n  d: 2\n"),
        ("a:\n  b: 1\n# of c\nc: 2\n", "a:\n  b: 1\n\n# of c\nc: 2\n"),
        ("a:\n    b: |\n        x\n          y\n", "a:\n  b: |\n      x\n        y\n"),
        ("a:\n    b: |2\n          x\n", "a:\n  b: |2\n        x\n"),
        ("a:\n    - b: >-\n          x\n           y\n", "a:\n  - b: >-\n        x\n         y\n"),
        ("a:\n    b: {c: 1,\n        d: 2,\n    }\n", "a:\n  b: {c: 1,\n      d: 2,\n  }\n"),
        (
            "a:\n    b: {c: {d: 1,\n            e: 2},\n        f: 3}\n",
            "a:\n  b: {c: {d: 1,\n          e: 2},\n      f: 3}\n",
        ),
    ],
    ids=[
        "trailing blanks",
        "blank lines",
        "braces",
        "indentation",
        "lists",
        "cut function",
        "function",
        "arrow",
        "needless quotes",
        "line ends",
        "sections",
        "comment of a section",
        "block text",
        "block text that begins with blanks",
        "block text in a list",
        "braces over lines",
        "braces within braces over lines",
    ],
)
def test_a_text_gets_its_one_layout(before: str, after: str) -> None:
    assert format_text(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "a: '404'\nb: \"1.10\"\nc: 'true'\nd: '# no comment'\ne: 'x: y'\nf: '@x'\ng: 'null'\n",
        "components:\n  viewer:  {kind: client}\n  lb:      {kind: load_balancer}   # in columns\n",
        "groups:\n  a: {kind: zone,    within: r}\n  b: {kind: network, within: r}\n",
        "a: >\n  one   \n  two\n\n  three\n\nb: 1\n",
        "a: {x: 1,\n    y: 2}\n",
        "# first\na: 1  # behind\n# last\n",
        "description: a  ->  b\n",
    ],
    ids=["quotes that matter", "columns", "columns in braces", "folded", "braces over lines", "comments", "text"],
)
def test_what_means_something_stays(text: str) -> None:
    assert format_text(text) == text


def test_what_cannot_be_read_cannot_be_formatted() -> None:
    with pytest.raises(SpecError, match="never closed"):
        format_text("a: 'x\n")


def test_shorthands_are_written_long() -> None:
    text = (
        "connections:\n"
        "  - a -> b -> c: https  # why\n"
        "  - a -> [d, e]\n"
        "  - d -> e: {timeout: 1s}\n"
        "  - e -> f:\n"
        "      protocol: http\n"
        "      timeout: 2s\n"
        "  - {from: a, to: f}\n"
    )
    assert format_text(text, expand=True) == (
        "connections:\n"
        "  - {from: a, to: b, protocol: https}\n"
        "  - {from: b, to: c, protocol: https}  # why\n"
        "  - {from: a, to: [d, e]}\n"
        "  - {from: d, to: e, timeout: 1s}\n"
        "  - from: e\n"
        "    to: f\n"
        "    protocol: http\n"
        "    timeout: 2s\n"
        "  - {from: a, to: f}\n"
    )


def test_a_bare_rate_is_written_long() -> None:
    text = (
        "components: {lb: {kind: load_balancer, rate_limit: 10/s}}\n"
        "scenarios: {peak: {load: {buy: 2x, pay: {rate: 3x}}}, calm: {load: 0.5x}}\n"
    )
    assert format_text(text, expand=True) == (
        "components: {lb: {kind: load_balancer, rate_limit: {rate: 10/s}}}\n"
        "scenarios: {peak: {load: {buy: {rate: 2x}, pay: {rate: 3x}}}, calm: {load: 0.5x}}\n"
    )


@pytest.mark.parametrize("spec", SPECS, ids=[spec.parent.name for spec in SPECS])
def test_our_own_specs_are_formatted(spec: Path) -> None:
    text = spec.read_text(encoding="utf-8")
    assert format_text(text) == text


@pytest.mark.parametrize("spec", SPECS, ids=[spec.parent.name for spec in SPECS])
def test_an_expanded_spec_says_the_same(spec: Path) -> None:
    long = format_text(spec.read_text(encoding="utf-8"), expand=True)
    assert "->" not in long.split("\nconnections:\n")[1].split("\n\n")[0]
    assert load_text(long) == load(spec)


@pytest.mark.parametrize("spec", SPECS, ids=[spec.parent.name for spec in SPECS])
def test_a_dumped_architecture_reads_back_equal_and_is_formatted(spec: Path) -> None:
    text = dump(load(spec))
    assert load_text(text) == load(spec)
    assert format_text(text) == text


def test_a_dump_is_what_a_person_would_write() -> None:
    text = (
        "archspec: 1\n"
        "name: Tiny, but whole\n"
        "\n"
        "components:\n"
        "  viewer: {kind: client}\n"
        '  api: {kind: server, label: "404", replicas: 2, stateless: true}\n'
        "  db: {kind: database}\n"
        "\n"
        "connections:\n"
        "  - viewer -> api: https\n"
        "  - api -> db\n"
        "\n"
        "flows:\n"
        "  read:\n"
        "    from: viewer\n"
        "    rate: 10/s\n"
        "    steps:\n"
        "      - call: api\n"
        "        cpu: 4ms\n"
        "        steps: [{call: db, does: select the row that was asked for, takes: lognormal(p50=3ms p99=25ms)}]\n"
    )
    assert dump(load_text(text)) == text


SHOP = """\
archspec: 1
name: Shop

components:
  user: {kind: client}
  api:
    kind: server  # it answers
    zones:
      - zone-a
    description: |
      Kept  as it
        is.

connections:
  - user -> api: {timeout: 1s, retries: {attempts: 2}}
"""


@pytest.mark.parametrize(
    "other",
    [
        SHOP.rstrip("\n"),
        SHOP + "\n\n",
        SHOP.replace("\n", "\r\n"),
        SHOP.replace("}\n", "}   \n"),
        SHOP.replace("\n\n", "\n\n\n\n"),
        SHOP.replace(": {", ":   { ").replace("}", " }"),
        SHOP.replace(", ", " ,  "),
        SHOP.replace("-> api", "->   api"),
        SHOP.replace("kind: server  #", "kind:   server       #").replace("       # it", "  # it"),
        SHOP.replace("      - zone-a", "    - zone-a"),
    ],
)
def test_one_layout_whatever_the_text_looked_like(other: str) -> None:
    assert format_text(SHOP) == SHOP
    assert format_text(other) == SHOP
