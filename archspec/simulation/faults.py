"""A scenario's faults, as a Program has them."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from archspec.errors import UsageError
from archspec.model import Architecture, Dependable, Duration, Factor, Fault, Ratio, Running, Stage
from archspec.simulation import program
from archspec.simulation.names import Compiled
from archspec.simulation.program import Plan, RandomFault, Supposed, Target
from archspec.simulation.targets import Scale, strike

MOST_ISLANDS = 64
"""Places that partitions cut off from all others: a bit each in what the engine keeps of a replica."""


def fault_of(architecture: Architecture, compiled: Compiled, fault: Fault) -> program.Fault:
    """A fault or deploy of a scenario.

    Raises:
        UsageError: it strikes nothing, or something that it cannot strike; says what to write.

    """
    at, for_ = fault.at.nanoseconds, fault.for_.nanoseconds if fault.for_ is not None else None
    if fault.deploy is not None:
        return program.Fault("deploy", at, plans=_plans(architecture, compiled, fault.deploy))
    struck = strike(architecture, compiled, fault.target)
    target = struck.target
    match fault.what:
        case "fail":
            if struck.scale is Scale.CONNECTION:
                raise UsageError(f"`fail: {fault.fail}` names a connection; write `partition: {fault.fail}`.")
            return program.Fault("fail", at, for_, target, mode=fault.mode)
        case "slow":
            factor, plus = _slowness(fault)
            return program.Fault("slow", at, for_, target, factor=factor, plus=plus)
        case "lose":
            if struck.scale is not Scale.CONNECTION:
                raise UsageError(f"`lose: {fault.lose}` names no connection; write it as `a -> b`.")
            return program.Fault("lose", at, for_, target, share=_share(fault))
        case "errors":
            if struck.scale is Scale.CONNECTION:
                raise UsageError(f"`errors: {fault.errors}` names a connection; name who answers the errors.")
            share, status = _share(fault), fault.status or 500
            return program.Fault("errors", at, for_, target, share=share, status=status, at_once=fault.at_once)
        case _:
            return program.Fault("partition", at, for_, target)


def _slowness(fault: Fault) -> tuple[Fraction, int]:
    """By which factor, and by how much more."""
    if isinstance(fault.by, Duration):
        return Fraction(1), fault.by.nanoseconds
    if not isinstance(fault.by, Factor) or fault.by.value == 0:
        raise UsageError(f"`slow: {fault.slow}` by 0x would take no time at all; write a factor above 0.")
    return fault.by.value, 0


def _share(fault: Fault) -> float:
    assert isinstance(fault.by, Ratio)
    return float(fault.by.value)


def _plans(architecture: Architecture, compiled: Compiled, name: str) -> tuple[Plan, ...]:
    """The deploys of one component, or of all deploy stages of a pipeline, one after the other."""
    if name in architecture.pipelines:
        stages = [stage for stage in architecture.pipelines[name].stages if stage.kind == "deploy"]
        targets = [(target, stage) for stage in stages for target in stage.targets]
    else:
        stage = next((s for p in architecture.pipelines.values() for s in p.stages if name in s.targets), None)
        targets = [(name, stage or Stage(kind="deploy", targets=(name,)))]
    plans = tuple(
        _plan(compiled.system.components[number], number, stage)
        for target, stage in targets
        for number in strike(architecture, compiled, target).components
    )
    if not plans:
        raise UsageError(f"`deploy: {name}` deploys nothing; give the pipeline a deploy stage with `targets`.")
    return plans


def _plan(component: program.Component, number: int, stage: Stage) -> Plan:
    strategy = stage.strategy or "rolling"
    at_once = component.most * component.shards if strategy == "recreate" else stage.max_unavailable
    return Plan(number, at_once, strategy)


def random_faults(architecture: Architecture, compiled: Compiled) -> Iterator[RandomFault]:
    """Everything with an `mtbf` and an `mttr`, by the name that its failures are drawn under."""
    for component in architecture.components.values():
        if isinstance(component, Dependable) and component.mtbf and component.mttr:
            number = compiled.numbers[component.id]
            for replica, name in enumerate(architecture.replica_names(component), start=1):
                target = Target(replica=(number, replica))
                yield _random_fault(name, target, component.mtbf, component.mttr, "refuse")
    for group in architecture.groups.values():
        if group.mtbf and group.mttr:
            yield _random_fault(group.id, Target(group=group.id), group.mtbf, group.mttr, "silent")


def _random_fault(name: str, target: Target, mtbf: Duration, mttr: Duration, mode: program.Mode) -> RandomFault:
    return RandomFault(name, target, mtbf.nanoseconds, mttr.nanoseconds, mode)


def check_scaling(architecture: Architecture) -> None:
    """Refuse what has shards and scales, which nobody can say the meaning of.

    Raises:
        UsageError: such a component is there.

    """
    for component in architecture.components.values():
        scaling = component.scaling if isinstance(component, Running) else None
        scales = scaling is not None and scaling.horizontal and scaling.target is not None
        if scales and getattr(component, "shards", 1) > 1:
            raise UsageError(f"`{component.id}` has shards and scales; take out one of the two.")


def supposed_down(architecture: Architecture, compiled: Compiled, name: str, *, noticed: bool) -> Supposed:
    """Something that is down, or cut where it is a connection."""
    return Supposed("down", strike(architecture, compiled, name).target, noticed=noticed)


def supposed_slow(architecture: Architecture, compiled: Compiled, text: str) -> Supposed:
    """Something that is slow: `api=5x`, `a -> b=200ms`.

    Raises:
        UsageError: it does not say what or how slow.

    """
    name, separator, amount = text.rpartition("=")
    if not separator:
        raise UsageError(f"`--slow {text}` does not say how slow; write `--slow {text or 'api'}=5x`, or `=200ms`.")
    factor, plus = _amount(text, amount)
    return Supposed("slow", strike(architecture, compiled, name).target, factor=factor, plus=plus)


def _amount(text: str, amount: str) -> tuple[Fraction, int]:
    try:
        return Factor.parse(amount).value, 0
    except ValueError:
        pass
    try:
        return Fraction(1), Duration.parse(amount).nanoseconds
    except ValueError:
        raise UsageError(
            f"`{amount}` in `--slow {text}` is no amount; write a factor `5x` or a time `200ms`."
        ) from None


def check_partitions(faults: Iterable[program.Fault]) -> None:
    """Refuse more places that are cut off than the engine tells apart. Raises UsageError."""
    places = {fault.target for fault in faults if fault.kind == "partition" and fault.target is not None}
    cut_off = [place for place in places if place.connection is None]
    if len(cut_off) > MOST_ISLANDS:
        told = f"partitions cut off {len(cut_off)} places, and a run tells {MOST_ISLANDS} apart"
        raise UsageError(f"{told}; take some out of the scenario.")
