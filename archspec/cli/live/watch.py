"""Renews the site whenever a file of the spec is saved."""

import asyncio
from pathlib import Path

from archspec.cli.live.server import Live

DEBOUNCE = 50
"""Milliseconds of quiet that an editor's burst of writes is waited for."""


async def follow(live: Live, stop: asyncio.Event) -> None:
    """Watch the folders of all files that take part, until `stop`."""
    from watchfiles import awatch

    site = live.site
    while not stop.is_set():
        folders = {path.parent for path in site.watched}
        async for changes in awatch(*folders, debounce=DEBOUNCE, step=10, stop_event=stop, recursive=False):
            if not {Path(name).resolve() for _, name in changes} & site.watched:
                continue
            await renew(live)
            if {path.parent for path in site.watched} != folders:
                break  # an include came or went: watch the folders of now


async def renew(live: Live) -> None:
    """Show what the spec says now: first its pictures, then everything; or what is wrong with it."""
    architecture = await asyncio.to_thread(live.site.load)
    if architecture is None:
        await live.tell()
        return
    if await asyncio.to_thread(live.site.show_pictures, architecture):
        await live.tell()
    await asyncio.to_thread(live.site.show_all, architecture)
    await live.tell()
