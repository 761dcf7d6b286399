"""The door to the engine: what comes back, what is refused, what is not loaded."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from wasmtime import WasmtimeError

from archspec.errors import DefectError, UsageError
from archspec.language import load_text
from archspec.simulation.compile import compile_system
from archspec.simulation.engine import Engine, View
from archspec.simulation.log import ROW, Told
from archspec.simulation.program import OpenLoad, Program, Request, Run
from archspec.simulation.samples import Samples
from archspec.webassembly import compiled

SPEC = """
archspec: 1
name: Two
components: {user: {kind: client}, api: {kind: server, slots: 1}}
connections: [user -> api]
flows: {ask: {from: user, rate: 100/s, steps: [{call: api, takes: 5ms}]}}
"""
SYSTEM = compile_system(load_text(SPEC), ("ask",)).system
ALONE = Program(SYSTEM, Run(watch="everything", request=Request(0, 0)))
BUSY = Program(
    SYSTEM, Run(until=10**10, scrape=10**9, watch="everything", loads=(OpenLoad(0, "constant", "even", Fraction(100)),))
)


def test_a_run_comes_back_as_rows() -> None:
    run = Engine(ALONE)
    run.advance(None)
    assert run.rows(View.LOG, ROW)[-1] == (5_000_000, Told.RESPONSE, 0, 200, 0, 0)


def test_columns_lie_in_the_memory_of_a_run_that_they_keep() -> None:
    run = Engine(BUSY)
    run.advance(10**10)
    until = run.column(View.UNTIL, "int64")
    del run
    assert until[:3].tolist() == [5_000_000, 15_000_000, 25_000_000]
    assert not until.flags.owndata


def test_a_run_goes_on_where_it_was() -> None:
    in_two, in_one = Engine(BUSY), Engine(BUSY)
    in_two.advance(10**9)
    in_two.advance(10**10)
    in_one.advance(10**10)
    assert in_two.rows(View.COUNTS, 19) == in_one.rows(View.COUNTS, 19)


def test_another_run_of_the_same_system_is_as_if_it_were_the_first() -> None:
    run, first = Engine(ALONE), Engine(BUSY)
    run.advance(None)
    first.advance(10**10)
    run.again(BUSY.run)
    run.advance(10**10)
    assert [bytes(run.column(view, "uint8")) for view in View] == [bytes(first.column(view, "uint8")) for view in View]


def test_a_run_that_is_refused_leaves_the_last_one_as_it_was() -> None:
    run = Engine(ALONE)
    run.advance(None)
    with pytest.raises(DefectError, match="the Program is refused: `run` has neither a load nor a request"):
        run.again(Run())
    assert run.rows(View.LOG, ROW)[-1] == (5_000_000, Told.RESPONSE, 0, 200, 0, 0)


def test_progress_rises_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archspec.simulation.engine.SLICE", 10)
    told: list[float] = []
    Engine(BUSY).advance(10**10, told.append)
    assert told == sorted(set(told))
    assert len(told) > 50
    assert told[-1] == 1.0


def test_what_the_engine_cannot_read_is_a_defect_of_ours() -> None:
    wrong = ALONE._replace(run=ALONE.run._replace(request=Request(7, 0)))
    with pytest.raises(DefectError, match="the engine refuses a Program: "):
        Engine(wrong)


def test_a_program_of_another_version_is_refused() -> None:
    with pytest.raises(DefectError, match="version"):
        Engine(ALONE._replace(version=1))


def test_a_machine_without_the_library_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    compiled.cache_clear()
    with pytest.raises(UsageError, match="that needs the package wasmtime"):
        Engine(ALONE)


def test_a_trace_loads_no_numpy() -> None:
    spec = Path(__file__).parents[2] / "specs" / "first_server" / "architecture.yaml"
    code = (
        "import sys; from archspec.language import load; from archspec.simulation.trace import trace\n"
        f"system = load({str(spec)!r}); trace(system, next(iter(system.flows)))\n"
        "print('numpy' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


@pytest.mark.parametrize(("keeps_all", "apart", "count"), [(False, 2 * 10**6, 1501), (True, 10**6, 3001)])
def test_samples_of_a_long_run_are_kept_further_apart(keeps_all: bool, apart: int, count: int) -> None:
    run = Engine(BUSY._replace(run=BUSY.run._replace(until=3 * 10**9, scrape=10**6, keeps_scrapes=keeps_all)))
    run.advance(3 * 10**9)
    width = Samples.width(len(SYSTEM.components), 0, 0)
    assert run.table(View.SAMPLES, width)[:, 0].tolist() == list(range(0, 3 * 10**9 + 1, apart))
    assert len(run.table(View.SAMPLES, width)) == count
    assert len(run.table(View.FLOW_SAMPLES, 1 + 3)) == 3001


@pytest.mark.parametrize(("said", "told"), [("it is broken", "it is broken"), ("", "unreachable")])
def test_an_end_of_the_engine_is_told_by_its_message_or_the_first_line_of_the_machines(
    said: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trap(*_: object) -> int:
        raise WasmtimeError("unreachable\n  at 0x10")

    run = Engine(ALONE)
    monkeypatch.setattr(run, "_exports", {"trap": trap})
    monkeypatch.setattr(run, "_message", lambda: said)
    with pytest.raises(DefectError, match=f"^the engine has stopped: {told}$"):
        run._call("trap")
