"""The outline of a file: sections, what each declares, and the lines that each fills."""

from tests.needs import needs_extra

needs_extra("editor")

from lsprotocol.types import DocumentSymbol, Range, SymbolKind  # noqa: E402 - of the extra
from pygls.workspace import PositionCodec  # noqa: E402

from archspec.editor.positions import Positions  # noqa: E402
from archspec.editor.reading import outline  # noqa: E402
from archspec.language.reader.document import read_text  # noqa: E402

TEXT = """\
name: A
groups:
  zone: {kind: zone}
components:
  api:
    kind: server
    replicas: 2
  db: {kind: [database]}
  bare:
connections:
  - api -> db
flows:
  ask:
    from: api
alerts: {slow: {}}
pipelines: {ship: {}}
views: {all: {kind: delivery}}
scenarios: {more: {}}
"": {}
"""


def lines(where: Range) -> tuple[int, int, int, int]:
    return where.start.line, where.start.character, where.end.line, where.end.character


def outlined(text: str) -> list[DocumentSymbol]:
    return outline(read_text(text, "/a.yaml"), Positions(PositionCodec()))


def test_each_section_and_element_has_its_sign_its_kind_and_its_lines() -> None:
    signs = SymbolKind
    told = [
        (each.name, each.kind, each.detail, lines(each.range))
        for section in outlined(TEXT)
        for each in (section, *(section.children or ()))
    ]
    assert told == [
        ("name", signs.Module, None, (0, 0, 0, 7)),
        ("groups", signs.Module, None, (1, 0, 2, 20)),
        ("zone", signs.Namespace, "zone", (2, 2, 2, 20)),
        ("components", signs.Module, None, (3, 0, 8, 6)),
        ("api", signs.Class, "server", (4, 2, 6, 15)),
        ("db", signs.Class, None, (7, 2, 7, 24)),
        ("bare", signs.Class, None, (8, 2, 8, 6)),
        ("connections", signs.Module, None, (9, 0, 10, 13)),
        ("flows", signs.Module, None, (11, 0, 13, 13)),
        ("ask", signs.Function, None, (12, 2, 13, 13)),
        ("alerts", signs.Module, None, (14, 0, 14, 18)),
        ("slow", signs.Event, None, (14, 9, 14, 17)),
        ("pipelines", signs.Module, None, (15, 0, 15, 21)),
        ("ship", signs.Method, None, (15, 12, 15, 20)),
        ("views", signs.Module, None, (16, 0, 16, 30)),
        ("all", signs.Interface, "delivery", (16, 8, 16, 29)),
        ("scenarios", signs.Module, None, (17, 0, 17, 21)),
        ("more", signs.Constant, None, (17, 12, 17, 20)),
    ]


def test_what_is_chosen_of_an_element_is_its_name() -> None:
    (section,) = outlined("components:\n  api:\n    kind: server\n")
    assert lines(section.selection_range) == (0, 0, 0, 10)
    assert [lines(each.selection_range) for each in section.children or ()] == [(1, 2, 1, 5)]


def test_what_is_no_mapping_has_no_outline() -> None:
    assert outlined("- a\n- b\n") == []
    assert outlined("") == []
    assert [each.children for each in outlined("components: [api]\n")] == [[]]
