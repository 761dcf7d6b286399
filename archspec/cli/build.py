"""`archspec build`: everything about a spec, gathered in one folder with a page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archspec.cli import options
from archspec.cli.terminal import Terminal

if TYPE_CHECKING:
    from archspec.validators import Outcome

Folder = Annotated[Path, typer.Option("--output", "-o", help="Folder to write; made where there is none.")]

Keep = Annotated[bool, typer.Option("--keep/--no-keep", help="Leave cards where the pictures in the folder have them.")]


def build(
    spec: options.Spec,
    output: Folder,
    keep: Keep = True,
    traces: options.Traces = None,
    set_: options.Set = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Gather lint, pictures and flows of a spec in one page."""
    from archspec.cli.drift import drifted_in
    from archspec.cli.steps import shown_steps
    from archspec.language import load
    from archspec.renderers.layout.kept_file import kept_in
    from archspec.validators import find_config, judge
    from archspec.webpage import Placing
    from archspec.webpage.gathering.page import PAGE, gather, steps

    terminal = Terminal(quiet, no_color)
    architecture = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
    name = "standard input" if spec == "-" else Path(spec).name
    drifted = drifted_in(architecture, spec, traces, terminal) if traces else None
    analyses: dict[Callable[..., Any], Any] = {}
    outcome = judge(architecture, find_config(Path(spec)), spec, analyses)
    placing = Placing(kept=kept_in(output / "views") if keep else None)
    with shown_steps(terminal, steps(architecture)) as say:
        gathered = gather(architecture, outcome, name, say, placing=placing, analyses=analyses, drifted=drifted)
        files = gathered.all_files()
    from archspec.cli.output_folder import write_folder

    write_folder(output, files)
    for note in gathered.notes:
        terminal.message(f"note: {note}")
    terminal.message(f"wrote {output / PAGE} and {len(files) - 1} files beside it; {_verdict(outcome)}.")
    return 1 if outcome.fails else 0


def _verdict(outcome: "Outcome") -> str:
    from archspec.validators import Run

    return f"lint: {Run((outcome,), {}).summary}"
