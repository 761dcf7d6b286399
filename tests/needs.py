"""What a test needs beyond the package. In CI every extra is there, so that no test goes missing unseen."""

import os
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

_EXTRAS = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]


def is_installed(extra: str) -> bool:
    """Whether every package of an extra of pyproject.toml is here."""
    try:
        for requirement in _EXTRAS[extra]:
            version(Requirement(requirement).name)
    except PackageNotFoundError:
        if os.environ.get("CI"):
            raise
        return False
    return True


def needs_extra(extra: str) -> None:
    """Skip the test, or at the top of a module all of its tests, where an extra is not installed."""
    if not is_installed(extra):
        pytest.skip(f"the extra `{extra}` is not installed: uv sync --all-extras", allow_module_level=True)
