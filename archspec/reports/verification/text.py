"""Promises against faults, for people."""

from archspec.reports import PAPER, Ink, Report, Screen, Subject, wrapped
from archspec.values import percent
from archspec.verification.telling import headline, summary, told, unknown, unnoticed
from archspec.verification.values import FlowVerdict, Kept, Verification

_INKS = {Kept.YES: Ink.GOOD, Kept.ALLOWED: Ink.GOOD, Kept.NO: Ink.BAD, Kept.UNKNOWN: Ink.WARNING}


def text(verification: Verification, screen: Screen = PAPER) -> str:
    """Flow by flow what breaks the promise, each with the command that shows it again; then what archspec got wrong."""
    lines = [
        screen.paint(Ink.BOLD, f"{verification.system} · {_faults(verification.faults)} · seed {verification.seed}")
    ]
    for verdict in verification.flows:
        if verdict.promises:
            lines += ["", *_flow(verdict, screen)]
    if verification.defects:
        lines += ["", screen.paint(Ink.BAD, "archspec contradicts itself; please report this with the spec")]
        lines += _indented([str(defect) for defect in verification.defects], "", screen)
    if verification.notes:
        lines += ["", screen.paint(Ink.BOLD, "notes"), *_indented(list(verification.notes), "", screen)]
    return "\n".join([*lines, "", summary(verification)]) + "\n"


def _faults(count: int) -> str:
    return f"{count} {'fault' if count == 1 else 'faults'} tried"


def _flow(verdict: FlowVerdict, screen: Screen) -> list[str]:
    lines = wrapped([headline(verdict)], screen)
    lines = [screen.paint(_INKS[verdict.kept or Kept.UNKNOWN], lines[0]), *lines[1:]]
    for sentence in verdict.why:
        lines += _indented([sentence], verdict.command if verdict.calm_kept is Kept.NO else "", screen)
    for each in verdict.breaking:
        lines += _indented([told(each)], each.command, screen)
    more = [*unknown(verdict.tried), *unnoticed(verdict.tried), *_availability(verdict)]
    return [*lines, *_indented(more, "", screen)]


def _availability(verdict: FlowVerdict) -> list[str]:
    if verdict.availability is None or verdict.availability == verdict.calm.success:
        return []  # no single fault costs anything
    said = f", {percent(verdict.said)} by analyze" if verdict.said is not None else ""
    return [f"available {percent(verdict.availability)} of the time by these runs, one fault at a time{said}"]


def _indented(sentences: list[str], command: str, screen: Screen) -> list[str]:
    lines = [f"  {line}" for line in wrapped(sentences, screen)] if sentences else []
    return [*lines, f"      {command}"] if command else lines


REPORT = Report("text", Subject.VERIFICATION, (".txt",), text, text)
