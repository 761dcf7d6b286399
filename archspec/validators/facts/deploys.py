"""What pipelines deploy, and how."""

from collections.abc import Mapping

from archspec.frozen import frozen
from archspec.model import Architecture, Component, Path, Stage

RUNS_CODE = ("server", "worker", "function", "gateway")
"""Kinds that a deploy to their group replaces; the stores and watchers beside them stay as they are."""


@frozen
class Deploy:
    """A deploy stage of a pipeline; `path` leads to the stage."""

    pipeline: str
    stage: Stage
    path: Path


Deploys = Mapping[str, tuple[Deploy, ...]]


def deploys(architecture: Architecture) -> Deploys:
    """By component, the deploy stages that replace it; a group as target means all code that stands in it."""
    found: dict[str, list[Deploy]] = {}
    for id_, pipeline in architecture.pipelines.items():
        for index, stage in enumerate(pipeline.stages):
            if stage.kind == "deploy":
                deploy = Deploy(id_, stage, ("pipelines", id_, "stages", index))
                for target in _components(architecture, stage.targets):
                    found.setdefault(target, []).append(deploy)
    return {id_: tuple(each) for id_, each in found.items()}


def _components(architecture: Architecture, targets: tuple[str, ...]) -> list[str]:
    return [
        component.id for component in architecture.components.values() if is_target(architecture, component, targets)
    ]


def is_target(architecture: Architecture, component: Component, targets: tuple[str, ...]) -> bool:
    """Whether a deploy to these targets replaces a component: it is named, or runs code in a group that is named."""
    in_group = component.kind in RUNS_CODE and any(g.id in targets for g in architecture.enclosing(component.group))
    return component.id in targets or in_group
