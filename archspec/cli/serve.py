"""`archspec serve`."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from archspec.cli import options
from archspec.cli.terminal import Terminal
from archspec.errors import MissingExtraError, UsageError

SpecFile = Annotated[
    str, typer.Argument(metavar="SPEC", help="A spec: .yaml, or .py (runs its code); or a folder of YAML specs.")
]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
Host = Annotated[str, typer.Option("--host", help="Address to listen on; the default is reached from here only.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")]

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    spec: SpecFile,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    open_: Open = False,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Serve the page of a spec or a folder, renewed by each save. Needs the extra `serve`."""
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise MissingExtraError("serving", "serve") from None
    if spec == "-" or not (Path(spec).is_file() or Path(spec).is_dir()):
        raise UsageError(f"{spec} is not a file that can be watched; name a spec's file, or a folder of specs.")
    if Path(spec).is_dir():
        _in_folder(Path(spec))  # says so where there is none
    terminal = Terminal(quiet, no_color)
    if host not in LOOPBACK:
        terminal.message(f"note: {host} lets others reach this page.")
    with _listening(host, port) as listener, suppress(KeyboardInterrupt):
        is_private = host in LOOPBACK
        asyncio.run(
            _run(Path(spec), listener, terminal, allow_outside=allow_outside, is_private=is_private, is_shown=open_)
        )


def _in_folder(folder: Path) -> dict[str, Path]:
    """The specs below a folder by the paths that they are served at: that of their own folder, where it has but one."""
    from archspec.cli.spec_paths import spec_paths

    specs = [Path(path) for path in spec_paths([str(folder)])]
    found = {}
    for spec in specs:
        is_alone = spec.parent != folder and sum(each.parent == spec.parent for each in specs) == 1
        place = (spec.parent if is_alone else spec.with_suffix("")).relative_to(folder)
        found[f"{place.as_posix()}/"] = spec
    return found


def _listening(host: str, port: int) -> socket.socket:

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        remedy = "name another with --port (0: any free one)."
        raise UsageError(f"cannot listen at port {port} of {host}: {reason}; {remedy}") from None


async def _run(
    spec: Path,
    listener: socket.socket,
    terminal: Terminal,
    *,
    allow_outside: bool,
    is_private: bool,
    is_shown: bool,
) -> None:
    import webbrowser

    import uvicorn

    from archspec.webpage.live.server import application
    from archspec.webpage.live.shelf import Shelf

    class Server(uvicorn.Server):
        """A server that lets its listeners go before it waits for them."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await shelf.end()
            await super().shutdown(sockets)

    is_folder = spec.is_dir()
    shelf = Shelf(lambda: _in_folder(spec) if is_folder else {"": spec}, allow_outside, terminal.error)
    if not is_folder:
        shelf.of("")  # worked out before somebody asks
    hosts = [*LOOPBACK, "[::1]"] if is_private else ["*"]
    served = application(shelf, hosts, spec.resolve().name if is_folder else "")
    config = uvicorn.Config(served, log_level="error", timeout_graceful_shutdown=1)
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    terminal.message(f"serving {spec} at {address} (Ctrl+C ends it)")
    if is_shown and not await asyncio.to_thread(webbrowser.open, address):
        terminal.message(f"note: no browser could be opened; the page is at {address}")
    await Server(config).serve([listener])
