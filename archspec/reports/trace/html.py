"""A trace as one web page: waterfall, sequence diagram and the whole text, for light and dark; it asks for nothing."""

from html import escape

from archspec.printable import Syntax
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import TracedRequest
from archspec.reports.trace.tree import tree

STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
.wide{overflow-x:auto}.wide svg{max-width:100%;height:auto}pre{overflow-x:auto;font-size:13px}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def html(traced: TracedRequest) -> str:
    """The page. Its pictures are those of `archspec build`; every text in it is escaped."""
    from archspec.renderers.sequence import draw_sequence
    from archspec.renderers.trace_pictures import sequence_of, waterfall_of
    from archspec.renderers.waterfall import draw_waterfall

    architecture, trace = traced.architecture, traced.trace
    title = escape(f"{trace.system}: {architecture.flows[trace.flow].title}")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{title}</title><style>{STYLE}</style>"
    )
    body = [
        f"<h1>{title}</h1>",
        f'<h2>Times</h2><div class="wide">{draw_waterfall(waterfall_of(trace))}</div>',
        f'<h2>Messages</h2><div class="wide">{draw_sequence(sequence_of(architecture, trace), with_font=False)}</div>',
        f"<h2>Everything</h2><pre>{escape(tree(trace))}</pre>",
    ]
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


REPORT = Report("html", Subject.TRACE, (".html", ".htm"), html, syntax=Syntax.MARKUP)
