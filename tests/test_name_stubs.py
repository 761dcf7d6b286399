"""The stubs of packages that import by need are what their tables of names say."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tools.name_stubs import ROOMS, name_stub


@pytest.mark.parametrize("room", ROOMS)
def test_the_names_for_type_checkers_are_up_to_date(room: str, golden: Callable[[Path | str, str], None]) -> None:
    golden(f"archspec/{room}/__init__.pyi", name_stub(room))


@pytest.mark.parametrize("room", ROOMS)
def test_each_name_is_what_its_module_gives(room: str) -> None:
    package = import_module(f"archspec.{room}")
    for place, names in package.PLACES.items():
        module = import_module(f"archspec.{room}.{place}")
        assert [getattr(package, name) for name in names.split()] == [getattr(module, name) for name in names.split()]


def test_a_name_that_no_module_gives_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"module 'archspec\.model' has no attribute 'Architektur'"):
        import_module("archspec.model").Architektur  # noqa: B018 - asked for
