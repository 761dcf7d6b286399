"""`archspec technologies`."""

from typing import Annotated

import typer

from archspec.cli.options import NoColor, Output, Quiet
from archspec.cli.terminal import Terminal

Word = Annotated[str, typer.Argument(metavar="[WORD]", help="Only those with this in their names; default: all.")]


def technologies(word: Word = "", output: Output = None, quiet: Quiet = False, no_color: NoColor = False) -> None:
    """List the technologies that have an icon in pictures."""
    from archspec.cli.deliver import deliver_content
    from archspec.printable import Syntax
    from archspec.renderers.icons import technologies as found
    from archspec.reports.table import table

    rows = [(icon.technology, icon.module) for icon in found(word)]
    lines = table(["technology", "from"], rows, keys=2)
    deliver_content("\n".join(lines) + "\n", Syntax.PLAIN, "text", output, Terminal(quiet, no_color))
