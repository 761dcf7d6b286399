"""A change on its way from the developer to the servers: the walk of a pipeline."""

from collections.abc import Iterator
from enum import Enum

from archspec.frozen import frozen
from archspec.language import named, unknown
from archspec.model import Architecture, Component, Pipeline, Running, Stage


class StageState(Enum):
    """What became of a stage."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@frozen
class ReplicaStep:
    """One move of a deploy: some replicas of a component are replaced together. Times in nanoseconds.

    They leave the balancers at `leaves`, have at most until `down` to finish their requests, and serve again from
    `back` on. `serving` is how many others serve meanwhile, `needs` how many must.
    """

    component: str
    replicas: tuple[str, ...]
    leaves: int
    down: int
    back: int
    serving: int
    needs: int

    @property
    def interrupts(self) -> bool:
        """Whether the component serves nobody during this move."""
        return self.serving < self.needs


@frozen
class StageTrace:
    """One stage of a walk; its steps are those of a deploy, in order."""

    name: str
    kind: str
    state: StageState
    start: int
    end: int
    artifact: str | None = None
    targets: tuple[str, ...] = ()
    strategy: str | None = None
    steps: tuple[ReplicaStep, ...] = ()
    rollback: str | None = None
    notes: tuple[str, ...] = ()


@frozen
class DeliveryTrace:
    """One change, walked through a pipeline."""

    system: str
    pipeline: str
    by: tuple[str, ...]
    trigger: str | None
    source: str | None
    stages: tuple[StageTrace, ...]
    failed: str | None
    """The name of the stage that failed."""
    notified: tuple[str, ...]
    """Who hears of the failure."""
    notes: tuple[str, ...] = ()

    @property
    def deployed(self) -> bool:
        """Whether the change reached everything the pipeline deploys to."""
        return self.failed is None

    @property
    def end_ns(self) -> int:
        """When the last stage that ran was over."""
        return max((stage.end for stage in self.stages if stage.state is not StageState.SKIPPED), default=0)


def trace_pipeline(architecture: Architecture, pipeline_id: str, fail: tuple[str, ...] = ()) -> DeliveryTrace:
    """Walk one change through a pipeline; the first of its stages named in `fail` stops it.

    Stages take the median of their `takes`; a deploy takes what draining and booting its replicas take at most.

    Raises:
        UsageError: there is no such pipeline or stage; says what there is.

    """
    pipeline = named("pipeline", pipeline_id, architecture.pipelines)
    names = [stage.title for stage in pipeline.stages]
    for name in fail:
        if name not in names:
            raise unknown(f"pipeline `{pipeline_id}` has no stage `{name}`", name, names)
    stages, failed, now = [], None, 0
    for stage in pipeline.stages:
        stops = stage.title in fail and failed is None
        walked = _walk_stage(architecture, stage, now, skipped=failed is not None, fails=stops)
        failed = stage.title if stops else failed
        now = walked.end
        stages.append(walked)
    return DeliveryTrace(
        system=architecture.name,
        pipeline=pipeline_id,
        by=tuple(pipeline.by),
        trigger=pipeline.trigger,
        source=pipeline.source,
        stages=tuple(stages),
        failed=failed,
        notified=tuple(pipeline.notify) if failed else (),
        notes=_notes(pipeline, stages, failed),
    )


def _walk_stage(architecture: Architecture, stage: Stage, now: int, *, skipped: bool, fails: bool) -> StageTrace:
    state = StageState.SKIPPED if skipped else StageState.FAILED if fails else StageState.PASSED
    begun = now if skipped or stage.takes is None else now + round(stage.takes.median)
    steps: tuple[ReplicaStep, ...] = ()
    notes: list[str] = []
    if stage.kind == "deploy" and not skipped:
        steps = _deploy(architecture, stage, begun)[: 1 if fails else None]
        notes = [*_warnings(stage, steps), *([_after_failure(stage)] if fails else [])]
    return StageTrace(
        name=stage.title,
        kind=stage.kind,
        state=state,
        start=now,
        end=max([begun, *(step.back for step in steps)]),
        artifact=stage.artifact,
        targets=tuple(stage.targets),
        strategy=stage.strategy,
        steps=steps,
        rollback=stage.rollback,
        notes=tuple(notes),
    )


def _after_failure(stage: Stage) -> str:
    if stage.rollback == "automatic":
        return "the first replicas fail on the new version and are rolled back by themselves"
    if stage.rollback == "manual":
        return "the first replicas stay on the broken version until somebody rolls them back by hand"
    return "the first replicas stay on the broken version: no rollback is declared"


def _warnings(stage: Stage, steps: tuple[ReplicaStep, ...]) -> Iterator[str]:
    if not stage.strategy:
        yield "no strategy is declared: taken as rolling"
    for id_ in dict.fromkeys(step.component for step in steps if step.interrupts):
        yield f"`{id_}` serves nobody while its replicas are replaced"


def _deploy(architecture: Architecture, stage: Stage, start: int) -> tuple[ReplicaStep, ...]:
    """The moves of a deploy, target after target."""
    steps: list[ReplicaStep] = []
    now = start
    for component in _targets(architecture, stage):
        if not isinstance(component, Running):
            continue
        moves = _moves(component, architecture.replica_names(component), stage, now)
        steps += moves
        now = max([now, *(move.back for move in moves)])
    return tuple(steps)


def _targets(architecture: Architecture, stage: Stage) -> list[Component]:
    """Each component that is named, or has a copy in a group that is."""
    found: list[Component] = []
    for target in stage.targets:
        if target in architecture.components:
            found.append(architecture.components[target])
        else:
            inside = architecture.components.values()
            found += [each for each in inside if any(target in groups for groups in architecture.placements(each))]
    return found


def _moves(component: Running, names: tuple[str, ...], stage: Stage, start: int) -> list[ReplicaStep]:
    drain, boot = component.drain_time.nanoseconds, component.boot_time.nanoseconds
    if stage.strategy == "blue_green":
        switch = start + boot
        return [ReplicaStep(component.id, names, switch, switch, switch, len(names), component.needs)]
    at_once = len(names) if stage.strategy == "recreate" else stage.max_unavailable
    first = 1 if stage.strategy == "canary" else at_once
    batches = [names[:first]] + [names[i : i + at_once] for i in range(first, len(names), at_once)]
    moves, now = [], start
    for number, batch in enumerate(batches):
        down, back = now + drain, now + drain + boot
        moves.append(ReplicaStep(component.id, batch, now, down, back, len(names) - len(batch), component.needs))
        watched = boot if stage.strategy == "canary" and number == 0 else 0
        now = back + watched
    return moves


def _notes(pipeline: Pipeline, stages: list[StageTrace], failed: str | None) -> tuple[str, ...]:
    if failed is None:
        return ()
    where = next(index for index, stage in enumerate(stages) if stage.name == failed)
    deploys_before = any(stage.kind == "deploy" for stage in stages[:where])
    notes = [] if deploys_before or stages[where].kind == "deploy" else ["nothing is deployed"]
    if not pipeline.notify:
        notes.append("nobody hears of it: the pipeline declares no `notify`")
    return tuple(notes)
