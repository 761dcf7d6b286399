"""A plan for people."""

from archspec.planning.telling import headline, margin, options, settings, tries
from archspec.planning.values import Plan
from archspec.reports import PAPER, Ink, Report, Screen, Subject, wrapped


def text(plan: Plan, screen: Screen = PAPER) -> str:
    """What to change, how near the promises are then, what is left out, and what was tried."""
    ink = Ink.BAD if plan.change is None else Ink.GOOD
    lines = [screen.paint(Ink.BOLD, f"{plan.system} · seed {plan.seed}"), "", screen.paint(ink, headline(plan))]
    if plan.change is not None and plan.change.settings:
        lines += [f"  {line}" for line in settings(plan.change)]
        lines += ["", f"  archspec verify … {options(plan.change)}"]
    for title, sentences in (
        ("nearest to a promise", [margin(each) for each in plan.margins]),
        ("left out, since no number of replicas mends its loss", [f"`{name}`" for name in plan.beyond]),
        ("tried", tries(plan)),
        ("notes", list(plan.notes)),
    ):
        if sentences:
            body = [f"  {line}" for line in wrapped(sentences, screen)]
            lines += ["", screen.paint(Ink.BOLD, title), *body]
    return "\n".join(lines) + "\n"


REPORT = Report("text", Subject.PLAN, (".txt",), text, text)
