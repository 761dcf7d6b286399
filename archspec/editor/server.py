"""The language server: its state, and the judging of specs while they are typed."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from archspec.editor.lenses import Measured
from archspec.editor.positions import Positions, path_of, uri_of
from archspec.editor.project import Project
from archspec.editor.snapshot import Snapshot
from archspec.language import Edit
from archspec.validators import Finding, Severity
from archspec.validators.rule_pages import page_url
from archspec.validators.unused_suppressions import UNUSED_SUPPRESSION

PAUSE = 0.25
"""Seconds without a key pressed, after which a spec is judged."""


class Server(LanguageServer):
    """Keeps the project of one editor, and tells it what is found."""

    def __init__(self) -> None:
        super().__init__("archspec", version("archspec-code"))
        self.project = Project()
        self.shows_hints = False
        self.measured: dict[Path, tuple[Mapping[str, str], Mapping[str, Measured]]] = {}
        """What a run has measured of each spec's promises, with the texts that it ran."""
        self._told: dict[Path, dict[str, list[types.Diagnostic]]] = {}
        """What was last found in each spec, by the URI of the file."""
        self._judging = ThreadPoolExecutor(1)
        """One at a time: what is typed over while it waits is never judged."""
        self._waiting: dict[Path, asyncio.Task[None]] = {}

    @property
    def positions(self) -> Positions:
        """The translation of places that was agreed on with the client."""
        return Positions(self.workspace.position_codec)

    def text_of(self, path: Path) -> str:
        """The text of an open file."""
        return self.project.buffers.open.get(path, "")

    def take(self, uri: str) -> Path | None:
        """Note the text that a file has in the editor now."""
        path = path_of(uri)
        if path is not None:
            self.project.buffers.open[path] = self.workspace.get_text_document(uri).source
        return path

    async def known_of(self, uri: str, *, settled: bool = False) -> tuple[Path, Snapshot] | None:
        """A file, and what is known now of the spec that it is part of; None where it is part of none.

        Where it may be `settled`, the pause in typing is awaited: editors ask for some things at each key.
        """
        path = path_of(uri)
        root = self.project.root_of(path) if path is not None else None
        if path is None or root is None:
            return None
        while settled and (waiting := self._waiting.get(root)) is not None and not waiting.done():
            await asyncio.wait([waiting])
        return path, await self._renewed(root)

    def edit(self, known: Snapshot, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Edits of the files of a spec, for the editor to make."""
        changes: dict[str, list[types.TextEdit]] = {}
        for each in edits:
            where = self.positions.range(each.span, known.texts[each.file])
            changes.setdefault(self._known_as(uri_of(each.file)), []).append(types.TextEdit(where, each.text))
        return types.WorkspaceEdit(changes)

    def judge(self, roots: Iterable[Path], pause: float = PAUSE) -> None:
        """Judge specs when nothing was typed for a while; a judgement that waits already is put off."""
        for root in roots:
            before = self._waiting.get(root)
            if before is not None:
                before.cancel()
            self._waiting[root] = asyncio.get_running_loop().create_task(self._judge(root, pause))

    async def _judge(self, root: Path, pause: float) -> None:
        await asyncio.sleep(pause)
        loop = asyncio.get_running_loop()
        self._found(await self._renewed(root, lambda known: loop.call_soon_threadsafe(self._found, known)))

    def _found(self, known: Snapshot) -> None:
        if known.is_current(self.project.buffers):
            self._tell(known.root, diagnostics(known, self.positions))

    async def _renewed(self, root: Path, soon: Callable[[Snapshot], object] | None = None) -> Snapshot:
        return await asyncio.get_running_loop().run_in_executor(self._judging, self.project.renewed, root, soon)

    def forget(self, root: Path) -> None:
        """Nothing of a spec is open any more."""
        self.project.forget(root)
        waiting = self._waiting.pop(root, None)
        if waiting is not None:
            waiting.cancel()
        self._tell(root, {})

    def _tell(self, root: Path, found: dict[str, list[types.Diagnostic]]) -> None:
        """Publish what is found in every file of a spec, and nothing any more where something was."""
        before = self._told.get(root, {})
        self._told[root] = found
        for uri in dict.fromkeys([*before, *found]):
            lists = (each[uri] for each in self._told.values() if uri in each)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self._known_as(uri), joined(lists)))

    def _known_as(self, uri: str) -> str:
        """The URI by which the editor opened a file: it may reach it through a link, or spell it otherwise."""
        return next((each for each in self.workspace.text_documents if uri_of(path_of(each) or "") == uri), uri)


def server() -> Server:
    """A server with everything that it answers."""
    from archspec.editor import commanding, reading, synchronising, writing

    made = Server()
    for part in (synchronising, reading, writing, commanding):
        part.register(made)
    return made


_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(known: Snapshot, positions: Positions) -> dict[str, list[types.Diagnostic]]:
    """What was found in a spec, by the URI of the file that it stands in; each file that takes part has its list."""
    named = cache(uri_of)  # to follow the links of a path takes long, and hundreds of places are in one file
    found: dict[str, list[types.Diagnostic]] = {named(file): [] for file in (str(known.root), *known.texts)}
    for finding in known.outcome.findings:
        file = finding.span.file if finding.span else str(known.root)
        found.setdefault(named(file), []).append(_diagnostic(finding, known.texts, positions, named))
    return found


def _diagnostic(
    finding: Finding, texts: Mapping[str, str], positions: Positions, named: Callable[[str], str]
) -> types.Diagnostic:
    span = finding.span
    start = types.Position(0, 0)
    return types.Diagnostic(
        range=positions.range(span, texts.get(span.file, "")) if span else types.Range(start, start),
        message=finding.text,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(page_url(finding.code)),
        source="archspec",
        tags=[types.DiagnosticTag.Unnecessary] if finding.code == UNUSED_SUPPRESSION else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(named(place.file), positions.range(place, texts.get(place.file, ""))), word
            )
            for place, word in finding.related
        ],
    )


def joined(lists: Iterable[list[types.Diagnostic]]) -> list[types.Diagnostic]:
    """What several specs say of a file that they share, each once."""
    found: dict[tuple[object, ...], types.Diagnostic] = {}
    for diagnostic in (each for several in lists for each in several):
        start = diagnostic.range.start
        found.setdefault((start.line, start.character, diagnostic.code, diagnostic.message), diagnostic)
    return list(found.values())
