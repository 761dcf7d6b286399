"""Every command in every format, over a spec and a file name that attack what shows them: no byte gets through."""

import contextlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from archspec.cli.main import run
from archspec.printable import Syntax, harmless, one_line
from archspec.renderers import renderers
from archspec.reports import format_names

HERE = Path(__file__).parent / "specs"
NAME = "a\n::error file=x::PWN\r\n##[error]PWN\x1b]0;PWN\x07\x9b31m\u202egnp\u2066\u2028\U000e0041.yaml"
"""A file's name may hold anything but a slash and a NUL."""

STEERS = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
COMMAND = re.compile(r"(?m)^\s*::[a-zA-Z]|##\[|##vso\[")

TRACES = ["tree", "waterfall", "json", "mermaid", "html", "otlp", "chrome", "jaeger", "zipkin", "speedscope"]
RUN = ["--duration", "1s"]
COMMANDS = [
    *(["lint", "-f", name] for name in format_names("findings")),
    ["lint", "--statistics"],
    ["lint", "--show-config"],
    ["lint", "--diff"],
    ["render", "--list"],
    *(["render", "-f", name] for name, each in sorted(renderers().items()) if each.is_text),
    *(["trace", "-f", name] for name in TRACES),
    ["trace", "--pipeline", "p"],
    ["trace", "--pipeline", "p", "-f", "json"],
    *(["analyze", "-f", name] for name in ("text", "json", "markdown")),
    ["analyze", "--set", "api.replicas=3"],
    *(["simulate", *RUN, "-f", name] for name in ("text", "json", "csv", "html", "openmetrics")),
    ["simulate", *RUN, "--compare", "api.replicas=1,2"],
    *(["sweep", *RUN, "-j", "1", "-f", name] for name in ("text", "csv", "svg")),
    ["fmt", "--check"],
    ["fmt", "--diff"],
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hostile spec under its hostile name, colours off."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shutil.copy(HERE / "newline-in-names.yaml", NAME)


def said(arguments: list[str]) -> tuple[str, str]:
    """What a command writes to standard output and to standard error, read as UTF-8."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert run(arguments) in (0, 1, 2)
    streams = []
    for each in (out, err):
        each.flush()
        streams.append(each.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return streams[0], streams[1]


def faults(text: str, *, commands: bool = True) -> list[str]:
    """What steers in a text, each with what stands round it."""
    found = [*STEERS.finditer(text), *(COMMAND.finditer(text) if commands else ())]
    return [repr(text[max(0, each.start() - 30) : each.end() + 30]) for each in found]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_nothing_steers_on_the_streams(arguments: list[str]) -> None:
    out, err = said([arguments[0], NAME, *arguments[1:]])
    assert faults(out, commands="github" not in arguments) == []
    assert faults(err) == []


@pytest.mark.parametrize("arguments", [each for each in COMMANDS if "-f" in each], ids=" ".join)
def test_nor_in_a_file(arguments: list[str]) -> None:
    said([arguments[0], NAME, *arguments[1:], "-o", "out"])
    if Path("out").exists():
        assert faults(Path("out").read_bytes().decode(), commands="github" not in arguments) == []


def test_github_s_commands_are_ours_alone() -> None:
    out, _ = said(["lint", NAME, "-f", "github"])
    assert out.count("\n") == len(re.findall(r"(?m)^::(?:error|warning|notice) file=", out)) > 5


@pytest.mark.parametrize(
    "arguments", [each for each in COMMANDS if each[-1] in ("json", "sarif", "chrome")], ids=" ".join
)
def test_json_stays_json(arguments: list[str]) -> None:
    assert json.loads(said([arguments[0], NAME, *arguments[1:]])[0])


@pytest.mark.parametrize("arguments", [["render", "-f", "svg"], ["lint", "-f", "junit"]], ids=" ".join)
def test_xml_stays_xml(arguments: list[str]) -> None:
    assert ElementTree.fromstring(said([arguments[0], NAME, *arguments[1:]])[0]) is not None


def test_a_page_is_harmless_too() -> None:
    said(["build", NAME, "-o", "out"])
    files = [path for path in Path("out").rglob("*") if path.is_file() and path.suffix != ".png"]
    assert [faults(path.read_bytes().decode()) for path in files] == [[] for _ in files]
    assert len(files) > 8


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        ({}, ["lint", NAME[1:]]),
        ({}, ["lint", "a.yaml", "--baseline", NAME[1:]]),
        ({"archspec.toml": '[lint]\n"x\\n::error::PWN" = 1\n'}, ["lint", NAME]),
        ({"archspec.toml": '[lint]\nignore = ["x\\n::error::PWN"]\n'}, ["lint", NAME]),
        ({"archspec.toml": '[lint.severity]\n"AVL\\u202e" = "error\\u2028"\n'}, ["lint", NAME]),
        ({"t.toml": '"x\\n::error::PWN" = 1\n'}, ["render", NAME, "--theme", "t.toml"]),
        ({"b.yaml": '{"archspec": 1, "name": "x", "a\\n::error::PWN": 1}'}, ["lint", "b.yaml"]),
        ({"b.yaml": '{"archspec": 1, "name": "x", "a\\n::error::PWN": 1}'}, ["trace", "b.yaml"]),
        ({"b.yaml": 'archspec: 1\nname: x\ninclude: ["a\\n::error::PWN"]\n'}, ["lint", "b.yaml", "-f", "concise"]),
        ({}, ["trace", NAME, "no\n::error::PWN"]),
        ({}, ["render", NAME, "--view", "no\n::error::PWN"]),
        ({}, ["render", NAME, "-f", "no\n::error::PWN"]),
        ({}, ["simulate", NAME, "--set", "no\n::error::PWN=1"]),
        ({}, ["simulate", NAME, "--duration", "no\n::error::PWN"]),
        ({}, ["render", NAME, "-f", "svg", "-o", "/dev/null/no\n::error::PWN"]),
        ({}, ["no\n::error::PWN"]),
        ({}, ["lint", "--no\n::error::PWN"]),
    ],
    ids=lambda value: " ".join(value).encode("unicode_escape").decode()[:60] if isinstance(value, list) else "",
)
def test_nothing_steers_in_what_is_said_of_a_mistake(files: dict[str, str], arguments: list[str]) -> None:
    for name, text in files.items():
        Path(name).write_text(text)
    out, err = said(arguments)
    assert (faults(out), faults(err)) == ([], [])
    assert out + err


@pytest.mark.parametrize(
    "arguments", [["build", "-o", "out"], ["lint"], ["fmt"], ["render", "-f", "html"]], ids=" ".join
)
def test_a_name_that_is_no_text_is_shown_as_far_as_it_is_one(arguments: list[str]) -> None:
    name = b"\xff.yaml".decode("utf-8", "surrogateescape")
    Path(name).write_text("archspec: 1\nname: X\ncomponents: { a: {kind: server}}\n")
    out, err = said([arguments[0], name, *arguments[1:]])
    assert (faults(out), faults(err)) == ([], [])


def hostile() -> Iterator[str]:
    """Every character that steers."""
    for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x2028, 0xFEFF, 0xE0041, 0xDCFF):
        yield chr(code)


@pytest.mark.parametrize("syntax", list(Syntax), ids=lambda syntax: syntax.value)
def test_a_text_at_the_door_has_nothing_that_steers(syntax: Syntax) -> None:
    text = "".join(f"x{char}y" for char in hostile() if char not in "\n\r")
    assert STEERS.search(harmless(text, syntax)) is None


def test_a_name_is_on_one_line() -> None:
    assert one_line("a \r\n  b\u2028c\x1b[0m") == "a b c\ufffd[0m"


def test_scripts_and_pictures_of_people_stay() -> None:
    told = "子供 👩‍👩‍👧 é می‌خواهم שלום"
    assert one_line(told) == told
