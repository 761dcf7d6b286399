"""What the tests of importers share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archspec.importers.imported import Imported, import_files
from archspec.language import load_text
from archspec.model.data import to_data

HERE = Path(__file__).parent
DATA = HERE / "data"

Import = Callable[..., Imported]


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> Import:
    """Import files of the data folder, named from there."""
    monkeypatch.chdir(DATA)
    return lambda *paths, **choices: import_files([str(path) for path in paths], **choices)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Write files into a folder of the test's own, and stand in it."""
    monkeypatch.chdir(tmp_path)

    def put(**files: str) -> None:
        for name, text in files.items():
            (tmp_path / name.replace("__", ".")).write_text(text)

    return put


def data(text: str) -> dict[str, Any]:
    """What a spec says, without its description and the order of its connections."""
    found = to_data(load_text(text))
    found.pop("description", None)
    pairs = {f"{each.pop('from')} -> {each.pop('to')}": each for each in found.pop("connections", [])}
    return {**found, "connections": pairs}
