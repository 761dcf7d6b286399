"""Runs in several processes: the same as one after the other, and only where they pay."""

from dataclasses import replace

import pytest

from archspec.model.quantities import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.studies import parallel_runs
from archspec.simulation.studies.comparison import compare
from archspec.simulation.studies.parallel_runs import simulate_all
from archspec.simulation.studies.replications import replicate, replications_of
from tests.simulation.test_what_ifs import desk

OPTIONS = SimulationOptions(duration=Duration(2 * 10**9))


def test_replications_in_two_processes_are_those_of_one() -> None:
    spec = desk("exponential(10ms)")
    assert replicate(spec, OPTIONS, 4, jobs=2) == replicate(spec, OPTIONS, 4)


def test_those_that_are_over_are_not_run_again() -> None:
    spec = desk("exponential(10ms)")
    whole = replicate(spec, OPTIONS, 4)
    marked = replace(whole[0], system="kept")
    assert replicate(spec, OPTIONS, 4, jobs=2, done=(marked,)) == (marked, *whole[1:])


def test_a_comparison_in_two_processes_is_that_of_one() -> None:
    variants = [("10ms", desk("exponential(10ms)")), ("12ms", desk("exponential(12ms)"))]
    assert compare(variants, OPTIONS, 2, jobs=2) == compare(variants, OPTIONS, 2)


def test_short_runs_stay_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 calls a run are not worth a process; with a threshold of 300 three of them are."""
    asked: list[int] = []

    def in_processes(runs: object, jobs: int) -> object:
        asked.append(len(runs))  # type: ignore[arg-type]
        return [parallel_runs.simulate(*run) for run in runs]  # type: ignore[attr-defined]

    monkeypatch.setattr(parallel_runs, "_in_processes", in_processes)
    runs = replications_of(desk(), SimulationOptions(scenario="even"), 4)
    short = simulate_all(runs, jobs=-1)
    assert asked == []
    monkeypatch.setattr(parallel_runs, "PAYS_FROM", 300)
    assert simulate_all(runs, jobs=-1) == short
    assert asked == [3]


def test_progress_is_told_after_each_run() -> None:
    told: list[float] = []
    simulate_all(replications_of(desk(), OPTIONS, 4), 2, told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]
