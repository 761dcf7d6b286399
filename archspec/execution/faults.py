"""A scenario's faults as the timeline that a run follows."""

from fractions import Fraction

from archspec.errors import UsageError
from archspec.execution.compile_draws import threshold
from archspec.execution.layout import (
    BY_CPU,
    BY_QUEUE,
    BY_RATE,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    COMPONENT_SHARDS,
    CONTROLLER,
    CUT,
    DEPLOY,
    DOWN,
    ENVIRONMENT,
    ERRORS,
    FAULT,
    FAULT_SIZE,
    ISLAND,
    LOSE,
    NONE,
    PLAN_SIZE,
    REFUSING,
    REPLICA_COMPONENT,
    REPLICA_SIZE,
    SCALE,
    SCALER_SIZE,
    SILENT,
    SLOW_EDGE,
    SLOW_REPLICA,
)
from archspec.execution.places import Scale, Struck, did_you_mean, strike
from archspec.execution.program import Compiled, Draw
from archspec.execution.randomness import Philox
from archspec.execution.state import World, schedule_always
from archspec.model.architecture import Architecture
from archspec.model.component import Dependable, Running
from archspec.model.pipeline import Stage
from archspec.model.quantities import Duration, Factor, Rate, Ratio
from archspec.model.scenario import Fault
from archspec.model.times import Family, Time


def set_faults(architecture: Architecture, compiled: Compiled, world: World, faults: tuple[Fault, ...]) -> None:
    """Write the faults into a world's timeline and schedule their beginnings and ends."""
    islands: dict[str, int] = {}
    for number, fault in enumerate(faults):
        until = fault.at.nanoseconds + fault.for_.nanoseconds if fault.for_ is not None else None
        if fault.deploy is not None:
            _add(world, number, DEPLOY, _plan(architecture, compiled, world, fault.deploy), fault.at.nanoseconds, None)
            continue
        struck = strike(architecture, compiled, fault.target)
        for kind, target, over, under, plus in _rows(architecture, compiled, fault, struck, islands):
            ends = until
            if kind == DOWN and until is None and over == REFUSING:
                ends = _restart(architecture, compiled, target, fault)
            _add(world, number, kind, target, fault.at.nanoseconds, ends, over, under, plus)


def _add(
    world: World,
    number: int,
    kind: int,
    target: int,
    at: int,
    until: int | None,
    over: int = 0,
    under: int = 0,
    plus: int = 0,
) -> None:
    event = 2 * (len(world.timeline) // FAULT_SIZE)
    world.timeline.extend([kind, target, over, under, plus, 0, number])
    schedule_always(world, at, ENVIRONMENT, FAULT, event)
    if until is not None and kind != DEPLOY:
        schedule_always(world, until, ENVIRONMENT, FAULT, event + 1)


def _restart(architecture: Architecture, compiled: Compiled, replica: int, fault: Fault) -> int | None:
    """A supervised process that crashed is back after its boot time (engine contract, section 5.3)."""
    component = architecture.components[compiled.names.replicas[replica // REPLICA_SIZE].rsplit("-", 1)[0]]
    if isinstance(component, Running) and component.supervised_by is not None:
        return fault.at.nanoseconds + component.boot_time.nanoseconds
    return None


Row = tuple[int, int, int, int, int]


def _rows(
    architecture: Architecture, compiled: Compiled, fault: Fault, struck: Struck, islands: dict[str, int]
) -> list[Row]:
    match fault.what:
        case "fail":
            if struck.scale is Scale.CONNECTION:
                raise UsageError(f"`fail: {fault.fail}` names a connection; write `partition: {fault.fail}`.")
            silent = fault.mode == "silent" or (fault.mode is None and struck.scale is Scale.GROUP)
            return [(DOWN, replica, SILENT if silent else REFUSING, 0, 0) for replica in struck.replicas]
        case "slow":
            factor = fault.by.value if isinstance(fault.by, Factor) else Fraction(1)
            plus = fault.by.nanoseconds if isinstance(fault.by, Duration) else 0
            if factor == 0:
                raise UsageError(f"`slow: {fault.slow}` by 0x would take no time at all; write a factor above 0.")
            edges = [(SLOW_EDGE, edge, factor.numerator, factor.denominator, plus) for edge in struck.edges]
            replicas = [(SLOW_REPLICA, r, factor.numerator, factor.denominator, plus) for r in struck.replicas]
            return edges + replicas
        case "lose":
            if struck.scale is not Scale.CONNECTION or not isinstance(fault.by, Ratio):
                raise UsageError(f"`lose: {fault.lose}` names no connection; write it as `a -> b`.")
            return [(LOSE, edge, threshold(fault.by.value), 0, 0) for edge in struck.edges]
        case "errors":
            return _errors(architecture, compiled, fault, struck)
        case _:
            return _partition(compiled, fault, struck, islands)


def _errors(architecture: Architecture, compiled: Compiled, fault: Fault, struck: Struck) -> list[Row]:
    if struck.scale is not Scale.COMPONENT or not isinstance(fault.by, Ratio):
        known = did_you_mean(fault.target, list(architecture.components))
        raise UsageError(f"`errors: {fault.errors}` names no component; {known}")
    component = compiled.program.replicas[struck.replicas[0] + REPLICA_COMPONENT]
    return [(ERRORS, component, threshold(fault.by.value), fault.status or 500, 0)]


def _partition(compiled: Compiled, fault: Fault, struck: Struck, islands: dict[str, int]) -> list[Row]:
    if struck.scale is Scale.CONNECTION:
        caller, callee = (part.strip() for part in fault.target.split("->"))
        back = [i for i, name in enumerate(compiled.names.edges) if name == f"{callee} -> {caller}"]
        size = len(compiled.program.edges) // max(len(compiled.names.edges), 1)
        return [(CUT, edge, 0, 0, 0) for edge in (*struck.edges, *(i * size for i in back))]
    bit = 1 << islands.setdefault(fault.target, len(islands))
    return [(ISLAND, replica, bit, 0, 0) for replica in struck.replicas]


def _plan(architecture: Architecture, compiled: Compiled, world: World, name: str) -> int:
    """The plan of a deploy: of one component, or of all deploy stages of a pipeline. Returns the first plan."""
    if name in architecture.pipelines:
        stages = [stage for stage in architecture.pipelines[name].stages if stage.kind == "deploy"]
        targets = [(target, stage) for stage in stages for target in stage.targets]
    else:
        stage = next((s for p in architecture.pipelines.values() for s in p.stages if name in s.targets), None)
        targets = [(name, stage or Stage(kind="deploy", targets=(name,)))]
    first = len(world.plans)
    rows = [(row, stage) for target, stage in targets for row in _components(architecture, compiled, target)]
    if not rows:
        raise UsageError(f"`deploy: {name}` deploys nothing; give the pipeline a deploy stage with `targets`.")
    for index, (component, stage) in enumerate(rows):
        count = compiled.program.components[component + COMPONENT_COUNT]
        follows = first + (index + 1) * PLAN_SIZE if index + 1 < len(rows) else NONE
        at_once = count if stage.strategy == "recreate" else stage.max_unavailable
        row = [compiled.program.components[component + COMPONENT_FIRST], count, 0, 0, at_once]
        world.plans.extend([*row, int(stage.strategy == "canary"), int(stage.strategy == "blue_green"), follows])
    return first


def _components(architecture: Architecture, compiled: Compiled, target: str) -> list[int]:
    replicas = strike(architecture, compiled, target).replicas
    return list(dict.fromkeys(compiled.program.replicas[replica + REPLICA_COMPONENT] for replica in replicas))


def set_scalers(architecture: Architecture, compiled: Compiled, world: World) -> None:
    """Schedule the decisions of every component that scales by itself."""
    p = compiled.program
    for number, id_ in enumerate(compiled.names.components):
        component = architecture.components[id_]
        scaling = component.scaling if isinstance(component, Running) else None
        if scaling is None or not scaling.horizontal or scaling.target is None:
            continue
        offset = number * (len(p.components) // len(compiled.names.components))
        if p.components[offset + COMPONENT_SHARDS] > 1:
            raise UsageError(f"`{id_}` has shards and scales; take out one of the two.")
        target = scaling.target
        share = (
            Fraction(target)
            if isinstance(target, int)
            else target.per_second
            if isinstance(target, Rate)
            else target.value
        )
        metric = {"cpu": BY_CPU, "queue_length": BY_QUEUE, "request_rate": BY_RATE}[scaling.metric]
        row = [offset, metric, share.numerator, share.denominator]
        row += [scaling.minimum or 1, scaling.maximum or p.components[offset + COMPONENT_COUNT]]
        row += [scaling.interval.nanoseconds, scaling.cooldown.nanoseconds, 0]
        world.scalers.extend(row)
        schedule_always(world, scaling.interval.nanoseconds, CONTROLLER, SCALE, len(world.scalers) - SCALER_SIZE)


def random_faults(architecture: Architecture, duration: int, seed: int) -> tuple[Fault, ...]:
    """Failures and repairs drawn from every mtbf and mttr, exponentially distributed, by replica and group."""
    found = []
    for name, mtbf, mttr, mode in _fallible(architecture):
        unit = Time(Family.EXPONENTIAL, (1e9,), "exponential(1s)")
        source = Philox((Draw(f"{name}#fault", time=unit),), seed, 6)
        now, number, draws = 0.0, 0, source.block(0, 0, 0)
        while True:
            if number + 1 >= len(draws):
                draws = draws + source.block(0, 0, len(draws) // 64)
            now += mtbf.nanoseconds * (draws[number] / 1e9)
            if now >= duration:
                break
            lasts = max(1, round(mttr.nanoseconds * (draws[number + 1] / 1e9)))
            found.append(Fault(at=Duration(round(now)), fail=name, mode=mode, **{"for": Duration(lasts)}))
            now += lasts
            number += 2
    return tuple(sorted(found, key=lambda fault: fault.at.nanoseconds))


def _fallible(architecture: Architecture) -> list[tuple[str, Duration, Duration, str]]:
    """Everything with an mtbf and an mttr, by the name a fault strikes it."""
    found = []
    for component in architecture.components.values():
        if isinstance(component, Dependable) and component.mtbf and component.mttr:
            names = architecture.replica_names(component)
            found += [(name, component.mtbf, component.mttr, "refuse") for name in names]
    for group in architecture.groups.values():
        if group.mtbf and group.mttr:
            found.append((group.id, group.mtbf, group.mttr, "silent"))
    return found
