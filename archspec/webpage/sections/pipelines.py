"""Each pipeline: a change walked through its stages."""

from archspec.renderers import code
from archspec.renderers.html.tags import Html, tag, text
from archspec.webpage import PipelineContent, StageContent, anchor, files, section, table

LEAD = "How a change travels from the developer to the servers, and who hears of it when a stage fails."


def pipelines(content: tuple[PipelineContent, ...]) -> Html | None:
    """All pipelines; none where the spec has none."""
    if not content:
        return None
    return section("pipelines", "Pipelines", LEAD, *(_pipeline(each) for each in content))


def _pipeline(content: PipelineContent) -> Html:
    return tag(
        "article",
        tag("h3", content.id),
        tag(
            "dl", *(tag("div", tag("dt", each.label), tag("dd", each.value)) for each in content.facts), class_="about"
        ),
        tag("ol", *(_stage(stage) for stage in content.stages), class_="stages"),
        tag("p", content.outcome, class_="description") if content.outcome else None,
        table(content.failures, f"{content.id}: {content.failures.title}", level="h4") if content.failures else None,
        tag("details", tag("summary", "The walk in full"), code(content.text, f"{content.id}: the walk"))
        if content.text
        else None,
        files(content.files),
        id=anchor("pipeline", content.id),
        class_="card pipeline",
    )


def _stage(stage: StageContent) -> Html:
    return tag(
        "li",
        tag("span", text(stage.kind), class_="kind"),
        tag("strong", stage.title),
        tag("span", stage.takes, class_="takes") if stage.takes else None,
        tag("span", stage.detail, class_="detail") if stage.detail else None,
        class_=f"stage {stage.kind}",
    )
