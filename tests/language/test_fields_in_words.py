"""Every field of the language as its readers see it: its name, type, default and meaning."""

from archspec.language.model_fields import bases_of, fields_of
from archspec.language.types_in_words import in_words
from archspec.model import Component, Element
from tests.conftest import Golden


def elements(base: type[Element]) -> list[type[Element]]:
    """The models of the language, each once, by name."""
    import archspec.model.architecture  # noqa: F401 - all that an architecture is made of
    from archspec.model.kind import kinds

    list(kinds().values())
    found = {base, *(one for each in base.__subclasses__() for one in elements(each))}
    return sorted((each for each in found if each.__module__.startswith("archspec.")), key=lambda each: each.__name__)


def test_each_field_is_told_as_before(golden: Golden) -> None:
    told = []
    for model in elements(Element):
        bases = ", ".join(base.__name__ for base in bases_of(model))
        told.append(f"{model.__name__}({bases})")
        told += [
            f"  {field.python_name}: {in_words(field.annotation)} = {field.default_text} | {field.meaning}"
            for field in fields_of(model, own=True)
        ]
    golden("tests/language/expected/fields.txt", "\n".join([*told, ""]))


def test_a_kind_of_component_has_the_fields_of_all_components() -> None:
    names = [field.name for field in fields_of(Component)]
    assert names[:3] == ["label", "description", "technology"]
    assert {*names} & {"id", "kind"} == set()
