"""What stands above flows and beside components, by the real server."""

import asyncio
from pathlib import Path

from lsprotocol import types

from tests.editor.editing import VIDEO, Editor, Run, editing


async def lenses(editor: Editor, uri: str) -> list[str]:
    """What stands above the flows, from the top."""
    asked = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_code_lens_async(asked)
    return [each.command.title for each in found or () if each.command]


def test_a_flow_can_be_traced_and_run_from_its_line(run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(VIDEO)
        await editor.diagnostics(uri)
        assert (await lenses(editor, uri))[:2] == ["trace", "simulate"]
        asked = types.ExecuteCommandParams("archspec.trace", [uri, "watch-video"])
        walked = await editor.client.workspace_execute_command_async(asked)
        assert str(walked).splitlines()[0].startswith("watch-video")
        asked = types.ExecuteCommandParams("archspec.simulate", [uri, "watch-video"])
        told = str(await editor.client.workspace_execute_command_async(asked))
        assert told.startswith("10s simulated, seed 1\nwatch-video: ")
        assert (await lenses(editor, uri))[1].startswith("p99 ")
        assert (await lenses(editor, uri))[1].endswith(" of 400 ms")
        editor.type(uri, editor.texts[uri] + "# another text\n")
        assert (await lenses(editor, uri))[1] == "simulate"

    run(test)


def test_what_a_picture_shows_is_found_in_the_file_where_it_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data.yaml").write_text("components:\n  db: {kind: database}\n", "utf-8")
    root = tmp_path / "architecture.yaml"
    root.write_text(
        "archspec: 1\nname: A\ninclude: [data.yaml]\ngroups:\n  zone: {kind: zone}\ncomponents:\n"
        "  logs: {kind: log_service}\n  api: {kind: server, group: zone, logs_to: logs}\n"
        "connections:\n  - api -> db: tls\n",
        "utf-8",
    )

    async def test(editor: Editor) -> None:
        uri = editor.open(root)
        await editor.diagnostics(uri)

        async def place(shown: str) -> tuple[str, int] | None:
            asked = types.ExecuteCommandParams("archspec.place", [uri, shown])
            found = await editor.client.workspace_execute_command_async(asked)
            return (Path(found["uri"]).name, found["range"]["start"]["line"] + 1) if found else None

        assert await place("db") == ("data.yaml", 2)
        assert await place("zone") == ("architecture.yaml", 5)
        assert await place("api -> db") == ("architecture.yaml", 10)
        assert await place("api -> logs") == ("architecture.yaml", 8)
        assert await place("db -> api") is None
        assert await place("nobody") is None

    run(test)


def test_figures_stand_beside_the_components_that_are_seen_for_who_asks_for_them() -> None:
    async def whole() -> None:
        async with editing(inlayHints=True) as editor:
            uri = editor.open(VIDEO)

            async def shown(first: int, last: int) -> dict[int, types.InlayHint]:
                seen = types.Range(types.Position(first, 0), types.Position(last, 0))
                asked = types.InlayHintParams(types.TextDocumentIdentifier(uri), seen)
                found = await editor.client.text_document_inlay_hint_async(asked)
                return {each.position.line: each for each in found or ()}

            by_line = await shown(0, 1000)
            assert by_line[90].label == "6 replicas: 3 in zone-a, 3 in zone-b, 37.1% busy"
            assert by_line[90].position.character == len(editor.texts[uri].split("\n")[90].rstrip())
            assert by_line[90].padding_left
            assert list(await shown(90, 90)) == [90]
            assert list(await shown(91, 91)) == []

    asyncio.run(whole())


def test_what_stands_above_flows_waits_for_the_pause_in_typing(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        text = VIDEO.read_text("utf-8")
        uri = editor.open(tmp_path / "a.yaml", text)
        await editor.diagnostics(uri)
        editor.type(uri, text.replace("replicas: 6", "replicas: 5", 1))
        assert await lenses(editor, uri)
        assert uri in editor.found

    run(test)
