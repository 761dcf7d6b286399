"""Pipelines as the page shows them."""

from archspec.model.architecture import Architecture
from archspec.model.pipeline import Pipeline, Stage
from archspec.renderers.page.content import Fact, PipelineContent, StageContent


def pipeline_contents(architecture: Architecture) -> tuple[PipelineContent, ...]:
    """Every pipeline with its stages."""
    return tuple(_pipeline(architecture, each) for each in architecture.pipelines.values())


def _pipeline(architecture: Architecture, pipeline: Pipeline) -> PipelineContent:
    def titles(ids: tuple[str, ...]) -> str:
        return ", ".join(architecture.components[id_].title for id_ in ids)

    facts = [
        Fact("From", architecture.components[pipeline.source].title) if pipeline.source else None,
        Fact("Started by", titles(pipeline.by)) if pipeline.by else None,
        Fact("On", pipeline.trigger) if pipeline.trigger else None,
        Fact("Failures tell", titles(pipeline.notify)) if pipeline.notify else None,
    ]
    return PipelineContent(
        id=pipeline.id,
        facts=tuple(fact for fact in facts if fact is not None),
        stages=tuple(_stage(stage) for stage in pipeline.stages),
        outcome="",
    )


def _stage(stage: Stage) -> StageContent:
    words = [
        f"into {stage.artifact}" if stage.artifact else "",
        f"to {', '.join(stage.targets)}" if stage.targets else "",
        stage.strategy.replace("_", "/") if stage.strategy else "",
        f"{stage.max_unavailable} at a time" if stage.strategy == "rolling" else "",
        f"{stage.rollback} roll-back" if stage.rollback and stage.rollback != "none" else "",
    ]
    return StageContent(stage.title, stage.kind, str(stage.takes or ""), ", ".join(word for word in words if word))
