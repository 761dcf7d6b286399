"""The results of a simulation in each format, made of one result written by hand."""

from dataclasses import replace
from fractions import Fraction
from textwrap import dedent

from archspec.reports.capacity.text import text as capacity_text
from archspec.reports.report import Screen, Simulation
from archspec.reports.simulation.csv import REPORT as CSV
from archspec.reports.simulation.html import html
from archspec.reports.simulation.json import data as data_of
from archspec.reports.simulation.openmetrics import openmetrics
from archspec.reports.simulation.text import text
from archspec.simulation.results import (
    AlertChange,
    ComponentResult,
    Estimate,
    FlowResult,
    Interval,
    JobResult,
    Latency,
    PoolResult,
    QueueResult,
    Results,
    Series,
    SessionResult,
    SubscriptionResult,
)
from archspec.simulation.studies.search import Capacity, Tried, Verdict
from archspec.simulation.trace_model import Event

SECOND = 10**9
FEW = "too few requests: 20 beyond a percentile are needed"
PERCENTILES = tuple(
    (name, Estimate(float(i) * 10**6, None, FEW if name.startswith("p99") else None))
    for i, name in enumerate(("p50", "p90", "p95", "p99", "p99.9"), 8)
)
BUY = FlowResult(
    flow="buy",
    offered=100,
    ok=90,
    degraded=5,
    failed=(("timeout", 7), ("shed", 2)),
    in_flight=1,
    latency=Latency(90, Estimate(9e6, 0.5e6), PERCENTILES),
    failed_latency=Latency(
        9,
        Estimate(2e9),
        (
            *((name, Estimate(2e9)) for name in ("p50", "p90", "p95")),
            *((name, Estimate(3e9)) for name in ("p99", "p99.9")),
        ),
    ),
    throughput=9.0,
    success_interval=Interval(0.83216, 0.9588),
)
STUCK = FlowResult("look", 50, 10, 0, (), 40, None, None, 1.0, overloaded="40 of 50 requests are in flight at the end")
API = ComponentResult(
    component="api",
    calls=110,
    answered=100,
    errors=7,
    shed=2,
    rate_limited=1,
    refused=3,
    reset=1,
    lost=0,
    in_work=3,
    retries_in=10,
    core_utilisation=0.625,
    slot_utilisation=None,
    waiting=1.5,
    in_system=2.25,
    probability_of_wait=0.4,
    mean_wait=3e6,
    intervals=(("waiting", Estimate(1.5, 0.25)), ("mean_wait", Estimate(3e6, None, "batches too short"))),
)
RESULTS = Results(
    system="Shop",
    scenario="peak",
    seed=7,
    duration=10 * SECOND,
    warm_up=SECOND,
    flows=(BUY, STUCK),
    components=(API,),
    queues=(QueueResult("jobs", 12, 8, 1, 2, 1, 11),),
    functions=(),
    jobs=(JobResult("night", 7, 3, 1, 2, 1, 4, 9, 2),),
    sessions=(SessionResult("connected", 50, 45, 2, 3, 99, 24, 30, 0.9125, 0.5, 31, 12_000_000_000, is_below=True),),
    pools=(PoolResult("api -> db", 9, 6, 1, 1, 1, 0.75, 0.5, 3, 15_000_000.0, 40_000_000),),
    subscriptions=(
        SubscriptionResult(
            topic="events",
            subscriber="mail",
            published=9,
            done=5,
            dead=1,
            expired=1,
            waiting=1,
            in_work=1,
            deliveries=8,
            mean_lag=0.5,
            most_lag=3,
            oldest=2_000_000,
            mean_delay=15_000_000.0,
            longest_delay=40_000_000,
            cap=2.0,
            busy=0.25,
        ),
    ),
    alerts=(
        AlertChange("buy-success", 3 * SECOND, "pending"),
        AlertChange("buy-success", 5 * SECOND, "firing", ("slack", "on-call")),
    ),
    events=(Event(2 * SECOND, "lb takes api-1 out"),),
    series=(),
    bottleneck="the cores of `api` are busy 62.5% of the time, more than anything else",
    assumed=("`api` has 1 core per replica",),
    notes=("the first 1s are left out as warm-up",),
)
COURSE = Series("buy ok", "/s", (5 * SECOND, 10 * SECOND), (4.0, 8.0))


def test_the_text_says_all_of_it() -> None:
    expected = """\
        Shop · peak · 10s simulated · seed 7

        flows
          buy: 90.9% succeed (83.2% to 95.88%), 9 answers/s
            100 offered, 90 ok, of which 5 degraded, 7 timeout, 2 shed, 1 in flight
            mean 9 ms ± 0.5 ms   p50 8 ms   p90 9 ms
            p95 10 ms   p99 11 ms   p99.9 12 ms
            failed after mean 2 s   p50 2 s   p99 3 s
            no ± for p99, p99.9: too few requests: 20 beyond a percentile are needed
          look: 100% succeed, 1 answers/s
            50 offered, 10 ok, 40 in flight
            overload: 40 of 50 requests are in flight at the end; response times grow with the run

        over time
          buy ok                      ▅█  up to 8/s

        components
          component   calls   cores   slots   waiting   mean wait   shed   errors   refused   retries
          api           110   62.5%       –       1.5        3 ms      3        7         4        10

        sessions
          sessions    users   connected   handshaking   waiting   opened   ended   dropped   on average   at least   handshakes/s     below 99%
          connected      50          45             2         3       99      24        30       91.25%        50%             31   12 s so far

        jobs
          job     due   done   failed   overdue   running   overlaps   restarts   most at once
          night     7      3        1         2         1          4          9              2

        pools
          pool        asked   got   refused   gone   waiting   busy   most waiting   mean wait   p99 wait
          api -> db       9     6         1      1         1    75%              3       15 ms      40 ms

        queues
          jobs: 12 published, 8 done, 1 dead, 2 waiting, 1 in work (11 deliveries)

        subscriptions
          events -> mail: 9 published, 5 done, 1 dead, 1 expired, 1 waiting, 1 in work
            lag 0.5 on average, 3 at the most, the oldest waits 2 ms; 25% of 2 at once in work
            done 15 ms after publication, 40 ms at the most

        alerts
                   3 s  buy-success: pending
                   5 s  buy-success: firing, telling slack, on-call

        events
                   2 s  lb takes api-1 out

        objectives missed
          look is overloaded: 40 of 50 requests are in flight at the end

        bottleneck
          the cores of `api` are busy 62.5% of the time, more than anything else

        notes
          the first 1s are left out as warm-up
          assumed: `api` has 1 core per replica
        """  # noqa: E501 - a table as wide as a screen
    assert text(Simulation(RESULTS, (COURSE,))) == dedent(expected)


def test_colours_change_no_letter() -> None:
    import re

    assert re.sub(r"\x1b\[\d*m", "", text(Simulation(RESULTS), Screen(colour=True))) == text(Simulation(RESULTS))


def test_the_csv_has_a_line_for_each_flow() -> None:
    head, buy, look = str(CSV.write(Simulation(RESULTS))).splitlines()
    figures = dict(zip(head.split(","), buy.split(","), strict=True))
    assert (figures["flow"], figures["timeout"], figures["shed"], figures["p99_ms"]) == ("buy", "7", "2", "11.0")
    assert (figures["success_low"], figures["mean_half_width_ms"], figures["p99_half_width_ms"]) == (
        "0.83216",
        "0.5",
        "",
    )
    assert dict(zip(head.split(","), look.split(","), strict=True))["p99_ms"] == ""


def test_the_json_gives_milliseconds() -> None:
    data = data_of(Simulation(RESULTS))
    assert data["flows"]["buy"]["latency_ms"]["mean"] == {"value": 9, "half_width": 0.5, "why": None}
    assert data["flows"]["buy"]["latency_ms"]["p99"] == {"value": 11, "half_width": None, "why": FEW}
    assert data["flows"]["buy"]["success_interval"] == {"low": 0.83216, "high": 0.9588, "why": None}
    assert data["flows"]["look"]["latency_ms"] is None
    assert data["alerts"][1] == {"alert": "buy-success", "at_s": 5, "state": "firing", "told": ["slack", "on-call"]}
    assert data["components"]["api"]["intervals"] == {
        "waiting": {"value": 1.5, "half_width": 0.25, "why": None},
        "mean_wait_ms": {"value": 3.0, "half_width": None, "why": "batches too short"},
    }


def test_the_json_tells_when_requests_failed_of_what() -> None:
    course = Series("buy failed timeout", "/s", (SECOND, 2 * SECOND), (0.0, 7.0))
    flows = data_of(Simulation(RESULTS, (course,)))["flows"]
    assert flows["buy"]["failures_over_time"] == [{"cause": "timeout", "times_s": [1.0, 2.0], "per_s": [0.0, 7.0]}]
    assert flows["look"]["failures_over_time"] == []


def test_openmetrics_leaves_out_the_times_of_an_overload() -> None:
    """Counters end in _total, seconds are seconds, and the last line says that it is the last."""
    lines = openmetrics(RESULTS).splitlines()
    assert 'archspec_requests_total{flow="buy",outcome="timeout"} 7' in lines
    assert 'archspec_request_seconds{flow="buy",quantile="0.999"} 0.012' in lines
    assert 'archspec_request_half_width_seconds{flow="buy",figure="mean"} 0.0005' in lines
    assert 'archspec_request_success{flow="buy",limit="low"} 0.83216' in lines
    assert not any('half_width_seconds{flow="buy",figure="p99' in line for line in lines)
    assert 'archspec_component_core_utilisation{component="api"} 0.625' in lines
    assert 'archspec_queue_messages{queue="jobs",state="dead"} 1' in lines
    assert not any("request_seconds" in line and "look" in line for line in lines)
    assert lines[-1] == "# EOF"


def test_the_page_tells_who_was_told() -> None:
    from lxml import html as reader

    page = reader.document_fromstring(html(Simulation(RESULTS, (COURSE,))))
    rows = [[cell.text_content() for cell in row.findall("td")] for row in page.findall(".//tr")]
    assert ["buy-success", "5 s", "firing", "slack, on-call"] in rows
    assert ["jobs", "12", "8", "1", "2", "1", "11"] in rows
    assert f"no ± for p99, p99.9: {FEW}." in [p.text_content() for p in page.findall(".//p[@class='low']")]
    assert [p.text_content() for p in page.findall(".//p[@class='bad']")] == [
        "look is overloaded: 40 of 50 requests are in flight at the end.",
        "Overload: 40 of 50 requests are in flight at the end; response times grow with the run.",
    ]


def test_many_answers_a_second_are_counted_in_full() -> None:
    """No power of ten: 12,346, not 1.235e+04."""
    many = replace(RESULTS, flows=(replace(BUY, throughput=12345.6),))
    assert ", 12,346 answers/s\n" in text(Simulation(many))
    assert ", 12,346 answers/s: " in html(Simulation(many))


def test_a_search_that_told_nothing_says_how_to_get_an_answer() -> None:
    """Neither end is known: why, what to do, and at which load the bottleneck was."""
    tried = Tried(Fraction(1), (("buy", 5.0),), Verdict.UNSURE, ())
    nothing = Capacity("Shop", 1, 60 * SECOND, Fraction(95, 100), True, None, None, "`api` is busy", (tried,))
    assert capacity_text(nothing).splitlines()[2:] == [
        "no load tried surely meets every objective",
        "no load tried surely misses one",
        "no run was long enough to be sure; with --duration each is judged by its figures as they are",
        "",
        "bottleneck",
        "  at the load of the spec, `api` is busy",
        "",
        "tried",
        "  5.00/s: not sure either way",
    ]
