"""What a report looks like as one web page: for light and dark, a desk and a phone, and it asks for nothing."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape

from archspec.renderers import inline, style_sheet

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
STYLE = """
:root{color-scheme:light dark;--page:#f6f8fa;--surface:#fff;--text:#0f172a;--low:#526074;--line:#dde3ea;--good:#0a6b4d;
--bad:#b3261e;--note:#855000}
@media(prefers-color-scheme:dark){:root{--page:#090d13;--surface:#0d1117;--text:#e8eef5;--low:#9aa8ba;--line:#2b3645;
--good:#62d8ad;--bad:#ff9d94;--note:#f0be6a}}
body{font:15px/1.5 system-ui,'Segoe UI',Arial,sans-serif;max-width:76rem;margin:1.5rem auto;padding:0 1rem;
background:var(--page);color:var(--text)}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .3rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}
h1,h2,h3,p,li,summary{overflow-wrap:anywhere}p{margin:.3rem 0;max-width:60rem}ul{padding-left:1.2rem;max-width:60rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .7rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
th.key,td.key{text-align:left}th:first-child,td:first-child{padding-left:0}th{color:var(--low);font-weight:500}
td.text,th.text{text-align:left;white-space:normal;min-width:12rem;overflow-wrap:anywhere}
.bad{color:var(--bad)}.good{color:var(--good)}.note{color:var(--note)}.low{color:var(--low)}
.wide{overflow-x:auto}.wide>svg{max-width:max(100%,46rem);height:auto}pre{overflow-x:auto;font-size:13px}code{font-size:13px}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21.5rem),1fr));gap:1rem;margin:.8rem 0;
align-items:start}
figure.chart{margin:0;background:var(--surface);border:1px solid var(--line);border-radius:10px;
padding:.6rem .6rem .3rem;min-width:0}
figure.chart>svg{display:block;margin-top:.3rem}figure:not(.wide)>svg{width:100%;height:auto}
figure.wide{grid-column:1/-1;width:fit-content;max-width:100%;box-sizing:border-box}
.beside{display:flex;flex-wrap:wrap;gap:0 1.5rem;align-items:flex-start}
.beside>.charts{flex:1 1 21.5rem;max-width:min(100%,25rem)}.beside>.wide{flex:0 1 auto;max-width:100%}
figcaption{font-size:13px;line-height:1.45}figcaption strong{display:block;font-weight:600}
figcaption .key{white-space:nowrap;margin-right:.7rem}
.key i,.key svg{display:inline-block;margin-right:.35rem;vertical-align:middle}
.key .block{width:.7rem;height:.7rem;background:currentColor;border-radius:2px}
.key .dot{width:.6rem;height:.6rem;background:currentColor;border-radius:50%}
.key .tick{height:.9rem;border-left:3px solid}
details{font-size:13px;margin-top:.2rem}summary{cursor:pointer;color:var(--low)}
details .wide{max-height:20rem;overflow:auto}
@media print{body{max-width:none}details{display:none}figure.chart{break-inside:avoid}}
"""


def report_page(title: str, parts: Iterable[str], script: str = "") -> str:
    """A whole page; the title is plain text, the parts are safe markup. `script`, our own, is all that may run."""
    policy = POLICY
    if script:
        policy += f"; script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)}</title><style>{STYLE}{style_sheet()}</style>"
    )
    body = "\n".join([f"<h1>{escape(title)}</h1>", *parts])
    ran = f"\n<script>{script}</script>" if script else ""
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><main>\n{body}\n</main>{ran}</body></html>\n'


def report_table(heads: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[str] = (), keys: int = 1) -> str:
    """A table of plain texts that scrolls sideways where it is too wide.

    The first `keys` columns are names, and those in `texts` hold sentences, which may have `code` in them.
    """
    looks = [
        ' class="text"' if head in texts else ' class="key"' if number < keys else ""
        for number, head in enumerate(heads)
    ]
    head = "".join(f"<th{look}>{escape(cell)}</th>" for cell, look in zip(heads, looks, strict=True))
    body = "".join(f"<tr>{''.join(map(_cell, row, looks))}</tr>" for row in rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(", ".join(filter(None, heads[:3])))}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(content: str, look: str) -> str:
    return f"<td{look}>{inline(content) if 'text' in look else escape(content)}</td>"
