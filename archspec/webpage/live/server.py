"""Live pages over HTTP: their files, and streams that say when to look again."""

import mimetypes
from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from archspec.renderers import Html, tag
from archspec.webpage.document import policy, style_sheet
from archspec.webpage.live.edition import PAGE
from archspec.webpage.live.shelf import Shelf

EVENTS = "events"
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


def application(shelf: Shelf, hosts: list[str], folder: str = "") -> Starlette:
    """The pages as an ASGI application that answers to these host names only (no rebinding of names).

    Those of a `folder` (its name) stand in a list at the root.
    """

    async def answer(request: Request) -> Response:
        path = request.path_params["path"]
        found = shelf.of(path)
        if found is None:
            return _elsewhere(shelf, path, folder)
        live, name = found
        if name == EVENTS:
            return StreamingResponse(live.stream(), media_type="text/event-stream")
        live.looked_at = request.query_params.get("view", live.looked_at)
        content = live.edition.files.get(name or PAGE)
        if content is None:
            return Response("not found", 404)
        return Response(content, media_type=mimetypes.guess_type(name or PAGE)[0] or "text/plain")

    middleware = [Middleware(Guarded), Middleware(TrustedHostMiddleware, allowed_hosts=hosts)]
    return Starlette(routes=[Route("/{path:path}", answer)], middleware=middleware)


def _elsewhere(shelf: Shelf, path: str, folder: str) -> Response:
    specs = shelf.find()
    if not path:
        return Response(contents(folder, specs), media_type="text/html")
    if f"{path}/" in specs:
        return RedirectResponse(f"/{path}/")
    return Response("not found", 404)


def contents(folder: str, paths: Iterable[str]) -> str:
    """A list of links, in the dress of the pages."""
    css = style_sheet({})
    title = f"Specs in {folder}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy(css, "", live=False)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("style", Html(css)),
    )
    rows = [tag("li", tag("a", path.rstrip("/"), href=path)) for path in paths]
    body = tag("body", tag("main", tag("h1", title), tag("ul", *rows, class_="specs")))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"
