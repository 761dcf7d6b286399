"""`frozen` makes what `dataclass(frozen=True, slots=True)` makes: each test holds one against the other."""

import copy
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from functools import cached_property
from inspect import signature
from typing import Any

import pytest

from archspec.frozen import frozen

Decorator = Callable[[type], Any]


def _point(decorated: Decorator) -> Any:
    @decorated
    class Point:
        """Where."""

        x: int
        y: float = 2.5
        notes: list[str] = field(default_factory=list)
        source: str = field(default="", repr=False, compare=False)

        @property
        def double(self) -> int:
            return 2 * self.x

    return Point


OURS, THEIRS = _point(frozen), _point(dataclass(frozen=True, slots=True))


@frozen
class Kept:
    """At the top of a module, where pickle finds it."""

    x: int
    y: tuple[int, ...] = ()


@pytest.mark.parametrize("seen", [repr, asdict, lambda p: [each.name for each in fields(p)], lambda p: p.double])
def test_it_shows_itself_as_a_dataclass_does(seen: Callable[[Any], Any]) -> None:
    assert seen(OURS(1, notes=["a"], source="s")) == seen(THEIRS(1, notes=["a"], source="s"))


@pytest.mark.parametrize(
    "asked", [inspect.signature, lambda c: c.__match_args__, lambda c: c.__slots__, inspect.getdoc]
)
def test_its_class_tells_what_a_dataclass_tells(asked: Callable[[Any], Any]) -> None:
    assert str(asked(OURS)) == str(asked(THEIRS))


@pytest.mark.parametrize("arguments", [(), (1, 2, 3, 4, 5)])
def test_wrong_arguments_are_refused_in_the_same_words(arguments: tuple[int, ...]) -> None:
    said = []
    for each in (OURS, THEIRS):
        with pytest.raises(TypeError) as refused:
            each(*arguments)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_it_equals_its_kind_by_the_fields_that_count() -> None:
    assert OURS(1, source="here") == OURS(1, source="there")
    assert OURS(1) != OURS(2)
    assert OURS(1) != THEIRS(1)


def test_a_factory_makes_anew_each_time() -> None:
    assert OURS(1).notes is not OURS(1).notes


def test_equal_ones_have_one_hash_and_that_of_a_dataclass() -> None:
    theirs = dataclass(frozen=True, slots=True)(type("Kept", (), {"__annotations__": {"x": int, "y": tuple}}))
    assert hash(Kept(1, (2,))) == hash(Kept(1, (2,))) == hash(theirs(1, (2,)))


def test_one_field_alone_is_compared_as_in_a_tuple() -> None:
    one = frozen(type("One", (), {"__annotations__": {"x": float}}))
    nan = float("nan")
    assert one(nan) == one(nan)
    assert hash(one(1)) == hash((1,))


def test_nothing_can_be_set_or_deleted() -> None:
    kept = Kept(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        kept.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del kept.x


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda kept: pickle.loads(pickle.dumps(kept)), replace])
def test_a_copy_is_equal(copied: Callable[[Any], Any]) -> None:
    assert copied(Kept(1, (2,))) == Kept(1, (2,))


def test_a_replaced_field_leaves_the_others() -> None:
    assert replace(Kept(1, (2,)), x=3) == Kept(3, (2,))


def test_ordered_ones_sort_by_their_fields() -> None:
    ordered: Any = frozen(order=True)(type("Ordered", (), {"__annotations__": {"x": int, "y": int}}))
    assert sorted([ordered(2, 1), ordered(1, 2), ordered(1, 1)]) == [ordered(1, 1), ordered(1, 2), ordered(2, 1)]
    with pytest.raises(TypeError, match="'<' not supported"):
        _ = ordered(1, 1) < 3


def test_a_class_keeps_what_it_defines() -> None:
    @frozen
    class Own:  # noqa: PLW1641 - that is made
        x: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

    assert repr(Own(1)) == "own"
    assert Own(1) == Own(2)
    assert hash(Own(1)) == hash((1,))


def test_without_equality_each_is_itself_alone() -> None:
    alone = frozen(eq=False)(type("Alone", (), {"__annotations__": {"x": int}}))
    assert alone(1) != alone(1)
    assert hash(alone(1)) is not None


def test_a_subclass_has_the_fields_of_both() -> None:
    @frozen
    class More(Kept):
        z: int = 3

    assert repr(More(1)) == f"{More.__qualname__}(x=1, y=(), z=3)"
    assert More(1) != Kept(1)


def test_fields_by_keyword_alone_are_asked_for_by_name() -> None:
    named: Any = frozen(kw_only=True)(type("Named", (), {"__annotations__": {"x": int}}))
    assert named(x=1).x == 1
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        named(1)


def test_what_follows_the_making_may_set_fields_that_nobody_gives() -> None:
    @frozen(slots=False)
    class Total:
        parts: tuple[int, ...]
        total: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "total", sum(self.parts))

        @cached_property
        def half(self) -> float:
            return self.total / 2

    assert (Total((1, 2)).total, Total((1, 2)).half) == (3, 1.5)


def test_a_class_is_compiled_once_and_only_if_its_values_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    original = exec

    def counted(*arguments: Any) -> None:
        compiled.append(arguments[0])
        original(*arguments)

    monkeypatch.setattr("builtins.exec", counted)
    counted_class = frozen(order=True)(type("Counted", (), {"__annotations__": {"x": int, "y": int}}))
    assert compiled == []
    assert counted_class(1, 2) < counted_class(1, 3)
    assert len(compiled) == 1


def test_a_class_tells_its_parameters_before_any_value_is_made() -> None:
    @frozen
    class Point:
        x: int
        y: int = 0

    class Named(Point):
        """Has its initialiser from Point."""

    assert str(signature(Named)) == str(signature(Point)) == "(x: int, y: int = 0) -> None"
    assert (Named(1).y, Point(1, 2).y) == (0, 2)
