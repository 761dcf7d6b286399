"""What an editor shows of a spec, by the real server."""

from pathlib import Path

from lsprotocol import types

import archspec
from tests.editor.editing import VIDEO, Editor, Run

RISKY = VIDEO.parents[2] / "docs" / "examples" / "risky.yaml"
SMALL = """archspec: 1
name: Small
components:
  user: {kind: client, label: "🙂"}
  api: {kind: server, zones: [], logs_to: logs}
  db: {kind: database}
connections:
  - user -> api: https
  - api -> db
"""


def test_the_editor_shows_what_lint_finds(run: Run) -> None:
    async def test(editor: Editor) -> None:
        shown = await editor.diagnostics(editor.open(RISKY))
        found = archspec.lint(RISKY)
        assert [(each.code, each.message) for each in shown] == [(each.code, each.text) for each in found]
        assert shown[0].code_description
        assert shown[0].code_description.href.endswith(f"docs/rules/{shown[0].code}.md")

    run(test)


def test_a_mistake_points_at_the_other_place_that_takes_part(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL + "  - user -> api\n")
        (shown,) = [each for each in await editor.diagnostics(uri) if "twice" in each.message]
        assert shown.message.startswith("`user -> api` is connected twice")
        assert shown.related_information
        assert [each.location.range.start.line for each in shown.related_information] == [7]

    run(test)


def test_what_is_typed_is_judged_though_it_is_not_saved(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL.replace(", logs_to: logs", ""))
        assert [each.severity for each in await editor.diagnostics(uri) if each.severity == 1] == []
        editor.type(uri, SMALL)
        (shown,) = await editor.diagnostics(uri)
        assert (shown.code, shown.message.partition(";")[0]) == ("STR01", "`logs` is not declared")

    run(test)


def test_of_a_file_that_is_closed_nothing_is_said_any_more(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL)
        assert await editor.diagnostics(uri)
        closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        editor.client.text_document_did_close(closed)
        assert await editor.diagnostics(uri) == []

    run(test)


def test_hints_are_shown_only_to_who_asks_for_them(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(VIDEO)
        await editor.diagnostics(uri)
        everything = types.Range(types.Position(0, 0), types.Position(10_000, 0))
        asked = types.InlayHintParams(types.TextDocumentIdentifier(uri), everything)
        assert not await editor.client.text_document_inlay_hint_async(asked)

    run(test)


def test_columns_count_as_the_editor_does(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL.replace('"🙂"}', '"🙂", owner: [x]}'))
        (shown, *_) = await editor.diagnostics(uri)
        assert editor.text_at(types.Location(uri, shown.range)) == "[x]"

    run(test)


def test_a_yaml_file_that_is_no_spec_gets_nothing(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        other = editor.open(tmp_path / "compose.yaml", "services:\n  api: {image: x}\n")
        spec = editor.open(tmp_path / "a.yaml", SMALL)
        assert await editor.diagnostics(spec)
        assert other not in editor.found
        assert await editor.offered(other, "services:|") == {}

    run(test)


def test_an_included_file_is_judged_through_the_spec_that_includes_it(tmp_path: Path, run: Run) -> None:
    (tmp_path / "root.yaml").write_text(
        "archspec: 1\nname: R\ninclude: [part.yaml]\ncomponents: {user: {kind: client}}\n"
    )

    async def test(editor: Editor) -> None:
        part = editor.open(tmp_path / "part.yaml", "components: {api: {kind: server}}\nconnections: [user -> ap]\n")
        (shown,) = await editor.diagnostics(part)
        assert shown.message.startswith("`ap` is not declared")
        editor.type(part, "components: {api: {kind: server}}\nconnections: [user -> api]\n")
        assert [each.code for each in await editor.diagnostics(part) if each.severity == 1] == []
        found = await editor.client.text_document_definition_async(
            types.DefinitionParams(**editor.place(part, "[us|er ->"))
        )
        assert [each.uri for each in found or () if isinstance(each, types.Location)] == [
            (tmp_path / "root.yaml").as_uri()
        ]

    run(test)


def test_the_declaration_and_every_use_of_an_id_are_found(run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(VIDEO)
        await editor.diagnostics(uri)
        place = editor.place(uri, "lb -> a|pi")
        (declared,) = await editor.client.text_document_definition_async(types.DefinitionParams(**place)) or ()
        assert isinstance(declared, types.Location)
        assert (declared.range.start.line, editor.text_at(declared)) == (90, "api")
        everywhere = types.ReferenceContext(include_declaration=True)
        used = await editor.client.text_document_references_async(types.ReferenceParams(everywhere, **place))
        assert [editor.text_at(each) for each in used or ()] == ["api"] * 11

    run(test)


def test_what_the_mouse_is_over_is_told(run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(VIDEO)
        await editor.diagnostics(uri)
        assert (await editor.hovered(uri, "    nee|ds: 3")).startswith(
            "**needs** · count from 1\n\nHow many must be up"
        )
        assert await editor.hovered(uri, "kind: load_ba|lancer") == (
            "**load_balancer** · Spreads requests over the replicas of its targets."
        )
        api = await editor.hovered(uri, "lb -> a|pi")
        assert api.splitlines()[::2] == [
            "**api** · server",
            "Says whether a viewer may watch a video and where its segments are.",
            "6 replicas: 3 in zone-a, 3 in zone-b",
            "Availability of one: 99.9%",
            "Cores: 37.1% busy",
            "Slots: 0.419% busy",
        ]

    run(test)


def test_a_finding_brings_the_page_of_its_rule(run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(RISKY)
        (first, *_) = await editor.diagnostics(uri)
        place = types.HoverParams(types.TextDocumentIdentifier(uri), first.range.start)
        shown = await editor.client.text_document_hover_async(place)
        assert shown
        assert isinstance(shown.contents, types.MarkupContent)
        assert f"**{first.code}** {first.message}" in shown.contents.value
        assert "## What it checks" in shown.contents.value

    run(test)


def test_the_outline_of_a_broken_document_has_what_can_be_read(tmp_path: Path, run: Run) -> None:
    async def test(editor: Editor) -> None:
        uri = editor.open(tmp_path / "a.yaml", SMALL.replace("logs_to: logs}", "logs_to: ["))
        document = types.TextDocumentIdentifier(uri)
        found = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        sections = {each.name: each for each in found or () if isinstance(each, types.DocumentSymbol)}
        assert list(sections) == ["archspec", "name", "components", "connections"]
        assert [(each.name, each.detail) for each in sections["components"].children or ()] == [
            ("user", "client"),
            ("api", "server"),
            ("db", "database"),
        ]

    run(test)
