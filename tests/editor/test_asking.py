"""What an editor asks about places, files and folders, by the real server."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from archspec.language.formatter.format import format_text
from tests.editor.editing import Editor, Run
from tests.editor.test_reading import RISKY, SMALL
from tests.editor.test_writing import renamed, titles

VALID = SMALL.replace(", logs_to: logs", "")
Ask = Callable[[Editor, str], Awaitable[Any]]


def at(uri: str, line: int = 0, character: int = 0) -> dict[str, Any]:
    return {"text_document": types.TextDocumentIdentifier(uri), "position": types.Position(line, character)}


EVERYWHERE = types.Range(types.Position(0, 0), types.Position(1000, 0))
REQUESTS: dict[str, Ask] = {
    "hover": lambda e, uri: e.client.text_document_hover_async(types.HoverParams(**at(uri))),
    "definition": lambda e, uri: e.client.text_document_definition_async(types.DefinitionParams(**at(uri))),
    "references": lambda e, uri: e.client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(include_declaration=True), **at(uri))
    ),
    "highlights": lambda e, uri: e.client.text_document_document_highlight_async(
        types.DocumentHighlightParams(**at(uri))
    ),
    "outline": lambda e, uri: e.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    ),
    "completion": lambda e, uri: e.client.text_document_completion_async(types.CompletionParams(**at(uri))),
    "layout": lambda e, uri: e.client.text_document_formatting_async(
        types.DocumentFormattingParams(
            types.TextDocumentIdentifier(uri), types.FormattingOptions(2, insert_spaces=True)
        )
    ),
    "what may be renamed": lambda e, uri: e.client.text_document_prepare_rename_async(
        types.PrepareRenameParams(**at(uri))
    ),
    "a new name": lambda e, uri: e.client.text_document_rename_async(types.RenameParams(new_name="x", **at(uri))),
    "what may be done": lambda e, uri: e.client.text_document_code_action_async(
        types.CodeActionParams(types.TextDocumentIdentifier(uri), EVERYWHERE, types.CodeActionContext([]))
    ),
    "what stands above flows": lambda e, uri: e.client.text_document_code_lens_async(
        types.CodeLensParams(types.TextDocumentIdentifier(uri))
    ),
    "what stands beside components": lambda e, uri: e.client.text_document_inlay_hint_async(
        types.InlayHintParams(types.TextDocumentIdentifier(uri), EVERYWHERE)
    ),
    "a place": lambda e, uri: e.client.workspace_execute_command_async(
        types.ExecuteCommandParams("archspec.place", [uri, "api"])
    ),
    "a walk": lambda e, uri: e.client.workspace_execute_command_async(
        types.ExecuteCommandParams("archspec.trace", [uri, "ask"])
    ),
    "a run": lambda e, uri: e.client.workspace_execute_command_async(
        types.ExecuteCommandParams("archspec.simulate", [uri, "ask"])
    ),
}


@pytest.mark.parametrize("asked", REQUESTS)
def test_of_what_is_no_spec_nothing_is_said(asked: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "compose.yaml").write_text("services:\n  api: {image:   x}\n")

    async def test(editor: Editor) -> None:
        plain = editor.open(tmp_path / "compose.yaml")
        for uri in (plain, "untitled:Untitled-1", (tmp_path / "not-open.yaml").as_uri()):
            assert not await REQUESTS[asked](editor, uri)

    run(test)


@pytest.mark.parametrize("asked", ["definition", "references", "highlights", "what may be renamed", "a new name"])
def test_where_no_name_stands_nothing_is_said(asked: str, tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        assert not await REQUESTS[asked](editor, editor.open(tmp_path / "a.yaml", VALID))

    run(test)


def test_the_uses_of_a_name_are_found_with_its_declaration_or_without(tmp_path: Path, run: Run) -> None:
    (tmp_path / "part.yaml").write_text("components: {store: {kind: database}}\n")

    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", "include: [part.yaml]\n" + VALID.replace("api -> db", "api -> store"))

        async def uses(*, declared: bool) -> list[tuple[str, int]]:
            context = types.ReferenceContext(include_declaration=declared)
            asked = types.ReferenceParams(context, **editor.place(uri, "api -> sto|re"))
            found = await editor.client.text_document_references_async(asked)
            return [(each.uri.rpartition("/")[2], each.range.start.line) for each in found or ()]

        assert await uses(declared=True) == [("a.yaml", 9), ("part.yaml", 0)]
        assert await uses(declared=False) == [("a.yaml", 9)]
        asked = types.DocumentHighlightParams(**editor.place(uri, "api -> sto|re"))
        shown = await editor.client.text_document_document_highlight_async(asked)
        assert [each.range.start.line for each in shown or ()] == [9]

    run(test)


def test_what_is_renamed_is_the_whole_name_under_the_cursor(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", VALID)
        for marked in ("user -> |api", "user -> a|pi", "user -> api|:"):
            found = await editor.client.text_document_prepare_rename_async(
                types.PrepareRenameParams(**editor.place(uri, marked))
            )
            assert isinstance(found, types.Range)
            assert editor.text_at(types.Location(uri, found)) == "api"
        same = types.RenameParams(new_name="api", **editor.place(uri, "user -> a|pi"))
        made = await editor.client.text_document_rename_async(same)
        assert made
        assert made.changes
        assert renamed(VALID, made.changes[uri]) == VALID

    run(test)


def test_a_layout_that_is_right_or_cannot_be_read_is_left(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        for name, text in (("right.yaml", format_text(VALID)), ("broken.yaml", VALID + "  - [\n")):
            assert not await REQUESTS["layout"](editor, editor.open(tmp_path / name, text))

    run(test)


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        (None, ["Change to `api`", "Mend all that is safe"]),
        ([types.CodeActionKind.QuickFix], ["Change to `api`"]),
        ([types.CodeActionKind.Source], ["Mend all that is safe"]),
        (["source.fixAll"], ["Mend all that is safe"]),
        (["source.fixAll.archspec"], ["Mend all that is safe"]),
        (["source.fixAll.others", "sourc"], []),
        ([types.CodeActionKind.Refactor], []),
    ],
)
def test_what_may_be_done_is_of_the_kind_that_is_asked_for(
    wanted: Any, offered: list[str], tmp_path: Path, run: Run
) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "slip.yaml", VALID.replace("user -> api", "user -> apii"))
        here = editor.place(uri, "user -> ap|ii")["position"]
        asked = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), types.Range(here, here), types.CodeActionContext([], only=wanted)
        )
        found = await editor.client.text_document_code_action_async(asked)
        assert [each.title for each in found or ()] == offered

    run(test)


def test_what_may_be_done_to_a_line_is_offered_on_it_and_preferred_where_it_is_sure(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "slip.yaml", VALID.replace("user -> api", "user -> apii"))
        assert list(await titles(editor, uri, "connections|:")) == ["Mend all that is safe"]
        assert list(await titles(editor, uri, "  - api -> d|b")) == ["Mend all that is safe"]
        for marked in ("|  - user -> apii: https", "  - user -> apii: https|"):
            found = await titles(editor, uri, marked)
            assert found["Change to `api`"].is_preferred
        found = await titles(editor, editor.open(RISKY), "  d|b: ")
        assert found["Ignore AVL01 here, with a reason"].is_preferred is None

    run(test)


def test_each_offer_has_its_sign_its_place_and_its_order(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", VALID + "flows:\n  \n  ask: {from: us}\n")
        (new,) = (await editor.offered(uri, "flows:\n  |\n")).values()
        assert (new.kind, new.insert_text_format) == (
            types.CompletionItemKind.Snippet,
            types.InsertTextFormat.Snippet,
        )
        found = await editor.offered(uri, "from: us|}")
        assert sorted(found.values(), key=lambda each: each.sort_text or "") == list(found.values())
        user = found["user"]
        assert (user.kind, user.insert_text_format) == (
            types.CompletionItemKind.Reference,
            types.InsertTextFormat.PlainText,
        )
        assert isinstance(user.text_edit, types.TextEdit)
        assert (user.text_edit.new_text, user.detail, user.documentation) == ("user", "client", None)
        assert editor.text_at(types.Location(uri, user.text_edit.range)) == "us"
        assert await editor.offered(uri, "name: Small|") == {}

    run(test)


def test_a_spec_that_is_wrong_is_not_walked_and_an_unknown_flow_is_refused(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        wrong = editor.open(tmp_path / "wrong.yaml", VALID.replace("api -> db", "api -> dbx"))
        assert await REQUESTS["a walk"](editor, wrong) is None
        assert await REQUESTS["a run"](editor, wrong) is None
        right = editor.open(tmp_path / "right.yaml", VALID)
        assert await REQUESTS["a walk"](editor, right) is None

    run(test)


def test_what_was_typed_and_not_saved_is_gone_when_a_file_is_closed(tmp_path: Path, run: Run) -> None:
    part = tmp_path / "part.yaml"
    part.write_text("components: {store: {kind: database}}\n")

    async def test(editor: Editor) -> None:
        root = editor.open(tmp_path / "root.yaml", "include: [part.yaml]\n" + VALID.replace("-> db", "-> store"))
        assert [each.code for each in await editor.diagnostics(root) if each.severity == 1] == []
        typed = editor.open(part, "components: {shop: {kind: database}}\n")
        assert "STR01" in [each.code for each in await editor.diagnostics(root)]
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(typed)))
        assert "STR01" not in [each.code for each in await editor.diagnostics(root)]

    run(test)
