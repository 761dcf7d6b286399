"""A trace as one web page: waterfall, sequence diagram and the whole text, for light and dark; it asks for nothing."""

from html import escape

from archspec.renderers import report_page
from archspec.reports import Subject, TracedRequest, html_report
from archspec.reports.trace.tree import tree


def html(traced: TracedRequest) -> str:
    """The page. Its pictures are those of `archspec build`; every text in it is escaped."""
    from archspec.renderers import draw_sequence
    from archspec.renderers.trace_pictures import sequence_of, waterfall_of
    from archspec.renderers.waterfall import draw_waterfall

    architecture, trace = traced.architecture, traced.trace
    body = [
        f'<h2>Times</h2><div class="wide">{draw_waterfall(waterfall_of(trace))}</div>',
        f'<h2>Messages</h2><div class="wide">{draw_sequence(sequence_of(architecture, trace), with_font=False)}</div>',
        f"<h2>Everything</h2><pre>{escape(tree(trace))}</pre>",
    ]
    return report_page(f"{trace.system}: {architecture.flows[trace.flow].title}", body)


REPORT = html_report(Subject.TRACE, html)
