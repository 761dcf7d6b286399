"""What a report looks like as one web page: for light and dark, and it asks for nothing."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
STYLE = """
:root{color-scheme:light dark;--one:#0969da;--two:#9a6700;--good:#1a7f37;--bad:#c62828;--low:#57606a;--line:#8886}
body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:0}h2{font-size:1.1rem;margin-top:2rem}p{margin:.3rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .7rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{text-align:left}th{color:var(--low);font-weight:500}
.bad{color:var(--bad)}.good{color:var(--good)}.low{color:var(--low)}
.wide{overflow-x:auto}.wide svg{max-width:100%;height:auto}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}
figure{margin:0}figcaption{color:var(--low)}pre{overflow-x:auto;font-size:13px}
figure svg{width:100%;height:auto}figure text{font-size:11px;fill:currentColor}
figure .axis{stroke:var(--line);fill:none}polyline{fill:none;stroke-width:1.5}
.offered{--key:var(--low)}.ok{--key:var(--good)}.failed{--key:var(--bad)}.p50{--key:var(--one)}.p99{--key:var(--two)}
polyline{stroke:var(--key)}figcaption b{color:var(--key)}
@media(prefers-color-scheme:dark){:root{--good:#4ac26b;--bad:#ff7b72;--low:#9aa4af;--one:#58a6ff;--two:#d29922}}
"""


def report_page(title: str, parts: Iterable[str], script: str = "") -> str:
    """A whole page; the title is plain text, the parts are safe markup. `script`, our own, is all that may run."""
    policy = POLICY
    if script:
        policy += f"; script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
    )
    body = "\n".join([f"<h1>{escape(title)}</h1>", *parts, *([f"<script>{script}</script>"] if script else [])])
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'


def report_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain texts that scrolls sideways where it is too wide."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
