"""`archspec serve`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli.options import NoColor, Outside, Quiet
from archspec.cli.terminal import Terminal

if TYPE_CHECKING:
    from archspec.cli.live.site import Site

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
    """Serve the page of a spec, renewed in place at every save (extra `serve`)."""
    from archspec.errors import MissingExtraError, UsageError

    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
        import watchfiles  # noqa: F401
    except ImportError:
        raise MissingExtraError("serving", "serve") from None
    if spec == "-" or not Path(spec).is_file():
        raise UsageError(f"{spec} is no file that can be watched; name a spec's file.")
    from archspec.cli.live.site import Site

    terminal = Terminal(quiet, no_color)
    if host not in LOOPBACK:
        terminal.message(f"note: {host} lets others reach this page.")
    asyncio.run(_run(Site(Path(spec), allow_outside), host, port, terminal))


async def _run(site: "Site", host: str, port: int, terminal: Terminal) -> None:
    import uvicorn

    from archspec.cli.live.server import Live, application
    from archspec.cli.live.watch import follow, renew

    live = Live(site)
    await renew(live)
    if site.problem:
        terminal.error(site.problem)
    hosts = [*LOOPBACK, "[::1]"] if host in LOOPBACK else ["*"]
    config = uvicorn.Config(
        application(live, hosts), host=host, port=port, log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        address = server.servers[0].sockets[0].getsockname()
        terminal.message(f"serving {site.spec} at http://{address[0]}:{address[1]}/ (Ctrl+C ends it)")
    stop = asyncio.Event()
    following = asyncio.create_task(follow(live, stop))
    await serving
    stop.set()
    await following
