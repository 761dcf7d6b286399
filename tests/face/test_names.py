"""The public names: what a program may count on."""

import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path

import pytest

import archspec

STABLE = (Path(__file__).parent / "stable_names.txt").read_text().split()
"""A name may be added. One that is taken away breaks somebody's program: that takes a new major version."""


def test_the_stable_names_are_there() -> None:
    assert sorted(STABLE) == archspec.__all__
    assert [name for name in STABLE if getattr(archspec, name, None) is None] == []


def test_a_star_imports_them_all() -> None:
    names: dict[str, object] = {}
    exec("from archspec import *", names)
    assert set(names) - {"__builtins__"} == set(STABLE)


def test_completion_lists_them() -> None:
    assert set(STABLE) <= set(dir(archspec))


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="module 'archspec' has no attribute 'simulat'"):
        archspec.simulat  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.parametrize(
    ("code", "without"),
    [
        ("import archspec", ["archspec.face", "archspec.dsl", "archspec.errors", "pydantic"]),
        ("from archspec import System, call, connect", ["pydantic", "archspec.model.architecture"]),
        ("from archspec import load", ["numpy", "archspec.simulation", "archspec.validators", "archspec.analysis"]),
        ("from archspec import simulate", ["numpy", "archspec.simulation", "archspec.renderers"]),
    ],
)
def test_a_name_imports_no_more_than_it_needs(code: str, without: list[str]) -> None:
    program = f"import sys\n{code}\nprint(*[name for name in {without} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == []


def test_results_are_frozen() -> None:
    found = {name: getattr(archspec, name) for name in STABLE}
    can_be_set = (object.__setattr__, Exception.__setattr__)
    results = {name: each for name, each in found.items() if is_dataclass(each)}
    thawed = [name for name, each in results.items() if each.__setattr__ in can_be_set]
    assert [name for name, each in results.items() if "__dataclass_params__" not in vars(each)] == []
    assert thawed == ["SpecError"]  # an exception gets its traceback when it is raised


def test_rooms_of_the_house_are_no_functions_of_the_face() -> None:
    rooms = {path.stem for path in Path(archspec.__file__).parent.iterdir() if not path.name.startswith("_")}
    assert sorted(rooms & set(STABLE)) == []


def test_every_public_name_says_what_it_is() -> None:
    silent = [name for name in STABLE if name != "SystemLike" and not (getattr(archspec, name).__doc__ or "").strip()]
    assert silent == []
