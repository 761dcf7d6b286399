"""How much load a system bears, for people."""

from archspec.reports import PAPER, Ink, Report, Screen, Subject, wrapped
from archspec.reports.capacity_words import bottleneck, breaks, holds, load, remarks, runs
from archspec.simulation import Capacity


def text(capacity: Capacity, screen: Screen = PAPER) -> str:
    """Between which loads the highest lies that holds, why the upper one breaks, and what was tried."""
    missed = capacity.breaks.missed if capacity.breaks else ()
    lines = [
        screen.paint(Ink.BOLD, f"{capacity.system} · {runs(capacity)}"),
        "",
        screen.paint(Ink.BAD if capacity.holds is None else Ink.GOOD, holds(capacity)),
        f"{breaks(capacity)}{':' if missed else ''}",
        *(f"  {screen.paint(Ink.BAD, sentence)}" for sentence in missed),
        *wrapped(remarks(capacity), screen),
    ]
    where = bottleneck(capacity)
    if where:
        lines += ["", screen.paint(Ink.BOLD, "bottleneck"), f"  {where}"]
    lines += ["", screen.paint(Ink.BOLD, "tried")]
    lines += [f"  {load(each)}: {each.verdict.value}" for each in sorted(capacity.tried, key=lambda each: each.level)]
    return "\n".join(lines) + "\n"


REPORT = Report("text", Subject.CAPACITY, (".txt",), text, text)
