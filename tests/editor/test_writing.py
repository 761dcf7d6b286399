"""What an editor writes for people: completions and layout, by the real server."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from archspec.language import load, load_text
from archspec.language.build import build
from archspec.language.renaming import Renaming
from archspec.model.data import to_data
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


def renamed(text: str, edits: Sequence[Any]) -> str:
    """A text of letters within one code unit after edits that are in no order."""
    rows = text.split("\n")
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        row = rows[edit.range.start.line]
        rows[edit.range.start.line] = (
            row[: edit.range.start.character] + edit.new_text + row[edit.range.end.character :]
        )
    return "\n".join(rows)


def test_a_new_name_reaches_every_use_and_nothing_else(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(VIDEO)
        asked = types.RenameParams(new_name="backend", **editor.place(uri, "lb -> a|pi"))
        made = await editor.client.text_document_rename_async(asked)
        assert made
        assert made.changes
        after = renamed(editor.texts[uri], made.changes[uri])
        expected = Renaming({"components": {"api": "backend"}}).renamed(to_data(load(VIDEO)))
        assert to_data(load_text(after)) == to_data(build(expected))

    run(test)


def test_a_name_that_is_taken_or_malformed_is_refused(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "taken.yaml", SMALL.replace(", logs_to: logs", ""))
        place = editor.place(uri, "  a|pi:")
        with pytest.raises(JsonRpcException, match=r"`db` is taken: .*taken.yaml:6:3 declares it in `components`"):
            await editor.client.text_document_rename_async(types.RenameParams(new_name="db", **place))
        with pytest.raises(JsonRpcException, match="`a b` is not an id"):
            await editor.client.text_document_rename_async(types.RenameParams(new_name="a b", **place))

    run(test)


def test_a_rename_reaches_the_files_that_are_included(tmp_path: Path, run: Run) -> None:
    part = tmp_path / "part.yaml"
    part.write_text("components: {store: {kind: database}}\n")

    async def test(editor: Editor) -> None:
        text = "include: [part.yaml]\n" + SMALL.replace(", logs_to: logs", "").replace("api -> db", "api -> store")
        uri = editor.open(tmp_path / "root.yaml", text)
        asked = types.RenameParams(new_name="shelf", **editor.place(uri, "api -> sto|re"))
        made = await editor.client.text_document_rename_async(asked)
        assert made
        assert {name: [each.new_text for each in edits] for name, edits in (made.changes or {}).items()} == {
            part.as_uri(): ["shelf"],
            uri: ["shelf"],
        }

    run(test)


async def titles(editor: Editor, uri: str, marked: str) -> dict[str, types.CodeAction]:
    """What is offered to be done at a place, by title."""
    at = editor.place(uri, marked)["position"]
    asked = types.CodeActionParams(
        types.TextDocumentIdentifier(uri), types.Range(at, at), types.CodeActionContext(diagnostics=[])
    )
    found = await editor.client.text_document_code_action_async(asked)
    return {each.title: each for each in found or () if isinstance(each, types.CodeAction)}


def test_a_slip_in_an_id_is_mended(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        slip = SMALL.replace(", logs_to: logs", "").replace("user -> api", "user -> apii")
        uri = editor.open(tmp_path / "slip.yaml", slip)
        found = await titles(editor, uri, "user -> ap|ii")
        assert list(found) == ["Change to `api`", "Mend all that is safe"]
        made = found["Change to `api`"].edit
        assert made
        assert made.changes
        assert renamed(slip, made.changes[uri]) == slip.replace("apii", "api")

    run(test)


def test_a_finding_is_ignored_with_a_reason(run: Run) -> None:
    risky = VIDEO.parents[2] / "docs" / "examples" / "risky.yaml"

    async def test(editor: Editor) -> None:
        uri = editor.open(risky)
        (first, *_) = await editor.diagnostics(uri)
        row = editor.texts[uri].split("\n")[first.range.start.line]
        found = await titles(editor, uri, f"|{row}")
        made = found[f"Ignore {first.code} here, with a reason"].edit
        assert made
        assert made.changes
        editor.type(uri, renamed(editor.texts[uri], made.changes[uri]))
        assert (first.code, first.message) not in [(each.code, each.message) for each in await editor.diagnostics(uri)]

    run(test)
