"""How many requests fail in each of many outages, worked out at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis.expression import (
    Cause,
    Expression,
    Variable,
    all_of,
    any_of,
    at_least,
    negated,
    variables,
)
from archspec.analysis.outages import shares_failing
from archspec.analysis.points import share_failing
from tests.properties import examples

A, B, C = (Variable(name, Cause.REPLICA, "api") for name in ("api-1", "api-2", "api-3"))
DB = Variable("db-1", Cause.REPLICA, "db")
HIT = Variable("hit", Cause.CHOICE, "cache", 0.9)
UNKNOWN_HIT = Variable("hit", Cause.CHOICE, "cache")


def test_each_outage_is_judged_apart() -> None:
    needed = all_of((at_least(2, (A, B, C)), any_of((HIT, DB))))
    assert shares_failing(needed, [(), (A,), (A, B), (A, B, C)]) == (0.0, 0.0, 1.0, 1.0)


def test_where_luck_decides_the_share_is_that_of_bad_luck() -> None:
    needed = all_of((A, any_of((HIT, DB))))
    assert shares_failing(needed, [(DB,), (DB, A)]) == (pytest.approx(0.1), 1.0)


def test_where_luck_without_a_figure_decides_nothing_is_said() -> None:
    assert shares_failing(all_of((A, any_of((UNKNOWN_HIT, DB)))), [(DB,), (A,)]) == (None, 1.0)


def test_who_hangs_does_harm_while_it_is_up() -> None:
    assert shares_failing(any_of((negated(A), B)), [(B,), (A, B)]) == (1.0, 0.0)


def expressions() -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from((A, B, C, DB, HIT))

    def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        terms = st.lists(inner, min_size=1, max_size=4)
        counted = st.tuples(st.integers(1, 3), terms).map(lambda drawn: at_least(*drawn))
        return st.one_of(terms.map(all_of), terms.map(any_of), counted, inner.map(negated))

    return st.recursive(leaves, joined, max_leaves=12)


@examples(100)
@given(needed=expressions())
def test_any_expression_gives_what_each_outage_gives_alone(needed: Expression) -> None:
    parts = [part for part in variables(needed) if part.is_part]
    outages = [(), *[(part,) for part in parts], parts]
    assert shares_failing(needed, outages) == tuple(share_failing(needed, *outage) for outage in outages)
