"""What pipelines deploy, and how."""

from collections.abc import Mapping
from dataclasses import dataclass

from archspec.model.architecture import Architecture
from archspec.model.pipeline import Stage
from archspec.model.source import Path


@dataclass(frozen=True, slots=True)
class Deploy:
    """A deploy stage of a pipeline; `path` leads to the stage."""

    pipeline: str
    stage: Stage
    path: Path


Deploys = Mapping[str, tuple[Deploy, ...]]


def deploys(architecture: Architecture) -> Deploys:
    """By component, the deploy stages that replace it; a group as target means all that stands in it."""
    found: dict[str, list[Deploy]] = {}
    for id_, pipeline in architecture.pipelines.items():
        for index, stage in enumerate(pipeline.stages):
            if stage.kind == "deploy":
                deploy = Deploy(id_, stage, ("pipelines", id_, "stages", index))
                for target in _components(architecture, stage.targets):
                    found.setdefault(target, []).append(deploy)
    return {id_: tuple(each) for id_, each in found.items()}


def _components(architecture: Architecture, targets: tuple[str, ...]) -> list[str]:
    wanted = set(targets)
    return [
        component.id
        for component in architecture.components.values()
        if component.id in wanted or any(group.id in wanted for group in architecture.enclosing(component.group))
    ]
