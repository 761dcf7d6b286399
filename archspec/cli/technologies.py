"""`archspec technologies`."""

from typing import Annotated

import typer

from archspec.cli import options
from archspec.cli.terminal import Terminal
from archspec.printable import Syntax

Word = Annotated[str, typer.Argument(metavar="[WORD]", help="Only those with this in their names; default: all.")]


def technologies(
    word: Word = "", output: options.Output = None, quiet: options.Quiet = False, no_color: options.NoColor = False
) -> None:
    """List the technologies that have an icon in pictures."""
    from archspec.cli.deliver import deliver_content
    from archspec.renderers.icons import technologies as found
    from archspec.reports.table import table

    rows = [(icon.technology, icon.module) for icon in found(word)]
    lines = table(["technology", "from"], rows, keys=2)
    deliver_content("\n".join(lines) + "\n", Syntax.PLAIN, "text", output, Terminal(quiet, no_color))
