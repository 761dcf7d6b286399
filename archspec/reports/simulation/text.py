"""The results of a simulation for a terminal of 100 columns."""

from collections.abc import Iterator, Sequence
from math import floor

from archspec.model import Duration
from archspec.reports import PAPER, Ink, Report, Screen, Simulation, Subject, estimated, limits, without_in, wrapped
from archspec.reports.run_tables import RunTable, run_tables
from archspec.reports.table import table
from archspec.simulation import FlowResult, Results, Series, SubscriptionResult
from archspec.values import amount, busy, duration, number, percent

STATES = {"firing": Ink.BAD, "resolved": Ink.GOOD, "pending": Ink.WARNING}
MOST_EVENTS = 20
CHARTED = ("ok", "failed", "p99")


def text(simulation: Simulation, screen: Screen = PAPER) -> str:
    """Flows, their course, components, queues, alerts and events, each as a short table; then what to make of it."""
    results, timeline = simulation.results, simulation.timeline
    lines, tables = [screen.paint(Ink.BOLD, _title(results))], run_tables(results)
    for title, body in (
        ("flows", [line for flow in results.flows for line in _flow(flow, screen)]),
        ("over time", _charts(timeline)),
        *((title, _table(tables[title], screen)) for title in ("components", "sessions", "jobs", "pools", "functions")),
        ("queues", _queues(results)),
        ("subscriptions", _subscriptions(results)),
        ("alerts", _alerts(results, screen)),
        ("events", _events(results)),
        ("objectives missed", [screen.paint(Ink.BAD, sentence) for sentence in results.missed]),
        ("bottleneck", [results.bottleneck] if results.bottleneck else []),
        ("notes", wrapped([*results.notes, *(f"assumed: {sentence}" for sentence in results.assumed)], screen)),
    ):
        if body:
            lines += ["", screen.paint(Ink.BOLD, title), *(f"  {line}" for line in body)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(results: Results) -> str:
    scenario = f" · {results.scenario}" if results.scenario else ""
    return f"{results.system}{scenario} · {Duration(results.duration)} simulated · seed {results.seed}"


def _flow(flow: FlowResult, screen: Screen) -> list[str]:
    share = (
        "no answers"
        if flow.success is None
        else f"{percent(flow.success, floor)} succeed{limits(flow.success_interval)}"
    )
    colour = Ink.BAD if flow.missed else Ink.GOOD if flow.objective or flow.success == 1 else Ink.DIM
    parts = [f"{flow.offered} offered", f"{flow.ok} ok"]
    parts += [f"of which {flow.degraded} degraded"] if flow.degraded else []
    parts += [f"{count} {cause.replace('_', ' ')}" for cause, count in flow.failed]
    parts += [f"{flow.in_flight} in flight"] if flow.in_flight else []
    name, share = screen.paint(Ink.BOLD, flow.flow), screen.paint(colour, share)
    lines = [
        f"{name}: {share}, {number(flow.throughput)} answers/s",
        f"  {', '.join(parts)}",
    ]
    if flow.overloaded:
        lines.append(f"  {screen.paint(Ink.BAD, 'overload')}: {flow.overloaded}; response times grow with the run")
    elif flow.latency is not None:
        figures = [("mean", flow.latency.mean), *flow.latency.percentiles]
        lines.append("  " + "   ".join(f"{name} {estimated(name, estimate)}" for name, estimate in figures[:3]))
        lines.append("  " + "   ".join(f"{name} {estimated(name, estimate)}" for name, estimate in figures[3:]))
    if flow.failed_latency is not None:
        percentiles = dict(flow.failed_latency.percentiles)
        figures = [("mean", flow.failed_latency.mean), *((name, percentiles[name]) for name in ("p50", "p99"))]
        lines.append(
            "  failed after " + "   ".join(f"{name} {estimated(name, estimate)}" for name, estimate in figures)
        )
    return [
        *lines,
        *(screen.paint(Ink.DIM, line) for line in wrapped([f"  {sentence}" for sentence in without_in(flow)], screen)),
    ]


def _charts(timeline: Sequence[Series]) -> list[str]:
    """A line each for good answers, failures and p99, from 0 to its largest value; what is always 0 is left out."""
    lines = []
    for series in timeline:
        if series.name.rpartition(" ")[2] not in CHARTED:
            continue
        top = max((value for value in series.values if value is not None), default=0.0)
        if top > 0:
            lines.append(f"{series.name[:27]:<28}{sparkline(series.values)}  up to {amount(top, series.unit)}")
    return lines


def _table(told: RunTable, screen: Screen) -> list[str]:
    return table(told.columns, told.rows, told.keys, screen.within(2)) if told.rows else []


def _queues(results: Results) -> list[str]:
    return [
        f"{q.queue}: {q.published} published, {q.done} done, {q.dead} dead, {q.waiting} waiting, {q.in_work} in work "
        f"({q.deliveries} deliveries)"
        for q in results.queues
    ]


def _subscriptions(results: Results) -> list[str]:
    return [line for each in results.subscriptions for line in _subscription(each)]


def _subscription(each: SubscriptionResult) -> Iterator[str]:
    ended = f"{each.published} published, {each.done} done, {each.dead} dead, {each.expired} expired"
    yield f"{each.topic} -> {each.subscriber}: {ended}, {each.waiting} waiting, {each.in_work} in work"
    lag = f"lag {number(each.mean_lag)} on average, {each.most_lag} at the most"
    oldest = f", the oldest waits {duration(each.oldest)}" if each.waiting else ""
    room = f"; {busy(each.busy)} of {number(each.cap)} at once in work" if each.cap is not None else ""
    yield f"  {lag}{oldest}{room}"
    if each.done:
        yield f"  done {duration(each.mean_delay)} after publication, {duration(each.longest_delay)} at the most"


def _alerts(results: Results, screen: Screen) -> list[str]:
    lines = []
    for at, change in zip(_times([each.at for each in results.alerts]), results.alerts, strict=True):
        ink = STATES.get(change.state, Ink.DIM)
        told = f", telling {', '.join(change.told)}" if change.told else ""
        lines.append(f"{at}  {change.alert}: {screen.paint(ink, change.state)}{told}")
    return lines


def _times(moments: Sequence[int]) -> list[str]:
    """Moments in a column, each as wide as the widest."""
    spelled = [duration(at) for at in moments]
    width = max([12, *map(len, spelled)])
    return [each.rjust(width) for each in spelled]


def _events(results: Results) -> list[str]:
    times = _times([event.at for event in results.events[:MOST_EVENTS]])
    shown = [f"{at}  {event.text}" for at, event in zip(times, results.events, strict=False)]
    more = len(results.events) - len(shown)
    return [*shown, f"and {more} more (all of them with --format json)"] if more > 0 else shown


BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, from 0 to the largest; a gap where there is none.

    >>> sparkline([0, 1, 2, None, 8])
    '▁▂▃ █'
    >>> sparkline([0, 0])
    '▁▁'
    """
    top = max((value for value in values if value is not None), default=0.0)
    return "".join(" " if value is None else BLOCKS[_height(value, top)] for value in values)


def _height(value: float, top: float) -> int:
    return min(len(BLOCKS) - 1, int(value / top * (len(BLOCKS) - 1) + 0.5)) if top > 0 else 0


REPORT = Report("text", Subject.SIMULATION, (".txt",), text, text)
