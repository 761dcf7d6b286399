"""What an editor writes for people: completions and layout, by the real server."""

from pathlib import Path

from lsprotocol import types

from tests.editor.editing import VIDEO, Editor, Run
from tests.editor.test_reading import SMALL


def test_ids_are_offered_inside_a_bracket_that_is_not_closed(run: Run) -> None:
    async def test(editor: Editor) -> None:
        text = VIDEO.read_text().replace("zones: [zone-a, zone-b]", "zones: [zone-a, ", 1)
        uri = editor.open(VIDEO, text)
        assert list(await editor.offered(uri, "zones: [zone-a, |\n")) == ["region", "zone-a", "zone-b", "zone-c"]

    run(test)


def test_keys_of_the_kind_that_are_not_yet_written_are_offered(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL.replace("zones: []", "zones: [], sess"))
        keys = await editor.offered(uri, "zones: [], sess|")
        assert {"kind", "zones", "logs_to"} & set(keys) == set()
        assert keys["sessions_in"].detail == "component (cache, database) or `local`"
        assert isinstance(keys["sessions_in"].text_edit, types.TextEdit)
        assert keys["sessions_in"].text_edit.new_text == "sessions_in: "
        assert editor.text_at(types.Location(uri, keys["sessions_in"].text_edit.range)) == "sess"

    run(test)


def test_ids_that_fit_a_field_are_offered_and_no_others(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL.replace("logs_to: logs", "sessions_in: "))
        assert list(await editor.offered(uri, "sessions_in: |}")) == ["db", "local"]

    run(test)


def test_values_kinds_and_units_are_offered(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL + "  - user -> db: {access: , timeout: 30}\n  - \n")
        assert list(await editor.offered(uri, "access: |")) == ["read", "write"]
        assert list(await editor.offered(uri, "timeout: 30|")) == ["30us", "30ms", "30s", "30m", "30h", "30d"]
        assert (await editor.offered(uri, "kind: |server"))["cache"].documentation
        assert list(await editor.offered(uri, "  - |\n")) == ["user", "api", "db"]

    run(test)


def test_names_of_other_files_are_offered_too(tmp_path: Path, run: Run) -> None:
    (tmp_path / "part.yaml").write_text("components: {store: {kind: database}}\n")

    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", "include: [part.yaml]\n" + SMALL.replace("api -> db", "api -> "))
        await editor.diagnostics(uri)
        assert list(await editor.offered(uri, "  - api -> |")) == ["store", "user", "api", "db"]

    run(test)


def test_replicas_are_offered_where_a_fault_strikes(run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(VIDEO, VIDEO.read_text() + "  more:\n    faults:\n      - {fail: \n")
        assert {"api", "api-6", "zone-a"} <= set(await editor.offered(uri, "{fail: |\n"))

    run(test)


def test_formatting_is_that_of_the_command(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", "archspec:   1\nname: A\ncomponents: {api:  {kind: server}}\n")
        document, layout = types.TextDocumentIdentifier(uri), types.FormattingOptions(2, insert_spaces=True)
        (edit,) = (
            await editor.client.text_document_formatting_async(types.DocumentFormattingParams(document, layout)) or ()
        )
        assert edit.new_text == "archspec:   1\nname: A\ncomponents: {api: {kind: server}}\n"

    run(test)
