"""A verification as one web page: which fault breaks which promise, each with the command that shows it again."""

from html import escape

from archspec.renderers import figures, inline, report_page
from archspec.renderers.html.parts import capital, line, listed
from archspec.reports import Subject, html_report
from archspec.reports.charts.verification import fault_map, time_charts
from archspec.values import count
from archspec.verification.telling import headline, summary, told, unknown, unnoticed
from archspec.verification.values import FlowVerdict, Kept, Verification

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


REPORT = html_report(Subject.VERIFICATION, html)
