"""A verification as one web page: which fault breaks which promise, each with the command that shows it again."""

from collections.abc import Iterator
from html import escape
from math import floor

from archspec.renderers import Tone, Unit, figures, fitting, inline, report_page
from archspec.renderers.charts.marks import Axis, Cell, Chart, Dot, Limit, Map, Row, Rows
from archspec.renderers.html.parts import capital, line, listed
from archspec.reports import Subject, html_report
from archspec.values import UNKNOWN, count, duration, percent
from archspec.verification.telling import at_level, headline, summary, told, unknown, unnoticed
from archspec.verification.values import FlowVerdict, Kept, State, Tried, Verification

SIGNS = "✗ breaks the promise, (✗) breaks it while it lasts, which the promise allows for; ? is not known."
_LOOKS = {Kept.YES: "good", Kept.ALLOWED: "note", Kept.NO: "bad", Kept.UNKNOWN: "low"}


def html(verification: Verification) -> str:
    """No script, no network."""
    faults = fault_map(verification)
    kept = {verdict.kept for verdict in verification.flows}
    look = "bad" if Kept.NO in kept else "good" if kept & {Kept.YES, Kept.ALLOWED} else "low"
    body = [
        f'<p class="low">{count(verification.faults, "fault")} tried, seed {verification.seed}</p>',
        f'<p class="{look}">{inline(capital(summary(verification)))}</p>',
        *([figures([faults]), f'<p class="low">{SIGNS}</p>'] if faults else []),
        *(part for verdict in verification.flows if verdict.promises for part in _flow(verdict)),
        *listed("archspec contradicts itself; please report this with the spec", list(map(str, verification.defects))),
        *listed("Notes", verification.notes),
    ]
    return report_page(f"{verification.system}: promises against faults", body)


def _flow(verdict: FlowVerdict) -> list[str]:
    again = [verdict.command] if verdict.why else []
    items = [_item(sentence, *again) for sentence in verdict.why]
    items += [_item(told(each), each.command) for each in verdict.breaking]
    items += [_item(sentence) for sentence in (*unknown(verdict.tried), *unnoticed(verdict.tried))]
    return [
        f"<h2>{escape(verdict.flow)}</h2>",
        line(headline(verdict), _LOOKS[verdict.kept or Kept.UNKNOWN]),
        *([f"<ul>{''.join(items)}</ul>"] if items else []),
        figures(time_charts(verdict)),
    ]


def _item(sentence: str, command: str = "") -> str:
    again = f"<br><code>{escape(command)}</code>" if command else ""
    return f"<li>{inline(capital(sentence))}{again}</li>"


MOST_ROWS = 24
_TONES = {Kept.YES: Tone.GOOD, Kept.ALLOWED: Tone.NOTE, Kept.NO: Tone.BAD, Kept.UNKNOWN: Tone.LOW}
_SIGNS = {Kept.YES: "", Kept.ALLOWED: "(✗) ", Kept.NO: "✗ ", Kept.UNKNOWN: "? "}
_DEPTHS = {Kept.YES: 0.15, Kept.ALLOWED: 0.55, Kept.NO: 1.0, Kept.UNKNOWN: 0.3}
CALM = "nothing"


def fault_map(verification: Verification) -> Map | None:
    """Faults against flows: which share of the requests is answered well while it lasts, and whether that is promised.

    Faults that break nothing have no row; None where no promise is broken or unknown.
    """
    flows = [verdict for verdict in verification.flows if verdict.promises]
    tried = {verdict: {each.fault.name: each for each in verdict.tried} for verdict in flows}
    bad = dict.fromkeys(each.fault.name for verdict in flows for each in verdict.tried if each.kept is not Kept.YES)
    names = tuple(bad)[:MOST_ROWS]
    if not names:
        return None
    rows = (
        tuple(_calm(verdict) for verdict in flows),
        *(tuple(_cell(tried[verdict].get(name)) for verdict in flows) for name in names),
    )
    columns = tuple(f"{verdict.flow}{at_level(verdict)}" for verdict in flows)
    return Map("Which fault breaks which promise", "fails", "flow", (CALM, *names), columns, rows)


def _calm(verdict: FlowVerdict) -> Cell:
    kept = verdict.calm_kept or Kept.UNKNOWN
    return _told(kept, verdict.calm.success)


def _cell(tried: Tried | None) -> Cell:
    return Cell(UNKNOWN) if tried is None else _told(tried.kept, tried.success)


def _told(kept: Kept, success: float | None) -> Cell:
    return Cell(f"{_SIGNS[kept]}{percent(success, floor)}", _DEPTHS[kept], _TONES[kept], f": {kept.value}")


def time_charts(verdict: FlowVerdict) -> tuple[Chart, ...]:
    """Each percentile that is promised: with nothing down, and under the faults that come nearest to it or beyond."""
    promised = verdict.objective.percentiles if verdict.objective else {}
    charts = (_times(verdict, name, float(limit.nanoseconds)) for name, limit in promised.items())
    return tuple(chart for chart in charts if chart is not None)


def _times(verdict: FlowVerdict, name: str, limit: float) -> Rows | None:
    states = [(CALM, verdict.calm), *((each.fault.name, each.noticed) for each in verdict.tried)]
    known = list(_late(states, name))
    if not known:
        return None
    worst = sorted(known[1:], key=lambda row: -(row[1].value or 0.0))[: MOST_ROWS // 2]
    rows = tuple(Row(label, (dot,), duration(dot.value)) for label, dot in (known[0], *worst))
    values = [each for _, dot in (known[0], *worst) for each in (dot.value, dot.low, dot.high) if each is not None]
    x = Axis(f"{name} of response times while it lasts", fitting(Unit.TIME, [*values, limit]))
    return Rows(f"{name} under the worst faults", x, rows, (Limit(limit, f"promised {duration(limit)}"),))


def _late(states: list[tuple[str, State]], name: str) -> Iterator[tuple[str, Dot]]:
    """Of a state in which something piles up no time is known."""
    for label, state in states:
        for late in state.times:
            if late.percentile == name and state.grows is None:
                tone = Tone.BAD if late.value > late.promised else Tone.ONE
                yield label, Dot(name, late.value, tone, late.low, late.high)


REPORT = html_report(Subject.VERIFICATION, html)
