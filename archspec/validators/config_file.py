"""Reading the configuration: found from the spec upwards, checked key by key."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.language import did_you_mean, listed
from archspec.language.reader.toml import parse_toml, toml_text
from archspec.plain_file import may_be_read
from archspec.validators import Severity
from archspec.validators.config import Config
from archspec.validators.parameters import Parameters
from archspec.validators.team.rule import TeamRule

FILES = ("archspec.toml", "pyproject.toml")
_LARGEST = 10**9
_SECTIONS = ("lint", "traces", "prometheus", "alertmanager", "load", "chaos")
"""The others say how names in traces lead to components, and how the system is measured and run."""
_RULE_KEYS = ("code", "check", "message", "remedy", "severity")
_PARAMETERS = {each.name.replace("_", "-"): each for each in fields(Parameters)}


def find_config(spec: Path) -> Config:
    """The configuration that holds for a spec: of the nearest folder upwards whose file has a lint section.

    In one folder `archspec.toml` (section `[lint]`) wins over `pyproject.toml` (`[tool.archspec.lint]`).

    Raises:
        UsageError: the file is no TOML, or says something the linter does not know.

    """
    for path in config_files(spec):
        if path.is_file() and (found := read_config(path)) is not None:
            return found
    return Config(folder=spec.resolve().parent)


def config_files(spec: Path) -> tuple[Path, ...]:
    """Every file that may hold the configuration of a spec, whether it is there or not; the first that does wins."""
    start = spec.resolve().parent
    return tuple(filter(may_be_read, (folder / name for folder in (start, *start.parents) for name in FILES)))


def config_for(spec: Path, given: Path | None, *, isolated: bool) -> Config:
    """The configuration in the file that the command line names, else the one found from the spec upwards.

    With `isolated` nothing that stands beside the spec or in it changes what is judged.

    Raises:
        UsageError: as `find_config`.

    """
    config = given_config(given) if given is not None else Config() if isolated else find_config(spec)
    return replace(config, suppressions=not isolated)


def given_config(path: Path) -> Config:
    """The configuration in a file that the command line names; nothing is looked for beside the specs.

    Raises:
        UsageError: it cannot be read, or says nothing to the linter.

    """
    found = read_config(path, allow_outside=True)
    if found is None:
        raise UsageError(f"{path} has no section `[lint]` (in pyproject.toml `[tool.archspec.lint]`); write it.")
    return found


def read_config(path: Path, *, allow_outside: bool = False) -> Config | None:
    """The configuration in one file, None where it has no section for the linter.

    Raises:
        UsageError: the file is no TOML, or says something the linter does not know.

    """
    return parse_config(toml_text(path, allow_outside=allow_outside), path)


def parse_config(text: str, path: Path) -> Config | None:
    """The configuration in the text of a file; `path` tells which of the two kinds it is."""
    if path.name == "pyproject.toml" and "archspec" not in text:
        return None
    data = _ours(text, path)
    where = "tool.archspec.lint" if path.name == "pyproject.toml" else "lint"
    if not isinstance(data, dict):
        return None
    unknown = [key for key in data if key not in _SECTIONS]
    if unknown:
        raise _wrong(
            path,
            text,
            where,
            unknown[0],
            f"is not a section; {did_you_mean(unknown[0], _SECTIONS, f'sections are {listed(_SECTIONS)}.')}",
        )
    section = data.get("lint")
    if section is None:
        return None
    return _Reader(path, text, where).config(section)


def section(path: Path, name: str, *, allow_outside: bool = False) -> Any:
    """What another section of a configuration holds, unchecked; None where it is not there.

    Raises:
        UsageError: the file is no TOML.

    """
    data = _ours(toml_text(path, allow_outside=allow_outside), path)
    return data.get(name) if isinstance(data, dict) else None


def _ours(text: str, path: Path) -> Any:
    """All that a file says to archspec."""
    data: Any = parse_toml(text, path)
    for name in ("tool", "archspec") if path.name == "pyproject.toml" else ():
        data = data.get(name) if isinstance(data, dict) else None
    return data


class _Reader:
    """Turns one section into a Config, with the place in every complaint."""

    def __init__(self, path: Path, text: str, where: str) -> None:
        self.path, self.text, self.where = path, text, where
        self.keys: dict[str, tuple[str, Callable[[str, Any], Any]]] = {
            "select": ("select", self._texts),
            "extend-select": ("extend_select", self._texts),
            "ignore": ("ignore", self._texts),
            "severity": ("severity", self._severities),
            "fail-on": ("fail_on", self._fail_on),
            "per-path-ignores": ("per_path_ignores", self._table_of_texts),
            "parameters": ("parameters", self._parameters),
            "rules": ("team_rules", self._rules),
        }

    def config(self, section: Any) -> Config:
        """The Config of a section."""
        table = self._table("lint", section)
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in self.keys:
                raise self._unknown(key, self.keys, "keys are")
            name, read = self.keys[key]
            values[name] = read(key, value)
        return Config(**values, folder=self.path.parent, file=self.path)

    def _table(self, key: str, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise self._wrong(key, "is not a table; write `key = value` lines below it.")
        return value

    def _texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, 'is not a list of strings; write `["…"]`.')
        return tuple(value)

    def _table_of_texts(self, key: str, value: Any) -> dict[str, tuple[str, ...]]:
        return {name: self._texts(f"{key}.{name}", texts) for name, texts in self._table(key, value).items()}

    def _severity(self, key: str, value: Any, also: tuple[str, ...] = ()) -> Severity:
        words = [severity.value for severity in Severity]
        if value not in words:
            known = listed([*words, *also])
            raise self._wrong(key, f"is not a severity; write one of {known}.")
        return Severity(value)

    def _severities(self, key: str, value: Any) -> dict[str, Severity]:
        return {name: self._severity(f"{key}.{name}", text) for name, text in self._table(key, value).items()}

    def _fail_on(self, key: str, value: Any) -> Severity | None:
        return None if value == "never" else self._severity(key, value, ("never",))

    def _parameters(self, key: str, value: Any) -> Parameters:
        found: dict[str, Any] = {}
        for name, given in self._table(key, value).items():
            if name not in _PARAMETERS:
                raise self._unknown(f"{key}.{name}", [f"{key}.{known}" for known in _PARAMETERS], "parameters are")
            parameter = _PARAMETERS[name]
            found[parameter.name] = self._parameter(f"{key}.{name}", given, parameter.type)
        return replace(Parameters(), **found)

    def _parameter(self, key: str, value: Any, wanted: Any) -> Any:
        if wanted is int or wanted is Fraction:
            allowed = (int,) if wanted is int else (int, float)
            if isinstance(value, bool) or not isinstance(value, allowed) or not 1 <= value <= _LARGEST:
                raise _wrong(
                    self.path,
                    self.text,
                    self.where,
                    key,
                    f"is not a {'whole ' if wanted is int else ''}number from 1 up.",
                )
            return wanted(str(value))
        return self._table_of_texts(key, value)

    def _rules(self, key: str, value: Any) -> tuple[TeamRule, ...]:
        if not isinstance(value, list):
            raise self._wrong(key, "is not a list of tables; write `[[lint.rules]]` above each.")
        return tuple(self._rule(f"{key}[{index}]", table) for index, table in enumerate(value))

    def _rule(self, key: str, value: Any) -> TeamRule:
        table = self._table(key, value)
        for name, text in table.items():
            if name not in _RULE_KEYS:
                raise self._unknown(f"{key}.{name}", [f"{key}.{known}" for known in _RULE_KEYS], "keys are")
            if not isinstance(text, str):
                raise self._wrong(f"{key}.{name}", "is not a string; put it in quotes.")
        missing = next((name for name in ("code", "check", "message") if name not in table), None)
        if missing:
            raise self._wrong(key, f"has no `{missing}`; add it.")
        if not re.fullmatch(r"[A-Z]{2,}[0-9]+", table["code"]):
            raise self._wrong(f"{key}.code", "is not a code; write capitals and a number, such as TEAM01.")
        severity = self._severity(f"{key}.severity", table.get("severity", "error"))
        return TeamRule(**{**table, "severity": severity, "place": f"{self.path}: "})

    def _unknown(self, key: str, known: Any, introduction: str) -> UsageError:
        names = list(known)
        return self._wrong(key, f"is not a key; {did_you_mean(key, names, f'{introduction} {listed(names, 20)}.')}")

    def _wrong(self, key: str, what: str) -> UsageError:
        return _wrong(self.path, self.text, self.where, key, what)


def _wrong(path: Path, text: str, where: str, key: str, what: str) -> UsageError:
    """A complaint with the line of the key, as far as a search for it tells."""
    last = key.rpartition(".")[2]
    pattern = re.compile(rf"^\s*(?:\[.*)?[\"']?{re.escape(last)}[\"']?\s*[=\].]|[{{,]\s*{re.escape(last)}\s*=")
    lines = enumerate(text.splitlines(), 1)
    line = next((f":{number}" for number, content in lines if last and pattern.search(content)), "")
    return UsageError(f"{path}{line}: `{key}` in [{where}] {what}")
