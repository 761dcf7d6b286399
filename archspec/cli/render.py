"""`archspec render`."""

from pathlib import Path
from typing import Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.terminal import Terminal
from archspec.printable import syntax_of

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help="Such as svg, png, dot, mermaid; default: by the file's suffix.",
        autocompletion=completion.pictures,
    ),
]
ViewName = Annotated[
    str | None,
    typer.Option(
        "--view",
        help="Which view; default: the first. flow-ID numbers a flow, sequence-ID draws it in time.",
        autocompletion=completion.views,
    ),
]
Scale = Annotated[float, typer.Option("--scale", min=0.1, max=10, help="Of a bitmap: pixels per px of the picture.")]
FitName = Annotated[
    str, typer.Option("--fit", help="Where it will be seen: docs (860 px), screen, slide, or a width in px.")
]
Keep = Annotated[Path | None, typer.Option("--keep", help="An SVG drawn before: what it shows stays where it is.")]
OverlayName = Annotated[
    str | None,
    typer.Option(
        "--overlay",
        help="On the cards: availability, drift, findings, latency, owner or utilisation.",
        autocompletion=completion.overlays,
    ),
]
Details = Annotated[bool, typer.Option("--details", help="Write protocol, timeout and attempts on each line.")]
ThemeName = Annotated[str, typer.Option("--theme", help="default, print, high-contrast, or a .toml file.")]
ListViews = Annotated[bool, typer.Option("--list", help="List views, overlays and formats; draw nothing.")]


def render(
    spec: options.Spec,
    output: options.Output = None,
    format: Format = None,  # noqa: A002 - the option's name
    view: ViewName = None,
    scale: Scale = 2.0,
    fit: FitName = "docs",
    keep: Keep = None,
    theme: ThemeName = "default",
    overlay: OverlayName = None,
    traces: options.Traces = None,
    details: Details = False,
    list_views: ListViews = False,
    set_: options.Set = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Draw one view of a spec, in any format."""
    from archspec.cli.deliver import deliver_content
    from archspec.cli.drift import drifted_in
    from archspec.language import load
    from archspec.overlays import Subject, layer_of, overlays
    from archspec.renderers import Options, find_fit, find_view, render, renderer_for, renderers, views
    from archspec.renderers.layout.kept_file import read_kept
    from archspec.renderers.themes import faint_pairs, find_theme

    terminal = Terminal(quiet, no_color)
    architecture = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
    if list_views:
        titles = {one.id: one.title for one in views(architecture)}
        for flow in architecture.flows.values():
            titles.setdefault(f"flow-{flow.id}", f"{flow.title}, step by step")
            titles.setdefault(f"sequence-{flow.id}", f"{flow.title}, in time")
        shown = [f"{name}  {title}" for name, title in titles.items()]
        formats = [f"{one.name}  {one.summary}" for one in renderers().values()]
        laid = [f"{one.name}  {one.summary}" for one in overlays().values()]
        parts = (("Views:", shown), ("Overlays:", laid), ("Formats:", formats))
        terminal.data("\n".join(line for head, rows in parts for line in (head, *_indented(rows))))
        return
    colours = find_theme(theme, allow_outside=allow_outside)
    renderer = renderer_for(format, str(output) if output else None)
    kept = read_kept(keep) if keep else None
    chosen = find_view(architecture, view)
    drifted = drifted_in(architecture, spec, traces, terminal) if traces else None
    layer = layer_of(overlay, Subject(architecture, chosen, Path(spec), drifted=drifted)) if overlay else None
    asked = Options(scale, colours, fit=find_fit(fit), kept=kept, layer=layer, details=details)
    made = render(renderer, architecture, chosen, asked)
    for note in (*faint_pairs(colours), *made.notes):
        terminal.message(f"note: {note}")
    content = made.data.decode() if renderer.is_text else made.data
    deliver_content(content, syntax_of(renderer.media_type), renderer.name, output, terminal)


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
