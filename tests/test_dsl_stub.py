"""The stubs of the builder are what the model says."""

from collections.abc import Callable
from pathlib import Path

import archspec
from tools.dsl_stub import component_fields_stub, fields_stub, kinds_stub

FOLDER = Path(archspec.__file__).parent / "dsl"


def test_the_fields_of_elements_are_up_to_date(golden: Callable[[Path, str], None]) -> None:
    golden(FOLDER / "fields.pyi", fields_stub())


def test_the_fields_of_components_are_up_to_date(golden: Callable[[Path, str], None]) -> None:
    golden(FOLDER / "component_fields.pyi", component_fields_stub())


def test_the_kinds_are_up_to_date(golden: Callable[[Path, str], None]) -> None:
    golden(FOLDER / "kinds.pyi", kinds_stub())
