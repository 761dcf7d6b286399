"""Renews what is served whenever a file of the spec is saved."""

import asyncio

from archspec.webpage.live.live import Live
from archspec.webpage.live.work import Work

PAUSE, QUIET = 0.03, 0.02
"""Seconds between two looks at the files, and for which they must be left alone: editors write in several goes."""


async def follow(live: Live, stop: asyncio.Event) -> None:
    """Renew, and again at each change, until `stop`; work for an older text is dropped."""
    works: dict[asyncio.Task[None], Work] = {}
    while not stop.is_set():
        if not works or live.watch.has_changed:
            await _quiet(live)
            for work in works.values():
                work.drop()
            live.watch.begin()
            work = Work()
            works[asyncio.create_task(live.renew(work))] = work
        works = {task: work for task, work in works.items() if not task.done()} or works
        await asyncio.sleep(PAUSE)
    for work in works.values():
        work.drop()
    await asyncio.gather(*works)


async def _quiet(live: Live) -> None:
    before = None
    while before != (before := live.watch.now):
        await asyncio.sleep(QUIET)
