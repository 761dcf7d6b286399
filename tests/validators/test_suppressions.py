"""Suppressions in a spec."""

from archspec.language import load_text
from archspec.validators.config import Config
from archspec.validators.outcome import Outcome
from archspec.validators.run import judge

HEAD = "archspec: 1\nname: A\n"
TAIL = "  db: {kind: database}\nconnections: [api -> db]\n"


def judged(components: str, ignore: tuple[str, ...] = ()) -> Outcome:
    """The outcome of a spec with these lines under `components`."""
    return judge(load_text(f"{HEAD}components:\n{components}{TAIL}", "a.yaml"), Config(ignore=ignore))


def test_a_reason_suppresses_on_the_line_of_the_finding() -> None:
    """A comment on the line of the value suppresses, and its reason is kept."""
    outcome = judged("  api:\n    kind: server\n    scaling: {mode: vertical}  # archspec: ignore[SCL05] until May\n")
    assert outcome.findings == ()
    assert [(each.code, each.reason) for each in outcome.suppressed] == [("SCL05", "until May")]


def test_the_line_of_the_component_covers_what_is_in_it() -> None:
    """A comment at the component's id covers all its fields."""
    outcome = judged("  api:  # archspec: ignore[SCL05] until May\n    kind: server\n    scaling: {mode: vertical}\n")
    assert outcome.findings == ()


def test_a_comment_alone_on_its_line_speaks_of_the_next() -> None:
    """A comment above a line counts for that line, other comments in between."""
    comment = "    # archspec: ignore[SCL05] until May\n    # and not longer\n"
    outcome = judged(f"  api:\n    kind: server\n{comment}    scaling: {{mode: vertical}}\n")
    assert outcome.findings == ()


def test_several_codes_share_a_comment() -> None:
    """Codes are parted by commas, each judged by itself."""
    outcome = judged("  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL05, SCL01] until May\n")
    assert [finding.text for finding in outcome.findings] == ["`ignore[SCL01]` suppresses nothing here; delete it."]


def test_without_a_reason_nothing_is_suppressed() -> None:
    """The finding stays, and the comment is reported too."""
    outcome = judged("  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL05]\n")
    assert sorted(finding.code for finding in outcome.findings) == ["DOC03", "SCL05"]


def test_a_code_that_does_not_exist_is_reported() -> None:
    """With the nearest one that does."""
    outcome = judged("  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL55] until May\n")
    texts = [finding.text for finding in outcome.findings if finding.code == "DOC03"]
    assert texts == ["`ignore[SCL55]` does not name a rule; write `SCL05`."]


def test_a_rule_that_is_not_selected_is_no_unused_one() -> None:
    """A suppression for a rule of another set waits for that set."""
    outcome = judged("  api: {kind: server}  # archspec: ignore[OBS07, SCL05] later\n", ignore=("SCL05",))
    assert outcome.findings == ()


def test_the_element_of_a_finding_is_enough() -> None:
    """A finding at a step is suppressed on the line of the component it is about."""
    spec = (
        f"{HEAD}components:\n  app: {{kind: client}}\n  api: {{kind: gateway}}\n"
        "  pay: {kind: external}  # archspec: ignore[RES05] they are up when we are\n"
        "connections: [app -> api, {api -> pay: {timeout: 1s}}]\n"
        "flows: {buy: {from: app, steps: [{call: api, steps: [{call: pay}]}]}}\n"
    )
    assert judge(load_text(spec)).findings == ()


def test_a_rule_that_is_ignored_for_the_file_leaves_its_suppressions_alone() -> None:
    """A suppression is not idle because the settings hide the finding anyway."""
    line = "  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL05] until May\n"
    config = Config(per_path_ignores={"*": ("SCL",)})
    outcome = judge(load_text(f"{HEAD}components:\n{line}{TAIL}", "a.yaml"), config)
    assert (outcome.findings, outcome.suppressed) == ((), ())


def test_a_text_that_speaks_of_a_suppression_is_none() -> None:
    """Only comments count."""
    assert judged('  api: {kind: server, description: "see # archspec: ignore[SCL05] there"}\n').findings == ()


def test_a_comment_that_is_cut_short_names_no_rule() -> None:
    """A bracket that nobody closed is told."""
    outcome = judged("  api: {kind: server}  # archspec: ignore[SCL05 until May\n")
    assert [finding.text for finding in outcome.findings] == [
        "this `ignore` does not name a rule; write `# archspec: ignore[CODE] reason`."
    ]
