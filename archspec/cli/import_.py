"""`archspec import`."""

import sys
from typing import Annotated

import typer

from archspec.cli.options import Output, Quiet

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
Environment = Annotated[
    str | None, typer.Option("--environment", metavar="NAME", help="Deployment environment of a model to take.")
]
Profile = Annotated[list[str] | None, typer.Option("--profile", metavar="NAME", help="Compose profile that is on.")]


def import_(
    paths: Paths,
    from_: From = None,
    output: Output = None,
    guess: Guess = False,
    everything: All = False,
    explain: Explain = False,
    environment: Environment = None,
    profile: Profile = None,
    quiet: Quiet = False,
) -> None:
    """Write a spec of what the files of a real system say, with the reason of each line. Nothing is run or fetched."""
    from archspec.cli.deliver import deliver_content
    from archspec.cli.terminal import Terminal
    from archspec.importers.imported import explained, import_files
    from archspec.importers.importer import Choices
    from archspec.printable import Syntax

    choices = Choices(environment, tuple(profile or ()))
    found = import_files(paths, _piped(paths), format_=from_, choices=choices, guess=guess, everything=everything)
    terminal = Terminal(quiet)
    deliver_content(explained(found.facts) if explain else found.text, Syntax.PLAIN, "yaml", output, terminal)
    terminal.message(*found.report)


def _piped(paths: list[str]) -> bytes:
    """What is piped in, where a path is `-`."""
    from archspec.plain_file import SIZE_LIMIT

    return sys.stdin.buffer.read(8 * SIZE_LIMIT) if "-" in paths else b""
