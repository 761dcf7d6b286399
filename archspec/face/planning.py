"""`archspec.plan`: the smallest change that keeps every promise at a load."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import ClassVar

from archspec.face.given import SystemLike, architecture_of
from archspec.face.rows import Reported, Rows
from archspec.face.runs import level_of
from archspec.frozen import frozen
from archspec.planning.values import Change
from archspec.planning.values import Plan as Searched


@frozen
class PlanMargin:
    """How near a flow comes to a promise with the plan, in the worst of all states that were run.

    Of `success` shares, of percentiles seconds; the figure surely lies between `low` and `high`.
    """

    flow: str
    figure: str
    promised: float
    value: float
    low: float
    high: float
    without: str | None
    """What is down then; None: nothing."""


@frozen
class PlanTry:
    """A change that was run: whether it `holds`, `breaks` a promise, or is `unsure`, and why."""

    change: Mapping[str, float]
    size: float
    verdict: str
    why: str | None


@frozen
class Plan(Reported):
    """The smallest change; None where none was found, empty where none is needed."""

    _subject: ClassVar = "plan"

    system: str
    load: float
    change: Mapping[str, float] | None
    """Values by the names that `changed` takes."""
    margins: Rows[PlanMargin]
    tried: Rows[PlanTry]
    beyond: tuple[str, ...]
    """Parts whose loss no number of replicas mends: they are left out."""
    notes: tuple[str, ...]
    _reported: "Searched" = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Plan({self.system!r}, load={self.load:g}, change={self.change})"


def plan(system: SystemLike, *, load: float = 1, change: Sequence[str] | None = None, seed: int = 1) -> Plan:
    """Search the smallest change that keeps every promise at `load` times the load, as `archspec plan` does.

    `change` says what may grow: `replicas`, `cores`, `slots`, `max_concurrent`, `concurrency`,
    `partitions`, `connections`; default: all.

    Raises:
        UsageError: nothing is promised, or nothing may be changed.

    >>> from archspec import Client, Server, System, call
    >>> with System("One") as one:
    ...     user, api = Client("user"), Server("api", cores=1, failover_time="1s")
    ...     flow = one.flow("ask", user, call(api, cpu="5ms"), rate="50/s", objective={"success": "99%"})
    >>> plan(one)
    Plan('One', load=1, change={'api.replicas': 2.0})

    """
    from archspec.planning.levers import kinds_of
    from archspec.planning.plan import Options
    from archspec.planning.plan import plan as search

    found = search(architecture_of(system), Options(level_of(load), kinds_of(change), seed))
    return Plan(
        system=found.system,
        load=float(found.level),
        change=None if found.change is None else _change(found.change),
        margins=Rows(
            PlanMargin(
                each.flow,
                each.figure,
                *_in_seconds(each.figure, each.promised, each.value, each.low, each.high),
                each.without,
            )
            for each in found.margins
        ),
        tried=Rows(
            PlanTry(_change(each.change), float(each.change.size), each.verdict.name.lower(), each.why)
            for each in found.tried
        ),
        beyond=found.beyond,
        notes=found.notes,
        _reported=found,
    )


def _change(change: Change) -> dict[str, float]:
    return {each.key: float(each.after) for each in change.settings}


def _in_seconds(figure: str, *values: float) -> tuple[float, float, float, float]:
    promised, value, low, high = (value if figure == "success" else value / 1e9 for value in values)
    return promised, value, low, high
