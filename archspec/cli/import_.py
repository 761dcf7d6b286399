"""`archspec import`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import options
from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.cli.terminal import Terminal
    from archspec.importers.imported import Imported

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH…", help="Files and folders of a real system; - for what is piped in."),
]
From = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="What the files are; default: told by their content.")
]
Guess = Annotated[bool, typer.Option("--guess", help="Write what only names suggest, too.")]
All = Annotated[bool, typer.Option("--all", help="Take in dashboards, exporters, load generators and jobs.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show every fact with its file and line instead of a spec.")]
Update = Annotated[
    Path | None, typer.Option("--update", metavar="SPEC", help="Add to this spec what is new; what is written stays.")
]
Diff = Annotated[
    Path | None, typer.Option("--diff", metavar="SPEC", help="Show what --update would add, and what is contradicted.")
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="With --diff: exit 1 where there is a difference.")]
Environment = Annotated[
    str | None, typer.Option("--environment", metavar="NAME", help="Deployment environment of a model to take.")
]
Profile = Annotated[list[str] | None, typer.Option("--profile", metavar="NAME", help="Compose profile that is on.")]


def import_(
    paths: Paths,
    from_: From = None,
    output: options.Output = None,
    update: Update = None,
    diff: Diff = None,
    exit_code: ExitCode = False,
    guess: Guess = False,
    everything: All = False,
    explain: Explain = False,
    environment: Environment = None,
    profile: Profile = None,
    quiet: options.Quiet = False,
) -> int:
    """Write a spec of what the files of a real system say. Each line has its reason; nothing is run or fetched."""
    from archspec.cli.deliver import deliver_content
    from archspec.cli.terminal import Terminal
    from archspec.importers import Choices
    from archspec.importers.imported import explained, import_files
    from archspec.printable import Syntax

    if sum(map(bool, (update, diff, explain))) > 1:
        raise UsageError("--update, --diff and --explain are three answers; ask for one.")
    if exit_code and diff is None:
        raise UsageError("--exit-code goes with --diff SPEC.")
    choices = Choices(environment, tuple(profile or ()))
    found = import_files(paths, _piped(paths), format_=from_, choices=choices, guess=guess, everything=everything)
    terminal = Terminal(quiet)
    if update is not None or diff is not None:
        differs = _against(found, update or diff or Path(), terminal, output, writes=update is not None)
        return 1 if differs and exit_code else 0
    deliver_content(explained(found.facts) if explain else found.text, Syntax.PLAIN, "yaml", output, terminal)
    terminal.message(*found.report)
    return 0


def _against(found: "Imported", spec: Path, terminal: "Terminal", output: Path | None, *, writes: bool) -> bool:
    """Hold an import against a spec: write what is new into it, or show it. Whether there is a difference."""
    from archspec.cli.deliver import deliver_content
    from archspec.cli.output import write_file
    from archspec.importers.updating import update_of
    from archspec.language import contents, form_of
    from archspec.printable import Syntax

    made = update_of(spec, found.draft)
    if writes:
        write_file(output or spec, form_of(contents(spec)).bytes_of(made.text), in_place=output is None)
        terminal.message(f"added to {output or spec}: {len(made.added)}")
        terminal.message(*(f"  {line}" for line in made.added))
    else:
        deliver_content(made.difference(str(spec)), Syntax.PLAIN, "diff", output, terminal)
    terminal.message(*(f"differs: {line}" for line in made.contradicted))
    if made.unknown:
        terminal.message(f"in no file: {', '.join(made.unknown)}")
    return bool(made.added or made.contradicted)


def _piped(paths: list[str]) -> bytes:
    """What is piped in, where a path is `-`."""
    from archspec.plain_file import SIZE_LIMIT

    return sys.stdin.buffer.read(8 * SIZE_LIMIT) if "-" in paths else b""
