"""Whatever command a reader could type from the prose of a page is one: it is parsed, and run where it can be.

The commands of `console` blocks are run, with what they print, by the tests of their pages.
"""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import time

import pytest
import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from archspec.cli.main import COMMANDS, application, run

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "AGENTS.md", "vscode/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "specs").glob("**/README.md")),
]
_FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1``` *$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_RECIPE = re.compile(r"^```yaml\n(.*?)^```$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SHELL = ("sh", "bash", "text", "console")
STANDS_FOR = {
    "SPEC": "shop.yaml",
    "FILE": "shop.yaml",
    "FLOW": "order-book",
    "PARTNER=20x": "payments=20x",
    "PART": "api",
    "CODE": "AVL01",
    "COMMAND": "lint",
    "OLD": "before.yaml",
    "BASE": "before.yaml",
    "HEAD": "after.yaml",
    "NEW": "after.yaml",
    "OLD.svg": "order.svg",
    "DIR": "out",
    "FOLDER": "real",
    "FORMAT": "prometheus-rules",
}
"""What a reader would put in the place of a word in capitals."""
NOT_RUN = {
    "lsp": "waits for an editor; the tests of the editor start it",
    "mcp": "waits for an assistant; the tests of the assistant start it",
    "serve": "waits for a browser; the tests of the command start it",
    "--watch": "waits for a change; the tests of `lint` start it",
    "--install-completion": "writes into the settings of the shell",
}


def commands_on(page: Path) -> Iterator[str]:
    """The commands in the sentences of a page, and in its blocks for a shell."""
    text = page.read_text("utf-8")
    for match in _FENCE.finditer(text):
        language = match[2].split(" ")[0]
        sign = "$ " if language == "console" else ""
        for row in match[3].replace("\\\n", " ").splitlines() if language in _SHELL else ():
            if row.strip().startswith(f"{sign}archspec ") and "…" not in row:
                yield row.strip().removeprefix(sign)
    for span in _SPAN.findall(_FENCE.sub("", text)):
        if span.startswith("archspec ") and "…" not in span:
            yield " ".join(span.split())


def run_elsewhere(page: Path) -> set[str]:
    """The commands of blocks whose output a page shows: the tests of the page run them."""
    shown = [match[3] for match in _FENCE.finditer(page.read_text("utf-8")) if match[2].startswith("console")]
    rows = (row.strip() for text in shown for row in text.replace("\\\n", " ").splitlines())
    return {row.removeprefix("$ ") for row in rows if row.startswith("$ archspec ")}


def words(command: str) -> list[str]:
    """The arguments of a command, with something real for what stands in capitals."""
    written = shlex.split(command, comments=True)
    return ["picture.svg" if (a, b) == ("-o", "FILE") else STANDS_FOR.get(b, b) for a, b in pairwise(written)]


WRITTEN = sorted({command for page in PAGES for command in commands_on(page)})


@cache
def parser_of(name: str) -> TyperCommand:
    """What parses the arguments of a command."""
    every = typer.main.get_command(application([name]))
    assert isinstance(every, TyperGroup)
    found = every.commands[name]
    assert isinstance(found, TyperCommand)
    return found


def is_named(name: str, arguments: list[str]) -> bool:
    """Whether a command is but named, perhaps with an option of it: what it works on is left out."""
    try:
        parser_of(name).make_context(name, list(arguments))
    except typer.Exit:
        return False
    except TyperException as wrong:
        is_less = type(wrong).__name__ in ("MissingParameter", "BadOptionUsage")
        return is_less and all(word.startswith("-") for word in arguments[:1])
    return arguments == []


def to_run() -> Iterator[object]:
    """The commands that no other test runs, each once; runs of many requests are slow."""
    elsewhere = {tuple(words(command)) for page in PAGES for command in run_elsewhere(page)}
    for name, *arguments in dict.fromkeys(tuple(words(command)) for command in WRITTEN):
        is_left = {name, *arguments} & set(NOT_RUN) or (name, *arguments) in elsewhere
        if name in COMMANDS and not is_left and not is_named(name, arguments):
            marks = [pytest.mark.slow] if name in ("verify", "simulate", "build") else []
            yield pytest.param([name, *arguments], marks=marks, id=" ".join([name, *arguments]))


@pytest.mark.parametrize("command", WRITTEN)
def test_a_command_in_prose_is_one(command: str) -> None:
    name, *arguments = words(command)
    if name.startswith("-"):
        assert name in NOT_RUN or run([name]) == 0
        return
    assert name in COMMANDS
    known = {option for parameter in parser_of(name).params for option in (*parameter.opts, "--help")}
    assert [word for word in arguments if word.startswith("--") and word not in known] == []
    if not is_named(name, arguments) and "--help" not in arguments:
        parser_of(name).make_context(name, arguments)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file that the pages speak of, under version control; `specs/` are at the root."""
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "specs" / "video_platform" / "architecture.yaml", folder)
    shutil.copy(EXAMPLES / "handbook.md", folder / "README.md")
    for text, after in _RECIPE.findall((ROOT / "docs" / "cookbook.md").read_text("utf-8")):
        for name in re.findall(r"archspec \w+ (\w+\.yaml)", after):
            (folder / name).write_text(text, "utf-8")
    (folder / "tests").symlink_to(ROOT / "tests")
    (folder / "services").mkdir()
    shutil.copy(EXAMPLES / "before.yaml", folder / "services")
    for known in (folder / "known.json", folder / "services" / "known.json"):
        assert run(["lint", str(folder / "services"), "--quiet", "--write-baseline", str(known)]) == 0
    (folder / "traces").mkdir()
    sampled = ["--duration", "5s", "--sample-traces", "50", "--epoch", str(int(time())), "--traces-format", "zipkin"]
    written = ["--traces-to", str(folder / "traces" / "traces.json"), "--quiet", "-o", str(folder / "report.txt")]
    assert run(["simulate", str(folder / "running.yaml"), *sampled, *written]) == 0
    (folder / "policy").mkdir()
    (folder / "policy" / "archspec.toml").write_text("[lint]\n", "utf-8")
    for name in ("a.yaml", "b.yaml"):
        shutil.copy(EXAMPLES / f"{'before' if name == 'a.yaml' else 'after'}.yaml", folder / name)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com"]
    for arguments in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["commit", "-qm", "All"],
        ["tag", "v1.0"],
        ["tag", "v2.0"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run([*git, *arguments], cwd=folder, check=True, timeout=60)
    return folder


@pytest.mark.parametrize("arguments", list(to_run()))
def test_a_command_in_prose_runs(
    arguments: list[str], shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_root = any(word.startswith("specs/") for word in arguments)
    is_about_here = arguments[0] == "lint" and not set(arguments) & {"services", "shop.yaml", "--help"}
    monkeypatch.chdir(ROOT if at_root else shelf / "services" if is_about_here else shelf)
    assert run(arguments) in (0, 1), capsys.readouterr().err


def test_what_stands_for_something_and_what_is_not_run_is_written_somewhere() -> None:
    said = {word for command in WRITTEN for word in shlex.split(command, comments=True)}
    assert [word for word in (*STANDS_FOR, *NOT_RUN) if word not in said] == []
