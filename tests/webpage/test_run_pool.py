"""Runs as the page's viewer reads them."""

from archspec.language import load_text
from archspec.simulation.trace import trace
from archspec.webpage.gathering.runs import run_content
from archspec.webpage.run_pool import RunPool
from archspec.webpage.sections.emissions import emissions
from archspec.webpage.sections.waterfall import waterfall

SPEC = """
archspec: 1
name: Nothing is known of time
components:
  a: {kind: client}
  b: {kind: server, logs_to: logs}
  c: {kind: database}
  logs: {kind: log_service}
connections: [a -> b, b -> c]
flows:
  f: {from: a, steps: [{call: b, steps: [{call: c, WORK}]}]}
"""


def told(work: str) -> tuple[dict[int, str], bool]:
    run = run_content(trace(load_text(SPEC.replace("WORK", work)), "f"))
    pool = RunPool()
    pool.number(run)
    return pool.told()["times"], " ms" in f"{waterfall(run, 'f')}{emissions(run)}"


def test_the_page_writes_no_time_where_none_is_known() -> None:
    assert told("does: read") == ({}, False)


def test_the_page_writes_the_times_that_are_known() -> None:
    assert told("takes: 2ms") == ({0: "0 ms", 2_000_000: "2 ms"}, True)
