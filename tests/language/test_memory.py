"""Elements that stay as they were written are not made anew."""

from archspec.language.memory import Memory
from archspec.model import Plain


def test_what_was_made_of_an_entry_is_known_to_the_next_reading_alone() -> None:
    memory, made = Memory(), object()
    memory.begin({"cores": Plain("2")})
    assert memory.recall(("components", "api"), "text") is None
    memory.keep(("components", "api"), "text", made)
    memory.begin({"cores": Plain("2")})
    assert memory.recall(("components", "api"), "text") is made
    assert memory.recall(("components", "api"), "another text") is None
    memory.begin({"cores": Plain("2")})
    assert memory.recall(("components", "api"), "text") is made
    memory.begin({"cores": Plain("2")})
    memory.begin({"cores": Plain("2")})
    assert memory.recall(("components", "api"), "text") is None


def test_nothing_is_known_where_what_comes_from_elsewhere_changed() -> None:
    memory, made = Memory(), object()
    memory.begin({"cores": Plain("2")}, ["a"])
    memory.keep(("components", "api"), "text", made)
    for around in (({"cores": "2"}, ["a"]), ({"cores": Plain("2")}, ["b"]), ({"slots": Plain("2")}, ["a"])):
        memory.begin({"cores": Plain("2")}, ["a"])
        memory.keep(("components", "api"), "text", made)
        memory.begin(*around)
        assert memory.recall(("components", "api"), "text") is None
