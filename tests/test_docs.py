"""What the docs say is so: specs load, commands run, tables are those of the model, links lead somewhere."""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from archspec.cli.main import COMMANDS, run
from archspec.language import load, load_text
from archspec.model import Time
from tools.field_tables import field_tables

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [*sorted(DOCS.glob("*.md")), *sorted((DOCS / "adr").glob("*.md")), ROOT / "CONTRIBUTING.md"]
EXAMPLES = DOCS / "examples"
HOUSE = DOCS / "architecture.yaml"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")


def blocks(language: str) -> Iterator[object]:
    """Every block of a language as a test's parameter, named by page and line."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in _BLOCK.finditer(text):
            if match[1] == language:
                line = text.count("\n", 0, match.start()) + 1
                yield pytest.param(page, match[2], id=f"{page.name}:{line}")


@pytest.mark.parametrize(("page", "text"), list(blocks("yaml")))
def test_a_yaml_block_is_a_valid_spec_or_part_of_an_example(page: Path, text: str) -> None:
    if not any(text in path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.yaml")):
        assert text.startswith("archspec: 1")
        assert load_text(text, page.name).components


@pytest.mark.parametrize(("page", "text"), list(blocks("python")))
def test_a_python_block_is_a_valid_spec_or_runs_beside_the_examples(
    page: Path, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "with System(" in text:
        (tmp_path / "spec.py").write_text(text, encoding="utf-8")
        assert load(tmp_path / "spec.py").components
    else:
        monkeypatch.chdir(EXAMPLES)
        exec(compile(text, page.name, "exec"), {})


@pytest.mark.parametrize(("page", "text"), list(blocks("console")))
def test_a_command_in_the_docs_says_what_the_docs_show(
    page: Path,
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    shown = "".join(f"$ {command}\n{output(command, capsys)}" for command in re.findall(r"^\$ (.*)$", text, re.M))
    if text.count("$ ") == len(text.splitlines()):
        return
    if not fits(shown, text) and request.config.getoption("--update-goldens"):
        before = page.read_text(encoding="utf-8")
        page.write_text(before.replace(f"```console\n{text}```", f"```console\n{shown}```"), encoding="utf-8")
        text = shown
    assert fits(shown, text), shown


@pytest.mark.parametrize("text", re.findall(r"^```console\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S))
def test_a_command_in_the_readme_says_what_it_shows(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    command = text.splitlines()[0].removeprefix("$ ")
    shown = f"$ {command}\n{output(command, capsys)}"
    assert fits(shown, text), shown


def output(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints: its data, else what it says on standard error."""
    program, *arguments = shlex.split(command)
    assert program == "archspec"
    assert run(arguments) in (0, 1)
    data, said = capsys.readouterr()
    return data or said


def fits(shown: str, text: str) -> bool:
    """Whether the docs show this output; a line `…` stands for any number of lines."""
    pattern = re.sub(r"([\[\]*?])", lambda match: f"[{match[1]}]", text).replace("…\n", "*\n")
    return shown == text or ("…\n" in text and fnmatchcase(shown, pattern))


def test_the_tables_of_fields_are_up_to_date(golden: Callable[[Path, str], None]) -> None:
    golden(DOCS / "fields.md", field_tables())


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_to_files(page: Path) -> None:
    broken = [
        target for target in _LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_picture_of_the_house_is_drawn_by_archspec(
    golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["render", str(HOUSE), "--view", "flow-build", "--format", "svg"]) == 0
    golden(DOCS / "architecture.svg", capsys.readouterr().out)


def test_a_room_of_the_house_calls_only_what_it_imports() -> None:
    """The engine is a module of WebAssembly, and who runs a command or keeps files is no room."""
    ways = [(way.from_, way.to) for way in load(HOUSE).connections if not {way.from_, way.to} & {"you", "files"}]
    assert [way for way in ways if way[1] != "engine" and not imports(*way)] == []
    assert ("simulation", "engine") in ways
    assert (ROOT / "archspec" / "simulation" / "engine.wasm").exists()


def imports(room: str, other: str) -> bool:
    named = re.compile(rf"^ *from archspec\.{other}\b", re.MULTILINE)
    return any(named.search(path.read_text(encoding="utf-8")) for path in (ROOT / "archspec" / room).rglob("*.py"))


def test_every_room_and_floor_is_told() -> None:
    """Each of the contract's floors has its row, and each row its folder or module."""
    rows = re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \|", (DOCS / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {name for row in rows for name in re.findall(r"\w+", row)}
    rooms = {path.name for path in (ROOT / "archspec").iterdir() if (path / "__init__.py").exists()}
    assert rooms - told == set()
    assert [name for name in told if name not in rooms and not (ROOT / "archspec" / f"{name}.py").exists()] == []


def test_each_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((DOCS / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [path.read_text("utf-8").partition(".")[0] for path in decisions] == [f"# {number}" for number in numbers]


def test_every_command_has_its_section() -> None:
    headings = re.findall(r"^## archspec (\w+)$", (DOCS / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [command for command in COMMANDS if command not in headings] == []


@pytest.mark.parametrize("spec", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_every_example_is_formatted(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if spec.suffix == ".yaml":
        assert run(["fmt", "--check", str(spec)]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_python_example_is_a_spec() -> None:
    assert list(load(EXAMPLES / "bookshop.py").components) == ["reader", "lb", "api", "sessions", "catalogue"]


def test_the_means_and_medians_in_the_docs_are_those_of_the_times() -> None:
    text = (DOCS / "language.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)`.*\| ([\d.]+) ms \| ([\d.]+) ms \|$", text, re.MULTILINE)
    assert len(rows) == 9
    found = [(round(Time.parse(row[0]).mean / 1e6, 3), round(Time.parse(row[0]).median / 1e6, 3)) for row in rows]
    assert found == [(float(mean), float(median)) for _, mean, median in rows]
