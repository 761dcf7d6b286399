"""The specs that are served, each at a path of its own, and worked out from the moment that somebody asks for it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archspec.webpage.live.live import Live
from archspec.webpage.live.work import Work

Find = Callable[[], Mapping[str, Path]]
"""The specs that are there now, by path: "" for the only one, else with a slash at the end ("shop/")."""


@dataclass
class Shelf:
    """All of them. `find` is asked anew for a path that nobody has asked for before, since a spec may have come."""

    find: Find
    allow_outside: bool
    tell: Callable[[str], None]
    _served: dict[str, Live] = field(default_factory=dict)
    _following: list[asyncio.Task[None]] = field(default_factory=list)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def of(self, path: str) -> tuple[Live, str] | None:
        """The spec that a path belongs to, and what of it is asked for; None where there is no such spec."""
        for place in sorted(self._served, key=len, reverse=True):
            if path.startswith(place):
                return self._served[place], path.removeprefix(place)
        found = self.find()
        for place in sorted(found, key=len, reverse=True):
            if path.startswith(place):
                return self.begin(place, found[place]), path.removeprefix(place)
        return None

    def begin(self, place: str, spec: Path) -> Live:
        """Serve a spec from now on."""
        live = self._served[place] = Live(spec, allow_outside=self.allow_outside, tell=self.tell)
        self._following.append(asyncio.create_task(follow(live, self._stop)))
        return live

    async def end(self) -> None:
        """Let all who listen go, and end what is being worked out."""
        self._stop.set()
        for live in self._served.values():
            await live.end()
        await asyncio.gather(*self._following)


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
