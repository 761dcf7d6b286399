"""The page that is served, what is wrong with its spec, and those who listen for news of both."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from itertools import count
from pathlib import Path

from archspec.watching import Watch
from archspec.webpage import Placing
from archspec.webpage.live.edition import Edition
from archspec.webpage.live.renewal import Renewal, blank, read, told
from archspec.webpage.live.work import SupersededError, Work

HEARTBEAT = 15.0
STALE = "The pictures are those of now; the rest of the page is that of an older text."


class Live:
    """A spec, served. All of it happens in one event loop; what takes time is done in threads."""

    def __init__(self, spec: Path, *, allow_outside: bool, tell: Callable[[str], None]) -> None:
        """`tell` hears what is wrong, once each time."""
        self._numbers = count(time.time_ns() // 1_000_000)  # above those of a server that ran before
        self.edition: Edition = blank(spec, next(self._numbers))
        self.looked_at = ""
        self.problem = ""
        self.watch = Watch()
        self._spec, self._allow_outside, self._tell = spec, allow_outside, tell
        self._placing = Placing()
        self._completing = asyncio.Lock()
        self._changed = asyncio.Condition()
        self._state = 0
        self._is_over = False

    async def renew(self, work: Work) -> None:
        """Show what the spec says now: first its pictures, then everything; or what is wrong with it."""
        reading = await asyncio.to_thread(read, self._spec, allow_outside=self._allow_outside)
        if work.is_dropped:
            return
        self.watch.read(reading.files)
        if reading.architecture is None:
            await self._show(self.edition, reading.problem)
            return
        renewal = Renewal(self._spec, reading.architecture, Placing(self._placing), work)
        if not await self._renew_pictures(renewal):
            return
        self._placing = renewal.placing
        async with self._completing:  # at most one at a time: a dropped one may take a moment to end
            await self._step(work, STALE, renewal.whole_page, next(self._numbers))

    async def _renew_pictures(self, renewal: Renewal) -> bool:
        """Whether all are shown."""
        view, number = self.looked_at, next(self._numbers)
        work, before = renewal.work, self.edition
        first = not view or await self._step(work, "", renewal.first_picture, before, view, number)
        return first and await self._step(work, "", renewal.every_picture, self.edition, next(self._numbers))

    async def _step(self, work: Work, otherwise: str, make: Callable[..., Edition], *arguments: object) -> bool:
        """Show what a step makes, or why it cannot be made; whether it was made and shown."""
        try:
            work.go_on()
            made = await asyncio.to_thread(make, *arguments)
            work.go_on()
        except SupersededError:
            return False
        except Exception as error:
            if not work.is_dropped:
                await self._show(self.edition, f"{told(error)}\n{otherwise}".rstrip())
            return False
        await self._show(made, "")
        return True

    async def _show(self, edition: Edition, problem: str) -> None:
        if problem and problem != self.problem:
            self._tell(problem)
        self.edition, self.problem = edition, problem
        await self._wake()

    async def end(self) -> None:
        """Let every listener go."""
        self._is_over = True
        await self._wake()

    async def _wake(self) -> None:
        async with self._changed:
            self._state += 1
            self._changed.notify_all()

    def _moved_on(self, seen: int) -> bool:
        return self._state != seen

    @property
    def _news(self) -> bytes:
        is_working = not self.edition.is_complete and not self.problem
        news = {"page": self.edition.page, "pictures": self.edition.pictures, "problem": self.problem}
        news["working"] = is_working
        return f"data: {json.dumps(news)}\n\n".encode()

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: `{"page": 7, "pictures": 9, "problem": "", "working": false}` now and at each change,
        a comment in between.
        """
        seen = -1
        while not self._is_over:
            if seen != self._state:
                seen = self._state
                yield self._news
            try:
                async with self._changed:
                    await asyncio.wait_for(self._changed.wait_for(partial(self._moved_on, seen)), HEARTBEAT)
            except TimeoutError:
                yield b": still here\n\n"
