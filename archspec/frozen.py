"""Frozen dataclasses that are quickly made: a command makes some 150 of them before it does anything."""

import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_set = object.__setattr__


class _Factory:
    """Stands in a signature for what a field's `default_factory` makes."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(
    *, slots: bool = True, eq: bool = True, repr: bool = True, order: bool = False, kw_only: bool = False
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type | None = None,
    /,
    *,
    slots: bool = True,
    eq: bool = True,
    repr: bool = True,  # noqa: A002 - as `dataclass` calls it
    order: bool = False,
    kw_only: bool = False,
) -> Any:
    """What `dataclass(frozen=True, slots=True)` makes, at a quarter of the cost: one function is compiled, not six.

    A dataclass to everybody who asks (`fields`, `replace`, `asdict`, patterns). Without `slots` it can hold cached
    properties. What a class defines itself stays.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1) == Point(1, 0), Point(2)
    (True, Point(x=2, y=0))
    """

    def made(bare: type) -> type:
        bare.__doc__ = bare.__doc__ or bare.__name__  # else `dataclass` parses a signature to make one
        own = {name for name, value in vars(bare).items() if (name, value) != ("__hash__", None)}
        found: type = dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(bare)
        methods: dict[str, Any] = {"__init__": _Initialiser(found), "__setattr__": _refuse_set, "__delattr__": _refuse}
        methods |= {"__getstate__": _state, "__setstate__": _restore} if slots else {}
        methods |= {"__repr__": _shown} if repr else {}
        methods |= _comparing(found, order=order) if eq else {}
        for name, method in methods.items():
            if name not in own:
                setattr(found, name, method)
        return found

    return made if cls is None else made(cls)


class _Initialiser:
    """Stands for `__init__` until somebody asks for it: most of the values that a command knows it never makes."""

    def __init__(self, cls: type) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: type) -> Callable[..., None]:
        made = _initialiser(self._cls)
        setattr(self._cls, "__init__", made)  # noqa: B010 - a type checker knows another `__init__`
        return made if instance is None else made.__get__(instance, owner)


def _initialiser(cls: type) -> Callable[..., None]:
    """`__init__`, the one method that is compiled: only so it has its own parameters, and is fast."""
    scope: dict[str, Any] = {"_set": _set, "_FACTORY": _FACTORY}
    positional: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for each in fields(cls):
        value = each.name
        if each.default_factory is not MISSING:
            scope[f"_new_{each.name}"] = each.default_factory
            made = f"_new_{each.name}()"
            value = f"{made} if {each.name} is _FACTORY else {each.name}" if each.init else made
        if each.init:
            (named if each.kw_only else positional).append(_parameter(each, scope))
        if each.init or each.default_factory is not MISSING:
            lines.append(f" _set(self, {each.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    parameters = ", ".join(["self", *positional, *(["*", *named] if named else [])])
    exec("\n".join([f"def __init__({parameters}):", *lines, " return None"]), scope)
    initialiser: Callable[..., None] = scope["__init__"]
    initialiser.__qualname__ = f"{cls.__qualname__}.__init__"
    initialiser.__annotations__ = {each.name: each.type for each in fields(cls) if each.init} | {"return": None}
    return initialiser


def _parameter(each: Field[Any], scope: dict[str, Any]) -> str:
    if each.default_factory is not MISSING:
        return f"{each.name}=_FACTORY"
    if each.default is MISSING:
        return each.name
    scope[f"_default_{each.name}"] = each.default
    return f"{each.name}=_default_{each.name}"


def _comparing(cls: type, *, order: bool) -> dict[str, Any]:
    """Equality and hash, with `order` also `<` and its kind: those of the tuple of the fields that count."""
    names = [each.name for each in fields(cls) if each.compare]
    key: Callable[[Any], tuple[Any, ...]]
    key = attrgetter(*names) if len(names) > 1 else lambda self: tuple(getattr(self, name) for name in names)

    def by(compared: Callable[[Any, Any], Any]) -> Callable[[Any, object], Any]:
        return lambda self, other: (
            compared(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented
        )

    ordering = ("lt", "le", "gt", "ge") if order else ()
    found: dict[str, Any] = {f"__{name}__": by(getattr(operator, name)) for name in ("eq", *ordering)}
    return found | {"__hash__": lambda self: hash(key(self))}


def _shown(self: Any) -> str:
    values = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({values})"


def _refuse_set(_: object, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        _set(self, each.name, value)
