"""`archspec serve`."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from archspec.cli.options import NoColor, Outside, Quiet
from archspec.cli.terminal import Terminal

SpecFile = Annotated[str, typer.Argument(metavar="SPEC", help="A spec: .yaml, or .py (runs its code).")]
Host = Annotated[str, typer.Option("--host", help="Address to listen on; the default is reached from here only.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")]

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    spec: SpecFile,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    allow_outside: Outside = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Serve the page of a spec, renewed at every save. Needs the extra `serve`."""
    from archspec.errors import MissingExtraError, UsageError

    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise MissingExtraError("serving", "serve") from None
    if spec == "-" or not Path(spec).is_file():
        raise UsageError(f"{spec} is not a file that can be watched; name a spec's file.")
    terminal = Terminal(quiet, no_color)
    if host not in LOOPBACK:
        terminal.message(f"note: {host} lets others reach this page.")
    with _listening(host, port) as listener, suppress(KeyboardInterrupt):
        asyncio.run(_run(Path(spec), listener, terminal, allow_outside=allow_outside, is_private=host in LOOPBACK))


def _listening(host: str, port: int) -> socket.socket:
    from archspec.errors import UsageError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        remedy = "name another with --port (0: any free one)."
        raise UsageError(f"cannot listen at port {port} of {host}: {reason}; {remedy}") from None


async def _run(
    spec: Path, listener: socket.socket, terminal: Terminal, *, allow_outside: bool, is_private: bool
) -> None:
    import uvicorn

    from archspec.webpage.live.follow import follow
    from archspec.webpage.live.live import Live
    from archspec.webpage.live.server import application

    class Server(uvicorn.Server):
        """A server that lets its listeners go before it waits for them."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            stop.set()
            await live.end()
            await super().shutdown(sockets)

    stop = asyncio.Event()
    live = Live(spec, allow_outside=allow_outside, tell=terminal.error)
    hosts = [*LOOPBACK, "[::1]"] if is_private else ["*"]
    config = uvicorn.Config(application(live, hosts), log_level="error", timeout_graceful_shutdown=1)
    host, port = listener.getsockname()[:2]
    terminal.message(f"serving {spec} at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl+C ends it)")
    following = asyncio.create_task(follow(live, stop))
    await Server(config).serve([listener])
    await following
