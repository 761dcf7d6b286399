"""Decision diagrams against enumeration and against another library."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis.diagram import Diagram, EntangledError
from archspec.analysis.expression import (
    FALSE,
    TRUE,
    AtLeast,
    Cause,
    Constant,
    Every,
    Expression,
    Not,
    Some,
    Variable,
    all_of,
    any_of,
    at_least,
    at_worst,
    bottom_up,
    children,
    negated,
    restricted,
    variables,
)
from archspec.analysis.probability import probability
from tests.properties import examples

PARTS = [
    Variable(f"v{i}", Cause.GROUP if i < 2 else Cause.REPLICA, f"c{i % 3}", round(0.35 + i * 0.09, 2)) for i in range(6)
]
expressions = st.recursive(
    st.sampled_from([*PARTS, TRUE, FALSE]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(all_of),
        st.lists(inner, min_size=1, max_size=3).map(any_of),
        st.tuples(st.integers(1, 3), st.lists(inner, min_size=3, max_size=4)).map(lambda pair: at_least(*pair)),
        inner.map(negated),
    ),
    max_leaves=12,
)


def enumerated(expression: Expression, given_: dict[Variable, bool] | None = None) -> float:
    """Probability by trying every combination of up and down."""
    free = [part for part in PARTS if part not in (given_ or {})]
    total = 0.0
    for states in product([True, False], repeat=len(free)):
        known = dict(zip(free, states, strict=True)) | (given_ or {})
        weight = 1.0
        for part in free:
            up = part.probability or 0.0
            weight *= up if known[part] else 1 - up
        result = restricted(expression, known)
        assert isinstance(result, Constant)
        total += weight * result.value
    return total


@examples(150)
@given(expressions)
def test_probability_is_that_of_enumeration(expression: Expression) -> None:
    assert probability(expression) == pytest.approx(enumerated(expression), abs=1e-12)


@examples(60)
@given(expressions)
def test_importance_is_the_difference_between_up_and_down(expression: Expression) -> None:
    found = Diagram(expression).importance()

    for part in variables(expression):
        difference = enumerated(expression, {part: True}) - enumerated(expression, {part: False})
        assert found[part] == pytest.approx(difference, abs=1e-12)


@examples(60)
@given(expressions)
def test_dd_counts_the_same_models(expression: Expression) -> None:
    from dd import autoref as library

    manager = library.BDD()
    manager.declare(*(part.name for part in PARTS))
    built = {}
    for node in bottom_up(expression):
        terms = [built[term] for term in children(node)]
        built[node] = of_library(manager, node, terms)

    models = manager.count(built[expression], nvars=len(PARTS))

    even = dict.fromkeys(variables(expression), 0.5)
    assert models == round(Diagram(expression).probability(even) * 2 ** len(PARTS))


def of_library(manager: object, node: Expression, terms: list) -> object:
    true, false = manager.true, manager.false
    match node:
        case Constant(value):
            return true if value else false
        case Variable():
            return manager.var(node.name)
        case Every():
            found = true
            for term in terms:
                found &= term
            return found
        case Some():
            found = false
            for term in terms:
                found |= term
            return found
        case AtLeast(count):
            enough = [true] + [false] * count
            for term in terms:
                enough = [true, *((term & enough[j - 1]) | enough[j] for j in range(1, count + 1))]
            return enough[count]
        case Not():
            return ~terms[0]


def test_a_thousand_components_in_three_zones_stay_linear() -> None:
    zones = [Variable(f"z{i}", Cause.GROUP, f"z{i}", 0.9995) for i in range(3)]

    def size(components: int) -> int:
        parts = [
            any_of([all_of([Variable(f"c{i}-{r}", Cause.REPLICA, f"c{i}", 0.999), zones[r]]) for r in range(3)])
            for i in range(components)
        ]
        return Diagram(all_of(parts)).size

    assert size(1000) < 10.5 * size(100)


def test_a_diagram_beyond_its_limit_is_refused() -> None:
    parts = [Variable(f"v{i}", Cause.REPLICA, f"v{i}", 0.9) for i in range(20)]

    with pytest.raises(EntangledError):
        Diagram(at_least(10, parts), limit=50)


@examples(60)
@given(expressions, st.sets(st.sampled_from(PARTS), max_size=3))
def test_at_worst_is_true_only_where_it_is_whatever_the_unknown_are(
    expression: Expression, unknown: set[Variable]
) -> None:
    worst = at_worst(expression, unknown)
    free = [part for part in PARTS if part not in unknown]
    for states in product([True, False], repeat=len(free)):
        known = dict(zip(free, states, strict=True))
        outcomes = [
            restricted(expression, known | dict(zip(unknown, others, strict=True))) is TRUE
            for others in product([True, False], repeat=len(unknown))
        ]
        found = restricted(worst, known)
        assert isinstance(found, Constant)
        assert found is not TRUE or all(outcomes)


@pytest.mark.parametrize(
    ("expression", "left"),
    [
        (PARTS[0], FALSE),
        (PARTS[1], PARTS[1]),
        (any_of([PARTS[0], PARTS[1]]), PARTS[1]),
        (all_of([PARTS[0], PARTS[1]]), FALSE),
        (negated(PARTS[0]), FALSE),
        (negated(negated(PARTS[0])), FALSE),
        (any_of([negated(PARTS[0]), PARTS[1]]), PARTS[1]),
    ],
)
def test_at_worst_an_unknown_part_helps_nothing(expression: Expression, left: Expression) -> None:
    assert at_worst(expression, [PARTS[0]]) == left
