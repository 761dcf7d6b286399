"""Extensions are found in a folder and through entry points, by one door."""

import sys
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from archspec import discovery
from archspec.discovery import Named, discover
from archspec.errors import DefectError, UsageError


@dataclass(frozen=True)
class Plugin:
    """What the test modules hold."""

    name: str


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **modules: str) -> str:
    """A package with these modules; `a__b` is the module `b` of the sub-folder `a`. Gives its name."""
    package = f"plugins_{tmp_path.name.replace('-', '_')}"
    root = tmp_path / package
    root.mkdir()
    (root / "__init__.py").touch()
    for name, value in modules.items():
        path = root.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(f"from tests.test_discovery import Plugin\n{value}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return package


def found(package: str, entry_points: str | None = None) -> list[str]:
    return list(discover((package,), Plugin, lambda plugin: plugin.name, entry_points))


def test_each_module_gives_its_value_sorted_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder(tmp_path, monkeypatch, one="X = Plugin('zebra')", sub__two="X = Plugin('ant')")
    assert found(package) == ["ant", "zebra"]


@pytest.mark.parametrize(("value", "count"), [("", 0), ("X = Plugin('a'); Y = Plugin('b')", 2)])
def test_a_module_holds_exactly_one_value(
    value: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = folder(tmp_path, monkeypatch, one=value)
    with pytest.raises(DefectError, match=f"one must hold exactly one Plugin, it holds {count}"):
        found(package)


def test_a_name_is_given_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder(tmp_path, monkeypatch, one="X = Plugin('a')", two="X = Plugin('a')")
    with pytest.raises(DefectError, match="two: the name 'a' is taken"):
        found(package)


def install(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    """Let one entry point lead to `value`."""
    point = EntryPoint("x", "tests.test_discovery:Plugin", "archspec.tests")
    monkeypatch.setattr(EntryPoint, "load", lambda self: value)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [point] if group == "archspec.tests" else [])
    monkeypatch.setattr(discovery, "_is_named", lambda group: True)


def test_an_installed_extension_comes_through_the_same_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder(tmp_path, monkeypatch, one="X = Plugin('own')")
    install(monkeypatch, Plugin("added"))
    assert found(package, "archspec.tests") == ["added", "own"]
    assert found(package) == ["own"]


def test_an_installed_extension_takes_no_name_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder(tmp_path, monkeypatch, one="X = Plugin('own')")
    install(monkeypatch, Plugin("own"))
    with pytest.raises(UsageError, match="takes the name 'own', which is taken; uninstall it"):
        found(package, "archspec.tests")


def test_an_installed_extension_of_another_type_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder(tmp_path, monkeypatch, one="X = Plugin('own')")
    install(monkeypatch, "no plugin")
    with pytest.raises(UsageError, match="is no Plugin; tell its author"):
        found(package, "archspec.tests")


def test_a_folder_is_searched_without_its_package_files() -> None:
    assert "archspec.model.kinds.server" in discovery.modules("archspec.model.kinds")
    assert not any(name.endswith("__init__") for name in discovery.modules("archspec.model.kinds"))


def named(package: str) -> Named[Plugin]:
    return Named(package, Plugin, lambda plugin: plugin.name)


def test_a_module_called_as_what_it_holds_is_imported_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = folder(tmp_path, monkeypatch, ant="X = Plugin('ant')", zebra="raise OSError")
    assert (list(named(package)), "zebra" in named(package)) == (["ant", "zebra"], True)
    assert named(package)["ant"] == Plugin("ant")


def test_a_module_is_called_as_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = folder(tmp_path, monkeypatch, one="X = Plugin('ant')")
    with pytest.raises(DefectError, match="one must be called ant, as what it holds"):
        named(package)["one"]


def test_distributions_are_not_looked_through_for_a_group_that_none_of_them_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To ask for entry points properly reads and parses the metadata of all distributions."""
    asked: list[str] = []
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: asked.append(group) or [])
    monkeypatch.syspath_prepend(str(tmp_path))
    package = folder(tmp_path, monkeypatch, one="X = Plugin('a')")
    found(package, "archspec.plugins_of_tests")
    assert asked == []
    (tmp_path / "extension-1.0.dist-info").mkdir()
    (tmp_path / "extension-1.0.dist-info" / "entry_points.txt").write_text("[archspec.plugins_of_tests]\nb = x:Y\n")
    found(package, "archspec.plugins_of_tests")
    assert asked == ["archspec.plugins_of_tests"]
