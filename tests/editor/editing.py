"""An editor for tests: a client of the real server, over its standard input and output."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.needs import needs_extra

needs_extra("editor")

SPECS = Path(__file__).parents[2] / "specs"
VIDEO = SPECS / "video_platform" / "architecture.yaml"


def units(row: str) -> int:
    """How long a row is for an editor."""
    return len(row.encode("utf-16-le")) // 2


class Editor:
    """Opens files, types into them, and asks about the place of a `|` in a line."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.texts: dict[str, str] = {}
        self.news = asyncio.Event()

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, with a text that the disk need not have; gives its URI."""
        uri = path.resolve().as_uri()
        self.found.pop(uri, None)
        self.texts[uri] = path.read_text() if text is None else text
        item = types.TextDocumentItem(uri, "yaml", 1, self.texts[uri])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, text: str) -> None:
        """Replace the text of an open file; told are, as editors do, the lines that changed."""
        before, after = (each.split("\n") for each in (self.texts[uri], text))
        self.texts[uri] = text
        document = types.VersionedTextDocumentIdentifier(2, uri)
        least = min(len(before), len(after)) - 1  # the last line has no end: it is told where anything is
        same = next((i for i in range(least) if before[i] != after[i]), least)
        tail = next((i for i in range(least - same) if before[-1 - i] != after[-1 - i]), least - same)
        end = types.Position(len(before) - tail, 0) if tail else types.Position(len(before) - 1, units(before[-1]))
        written = "".join(f"{row}\n" for row in after[same : len(after) - tail]) if tail else "\n".join(after[same:])
        change = types.TextDocumentContentChangePartial(types.Range(types.Position(same, 0), end), written)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """The next that is told of a file."""
        while uri not in self.found:
            self.news.clear()
            await self.news.wait()
        return self.found.pop(uri)

    def place(self, uri: str, marked: str) -> Any:
        """What a request about the place of `|` in a marked piece of the text takes."""
        before, _, after = marked.partition("|")
        at = self.texts[uri].index(before + after) + len(before)
        row = self.texts[uri][:at].rpartition("\n")[2]
        line = self.texts[uri].count("\n", 0, at)
        position = types.Position(line, units(row))
        return {"text_document": types.TextDocumentIdentifier(uri), "position": position}

    async def offered(self, uri: str, marked: str) -> dict[str, types.CompletionItem]:
        """What may be written at a place, by label."""
        found = await self.client.text_document_completion_async(types.CompletionParams(**self.place(uri, marked)))
        return {item.label: item for item in found or ()}

    async def hovered(self, uri: str, marked: str) -> str:
        """What is shown of a place."""
        found = await self.client.text_document_hover_async(types.HoverParams(**self.place(uri, marked)))
        return found.contents.value if found else ""

    def text_at(self, place: types.Location) -> str:
        """The words of a place."""
        row = self.texts[place.uri].split("\n")[place.range.start.line].encode("utf-16-le")
        return row[place.range.start.character * 2 : place.range.end.character * 2].decode("utf-16-le")


@asynccontextmanager
async def editing(folder: Path | None = None, **options: Any) -> AsyncIterator[Editor]:
    """An editor with a server of its own, which ends with it."""
    client = LanguageClient("tests", "1")
    editor = Editor(client)

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def told(params: types.PublishDiagnosticsParams) -> None:
        editor.found[params.uri] = list(params.diagnostics)
        editor.news.set()

    await client.start_io(sys.executable, "-m", "archspec", "lsp")
    folders = [types.WorkspaceFolder(folder.as_uri(), folder.name)] if folder else None
    asked = types.InitializeParams(
        types.ClientCapabilities(), workspace_folders=folders, initialization_options=options
    )
    await client.initialize_async(asked)
    client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()


Run = Callable[[Callable[[Editor], Awaitable[None]]], None]
"""Runs a test with an editor: the fixture `run`."""
