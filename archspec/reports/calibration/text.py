"""Calibration for people: each figure, old and new, and whether the flows then take as long as they were seen to."""

from archspec.conformance.calibration import Calibration
from archspec.conformance.figures import Measure
from archspec.conformance.proposals import Proposal, Verdict
from archspec.conformance.reached import Reached
from archspec.reports import PAPER, Ink, Report, Screen, Subject, wrapped
from archspec.reports.table import table


def text(calibration: Calibration, screen: Screen = PAPER) -> str:
    """The figures that change, those that are left to people, and measured beside modelled times."""
    kept = sum(each.verdict is Verdict.KEPT for each in calibration.proposals)
    changed = [each for each in calibration.proposals if each.verdict is not Verdict.KEPT]
    lines = [screen.paint(Ink.BOLD, calibration.system), ""]
    if changed:
        rows = [_row(each, calibration) for each in changed]
        lines += table(("figure", "spec", "calibrated", "seen"), rows, 4, screen)
        lines.append("")
    lines.append(f"{kept} figures lie in the interval of what is seen, and stay")
    if calibration.left:
        named = ", ".join(each.what for each in calibration.left)
        lines += wrapped([f"left to you, as one line says it for several or has no room: {named}"], screen)
    lines += wrapped(list(calibration.notes), screen)
    if calibration.reached:
        lines += ["", screen.paint(Ink.BOLD, "flows, as measured and as the calibrated spec has them")]
        rows = [_flow(each) for each in calibration.reached]
        lines += table(("flow", "traces", "p50", "modelled", "p95", "modelled", "load"), rows, 1, screen)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _row(proposal: Proposal, calibration: Calibration) -> list[str]:
    mark = " *" if proposal in calibration.left else ""
    return [proposal.what, proposal.old or "-", f"{proposal.new}{mark}", proposal.seen]


def _flow(reached: Reached) -> list[str]:
    measured = [Measure.TIME.spelled(value) for value in reached.measured]
    modelled = [Measure.TIME.spelled(value) for value in reached.modelled] if reached.modelled else ["-", "-"]
    return [
        reached.flow,
        str(reached.traces),
        measured[0],
        modelled[0],
        measured[1],
        modelled[1],
        reached.load or "none",
    ]


REPORT = Report("text", Subject.CALIBRATION, (".txt",), text, text)
