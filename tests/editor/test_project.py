"""Which spec a file is part of, and what is known of it while texts change."""

from pathlib import Path

import pytest

from tests.needs import needs_extra

needs_extra("editor")

from lsprotocol import types  # noqa: E402 - of the extra
from pygls.workspace import PositionCodec  # noqa: E402

from archspec.editor.buffers import Buffers, readable  # noqa: E402
from archspec.editor.commanding import place_of  # noqa: E402
from archspec.editor.positions import Positions  # noqa: E402
from archspec.editor.project import MOST_TYPED, Project  # noqa: E402
from archspec.editor.server import diagnostics, joined  # noqa: E402
from archspec.editor.snapshot import snapshot  # noqa: E402
from archspec.errors import UsageError  # noqa: E402
from archspec.language.reader.pieces import Pieces  # noqa: E402

PART = "components: {db: {kind: database}}\n"
ROOT = "archspec: 1\nname: A\ninclude: [parts/part.yaml]\ncomponents: {api: {kind: server}}\nconnections: [api -> db]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "part.yaml").write_text(PART)
    (tmp_path / "root.yaml").write_text(ROOT)
    (tmp_path / "alone.yaml").write_text("archspec: 1\nname: B\ncomponents: {x: {kind: server}}\n")
    (tmp_path / "parts" / "odd.yaml").write_bytes(b"\xff\xfe\x00archspec: include")
    return tmp_path.resolve()


def project(**opened: Path) -> Project:
    made = Project()
    for path in opened.values():
        made.buffers.open[path] = path.read_text()
    return made


def test_a_file_is_part_of_itself_or_of_the_nearest_spec_that_includes_it(folder: Path) -> None:
    root, part, alone = folder / "root.yaml", folder / "parts" / "part.yaml", folder / "alone.yaml"
    made = project(root=root, part=part, alone=alone)
    assert [made.root_of(path) for path in (root, part, alone)] == [root, root, alone]
    assert made.roots() == [root, alone]
    assert made.root_of(folder / "parts" / "odd.yaml") is None
    made.buffers.open[root] = ROOT.replace("archspec: 1\n", "")
    assert made.root_of(root) is None


def test_a_nearer_spec_that_includes_it_comes_first(folder: Path) -> None:
    near = folder / "parts" / "near.yaml"
    near.write_text(ROOT.replace("parts/part.yaml", "part.yaml"))
    part = folder / "parts" / "part.yaml"
    assert project(part=part).root_of(part) == near


def test_what_is_open_counts_and_not_what_the_disk_has(folder: Path) -> None:
    root, part = folder / "root.yaml", folder / "parts" / "part.yaml"
    made = project(root=root, part=part)
    made.buffers.open[root] = ROOT.replace("include: [parts/part.yaml]\n", "")
    assert made.root_of(part) is None
    made.buffers.open[root] = ROOT
    assert made.root_of(part) is None
    made.look_again()
    assert made.root_of(part) == root


@pytest.mark.parametrize(("depth", "found"), [(3, True), (4, False)])
def test_specs_are_looked_for_in_four_folders(depth: int, found: bool, folder: Path) -> None:
    inner = folder.joinpath(*"abcd"[:depth])
    inner.mkdir(parents=True)
    part = inner / "deep.yaml"
    part.write_text(PART)
    (folder / "root.yaml").write_text(ROOT.replace("parts/part.yaml", str(part.relative_to(folder))))
    assert project(part=part).root_of(part) == (folder / "root.yaml" if found else None)


def test_nothing_is_looked_for_above_the_workspace(folder: Path) -> None:
    part = folder / "parts" / "part.yaml"
    made = project(part=part)
    made.folders = (folder / "parts",)
    assert made.root_of(part) is None
    made = project(part=part)
    made.folders = (folder / "elsewhere", folder)
    assert made.root_of(part) == folder / "root.yaml"


def test_of_many_specs_in_a_folder_the_first_fifty_are_looked_at(folder: Path) -> None:
    part = folder / "parts" / "part.yaml"
    for number in range(48):
        (folder / f"a{number:02}.yaml").write_text("archspec: 1\n")
    assert project(part=part).root_of(part) == folder / "root.yaml"
    (folder / "b.yaml").write_text("archspec: 1\n")
    assert project(part=part).root_of(part) is None


def test_a_spec_is_judged_anew_only_where_a_text_of_it_has_changed(folder: Path) -> None:
    root, part, alone = folder / "root.yaml", folder / "parts" / "part.yaml", folder / "alone.yaml"
    made = project(root=root, part=part, alone=alone)
    first, other = made.renewed(root), made.renewed(alone)
    assert first.outcome.valid
    assert made.renewed(root) is first
    made.buffers.open[part] = PART.replace("db:", "dbx:")
    second = made.renewed(root)
    assert (second is first, second.outcome.valid, made.renewed(alone) is other) == (False, False, True)
    made.close(part)
    made.look_again()
    assert made.renewed(root).outcome.valid
    made.renewed(alone)
    made.forget(root)
    assert list(made.snapshots) == [alone]


def test_names_that_are_typed_are_joined_with_those_of_other_files(folder: Path) -> None:
    root, part = folder / "root.yaml", folder / "parts" / "part.yaml"
    made = project(root=root, part=part)
    made.renewed(root)
    data, names = made.typed(root, 1)
    assert list(data["components"]) == ["api"]
    assert {id_: data["kind"] for id_, data in names.elements["components"].items()} == {
        "db": "database",
        "api": "server",
    }
    made.buffers.open[root] = ROOT.replace("[api -> db]", "[api -> db").replace("api:", "web:")
    data, names = made.typed(root, 5)
    assert list(data["components"]) == ["web"]
    made.buffers.open[root] = "a: [\nb: {\nc: ["
    assert made.typed(root, 1)[0] == data
    made.close(root)
    made.buffers.open[root] = "a: [\nb: {\nc: ["
    assert {*made.typed(root, 1)[0]["components"]} == {"db", "api"}


def test_a_very_long_text_is_not_read_at_each_key(folder: Path) -> None:
    path = folder / "alone.yaml"
    made = project(alone=path)
    least = len(made.buffers.open[path])
    made.buffers.open[path] += "#" * (MOST_TYPED - least)
    assert made.typed(path, 1)[0] is not None
    made.close(path)
    made.buffers.open[path] = path.read_text() + "#" * (MOST_TYPED - least + 1)
    assert made.typed(path, 1)[0] is None


def test_a_text_with_a_line_that_is_open_is_read_to_its_end(folder: Path) -> None:
    broken = ROOT.replace("{kind: server}}", "{kind: server")
    assert readable(broken, "a.yaml", Pieces()).complete
    root = folder / "root.yaml"
    known = snapshot(root, Buffers({root: broken}))
    assert not known.outcome.valid
    assert [each.name for each in known.declarations if each.section == "components"] == ["db", "api"]
    assert not readable("a: [\nb: [\nc: [\n" * 3, "a.yaml", Pieces()).complete


def test_a_file_is_read_as_it_is_open_and_within_its_folder(folder: Path) -> None:
    root, part = folder / "root.yaml", folder / "parts" / "part.yaml"
    buffers = Buffers({root: "é\ud800"})
    assert buffers.contents(root, folder) == "é\ud800".encode("utf-8", "surrogatepass")
    assert buffers.contents(part, None) == PART.encode()
    with pytest.raises(UsageError):
        buffers.contents(root, folder / "parts")
    copy = buffers.copy()
    buffers.open[root] = "x"
    assert copy.contents(root, None) != b"x"
    assert (buffers.real(folder / "parts" / ".." / "root.yaml"), buffers.holds(folder, root)) == (root, True)
    assert buffers.beside(folder / "nowhere.yaml") == ["alone.yaml", "root.yaml"]


def test_a_spec_that_cannot_be_read_at_all_has_one_finding(folder: Path) -> None:
    known = snapshot(folder / "nowhere.yaml", Buffers())
    (found,) = known.outcome.findings
    assert (found.code, found.span) == ("config", (str(folder / "nowhere.yaml"), 1, 1, 1, 1))
    assert (known.architecture, known.texts) == (None, {})
    (folder / "archspec.toml").write_text("[lint]\nselect = 5\n")
    known = snapshot(folder / "alone.yaml", Buffers())
    assert [each.code for each in known.outcome.findings] == ["config"]


def test_each_file_that_takes_part_has_its_list_of_what_was_found(folder: Path) -> None:
    root, part = folder / "root.yaml", folder / "parts" / "part.yaml"
    (folder / "parts" / "part.yaml").write_text(
        "components:\n  db: {kind: database, replicas: x}\n  api: {kind: server}\n"
        "  lone: {kind: server}  # archspec: ignore[AVL01] because\n"
    )
    found = diagnostics(snapshot(root, Buffers()), Positions(PositionCodec()))
    assert list(found) == [root.as_uri(), part.as_uri()]
    told = {each.message.partition(";")[0]: each for each in found[root.as_uri()] + found[part.as_uri()]}
    twice = next(each for message, each in told.items() if "twice" in message or "declared" in message)
    assert {each.severity for each in told.values()} == {types.DiagnosticSeverity.Error}
    assert all(each.source == "archspec" for each in told.values())
    assert twice.related_information
    assert found[part.as_uri()][0].range == types.Range(types.Position(1, 33), types.Position(1, 34))


def test_severities_tags_and_pages_are_those_of_the_findings(folder: Path) -> None:
    path = folder / "alone.yaml"
    path.write_text(
        "archspec: 1\nname: B\nlint: strict\ncomponents:\n  u: {kind: client}\n"
        "  x: {kind: server, replicas: 2}\n  db: {kind: database}\n"
        "  l: {kind: server}  # archspec: ignore[SCL07] because\n"
        "connections: [u -> x, x -> db]\nflows: {f: {from: u, steps: [{call: x, steps: [{call: db}]}]}}\n"
    )
    known = snapshot(path, Buffers())
    (shown,) = diagnostics(known, Positions(PositionCodec())).values()
    by_code = {each.code: each for each in shown}
    assert {each.severity.value for each in known.outcome.findings} == {"error", "warning", "info"}
    for finding in known.outcome.findings:
        assert finding.severity.value == {1: "error", 2: "warning", 3: "info"}[int(by_code[finding.code].severity or 0)]
    idle = next(each for each in shown if "suppresses nothing" in each.message)
    assert idle.tags == [types.DiagnosticTag.Unnecessary]
    assert all(each.tags is None for each in shown if each is not idle)
    assert joined([shown, shown]) == shown
    assert place_of(known, "x -> db")
    assert place_of(known, "db -> x") is None
