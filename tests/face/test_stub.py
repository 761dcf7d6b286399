"""The stub of `archspec` is what the table of names says."""

from collections.abc import Callable
from pathlib import Path

from tools.face_stub import face_stub


def test_the_names_for_type_checkers_are_up_to_date(golden: Callable[[Path | str, str], None]) -> None:
    golden("archspec/__init__.pyi", face_stub())
