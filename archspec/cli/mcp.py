"""`archspec mcp`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from archspec.errors import MissingExtraError, UsageError

Folder = Annotated[
    Path,
    typer.Argument(metavar="[FOLDER]", help="Nothing outside of it is read; default: this one.", show_default=False),
]
Write = Annotated[bool, typer.Option("--write", help="Give the assistant a tool that writes YAML files in the folder.")]


def mcp(folder: Folder = Path(), write: Write = False) -> None:
    """Give an assistant archspec's tools (MCP, stdio)."""
    try:
        import mcp.server  # noqa: F401
    except ImportError:
        raise MissingExtraError("an assistant's server", "assistant") from None
    try:
        os.chdir(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"`{folder}` cannot be entered: {reason}; name a folder.") from None
    from archspec.assistant.server import serve

    serve(writes=write)
