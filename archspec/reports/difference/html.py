"""A difference as one web page: the picture with a slider from base to head, what it does, what changed."""

from dataclasses import replace
from html import escape

from archspec.difference.consequence import Effect
from archspec.difference.difference import Difference
from archspec.difference.picture import picture
from archspec.renderers import SCREEN, PlacedScene, draw, figures, inline, report_page
from archspec.reports import Subject, details, html_report, ordered, sections, summary, what
from archspec.reports.charts.difference import difference_charts
from archspec.validators import Finding

_STYLE = """<style>
body{max-width:none}.stack{display:grid;overflow-x:auto}.stack>div{grid-area:1/1;min-width:0}
.stack svg{max-width:max(100%,34rem);height:auto}
.base,.head{opacity:0;pointer-events:none}.slider{display:flex;gap:.8rem;align-items:center;margin:1rem 0 .4rem}
.slider[hidden]{display:none}.slider input{flex:1;max-width:28rem;min-width:4rem}
.slider span{overflow-wrap:anywhere}ul{padding-left:1.2rem}li li{color:var(--low)}
td,th{text-align:left;white-space:normal}
</style>"""
_SCRIPT = """
const slider=document.querySelector('.slider'),range=slider.querySelector('input');
const sides=['base','both','head'].map(name=>document.querySelector('.'+name));
const show=()=>sides.forEach((side,at)=>{
const seen=Math.max(0,1-Math.abs(range.value-at));side.style.opacity=seen;
side.style.pointerEvents=seen>.5?'auto':'none';side.setAttribute('aria-hidden',seen<=.5)});
slider.hidden=false;range.addEventListener('input',show);show();
"""
_TONES = {Effect.WORSE: "bad", Effect.BETTER: "good"}


def html(difference: Difference) -> str:
    """One file that needs nothing else; without script the picture shows both sides at once."""
    title = f"{difference.head.architecture.name}: {difference.base.name} → {difference.head.name}"
    tone = "bad" if difference.worse else "low"
    sentence = summary(difference)
    parts = [_STYLE, f'<p class="{tone}">{escape(sentence[0].upper() + sentence[1:])}.</p>', *_slider(difference)]
    parts += _figures(difference)
    parts += _findings("New findings", difference.new) + _findings("Findings gone", difference.gone)
    parts += [line for section in sections(difference) for line in _changes(difference, section)]
    parts += [f'<p class="low">{inline(note)}</p>' for note in difference.notes]
    return report_page(title, parts, _SCRIPT)


def _slider(difference: Difference) -> list[str]:
    found = picture(difference, SCREEN)
    layers = {"base": found.base, "both": found.both, "head": found.head}
    drawn = "".join(f'<div class="{name}">{_drawn(name, placed)}</div>' for name, placed in layers.items())
    base, head = escape(difference.base.name), escape(difference.head.name)
    label = "From the base over both to the head"
    control = f'<input type="range" min="0" max="2" step="0.01" value="1" aria-label="{label}">'
    slider = f'<div class="slider" hidden><span>{base}</span>{control}<span>{head}</span></div>'
    return [slider, f'<div class="stack">{drawn}</div>']


def _drawn(name: str, placed: PlacedScene) -> str:

    scene = replace(placed.scene, name=f"{placed.scene.name}-{name}")
    return draw(replace(placed, scene=scene), with_font=False, in_page=True)


def _figures(difference: Difference) -> list[str]:
    rows = "".join(
        f'<tr class="{_TONES.get(each.verdict, "")}"><td>{each.verdict}<td>{each.figure}<td>{escape(each.subject)}'
        f"<td>{escape(each.base)}<td>{escape(each.head)}</tr>"
        for each in ordered(difference.consequences)
    )
    heads = "".join(f"<th>{name}" for name in ("", "figure", "of", "base", "head"))
    table = f'<div class="wide"><table><thead><tr>{heads}</thead><tbody>{rows}</tbody></table></div>'
    charts = difference_charts(difference)
    drawn = [figures(charts), '<p class="low">Grey is the base; red is worse, green better.</p>'] if charts else []
    return ["<h2>What it does</h2>", table, *drawn] if rows else []


def _findings(title: str, findings: tuple[Finding, ...]) -> list[str]:
    items = "".join(
        f"<li><code>{each.code}</code> {each.severity.value}, {inline(f'`{each.element}`')}: {inline(each.message)}"
        for each in findings
    )
    return [f"<h2>{title}</h2>", f"<ul>{items}</ul>"] if findings else []


def _changes(difference: Difference, section: str) -> list[str]:
    items = []
    for change in sections(difference)[section]:
        inner = "".join(f"<li>{escape(line)}" for line in details(change))
        lines = f"<ul>{inner}</ul>" if inner else ""
        items.append(f"<li><code>{change.kind.sign}</code> {escape(what(change))}{lines}")
    return [f"<h2>{section.capitalize()}</h2>", f"<ul>{''.join(items)}</ul>"]


REPORT = html_report(Subject.DIFFERENCE, html)
