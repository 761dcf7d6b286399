"""What a marker may ask for: a command that gives data, on files of the same repository, with harmless options."""

import shlex
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import did_you_mean, listed


class Takes(Enum):
    """What follows an option."""

    NOTHING = "nothing"
    VALUE = "value"
    FILE = "file"
    OUTPUT = "output"


_FORMAT = {"--format": Takes.VALUE, "-f": Takes.VALUE}
_SET = {"--set": Takes.VALUE}
_RUN = dict.fromkeys(("--scenario", "--duration", "--warm-up", "--seed", "--replications"), Takes.VALUE)
_OPTIONS: dict[str, dict[str, Takes]] = {
    "render": {
        **_FORMAT,
        **_SET,
        **dict.fromkeys(("--view", "--scale", "--theme"), Takes.VALUE),
        **dict.fromkeys(("--output", "-o"), Takes.OUTPUT),
    },
    "trace": {
        **_FORMAT,
        **dict.fromkeys(
            ("--pipeline", "--fail", "--just-failed", "--slow", "--miss", "--seed", "--number"), Takes.VALUE
        ),
        "--sample": Takes.NOTHING,
    },
    "analyze": {**_FORMAT, **_SET, "--check": Takes.NOTHING},
    "lint": {
        **_FORMAT,
        **dict.fromkeys(("--select", "--extend-select", "--ignore", "--fail-on"), Takes.VALUE),
        **dict.fromkeys(("--statistics", "--isolated"), Takes.NOTHING),
        **dict.fromkeys(("--config", "--baseline"), Takes.FILE),
    },
    "simulate": {
        **_FORMAT,
        **_SET,
        **_RUN,
        **dict.fromkeys(("--precision", "--confidence", "--compare"), Takes.VALUE),
        **dict.fromkeys(("--find-capacity", "--check"), Takes.NOTHING),
    },
    "sweep": {**_FORMAT, **_SET, **_RUN, **dict.fromkeys(("--load", "--faults", "--figure"), Takes.VALUE)},
    "diff": {
        **_FORMAT,
        **dict.fromkeys(("--view", "--fail-on"), Takes.VALUE),
        **dict.fromkeys(("--isolated", "--no-renames"), Takes.NOTHING),
        "--config": Takes.FILE,
    },
    "rule": {**_FORMAT, "--all": Takes.NOTHING},
}
_FILES = {"lint": None, "diff": None, "rule": 0}
"""How many of the arguments without an option are files, where it is not the first alone; None: all."""


@frozen
class Request:
    """A command with its arguments; `format` and `output` are those it names. Paths start at the file's folder."""

    arguments: tuple[str, ...]
    format: str | None = None
    output: str | None = None

    @property
    def command(self) -> str:
        """Its name."""
        return self.arguments[0]

    @property
    def spec(self) -> str:
        """The first argument that is no option: what `render` draws."""
        return next(word for word, takes in _words(self.arguments) if takes is None)


def request(line: str, folder: Path, within: Path, *, python: bool) -> Request:
    """The command that a marker names; its files start at `folder` and stay `within` a repository.

    Raises:
        UsageError: it is no such command, or leads out.

    """
    try:
        words = tuple(shlex.split(line))
    except ValueError as error:
        raise UsageError(f"`{line}` cannot be split into words: {error}; close the quotes.") from None
    if not words or words[0] not in _OPTIONS:
        given = words[0] if words else ""
        remedy = did_you_mean(given, _OPTIONS, f"a marker may ask for {listed(_OPTIONS, 10)}.")
        raise UsageError(f"`{given}` gives nothing to embed; {remedy}")
    chosen: dict[str, str] = {}
    files = 0
    most = _FILES.get(words[0], 1)
    for word, takes in _words(words):
        match takes:
            case None if most is None or files < most:
                files += 1
                _check_file(word, folder, within, python=python)
            case Takes.FILE:
                _check_file(word.partition("=")[2], folder, within, python=python)
            case Takes.OUTPUT:
                chosen["output"] = word.partition("=")[2]
                _check_file(chosen["output"], folder, within, python=False)
            case Takes.VALUE if word.startswith(("--format=", "-f=")):
                chosen["format"] = word.partition("=")[2]
            case Takes.VALUE if word.endswith(".toml") and word.startswith("--theme="):
                raise UsageError(f"`{word}` names a file; a picture that is embedded has a theme by name.")
    if not files and most != 0:
        raise UsageError(f"`{line}` names no spec; write it behind the command.")
    return Request(words, chosen.get("format"), chosen.get("output"))


def _words(words: tuple[str, ...]) -> Iterator[tuple[str, Takes | None]]:
    """Each argument, None beside it; each option as `--name=value`, with what it takes."""
    known = _OPTIONS[words[0]]
    rest = list(words[1:])
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            yield word, None
            continue
        name, equals, value = word.partition("=")
        if name not in known:
            remedy = did_you_mean(name, known, f"it may have {listed(known, 20)}.")
            raise UsageError(f"`{words[0]} {name}` is not for embedding; {remedy}")
        takes = known[name]
        if takes is not Takes.NOTHING and not equals:
            if not rest:
                raise UsageError(f"`{name}` is followed by nothing; write its value.")
            value = rest.pop(0)
        yield f"{name}={value}", takes


def _check_file(name: str, folder: Path, within: Path, *, python: bool) -> None:
    if name.endswith(".py") and not python:
        raise UsageError(f"`{name}` is Python, and reading it would run it; pass `--python` to allow that.")
    _, colon, of_revision = name.partition(":")
    if not all(_lies_in(within, folder, each) for each in ([name, of_revision] if colon else [name])):
        raise UsageError(f"`{name}` is not a file of {within or '.'}; name one by its path from the file that asks.")


def _lies_in(within: Path, folder: Path, name: str) -> bool:
    try:
        return name not in ("", "-") and (folder / name).resolve().is_relative_to(within.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
