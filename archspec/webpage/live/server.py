"""The live page over HTTP: its files, and a stream that says when to look again."""

import mimetypes
from collections.abc import MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from archspec.webpage.live.edition import PAGE
from archspec.webpage.live.live import Live

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self' vscode-webview:",
    "X-Content-Type-Options": "nosniff",
}
"""Of every answer: it is not kept, only an editor may show it in a frame, and its type is what it is said to be."""


class Guarded:
    """An application whose every answer carries `HEADERS`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, guarded)


def application(live: Live, hosts: list[str]) -> Starlette:
    """The page as an ASGI application that answers to these host names only (no rebinding of names)."""

    async def events(_: Request) -> Response:
        return StreamingResponse(live.stream(), media_type="text/event-stream")

    async def file(request: Request) -> Response:
        name = request.path_params["path"] or PAGE
        live.looked_at = request.query_params.get("view", live.looked_at)
        content = live.edition.files.get(name)
        if content is None:
            return Response("not found", 404)
        return Response(content, media_type=mimetypes.guess_type(name)[0] or "text/plain")

    routes = [Route("/events", events), Route("/{path:path}", file)]
    middleware = [Middleware(Guarded), Middleware(TrustedHostMiddleware, allowed_hosts=hosts)]
    return Starlette(routes=routes, middleware=middleware)
