"""The status with which a command leaves, and what it refuses before it has read or run anything."""

import shlex
from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.conftest import ROOT

COMPOSE = "services:\n  api: {image: x, environment: {CACHE_URL: 'redis://cache:6379'}}\n  cache: {image: redis}\n"
SLOW, SLOWER, FAST = "{success: 1%, p99: 2us}", "{success: 1%, p99: 1us}", "{success: 1%, p99: 100s}"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text((ROOT / "tests/cli/shop.yaml").read_text("utf-8"), "utf-8")
    Path("compose.yaml").write_text(COMPOSE)
    Path("code.py").write_text("raise SystemExit('ran')\n")
    run(["import", "compose.yaml", "-o", "found.yaml", "-q"])
    run(["export", "shop.yaml", "k6", "-o", "load.js", "-q"])


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("analyze shop.yaml --check", 0),
        ("analyze shop.yaml --set web.replicas=1", 0),
        ("analyze shop.yaml --set web.replicas=1 --check", 1),
        ("analyze shop.yaml look --set web.replicas=1 --check", 0),
        ("simulate shop.yaml --duration 2s", 0),
        ("simulate shop.yaml --duration 2s --check", 0),
        (f"simulate shop.yaml --duration 2s --set 'buy.objective={SLOW}'", 0),
        (f"simulate shop.yaml --duration 2s --check --set 'buy.objective={SLOW}'", 1),
        (f"simulate shop.yaml --duration 2s --check --compare 'buy.objective={FAST},{FAST}'", 0),
        (f"simulate shop.yaml --duration 2s --check --compare 'buy.objective={SLOW},{FAST}'", 0),
        (f"simulate shop.yaml --duration 2s --check --compare 'buy.objective={SLOW},{SLOWER}'", 1),
        (f"simulate shop.yaml --duration 2s --compare 'buy.objective={SLOW},{SLOWER}'", 0),
        ("simulate shop.yaml --duration 2s --check --find-capacity", 0),
        (f"simulate shop.yaml --duration 2s --check --find-capacity --set 'buy.objective={SLOW}'", 1),
        (f"simulate shop.yaml --duration 2s --find-capacity --set 'buy.objective={SLOW}'", 0),
        ("simulate shop.yaml --duration 2s --check --find-capacity --set 'web.slots=1' --load 100x", 1),
        ("import compose.yaml --diff found.yaml --exit-code", 0),
        ("import compose.yaml --diff shop.yaml --exit-code", 1),
        ("import compose.yaml --diff shop.yaml", 0),
        ("export shop.yaml k6 --check load.js", 0),
        ("export shop.yaml k6 --check compose.yaml", 1),
        ("export shop.yaml k6 --check load.js --set buy.rate=21/s", 1),
        ("plan shop.yaml", 0),
        (f"plan shop.yaml --set 'buy.objective={SLOW}'", 1),
        ("lint shop.yaml --select NONE", 2),
        ("lint shop.yaml --select DOC01 --diff", 1),
        ("lint found.yaml --select DOC01 --diff", 0),
        ("fmt shop.yaml -o shop.yaml", 0),
        ("fmt shop.yaml -o other.yaml", 0),
        ("lint shop.yaml --show-config", 0),
        ("fmt shop.yaml --check", 1),
        ("diff shop.yaml shop.yaml --fail-on change", 0),
        ("diff shop.yaml found.yaml --fail-on change", 1),
    ],
)
def test_the_status_says_whether_what_was_asked_for_holds(line: str, status: int) -> None:
    assert run([*shlex.split(line), *([] if "--diff" in line else ["-q"])]) == status


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "simulate shop.yaml --compare web.slots=1 --sample-traces 1",
            "--compare, --find-capacity and --sample-traces",
        ),
        ("simulate shop.yaml --find-capacity --sample-traces 1", "--compare, --find-capacity and --sample-traces are"),
        ("simulate shop.yaml --find-capacity --replications 2", "--find-capacity compares runs of one seed; drop"),
        ("simulate shop.yaml --precision 2% --duration 5s", "--precision says how long to run, as --duration and"),
        ("simulate shop.yaml --precision 2% --find-capacity", "--precision says how long to run, as --duration and"),
        ("simulate shop.yaml --fault '{fail: db}' --compare web.slots=1", "--fault belongs to a single run; put it"),
        ("simulate shop.yaml --fault '{fail: db}' --find-capacity", "--fault belongs to a single run; put it into a"),
        ("simulate shop.yaml --jobs 0", "--jobs 0 runs nothing; write how many runs at once"),
        ("simulate shop.yaml --load 1x,2x", "--load 1x,2x: that is more than one load"),
        ("simulate shop.yaml --precision 0%", "--precision 0%: it lies between 0% and 100%"),
        ("simulate shop.yaml --warm-up x", "--warm-up x: "),
        ("sweep shop.yaml --jobs 0", "--jobs 0 runs nothing; write how many runs at once"),
        ("sweep shop.yaml --load 0x", "--load 0x: a load must be above 0"),
        ("sweep shop.yaml --duration x", "--duration x: "),
        ("sweep shop.yaml --warm-up x", "--warm-up x: "),
        ("sweep -", "a sweep reads the spec once for each value; name a file instead of -."),
        ("verify shop.yaml --head-room 0x", "--head-room 0x: a load must be above 0"),
        ("verify shop.yaml --duration x", "--duration x: "),
        ("plan shop.yaml --load 1x,2x", "--load 1x,2x: that is more than one load"),
        ("import compose.yaml --update a.yaml --diff b.yaml", "--update, --diff and --explain are three answers"),
        ("import compose.yaml --update a.yaml --explain", "--update, --diff and --explain are three answers"),
        ("import compose.yaml --explain --diff b.yaml", "--update, --diff and --explain are three answers"),
        ("import compose.yaml --exit-code", "--exit-code goes with --diff SPEC."),
        ("calibrate - x.json --write", "--write writes into a YAML file, and - is none"),
        ("calibrate code.py x.json --write", "--write writes into a YAML file, and code.py is none"),
        ("drift shop.yaml x.json --sampled 0%", "--sampled 0%: it lies between 0% and 100%"),
        ("fmt shop.yaml found.yaml -o x.yaml", "-o takes the result of one spec; name one."),
        ("serve - --port 0", "- is not a file that can be watched; name a spec's file, or a folder of specs."),
        ("serve nowhere.yaml --port 0", "nowhere.yaml is not a file that can be watched"),
        ("mcp nowhere", "`nowhere` cannot be entered: no such file or directory; name a folder."),
        ("rule AVL00", "there is no rule `AVL00`; did you mean"),
        ("embed nowhere.md", "`nowhere.md` cannot be read: No such file or directory; check its name."),
        ("embed .", "`.` cannot be read: Is a directory; check its name."),
        ("export shop.yaml k6 --check shop.yaml -q --duration x", "--duration x: "),
    ],
)
def test_what_cannot_be_meant_is_refused(line: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(shlex.split(line)) == 2
    out, err = capsys.readouterr()
    assert (out, err[: len(message) + 10]) == ("", f"archspec: {message}")


def test_a_text_that_is_not_in_utf_8_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.md").write_bytes(b"\xff\xfe")
    assert run(["embed", "page.md"]) == 2
    assert capsys.readouterr().err == "archspec: `page.md` is not a text in UTF-8; save it as one.\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("import compose.yaml --diff found.yaml", 0),
        ("import compose.yaml --diff shop.yaml", 1),
        ("import compose.yaml --update found.yaml", 0),
        ("import compose.yaml --update shop.yaml", 1),
    ],
)
def test_an_import_is_added_or_shown(line: str, shown: bool, capsys: pytest.CaptureFixture[str]) -> None:
    before = {name: Path(name).read_text() for name in ("found.yaml", "shop.yaml")}
    assert run(line.split()) == 0
    out, err = capsys.readouterr()
    changed = [name for name, text in before.items() if Path(name).read_text() != text]
    assert changed == (["shop.yaml"] if shown and "--update" in line else [])
    assert bool(out) is (bool(shown) and "--diff" in line)
    if "--update" in line:
        first = "added to shop.yaml: 3" if shown else "added to found.yaml: 0"
        assert err.splitlines()[0] == first
    assert ("in no file: customer, web, pages" in err) is ("shop.yaml" in line)
