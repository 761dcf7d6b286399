"""Variables in values: `$A ${A} ${A:-b} ${A-b} ${A:?e} ${A?e} ${A:+c} ${A+c} $$`, nested, as Compose has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archspec.importers.documents import Map, Scalar, Seq, Tagged

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOST_NESTED = 20


@dataclass(slots=True)
class Variables:
    """The values that are known, and the names that were asked for and are not."""

    known: Mapping[str, str]
    unset: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    """Names without which Compose itself would not go on."""

    def filled(self, value: Any, seen: dict[int, Any] | None = None) -> Any:
        """A value with its variables filled in; keys stay as they are. What aliases share stays shared."""
        seen = {} if seen is None else seen
        if isinstance(value, str):
            text = self.text(value) if "$" in value else value
            return (
                Scalar(text, getattr(value, "line", 0), getattr(value, "quoted", True)) if text is not value else value
            )
        if id(value) in seen:
            return seen[id(value)]
        if isinstance(value, Map):
            made = seen[id(value)] = value.empty_copy()
            made.update({key: self.filled(item, seen) for key, item in value.items()})
            return made
        if isinstance(value, Seq):
            listed = seen[id(value)] = Seq(value.line)
            listed.extend(self.filled(item, seen) for item in value)
            return listed
        return Tagged(value.tag, self.filled(value.value, seen)) if isinstance(value, Tagged) else value

    def text(self, text: str, depth: int = 0) -> str:
        """A text with its variables filled in; one that is not set is empty, and noted."""
        parts: list[str] = []
        at = 0
        while True:
            dollar = text.find("$", at)
            if dollar < 0 or depth > _MOST_NESTED:
                return "".join([*parts, text[at:]])
            parts.append(text[at:dollar])
            piece, at = self._variable(text, dollar, depth)
            parts.append(piece)

    def _variable(self, text: str, dollar: int, depth: int) -> tuple[str, int]:
        """What stands for the variable at a `$`, and where the text goes on."""
        after = text[dollar + 1 : dollar + 2]
        if after == "$":
            return "$", dollar + 2
        braced = after == "{"
        name = _NAME.match(text, dollar + 1 + braced)
        if name is None:
            return "$", dollar + 1
        if not braced:
            return self._value(name[0]), name.end()
        end = _closing(text, name.end())
        if end is None:
            return "$", dollar + 1
        return self._braced(name[0], text[name.end() : end], depth), end + 1

    def _braced(self, name: str, rest: str, depth: int) -> str:
        match = re.match(r":?[-?+]", rest)
        if match is None:
            return self._value(name)
        operator, other = match[0], rest[match.end() :]
        given = self.known.get(name)
        there = bool(given) if operator[0] == ":" else given is not None
        match operator[-1]:
            case "-":
                return str(given) if there else self.text(other, depth + 1)
            case "+":
                return self.text(other, depth + 1) if there else ""
            case _:
                if not there:
                    self.required.add(name)
                return str(given) if there else ""

    def _value(self, name: str) -> str:
        if name not in self.known:
            self.unset.add(name)
        return self.known.get(name, "")


def _closing(text: str, at: int) -> int | None:
    """The brace that closes the one which is open at `at`."""
    depth = 1
    while at < len(text):
        if text.startswith("${", at):
            depth, at = depth + 1, at + 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return None


def read_env(text: str) -> dict[str, str]:
    r"""The variables of an `.env` file: `NAME=value` a line, quoted or not, `export` and comments passed over.

    >>> read_env("A=1 # one\nexport B='two words'\nC=\"x\"\n# D=4")
    {'A': '1', 'B': 'two words', 'C': 'x'}
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = re.match(r"\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:]\s*(.*?)\s*$", line)
        if match is None:
            continue
        value = match[2]
        quoted = re.match(r"""(['"])(.*?)\1""", value)
        found[match[1]] = quoted[2] if quoted else re.split(r"\s+#", value, maxsplit=1)[0]
    return found
