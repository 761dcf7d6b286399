"""Pipelines as the page shows them: walked once to the servers, and once with each stage failing."""

from archspec.model import Architecture, Pipeline
from archspec.reports.delivery.tree import delivery
from archspec.simulation import DeliveryTrace, StageTrace, trace_pipeline
from archspec.values import duration
from archspec.webpage import Cell, Fact, PipelineContent, StageContent, Table, Tone


def pipeline_contents(architecture: Architecture) -> tuple[PipelineContent, ...]:
    """Every pipeline, walked."""
    return tuple(_pipeline(architecture, each) for each in architecture.pipelines.values())


def _pipeline(architecture: Architecture, pipeline: Pipeline) -> PipelineContent:
    walk = trace_pipeline(architecture, pipeline.id)
    failing = [trace_pipeline(architecture, pipeline.id, (stage.title,)) for stage in pipeline.stages]
    return PipelineContent(
        id=pipeline.id,
        facts=_facts(architecture, pipeline),
        stages=tuple(_stage(stage) for stage in walk.stages),
        outcome=f"The change is live after {duration(walk.end_ns)} at most.",
        failures=Table(
            "When a stage fails",
            ("Stage", "What becomes of the change", "Who hears of it"),
            tuple(_failure(architecture, each) for each in failing),
        ),
        text=delivery(walk),
    )


def _facts(architecture: Architecture, pipeline: Pipeline) -> tuple[Fact, ...]:
    told = [
        ("Started by", _titles(architecture, pipeline.by)),
        ("From", _titles(architecture, (pipeline.source,)) if pipeline.source else ""),
        ("On", pipeline.trigger or ""),
    ]
    return tuple(Fact(name, value) for name, value in told if value)


def _titles(architecture: Architecture, ids: tuple[str, ...]) -> str:
    return ", ".join(architecture.components[id_].title for id_ in ids)


def _stage(stage: StageTrace) -> StageContent:
    words = [
        f"into {stage.artifact}" if stage.artifact else "",
        f"to {', '.join(stage.targets)}" if stage.targets else "",
        stage.strategy.replace("_", "/") if stage.strategy else "",
        f"{len(stage.steps)} steps" if len(stage.steps) > 1 else "",
    ]
    took = stage.end - stage.start
    detail = ", ".join(word for word in words if word)
    return StageContent(stage.name, stage.kind, duration(took) if took else "", detail)


def _failure(architecture: Architecture, walk: DeliveryTrace) -> tuple[Cell, ...]:
    failed = next(stage for stage in walk.stages if stage.name == walk.failed)
    becomes = "; ".join([*failed.notes, *walk.notes]) or "it goes no further"
    return (
        Cell(failed.name),
        Cell(becomes),
        Cell(_titles(architecture, walk.notified)) if walk.notified else Cell("nobody", Tone.WARNING),
    )
