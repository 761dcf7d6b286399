"""Pipelines and their stages."""

import pytest

from tests.model.specs import mistakes, spec

PARTS = "components: {api: {kind: server}, r: {kind: artifact_registry}, code: {kind: code_repository}}\n"


def test_a_stage_is_called_by_its_name_else_its_kind() -> None:
    body = PARTS + "pipelines: {p: {source: code, stages: [{kind: test, name: unit}, {kind: deploy, targets: api}]}}\n"
    stages = spec(body).pipelines["p"].stages
    assert [stage.title for stage in stages] == ["unit", "deploy"]
    assert (stages[1].targets, stages[1].max_unavailable, stages[1].strategy) == (("api",), 1, None)


@pytest.mark.parametrize(
    ("stage", "message", "remedy"),
    [
        ("{kind: deploy}", "a deploy stage without targets", "add `targets: [<component>]`."),
        (
            "{kind: test, strategy: rolling}",
            "`strategy` fits only a deploy stage",
            "drop it, or set `kind: deploy`.",
        ),
        ("{kind: build, artifact: r}", "`artifact` fits only a package stage", "drop it, or set `kind: package`."),
        (
            "{name: x}",
            "an item of `stages` has no `kind`",
            "add `kind: …`, one of `test`, `build`, `package`, `scan`, `approve`, `deploy`.",
        ),
        (
            "{kind: lint}",
            "`lint` is not a value of `kind`",
            "write one of `test`, `build`, `package`, `scan`, `approve`, `deploy`.",
        ),
    ],
)
def test_a_wrong_stage_is_refused_with_a_remedy(stage: str, message: str, remedy: str) -> None:
    assert mistakes(PARTS + f"pipelines: {{p: {{stages: [{stage}]}}}}\n") == [(message, remedy)]


def test_a_pipeline_has_stages() -> None:
    assert [m for m, _ in mistakes(PARTS + "pipelines: {p: {stages: []}}\n")] == ["`stages` is empty"]
