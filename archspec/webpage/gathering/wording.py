"""Values of the model in a reader's words."""

from collections.abc import Iterable

from archspec.model import Element
from archspec.webpage import Fact


def facts_of(element: Element, leave_out: Iterable[str] = ()) -> tuple[Fact, ...]:
    """What the spec says of an element, field by field, in the order of the language."""
    skipped = frozenset(leave_out)
    return tuple(
        Fact(label(name), shown(getattr(element, name)))
        for name in type(element).model_fields
        if name in element.model_fields_set and name not in skipped and shown(getattr(element, name))
    )


def label(field: str) -> str:
    """A field's name as words.

    >>> label("drain_time"), label("from_")
    ('Drain time', 'From')
    """
    return field.strip("_").replace("_", " ").capitalize()


def shown(value: object) -> str:
    """A value as it would be written, without the marks of YAML.

    >>> shown(("zone-a", "zone-b")), shown(True), shown(None)
    ('zone-a, zone-b', 'yes', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Element():
            return ", ".join(f"{label(fact.label).lower()} {fact.value}" for fact in facts_of(value))
        case dict():
            return ", ".join(f"{key} {shown(each)}" for key, each in value.items())
        case tuple() | list():
            return ", ".join(shown(each) for each in value)
        case _:
            return str(value)
