"""`archspec export`."""

from pathlib import Path
from typing import Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.terminal import Terminal
from archspec.printable import Syntax, harmless_text

Format = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT", help="Such as prometheus-rules, alertmanager, grafana, k6.", autocompletion=completion.exports
    ),
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="How it is measured; default: archspec.toml upwards.")
]
Check = Annotated[
    Path | None, typer.Option("--check", metavar="FILE", help="Write nothing; exit with 1 where the file differs.")
]
Scenario = Annotated[
    str | None,
    typer.Option("--scenario", help="Whose run is foretold, sent or made.", autocompletion=completion.scenarios),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the run that is foretold.")]
Time = Annotated[str | None, typer.Option("--duration", metavar="TIME", help="Of that run; default: the scenario's.")]


def export(
    spec: options.Spec,
    format: Format,  # noqa: A002 - the argument's name
    output: options.Output = None,
    config: Config = None,
    check: Check = None,
    scenario: Scenario = None,
    seed: Seed = 1,
    duration: Time = None,
    set_: options.Set = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Write alerts, objectives, loads and faults for other tools."""
    from archspec.cli.deliver import deliver_content
    from archspec.cli.simulation_options import duration_option
    from archspec.exports import export_for, find_settings
    from archspec.exports.export import Exporting
    from archspec.exports.export import export as exported
    from archspec.language import load

    terminal = Terminal(quiet, no_color)
    chosen = export_for(format)
    architecture = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
    length = duration_option("--duration", duration)
    place, name = (Path(), "standard input") if spec == "-" else (Path(spec), Path(spec).name)
    exporting = Exporting(
        architecture,
        name,
        find_settings(place, config),
        scenario,
        seed,
        length.nanoseconds if length is not None else None,
    )
    content, notes = exported(chosen, exporting)
    for note in notes:
        terminal.message(f"note: {note}")
    if check is None:
        deliver_content(content, Syntax.PLAIN, chosen.name, output, terminal)
        return 0
    from archspec.plain_file import read_plain_file

    if read_plain_file(check, within=None) == harmless_text(content, Syntax.PLAIN).encode():
        return 0
    terminal.message(f"{check} is not what {name} says; write it anew with `archspec export … -o {check}`.")
    return 1
