"""Runs in several threads: the same as one after the other."""

from dataclasses import replace
from threading import Event

from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.studies.comparison import compare
from archspec.simulation.studies.parallel_runs import Progress, in_threads, simulate_all
from archspec.simulation.studies.replications import replicate, replications_of
from tests.simulation.test_what_ifs import desk

OPTIONS = SimulationOptions(duration=Duration(2 * 10**9))


def test_replications_in_two_threads_are_those_of_one() -> None:
    spec = desk("exponential(10ms)")
    assert replicate(spec, OPTIONS, 4, jobs=2) == replicate(spec, OPTIONS, 4)


def test_those_that_are_over_are_not_run_again() -> None:
    spec = desk("exponential(10ms)")
    whole = replicate(spec, OPTIONS, 4)
    marked = replace(whole[0], system="kept")
    assert replicate(spec, OPTIONS, 4, jobs=2, done=(marked,)) == (marked, *whole[1:])


def test_a_comparison_in_two_threads_is_that_of_one() -> None:
    variants = [("10ms", desk("exponential(10ms)")), ("12ms", desk("exponential(12ms)"))]
    assert compare(variants, OPTIONS, 2, jobs=2) == compare(variants, OPTIONS, 2)


def test_progress_rises_to_the_end() -> None:
    told: list[float] = []
    simulate_all(replications_of(desk(), OPTIONS, 4), 1, told.append)
    assert sorted(set(told)) == [0.25, 0.5, 0.75, 1.0]


def test_runs_end_where_nobody_waits_for_them() -> None:
    begun, ended = Event(), Event()

    def call(item: int, progress: Progress) -> int:
        if item == 0:
            begun.wait()
            return item
        begun.set()
        try:
            while not ended.wait(0.001):
                progress(0.5)
        finally:
            ended.set()
        return item

    runs = in_threads(call, [0, 1], 2)
    assert next(runs) == (0, 0)
    runs.close()  # type: ignore[attr-defined]
    assert ended.is_set()
