"""The site over HTTP: its files, and a stream that says when to look again."""

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from archspec.cli.live.site import PAGE, Site

WAITING = b"<!doctype html><meta charset=utf-8><title>archspec</title><p>The spec is not valid yet.</p>"
HEARTBEAT = 15.0


class Live:
    """Listeners of a site, told whenever it changes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._changed = asyncio.Condition()
        self._state = 0

    async def tell(self) -> None:
        """Wake every listener."""
        async with self._changed:
            self._state += 1
            self._changed.notify_all()

    def _moved_on(self, seen: int) -> bool:
        return self._state != seen

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: `{"version": 3, "problem": ""}` now and at every change, a comment in between."""
        seen = -1
        while True:
            if seen != self._state:
                seen = self._state
                told = {"version": self.site.version, "problem": self.site.problem}
                yield f"data: {json.dumps(told)}\n\n".encode()
            try:
                async with self._changed:
                    await asyncio.wait_for(self._changed.wait_for(partial(self._moved_on, seen)), HEARTBEAT)
            except TimeoutError:
                yield b": still here\n\n"


def application(live: Live, hosts: list[str], **more: Any) -> Starlette:
    """The site as an ASGI application that answers to these host names only (no rebinding of names)."""

    async def events(_: Request) -> Response:
        return StreamingResponse(live.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def file(request: Request) -> Response:
        name = request.path_params["path"] or PAGE
        content = live.site.files.get(name)
        if content is None:
            return Response(WAITING, 503, media_type="text/html") if name == PAGE else Response("not found", 404)
        kind = mimetypes.guess_type(name)[0] or "text/plain"
        return Response(content, media_type=kind, headers={"Cache-Control": "no-store"})

    routes = [Route("/events", events), Route("/{path:path}", file)]
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=hosts)]
    return Starlette(routes=routes, middleware=middleware, **more)
