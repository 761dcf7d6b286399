"""The server: which tools and resources an assistant is given, over standard input and output."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError
from mcp_types import ToolAnnotations

from archspec import __version__
from archspec.assistant import judging, reading, running, showing
from archspec.assistant.limits import bounded
from archspec.errors import ArchspecError
from archspec.plain_file import confined_to

INSTRUCTIONS = """archspec describes a production system in YAML; it lints, draws, traces, simulates and computes it.
Read the resource archspec://language before you write a spec. `check` it after each change, until it is clean:
every finding has a remedy, and `explain` tells why. Unset is unknown: write no figure that nobody has said."""

TOOLS: tuple[Callable[..., Any], ...] = (
    judging.check,
    judging.explain,
    judging.fix,
    showing.describe,
    showing.render,
    showing.diff,
    showing.export,
    showing.import_files,
    running.trace,
    running.simulate,
    running.analyze,
    running.verify,
)
RESOURCES: dict[str, tuple[Callable[..., str], str]] = {
    "archspec://language": (reading.language, "text/markdown"),
    "archspec://schema": (reading.schema, "application/schema+json"),
    "archspec://fields": (reading.fields, "text/plain"),
    "archspec://fields/{name}": (reading.fields_of, "application/json"),
    "archspec://rules": (reading.rules, "text/plain"),
    "archspec://rules/{code}": (reading.rule, "text/markdown"),
    "archspec://specs": (reading.specs, "text/plain"),
    "archspec://specs/{+path}": (reading.spec, "application/yaml"),
}


def server(*, writes: bool) -> MCPServer:
    """The server of the current folder; only where it `writes` has it a tool that does."""
    made = MCPServer("archspec", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")
    for tool in TOOLS:
        _add(made, tool, ToolAnnotations(read_only_hint=True, open_world_hint=False))
    if writes:
        _add(made, judging.write, ToolAnnotations(destructive_hint=True, idempotent_hint=True, open_world_hint=False))
    for address, (read, media_type) in RESOURCES.items():
        made.resource(address, name=read.__name__, description=read.__doc__, mime_type=media_type)(_told(read))
    made.prompt(name="review", description="Review a spec: what would hurt first, and the smallest change that helps.")(
        review
    )
    return made


def serve(*, writes: bool) -> None:
    """Serve the current folder on standard input and output until the client leaves."""
    import anyio

    with confined_to(Path()):
        anyio.run(server(writes=writes).run_stdio_async)


def review(path: str) -> str:
    """What an assistant is asked for who is to review a spec."""
    return (
        f"Review the architecture in {path}. `check` and `analyze` it, `verify` its objectives, and look at its first "
        "view with `render`. Then say in plain words what would hurt first, which finding or figure shows it, and the "
        "smallest change that helps; show by `diff` with `set` what that change does. Make up no figures."
    )


def _add(made: MCPServer, tool: Callable[..., Any], annotations: ToolAnnotations) -> None:
    is_picture = tool is showing.render
    made.add_tool(bounded(tool), annotations=annotations, structured_output=False if is_picture else None)


def _told(read: Callable[..., str]) -> Callable[..., str]:
    """A resource whose mistakes reach the assistant."""

    @wraps(read)
    def told(**named: str) -> str:
        try:
            return read(**named)
        except (ArchspecError, OSError) as error:
            raise ResourceError(str(error)) from None

    return told
