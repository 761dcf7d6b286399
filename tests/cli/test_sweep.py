"""`archspec sweep`: its axes and its formats."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.needs import needs_extra

SPEC = """
archspec: 1
name: One desk
components:
  user: {kind: client}
  desk: {kind: server, cores: 1}
connections: [user -> desk]
flows: {ask: {from: user, rate: 50/s, objective: {p99: 12ms}, steps: [{call: desk, cpu: 10ms}]}}
scenarios:
  even: {duration: 2s, warm_up: 0s, load: {ask: {arrivals: even}}}
"""


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    file = tmp_path / "desk.yaml"
    file.write_text(SPEC)
    return ["sweep", str(file), "--scenario", "even", "-j", "1", "-q", "--set", "desk.cores=1..2", "--load", "1x..3x"]


def test_every_combination_is_a_row(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """One core bears 100/s: at 150/s request k waits k times 3.3 ms, and the 198th of 200 answers took 667 ms."""
    assert run([*arguments, "-f", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(r["desk.cores"], r["load"], r["offered"], r["ok"], r["p99_ms"][:7]) for r in rows] == [
        ("1", "1x", "100", "100", "10.0"),
        ("1", "2x", "200", "200", "10.0"),
        ("1", "3x", "300", "200", "666.666"),
        ("2", "1x", "100", "100", "10.0"),
        ("2", "2x", "200", "200", "10.0"),
        ("2", "3x", "300", "299", "10.0"),
    ]


def test_the_text_has_a_map_and_a_table(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:6] == [
        "ask",
        "",
        "p99 by desk.cores (down) and load (across)",
        "1x 2x 3x",
        "1 10 ms 10 ms █ grows",
        "2 10 ms 10 ms 10 ms",
    ]
    assert "1 3x 100% 100/s grows grows grows 1/1 overload 1/1" in lines


def test_the_heat_map_is_drawn(arguments: list[str], tmp_path: Path) -> None:
    """A cell for each point, darker from 0 on, red where p99 grows with the run; each says what it is."""
    from lxml import etree

    out = tmp_path / "map.svg"
    assert run([*arguments, "-o", str(out)]) == 0
    cells = etree.fromstring(out.read_bytes()).findall(".//{*}g/{*}rect")
    assert [cell.get("class") for cell in cells] == [
        *("bar step7 one", "bar step7 one", "bar step7 bad"),
        *("bar step7 one", "bar step7 one", "bar step7 one"),
    ]
    assert cells[2][0].text == "desk.cores 1, load 3x: grows: overloaded, so that times tell how long the run was"


def test_a_page_has_the_curve_against_the_load(arguments: list[str], tmp_path: Path) -> None:
    """One core ends before 3x, two go on; the promise of 12 ms is a line."""
    from lxml import html

    out = tmp_path / "sweep.html"
    assert run([*arguments, "-o", str(out)]) == 0
    page = html.document_fromstring(out.read_text())
    titles = [each.text_content() for each in page.findall(".//figcaption/strong")]
    assert titles == ["p50 against load", "p99 against load", "Good answers against load", "p99 by desk.cores and load"]
    table = page.findall(".//figure")[1].findall(".//tr")
    rows = [[cell.text_content() for cell in row] for row in table]
    assert rows == [
        ["times the spec's load", "desk.cores 1", "desk.cores 2"],
        ["1x", "10 ms", "10 ms"],
        ["2x", "10 ms", "10 ms"],
        ["3x", "–", "10 ms"],
    ]
    assert "p99 promised 12 ms" in page.findall(".//figure")[1].text_content()


def test_the_map_of_another_figure(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """50, 100 and 150 answers a second, of which one core gives 100."""
    assert run([*arguments, "--figure", "throughput"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[2:6] == [
        "throughput by desk.cores (down) and load (across)",
        "1x 2x 3x",
        "1 50/s ▒ 100/s ▒ 100/s",
        "2 50/s ▒ 100/s █ 150/s",
    ]


def test_parquet_holds_the_same_table(arguments: list[str], tmp_path: Path) -> None:
    needs_extra("parquet")
    from pyarrow import parquet

    out = tmp_path / "runs.parquet"
    assert run([*arguments, "-o", str(out)]) == 0
    table = parquet.read_table(out).to_pydict()
    assert table["offered"] == [100, 200, 300, 100, 200, 300]
    assert table["overloaded"] == [False, False, True, False, False, False]


def test_kept_runs_are_not_run_again(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "runs"
    kept = [*arguments, "-f", "csv", "--results", str(folder)]
    assert run(kept) == 0
    first = capsys.readouterr().out
    assert len(list(folder.iterdir())) == 6
    assert run(kept) == 0
    assert capsys.readouterr().out == first


def test_faults_are_an_axis(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The desk is gone from half a second on: 25 of 100 requests came before."""
    assert run([*arguments[:7], "--faults", "all", "-f", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(row["fails"], row["ok"], row["failed"]) for row in rows] == [
        ("nothing", "100", "0"),
        ("desk-1", "25", "75"),
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--load", "0x"], "archspec: --load 0x: a load must be above 0; write a factor such as 1.5x."),
        (["--load", "much"], "archspec: --load much: "),
        (["-j", "0"], "archspec: --jobs 0 runs nothing"),
    ],
)
def test_what_cannot_be_swept_says_why(
    more: list[str], message: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, *more]) == 2
    assert capsys.readouterr().err.startswith(message)


def test_bytes_are_refused_before_the_runs_where_a_terminal_would_get_them(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run([*arguments, "-f", "parquet"]) == 2
    assert capsys.readouterr().err == "archspec: parquet is not text that a terminal can show; name a file with -o.\n"
