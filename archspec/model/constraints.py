"""What must hold between the fields of one element, as values that tell it to the reader and to the JSON Schema.

Fields have the names they have in a spec. What takes arithmetic (`min` above `max`) no schema can say: that is a
validator of its class.
"""

from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from archspec.frozen import frozen
from archspec.model.quantities import Quantity
from archspec.model.scalar import failed

if TYPE_CHECKING:
    from archspec.model.element import Element

Schema = dict[str, Any]


@frozen
class Given:
    """The spec states the field; with `filled` an empty list does not count."""

    field: str
    filled: bool = False


@frozen
class Is:
    """The field has one of these values, stated or by default."""

    field: str
    values: tuple[str, ...]


@frozen
class Fits:
    """The field, where it is given, is a quantity of one of these types (int: a bare count)."""

    field: str
    types: tuple[type[Quantity] | type[int], ...]


@frozen
class Not:
    """The condition does not hold."""

    condition: "Condition"


@frozen
class Either:
    """At least one of the conditions holds."""

    conditions: "tuple[Condition, ...]"


Condition = Given | Is | Fits | Not | Either


@frozen
class Constraint:
    """Wherever `where` holds (None: always), `then` must hold too.

    Message and remedy may quote fields, `{metric}`. The mistake is `at` a field, or (None) at the element; where that
    field's value is almost one of the `known` words, that word is the remedy.
    """

    then: Condition
    message: str
    remedy: str
    where: Condition | None = None
    at: str | None = None
    known: tuple[str, ...] = ()

    @property
    def forbids(self) -> bool:
        """Whether it forbids a field, so that no other field, from `defaults`, makes right what is wrong."""
        return isinstance(self.then, Not)


def one_of(*fields: str, message: str, remedy: str) -> tuple[Constraint, ...]:
    """Not two of these fields are given; the message may name both, `{first}` and `{second}`."""
    return tuple(
        Constraint(
            Not(Given(second)),
            message.format(first=first, second=second),
            remedy,
            where=Given(first),
            at=second,
        )
        for first, second in combinations(fields, 2)
    )


@cache
def constraints_of(model: "type[Element]") -> tuple[Constraint, ...]:
    """The constraints of an element's class and of those that it extends, theirs first."""
    return tuple(each for base in reversed(model.__mro__) for each in vars(base).get("constraints", ()))


@lru_cache(maxsize=1024)
def _in_question(model: "type[Element]", stated: frozenset[str]) -> tuple[Constraint, ...]:
    """Those that an element with these attributes stated may break: most wait for a field that few elements have."""

    def is_open(constraint: Constraint) -> bool:
        where = True if constraint.where is None else _surely(constraint.where, model, stated)
        return where is not False and _surely(constraint.then, model, stated) is not True

    return tuple(filter(is_open, constraints_of(model)))


def _surely(condition: Condition, model: "type[Element]", stated: frozenset[str]) -> bool | None:
    """Whether a condition holds whatever is stated; None where that depends on what it is."""
    match condition:
        case Given(field):
            return None if attribute(model, field) in stated else False
        case Not(inner):
            held = _surely(inner, model, stated)
            return None if held is None else not held
        case _:
            return None


def check(element: "Element") -> None:
    """Raise pydantic's custom error for the first constraint that an element breaks."""
    for constraint in _in_question(type(element), frozenset(element.model_fields_set)):
        if (constraint.where is None or _holds(constraint.where, element)) and not _holds(constraint.then, element):
            values = {info.alias or name: getattr(element, name) for name, info in type(element).model_fields.items()}
            message, remedy = (text.format_map(values) for text in (constraint.message, constraint.remedy))
            raise failed(message, remedy, "constraint", at=constraint.at, known=constraint.known)


def schema_of(constraint: Constraint, model: "type[Element]") -> Schema:
    """The constraint in JSON Schema's words."""
    if constraint.where is None:
        return _schema(constraint.then, model)
    return {"if": _schema(constraint.where, model), "then": _schema(constraint.then, model)}


@cache
def attribute(model: "type[Element]", field: str) -> str:
    """The attribute that holds a field of a spec: `for_` for `for`."""
    return next(name for name, info in model.model_fields.items() if field in (info.alias, name))


def _holds(condition: Condition, element: "Element") -> bool:
    match condition:
        case Given(field, filled):
            name = attribute(type(element), field)
            value = getattr(element, name) if name in element.model_fields_set else None
            return value is not None and not (filled and value == ())
        case Is(field, values):
            return getattr(element, attribute(type(element), field)) in values
        case Fits(field, types):
            value = getattr(element, attribute(type(element), field))
            return value is None or isinstance(value, types)
        case Not(inner):
            return not _holds(inner, element)
        case Either(conditions):
            return any(_holds(inner, element) for inner in conditions)


def _schema(condition: Condition, model: "type[Element]") -> Schema:
    match condition:
        case Given(field, filled):
            return {"required": [field]} | ({"properties": {field: {"minItems": 1}}} if filled else {})
        case Is(field, values):
            by_default = model.model_fields[attribute(model, field)].default in values
            return {"properties": {field: {"enum": list(values)}}} | ({} if by_default else {"required": [field]})
        case Fits(field, types):
            fits = [{"type": "integer"} if kind is int else kind.json_schema() for kind in types]  # type: ignore[union-attr]
            return {"properties": {field: fits[0] if len(fits) == 1 else {"anyOf": fits}}}
        case Not(inner):
            return {"not": _schema(inner, model)}
        case Either(conditions):
            return {"anyOf": [_schema(inner, model) for inner in conditions]}
