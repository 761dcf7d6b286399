"""What an editor shows above flows and beside components, and the commands behind it."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from lsprotocol import types

from archspec.editor.lenses import declared, hints, simulated, traced
from archspec.editor.server import Server
from archspec.editor.snapshot import Snapshot
from archspec.errors import ArchspecError, Span
from archspec.language.reader.characters import lines
from archspec.model import Architecture

TRACE, SIMULATE, PLACE = "archspec.trace", "archspec.simulate", "archspec.place"
T = TypeVar("T")


def register(server: Server) -> None:
    """Let the server offer and run what works figures out."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def code_lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
        found = await ls.known_of(params.text_document.uri, settled=True)
        file = found[1].file_named(found[0]) if found else None
        if found is None or file is None or found[1].architecture is None:
            return []
        known, shown = found[1], []
        measured = ls.measured.get(known.root)
        figures = measured[1] if measured and measured[0] == known.texts else {}
        for each in declared(known, "flows", file):
            where = ls.positions.range(each.span, known.texts[file])
            arguments = [params.text_document.uri, each.name]
            result = figures[each.name].text if each.name in figures else "simulate"
            for title, command in (("trace", TRACE), (result, SIMULATE)):
                shown.append(types.CodeLens(where, types.Command(title, command, arguments=arguments)))
        return shown

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
        found = await ls.known_of(params.text_document.uri, settled=True) if ls.shows_hints else None
        file = found[1].file_named(found[0]) if found else None
        if found is None or file is None or found[1].architecture is None:
            return []
        known, text = found[1], found[1].texts[file]
        shown = []
        for each, told in hints(known, found[1].architecture, file):
            end = len(lines(text)[each.span.line - 1].rstrip()) + 1
            place = ls.positions.range(each.span._replace(column=end, end_column=end), text).start
            if params.range.start.line <= place.line <= params.range.end.line:
                shown.append(types.InlayHint(place, told, padding_left=True))
        return shown

    @server.command(PLACE)
    async def place(ls: Server, uri: str, shown: str) -> types.Location | None:
        found = await ls.known_of(uri)
        span = place_of(found[1], shown) if found else None
        return ls.positions.location(span, found[1].texts[span.file]) if found and span else None

    @server.command(TRACE)
    async def trace(ls: Server, uri: str, flow: str) -> str | None:
        return await _worked_out(ls, uri, lambda system: traced(system, flow))

    @server.command(SIMULATE)
    async def simulate(ls: Server, uri: str, flow: str) -> str | None:
        made = await _worked_out(ls, uri, simulated)
        known = await ls.known_of(uri)
        if made is None or known is None:
            return None
        ls.measured[known[1].root] = (known[1].texts, made[1])
        capabilities = ls.client_capabilities.workspace
        if capabilities and capabilities.code_lens and capabilities.code_lens.refresh_support:
            ls.workspace_code_lens_refresh(None)
        return made[0]


async def _worked_out(ls: Server, uri: str, work: Callable[[Architecture], T]) -> T | None:
    """The result of work on a valid spec, done in a thread; what hinders it is shown."""
    known = await ls.known_of(uri)
    system: Any = known[1].architecture if known else None
    if system is None:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Warning, "archspec: mend the spec first."))
        return None
    try:
        return await asyncio.get_running_loop().run_in_executor(None, work, system)
    except ArchspecError as error:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"archspec: {error}"))
        return None


_DRAWN = ("components", "groups")


def place_of(known: Snapshot, shown: str) -> Span | None:
    """The name of a component or group where it is declared, a connection (`a -> b`) or the field that implies it."""
    from_, _, to = shown.partition(" -> ")
    if not to:
        found = (each for each in known.declarations if each.section in _DRAWN and each.name == shown)
        return next((each.span for each in found), None)
    system = known.architecture
    if system is None:
        return None
    arrows = (arrow for arrow in system.group_arrows if (arrow.from_, arrow.to) == (from_, to))
    edge = system.connection(from_, to) or next(arrows, None)
    if edge is None:
        return None
    implied = edge.implied_by
    return system.source.key(("components", edge.from_, implied) if implied else ("connections", edge.name))
