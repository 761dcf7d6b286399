"""Every format of every subject, written of one small shop."""

import re
import shlex
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import archspec
from archspec.cli.main import run
from archspec.errors import MissingExtraError
from archspec.reports import format_names, report_for
from archspec.reports.report import Screen, Subject
from tests.conftest import ROOT, Golden
from tests.markup import outline

SHOP = ROOT / "tests/reports/shop.yaml"
FACE: dict[str, Callable[[], Any]] = {
    "simulation": lambda: archspec.simulate(SHOP, scenario="lost", replications=2, jobs=1),
    "comparison": lambda: archspec.compare(SHOP, {"web.cores": [1, 2]}, duration="10s", jobs=1),
    "capacity": lambda: archspec.find_capacity(SHOP, duration="10s"),
    "sweep": lambda: archspec.sweep(SHOP, {"web.cores": [1, 2]}, load=[1, 4], duration="5s", jobs=1),
    "plan": lambda: archspec.plan(SHOP, load=4, change=["replicas"]),
    "verification": lambda: archspec.verify(SHOP, duration="5s"),
}
COMMANDS = {
    "analysis": "analyze shop.yaml --set web.replicas=3 -f {name} -o {file}",
    "trace": "trace shop.yaml buy --fail web-1 --miss pages -f {name} -o {file}",
    "traces": "simulate shop.yaml --duration 5s --sample-traces 1 -o rest --traces-to {file} --traces-format {name}",
    "delivery": "trace shop.yaml --pipeline release --fail live -f {name} -o {file}",
    "calibration": "calibrate shop.yaml seen.json -f {name} -o {file}",
    "rules": "rule alr02 -f {name} -o {file}",
}
OVERLOADED: dict[str, Callable[[], Any]] = {
    "simulation": lambda: archspec.simulate(SHOP, duration="5s", load=20),
    "comparison": lambda: archspec.compare(SHOP, {"web.cores": [1, 0.05]}, duration="5s", replications=2, jobs=1),
    "sweep": lambda: archspec.sweep(SHOP, {"web.cores": [1, 0.05]}, duration="5s", jobs=1),
}
"""Where more comes than can be done: response times that grow with the run say nothing."""
BY_THE_RUN = {"openmetrics", "openmetrics-series"}
"""Formats of simulations that tell of the run itself."""
ELSEWHERE = {"findings", "difference"}
"""Subjects whose formats have files of their own."""
BINARY = {"parquet", "png"}
LONGEST = {"html": 600}
"""Lines that are kept of a report, by format; of others 150."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shop")
    (made / "shop.yaml").write_text(SHOP.read_text("utf-8"), "utf-8")
    seen = "--sample-traces 200 --sample uniform --traces-to seen.json --traces-format jaeger -o rest"
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(made)
        assert run(shlex.split(f"simulate shop.yaml --duration 20s {seen}")) == 0
    return made


@cache
def result(subject: str) -> Any:
    return FACE[subject]()


def compare(golden: Golden, name: str, text: str) -> None:
    """Without the last digits of numbers, which differ from machine to machine."""
    short = re.sub(
        r"\d+\.\d{10,}(e-?\d+)?", lambda number: f"{float(number[0]):.10g}", text.replace(str(SHOP), "shop.yaml")
    )
    golden(
        f"tests/reports/expected/{name}.txt",
        "\n".join([*short.split("\n")[: LONGEST.get(name.partition(".")[2], 150)], ""]),
    )


@pytest.mark.parametrize(
    ("subject", "name"),
    [(subject, name) for subject in FACE for name in format_names(subject) if name not in BINARY | BY_THE_RUN],
)
def test_a_result_is_written_as_it_was_before(subject: str, name: str, golden: Golden) -> None:
    text = result(subject).written(name)
    compare(golden, f"{subject}.{name}", outline(text, pictures=subject != "simulation") if name == "html" else text)


@pytest.mark.parametrize(
    ("subject", "name"), [(subject, name) for subject in COMMANDS for name in format_names(subject)]
)
def test_a_command_writes_what_it_wrote_before(
    subject: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    monkeypatch.chdir(folder)
    assert run(shlex.split(COMMANDS[subject].format(name=name, file="written"))) == 0
    text = Path("written").read_text("utf-8")
    compare(golden, f"{subject}.{name}", outline(text, pictures=True) if name == "html" else text)


COLOURS = re.compile(r"\x1b\[([0-9;]*)m")


@pytest.mark.parametrize("subject", [*FACE, *(subject for subject in COMMANDS if subject != "traces")])
def test_a_person_is_shown_the_same_words_in_their_colours(
    subject: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Golden,
) -> None:
    """Of commands the tables are set for a file, of the others for a terminal of 90 columns."""
    report = report_for(Subject(subject))
    if subject in FACE:
        assert report.show is not None
        shown = report.show(result(subject)._reported, Screen(colour=True, width=90))
    else:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert run(shlex.split(COMMANDS[subject].format(name=report.name, file="").removesuffix("-o "))) == 0
        shown = capsys.readouterr().out
    compare(golden, f"{subject}.shown", COLOURS.sub(r"⟨\1⟩", shown))


@pytest.mark.parametrize("subject", OVERLOADED)
def test_an_overload_is_told_as_before(subject: str, golden: Golden) -> None:
    overloaded = OVERLOADED[subject]()
    for name in {"csv", "html", "json", "text"} & {*format_names(subject)}:
        text = overloaded.written(name)
        compare(golden, f"overload/{subject}.{name}", outline(text) if name == "html" else text)


def test_a_map_of_a_sweep_in_which_every_point_is_overloaded_stands_in_columns() -> None:
    asked = {"web.cores": [0.05, 0.06]}
    told = archspec.sweep(SHOP, asked, load=[1, 2], duration="5s", jobs=1).written("text").splitlines()
    begin = told.index("p99 by web.cores (down) and load (across)")
    assert told[begin + 1 : begin + 4] == [
        "                  1x       2x",
        "0.05         █ grows  █ grows",
        "0.06         █ grows  █ grows",
    ]


def test_the_charts_of_a_run_are_labelled_as_before(golden: Golden) -> None:
    """What each says: its ticks, what was promised, what failed when, the first intervals; and how many marks."""
    told = []
    for figure in html.fromstring(result("simulation").written("html")).iter("figure"):
        picture = list(figure.iter("svg"))[-1]
        words = [each.text or "" for each in picture.iter("text", "title")]
        drawn = Counter(f"{each.tag}.{each.get('class', '')}" for each in picture.iter("rect", "path", "circle"))
        marks = ", ".join(f"{number} {name}" for name, number in sorted(drawn.items()))
        told += [f"## {figure.findtext('.//strong')}", *words[:30], marks, ""]
    golden("tests/reports/expected/simulation.charts.txt", "\n".join(told))


@pytest.mark.parametrize("name", sorted(BY_THE_RUN))
def test_a_run_is_written_as_it_was_before(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    monkeypatch.chdir(folder)
    assert run(shlex.split(f"simulate shop.yaml --duration 3s --epoch 1700000000 -f {name} -o written")) == 0
    compare(golden, f"simulation.{name}", Path("written").read_text("utf-8"))


@pytest.mark.parametrize(
    ("module", "subject", "name", "message"),
    [
        ("pyarrow", Subject.SWEEP, "parquet", r"^Parquet needs the extra 'parquet'"),
        (
            "opentelemetry.exporter.otlp.proto.common._log_encoder",
            Subject.TRACES,
            "otlp",
            "^OTLP needs the extra 'otlp'",
        ),
    ],
)
def test_without_its_extra_a_format_says_how_to_get_it(
    module: str, subject: Subject, name: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=message):
        report_for(subject, name=name).write(None)


def test_every_subject_is_among_them() -> None:
    folders = {path.parent.name for path in (ROOT / "archspec/reports").glob("*/__init__.py")} - {"charts"}
    assert {*FACE, *COMMANDS} == folders - ELSEWHERE


def test_no_text_breaks_out_of_a_cell_of_markdown() -> None:
    system = archspec.load_text("archspec: 1\nname: 'a|b <i> `c` *d* \\ e'\ncomponents: {api: {kind: server}}\n")
    assert archspec.analyze(system).written("markdown").splitlines()[0] == "# a\\|b &lt;i&gt; \\`c\\` \\*d\\* \\\\ e"
