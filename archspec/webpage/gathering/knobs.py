"""What a person may turn on the page: values of the spec that stand in a Program as they are, and where they stand.

Each has the name that `--set` knows it by. A test turns every one on the page, and compares the Program with that of a
spec in which it was set.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from archspec.model import Cache, Caching, Connection, Rate, Running, Step
from archspec.model.change import SECTIONS
from archspec.simulation.asked import Asked
from archspec.simulation.program import OpenLoad, Operation, Route

MOST_ATTEMPTS = 6
Knob = dict[str, Any]
Where = list[str | int]


def knobs(asked: Asked, loads: tuple[object, ...], taken: Collection[str] = ()) -> Iterator[Knob]:
    """Of flows, components and connections, as `viewer/src/simulation/plays.ts` has them.

    What has its name in common with something else is left out: no setting could tell which is meant. So is what is
    `taken`: a scenario sets it, whatever is set beside it.
    """
    names = Counter(name for section in SECTIONS for name in getattr(asked.architecture, section))
    yield from (knob for knob in _every(asked, loads) if names[knob["of"]] <= 1 and knob["name"] not in taken)


def _every(asked: Asked, loads: tuple[object, ...]) -> Iterator[Knob]:
    to: dict[int, list[_Routed]] = {}
    over: dict[str, list[_Routed]] = {}
    for found in _routes(asked):
        to.setdefault(found.route.to, []).append(found)
        over.setdefault(asked.compiled.connection_names[found.route.connection], []).append(found)
    yield from _rates(asked, loads)
    for number, component in enumerate(asked.architecture.components.values()):
        if isinstance(component, Running):
            yield from _sizes(asked, number, component)
        if isinstance(component, Caching):
            yield from _hits(component, to.get(number, []))
    for connection in asked.architecture.connections:
        yield from _patience(asked, connection, over.get(connection.name, []))


def _rates(asked: Asked, loads: tuple[object, ...]) -> Iterator[Knob]:
    """The rates of flows, where the load does not say its own."""
    for number, (id_, load) in enumerate(asked.loads.items()):
        flow, written = asked.architecture.flows[id_], loads[number]
        levels = {"rate": load.rate, "to": load.to, "low": load.low}
        of_the_flow = [name for name, level in levels.items() if not isinstance(level, Rate)]
        at: list[Where] = [["loads", number, name] for name in of_the_flow if getattr(written, name, None) is not None]
        if flow.rate is None or not isinstance(written, OpenLoad) or ["loads", number, "rate"] not in at:
            continue
        yield _knob(f"{id_}.rate", id_, "rate", float(flow.rate.per_second), run=at)


def _sizes(asked: Asked, number: int, component: Running) -> Iterator[Knob]:
    compiled = asked.compiled.system.components[number]
    scales = component.scaling is not None and component.scaling.horizontal
    drawn = asked.scenario is not None and asked.scenario.random_faults
    if not component.kind_of.provided and not scales and not drawn:
        at: list[Where] = [["components", number, name] for name in ("replicas", "most")]
        least = max(1, component.needs)
        yield _knob(f"{component.id}.replicas", component.id, "replicas", component.instances, system=at, least=least)
    if compiled.cores is not None and not component.kind_of.provided:
        cores = float(compiled.cores)
        yield _knob(f"{component.id}.cores", component.id, "cores", cores, system=[["components", number, "cores"]])
    if compiled.slots is not None:
        slots = compiled.slots
        yield _knob(f"{component.id}.slots", component.id, "slots", slots, system=[["components", number, "slots"]])


def _hits(component: Caching, to: list["_Routed"]) -> Iterator[Knob]:
    if component.hit is None or (isinstance(component, Cache) and component.keys is not None):
        return
    at = [each.field("hit") for each in to if each.route.hit is not None and each.step.hit is None]
    if at:
        yield _knob(f"{component.id}.hit", component.id, "hit", float(component.hit.value), system=at)


def _patience(asked: Asked, connection: Connection, over: list["_Routed"]) -> Iterator[Knob]:
    """How long a call over it may take, and how often it is tried, where the step does not say."""
    name = connection.name
    if connection.timeout is not None:
        at: list[Where] = [each.field("timeout") for each in over if each.step.timeout is None]
        at += [["flows", number, "session", "notice"] for number in _noticed_by(asked, name)]
        if at:
            yield _knob(f"{name}.timeout", name, "timeout", connection.timeout.nanoseconds, system=at)
    retried = [each for each in over if each.step.retries is None]
    alone = all(len(asked.compiled.system.operations[each.row].routes) == 1 for each in retried)
    if connection.retries is None or not retried or not alone or connection.retries.attempts > MOST_ATTEMPTS:
        return
    backoff = connection.retries.backoff
    waits = [backoff.cap(k).nanoseconds for k in range(1, MOST_ATTEMPTS)] if backoff else []
    at = [each.field("attempts") for each in retried]
    knob = _knob(f"{name}.retries.attempts", name, "attempts", connection.retries.attempts, system=at)
    yield knob | {"waits": waits, "spread": [["operations", each.row, "spread"] for each in retried]}


def _noticed_by(asked: Asked, name: str) -> Iterator[int]:
    """The flows whose users notice the death of who holds their session by the time-out of this connection."""
    for number, compiled in enumerate(asked.compiled.system.flows):
        flow = asked.architecture.flows[compiled.id]
        first = next((step for step in flow.steps if step.call), None)
        if flow.session is not None and first is not None and first.timeout is None:
            terms = asked.architecture.terms(flow.from_, asked.architecture.asked_by(flow.from_, first)[0], first)
            if terms.connection.name == name:
                yield number


@dataclass(frozen=True, slots=True)
class _Routed:
    """A route with its operation, its place there, and the step that it comes from."""

    row: int
    place: int
    route: Route
    step: Step

    def field(self, name: str) -> Where:
        """Where one of its fields stands in the system."""
        return ["operations", self.row, "routes", self.place, name]


def _routes(asked: Asked) -> Iterator[_Routed]:
    operations: tuple[Operation, ...] = asked.compiled.system.operations
    for row, (operation, origin) in enumerate(zip(operations, asked.compiled.places, strict=True)):
        for place, route in enumerate(operation.routes):
            yield _Routed(row, place, route, origin.step)


def _knob(
    name: str,
    of: str,
    what: str,
    value: float,
    *,
    system: list[Where] | None = None,
    run: list[Where] | None = None,
    least: int = 1,
) -> Knob:
    """`of` is the flow, component or connection that it belongs to."""
    return {
        "name": name,
        "of": of,
        "what": what,
        "value": value,
        "system": system or [],
        "run": run or [],
        "least": least,
    }
