"""A plan as one web page: what to change, how near the promises are then, and what was tried."""

from html import escape

from archspec.planning.telling import headline, margin, options, settings
from archspec.planning.values import Plan
from archspec.renderers import figures, report_page
from archspec.renderers.html.parts import capital, line, listed, section
from archspec.reports import Subject, html_report
from archspec.reports.charts.plan import plan_charts


def html(plan: Plan) -> str:
    """No script, no network."""
    tried = [[", ".join(settings(each.change)), each.verdict.value, each.why or ""] for each in plan.tried]
    body = [
        f'<p class="low">Seed {plan.seed}</p>',
        line(capital(headline(plan)), "bad" if plan.change is None else "good"),
        *_change(plan),
        figures(plan_charts(plan)),
        *listed("Nearest to a promise", [margin(each) for each in plan.margins]),
        *listed("Left out, since no number of replicas mends its loss", [f"`{name}`" for name in plan.beyond]),
        *section("Tried", ("change", "verdict", "why"), tried, texts=("change", "verdict", "why")),
        *listed("Notes", plan.notes),
    ]
    return report_page(f"{plan.system}: the smallest change that keeps every promise", body)


def _change(plan: Plan) -> list[str]:
    if plan.change is None or not plan.change.settings:
        return []
    items = "".join(f"<li>{escape(each)}</li>" for each in settings(plan.change))
    return [f"<ul>{items}</ul>", f"<pre>archspec verify … {escape(options(plan.change))}</pre>"]


REPORT = html_report(Subject.PLAN, html)
