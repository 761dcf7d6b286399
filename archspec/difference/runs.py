"""What runs of both versions say of a change: success and response times, and which alerts fire.

Both run scenario by scenario, equally long and with the same draws, so that the pairs of runs compare.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import Names, did_you_mean
from archspec.model import Architecture, Duration
from archspec.simulation import FlowResult, Results, SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.simulation.studies.comparison import figure_of
from archspec.simulation.studies.parallel_runs import simulate_all
from archspec.simulation.studies.replications import mean_of, replications_of
from archspec.values import duration, percent

RUNS, CONFIDENCE = 5, 0.95
LEAST = 0.01
"""A response time that moves by less than this share of itself is as it was."""
ALL, RATES = "all", "rates"
"""What may stand for scenarios: all that both versions have, and the flows' own rates."""
SUCCESS = "success"
_FIGURES = {SUCCESS: Figure.RUN_SUCCESS, "p50": Figure.RUN_P50, "p99": Figure.RUN_P99}


@frozen
class _Pair:
    """The runs of one flow under both versions."""

    subject: str
    base: tuple[FlowResult, ...]
    head: tuple[FlowResult, ...]


def scenarios_of(
    base: Architecture, head: Architecture, names: Names, asked: Sequence[str]
) -> tuple[tuple[tuple[str | None, str | None], ...], tuple[str, ...]]:
    """What to run, by the names of both versions (None: at the flows' own rates), and notes on what cannot be.

    Raises:
        UsageError: the head has no such scenario.

    """
    old = {new: id_ for id_, new in names.get("scenarios", {}).items()}
    common = [id_ for id_ in head.scenarios if old.get(id_, id_) in base.scenarios]
    wanted = [each for name in asked for each in ((RATES, *common) if name == ALL else (name,))]
    found: list[tuple[str | None, str | None]] = []
    notes = []
    for name in dict.fromkeys(wanted):
        if name in common:
            found.append((old.get(name, name), name))
        elif name in head.scenarios:
            notes.append(f"the base has no scenario `{name}`: it was not run.")
        elif name == RATES:
            found.append((None, None))
        else:
            remedy = did_you_mean(name, (*head.scenarios, ALL, RATES), f"write `{ALL}`, `{RATES}` or a scenario.")
            raise UsageError(f"--simulate {name} is not a scenario of the head; {remedy}")
    return tuple(found), tuple(notes)


def run_consequences(
    base: Architecture,
    head: Architecture,
    names: Names,
    scenarios: Sequence[tuple[str | None, str | None]],
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Consequence]:
    """Of each scenario, by its names in base and head, what the change surely does to flows and alerts."""
    for before, after in scenarios:
        where = after or RATES
        say(f"running {where}")
        runs = _runs(((base, before), (head, after)))
        for pair in _pairs(*runs, names, where):
            yield from _objective(pair)
            yield from (each for name in _FIGURES if (each := _figure(pair, name)) is not None)
        yield from _alerts(*runs, base, head, names, where)


def _runs(sides: Sequence[tuple[Architecture, str | None]]) -> tuple[tuple[Results, ...], tuple[Results, ...]]:
    """So many runs of each side, equally long."""
    asked = [(architecture, SimulationOptions(scenario, confidence=CONFIDENCE)) for architecture, scenario in sides]
    length = Duration(max(simulate(*each).duration for each in asked))
    options = [replace(one, duration=length, precision=None) for _, one in asked]
    both = zip(sides, options, strict=True)
    each = [run for (architecture, _), one in both for run in replications_of(architecture, one, RUNS)]
    flat = simulate_all(each, jobs=-1)
    return flat[:RUNS], flat[RUNS:]


def _pairs(base: Sequence[Results], head: Sequence[Results], names: Names, where: str) -> Iterator[_Pair]:
    """The flows that both have."""
    renamed = names.get("flows", {})
    was = {renamed.get(flow.flow, flow.flow): number for number, flow in enumerate(base[0].flows)}
    for number, flow in enumerate(head[0].flows):
        if flow.flow in was:
            before = tuple(run.flows[was[flow.flow]] for run in base)
            yield _Pair(f"{flow.flow} ({where})", before, tuple(run.flows[number] for run in head))


def _objective(pair: _Pair) -> Iterator[Consequence]:
    """An objective that the first version keeps in every run and the second misses in every one, or the other way."""
    was, now = ([bool(run.missed) for run in runs] for runs in (pair.base, pair.head))
    if not any(was) and all(now):
        yield Consequence(Figure.OBJECTIVE, pair.subject, "kept in runs", "missed in runs", Effect.WORSE)
    if all(was) and not any(now):
        yield Consequence(Figure.OBJECTIVE, pair.subject, "missed in runs", "kept in runs", Effect.BETTER)


def _figure(pair: _Pair, name: str) -> Consequence | None:
    """What surely differs: the interval of the differences of pairs leaves out 0. Times of an overload are none."""
    was, now = (_values(runs, name) for runs in (pair.base, pair.head))
    before, after = (None if None in values else mean_of(values, CONFIDENCE) for values in (was, now))
    if before is None or after is None:
        if (before is None) == (after is None):
            return None
        verdict = Effect.NOW_KNOWN if before is None else Effect.NOT_KNOWN
    else:
        moved = mean_of([b - a for a, b in zip(was, now, strict=True) if a is not None and b is not None], CONFIDENCE)
        if moved is None or moved.half_width is None or abs(moved.value) <= moved.half_width:
            return None
        if name != SUCCESS and abs(moved.value) < LEAST * before.value:
            return None
        verdict = Effect.WORSE if (moved.value < 0) == (name == SUCCESS) else Effect.BETTER
    ends = [None if each is None else each.value for each in (before, after)]
    said = [percent(end) if name == SUCCESS else duration(end) for end in ends]
    numbers = [end if end is None or name == SUCCESS else end / 1e9 for end in ends]
    return Consequence(_FIGURES[name], pair.subject, said[0], said[1], verdict, numbers[0], numbers[1])


def _values(runs: Sequence[FlowResult], name: str) -> list[float | None]:
    return [None if name != SUCCESS and run.overloaded else figure_of(run, name) for run in runs]


def _alerts(
    base: Sequence[Results], head: Sequence[Results], one: Architecture, other: Architecture, names: Names, where: str
) -> Iterator[Consequence]:
    """Alerts that both have and that fire in other runs than before; surely so where in all runs or in none."""
    renamed = names.get("alerts", {})
    both = {renamed.get(id_, id_): id_ for id_ in one.alerts if renamed.get(id_, id_) in other.alerts}
    for id_, old in both.items():
        was, now = (sum(_fires(run, name) for run in runs) for runs, name in ((base, old), (head, id_)))
        if was != now:
            verdict = {(0, RUNS): Effect.WORSE, (RUNS, 0): Effect.BETTER}.get((was, now), Effect.OTHER)
            yield Consequence(Figure.FIRES, f"{id_} ({where})", _count(was), _count(now), verdict, was, now)


def _count(runs: int) -> str:
    return f"in {runs} of {RUNS} runs" if runs else "in no run"


def _fires(run: Results, alert: str) -> bool:
    return any(change.alert == alert and change.state == "firing" for change in run.alerts)
