"""Which specs a command means, and which of them a change concerns."""

from pathlib import Path
from typing import Any

import pytest

from archspec.cli.spec_paths import affected, parts, spec_paths
from archspec.errors import UsageError

SPEC = "archspec: 1\nname: A\ncomponents: {api: {kind: server}}\n"
FILES = {
    "b.yaml": SPEC,
    "a.yml": SPEC,
    "part.yaml": "components: {db: {kind: database}}\n",
    "notes.txt": SPEC,
    "inner/c.yaml": SPEC + "include: [../part.yaml, part.yaml]\n",
    "inner/part.yaml": "components: {x: {kind: cache}}\n",
    "inner/code.py": "import archspec\n",
    "inner/other.py": "import json\n",
    ".hidden/d.yaml": SPEC,
    "inner/.e.yaml": SPEC,
    "node_modules/f.yaml": SPEC,
    "__pycache__/g.yaml": SPEC,
    "site-packages/h.yaml": SPEC,
    "empty/z.txt": "",
    "code/only.py": "import archspec\n",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "root"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "i.yaml").write_text(SPEC)
    (root / "link").symlink_to(tmp_path / "linked")
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    ("given", "python", "found"),
    [
        (["."], False, ["a.yml", "b.yaml", "inner/c.yaml"]),
        (["."], True, ["a.yml", "b.yaml", "code/only.py", "inner/c.yaml", "inner/code.py"]),
        (["inner"], False, ["inner/c.yaml"]),
        (["*.y*ml"], False, ["a.yml", "b.yaml"]),
        (["**/*.yaml"], False, ["b.yaml", "inner/c.yaml", "link/i.yaml", "node_modules/f.yaml", "__pycache__/g.yaml"]),
        (["b.yaml", "a.yml", "b.yaml", "."], False, ["b.yaml", "a.yml", "inner/c.yaml"]),
        (["-", "nowhere.yaml", "notes.txt", "part.yaml"], False, ["-", "nowhere.yaml", "notes.txt", "part.yaml"]),
        (["inner/code.py"], False, ["inner/code.py"]),
        (["a\0b"], False, ["a\0b"]),
        ([], False, []),
    ],
)
def test_files_are_taken_as_they_are_and_folders_for_the_specs_in_them(
    given: list[str], python: bool, found: list[str]
) -> None:
    if given == ["**/*.yaml"]:
        found = sorted([*found, "site-packages/h.yaml"])
    assert spec_paths(given, python=python) == found


def test_a_file_may_be_called_like_a_pattern(folder: Path) -> None:
    (folder / "[a].yaml").write_text(SPEC)
    assert spec_paths(["[a].yaml"]) == ["[a].yaml"]


@pytest.mark.parametrize(
    ("given", "python", "message"),
    [
        ("empty", False, "there is no spec in `empty`; `archspec init` writes a first one."),
        ("code", False, "there is no spec in `code`; --python takes the .py specs in it."),
        ("empty", True, "there is no spec in `empty`; `archspec init` writes a first one."),
        ("x*.yaml", False, "there is no spec in `x*.yaml`; `archspec init` writes a first one."),
    ],
)
def test_where_there_is_no_spec_it_is_told_how_to_get_one(given: str, python: bool, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        spec_paths(["b.yaml", given], python=python)
    assert str(caught.value) == message


def test_a_spec_has_the_parts_that_it_includes() -> None:
    assert parts("inner/c.yaml")[0] == "inner/c.yaml"
    assert parts("b.yaml") == ["b.yaml"]
    assert parts("nowhere.yaml") == ["nowhere.yaml"]


@pytest.mark.parametrize(
    ("changed", "specs"),
    [
        (["inner/part.yaml"], {"inner/c.yaml": ["inner/part.yaml"]}),
        (["./inner/../b.yaml", "notes.txt"], {"b.yaml": ["./inner/../b.yaml"]}),
        (["inner/part.yaml", "inner/c.yaml"], {"inner/c.yaml": ["inner/c.yaml", "inner/part.yaml"]}),
        (["notes.txt", "code/only.py", "node_modules/f.yaml"], {}),
        ([], {}),
    ],
)
def test_a_change_concerns_the_specs_that_its_files_take_part_in(
    changed: list[str], specs: dict[str, list[str]]
) -> None:
    assert affected(changed) == specs


def test_what_cannot_be_read_is_no_spec(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refused(path: Path, *arguments: Any) -> Any:
        if path.name == "b.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments)

    monkeypatch.setattr(Path, "open", refused)
    assert spec_paths(["."]) == ["a.yml", "inner/c.yaml"]
