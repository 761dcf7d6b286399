"""What a sweep runs: every combination of settings, load and faults, so often each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import blake2b
from itertools import combinations, product
from pathlib import Path

from archspec import __version__
from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import load_text
from archspec.model import Architecture, Duration, Factor, Fault, Running, Scenario, with_fields
from archspec.plain_file import read_plain_file
from archspec.simulation.studies.replications import seed_of

ALONE = "sweep"
"""Id of the scenario that is made where the spec gives none."""


@frozen
class Variant:
    """The spec with some values set: the settings as written, and the whole spec that they give, as YAML."""

    settings: tuple[tuple[str, str], ...]
    text: str


@frozen
class Point:
    """One combination; `faults` are names that fail, none for a run in which nothing does."""

    settings: tuple[tuple[str, str], ...]
    load: Fraction
    faults: tuple[str, ...]

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Each axis and where on it this point lies."""
        level = Factor(self.load)
        return (*self.settings, ("load", str(level)), ("fails", " + ".join(self.faults) or "nothing"))


@frozen
class Task:
    """One run of one point: everything a process on any machine needs, and nothing else."""

    key: str
    """Made of all the rest: the same key, the same result."""
    point: Point
    text: str
    scenario: str | None
    duration: Duration | None
    warm_up: Duration | None
    seed: int
    replication: int
    folder: Path


@frozen
class Asked:
    """What holds for all runs of a sweep."""

    scenario: str | None = None
    duration: Duration | None = None
    warm_up: Duration | None = None
    seed: int = 1
    replications: int = 1
    folder: Path = Path()


def tasks_of(
    variants: Sequence[Variant], loads: Sequence[Fraction], faults: Sequence[tuple[str, ...]], asked: Asked
) -> tuple[Task, ...]:
    """Every run, in the order of settings, loads, faults, replications.

    Replication r has the same seed at every point, so that points compare request by request; where anything fails
    at some point, no point has a warm-up unless one is asked for, so that all count the same requests.
    """
    if asked.warm_up is None and any(faults):
        asked = replace(asked, warm_up=Duration(0))
    files = {variant: _load_files(variant, asked) for variant in variants}
    return tuple(
        _task(variant, Point(variant.settings, load, struck), asked, replication, files[variant])
        for variant, load, struck in product(variants, loads, faults)
        for replication in range(asked.replications)
    )


def _task(variant: Variant, point: Point, asked: Asked, replication: int, files: tuple[tuple[str, str], ...]) -> Task:
    seed = seed_of(asked.seed, replication)
    told = (__version__, variant.text, point.values, asked.scenario, asked.duration, asked.warm_up, seed, files)
    key = blake2b(repr(told).encode(), digest_size=12).hexdigest()
    return Task(
        key=key,
        point=point,
        text=variant.text,
        scenario=asked.scenario,
        duration=asked.duration,
        warm_up=asked.warm_up,
        seed=seed,
        replication=replication,
        folder=asked.folder,
    )


def _load_files(variant: Variant, asked: Asked) -> tuple[tuple[str, str], ...]:
    """The files that the scenario's load is read from, each with a digest: another curve is another task."""
    if asked.scenario is None:
        return ()
    scenario = load_text(variant.text, "<sweep>").scenarios.get(asked.scenario)
    loads = scenario.load.values() if scenario is not None and isinstance(scenario.load, dict) else ()
    return tuple((load.file, _digest(asked.folder / load.file)) for load in loads if load.file is not None)


def _digest(path: Path) -> str:
    """Of a file's contents; none where it cannot be read, which the run itself will say."""
    try:
        return blake2b(read_plain_file(path, within=None), digest_size=12).hexdigest()
    except (OSError, UsageError):
        return ""


def single_faults(architecture: Architecture) -> tuple[tuple[str, ...], ...]:
    """Nothing, then every replica that the flows use, every such component, and every group they stand in.

    Replicas of a component in the same zone are alike: the first stands for all of them.
    """
    return ((), *((names[0],) for names in _alike(architecture)))


def double_faults(architecture: Architecture) -> tuple[tuple[str, ...], ...]:
    """The single faults, then every two at once; of alike replicas the first two."""
    alike = _alike(architecture)
    pairs = [(one[0], other[0]) for one, other in combinations(alike, 2)]
    twins = [(names[0], names[1]) for names in alike if len(names) > 1]
    return (*single_faults(architecture), *twins, *pairs)


def _alike(architecture: Architecture) -> list[tuple[str, ...]]:
    """What can fail, in classes whose members make no difference."""
    called = {id_ for flow in architecture.flows for visit in architecture.walk(flow) for id_ in visit.step.call}
    classes: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    groups: dict[str, None] = {}
    components: list[str] = []
    for id_, component in architecture.components.items():
        if id_ not in called or not isinstance(component, Running):
            continue
        names = architecture.replica_names(component)
        components += [id_] if len(names) > 1 else []
        for number, name in enumerate(names, start=1):
            domains = architecture.domains_of(component, number)
            groups |= dict.fromkeys(domains)
            classes.setdefault((id_, domains), []).append(name)
    return [*map(tuple, classes.values()), *((id_,) for id_ in components), *((group,) for group in groups)]


def with_faults(
    architecture: Architecture, scenario_id: str | None, duration: Duration | None, names: Iterable[str]
) -> tuple[Architecture, str]:
    """A copy whose scenario has these fail too, from a quarter of its duration to the end; and that scenario's id."""
    given = architecture.scenarios.get(scenario_id) if scenario_id is not None else None
    scenario = given or Scenario(id=scenario_id or ALONE)
    lasts = duration or scenario.duration
    at = Duration(lasts.nanoseconds // 4)
    faults = (*scenario.faults, *(Fault(at=at, fail=name) for name in names))
    return with_fields(architecture, scenario, faults=faults), scenario.id
