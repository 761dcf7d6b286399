"""Includes: one tree out of several files, read within their folder."""

from pathlib import Path

import pytest

from archspec.errors import SpecError, UsageError
from archspec.language import load, load_text

ROOT = "archspec: 1\nname: Shop\ninclude: {}\ncomponents:\n  api: {{kind: server}}\nconnections:\n  - api -> db\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "root.yaml"


def mistakes(root: Path, *, allow_outside: bool = False) -> list[tuple[str, str, str]]:
    with pytest.raises(SpecError) as caught:
        load(root, allow_outside=allow_outside)
    return [
        (f"{Path(p.span.file).name}:{p.span.line}:{p.span.column}", p.code, p.message)
        for p in caught.value.problems
        if p.span
    ]


def test_sections_of_included_files_stand_side_by_side(tmp_path: Path) -> None:
    more = "components:\n  db: {kind: database}\nconnections:\n  - db -> logs\ninclude: [logs.yaml]\n"
    logs = "components: {logs: {kind: log_service}}\ndefaults: {server: {logs_to: logs}}\n"
    system = load(write(tmp_path, root=ROOT.format("more.yaml"), more=more, logs=logs))
    assert list(system.components) == ["api", "db", "logs"]
    assert [connection.name for connection in system.connections] == ["api -> db", "db -> logs"]
    assert system.components["api"].logs_to == ("logs",)  # type: ignore[attr-defined]


def test_positions_point_into_the_file_that_was_read(tmp_path: Path) -> None:
    more = "components:\n  db: {kind: database, replicas: 0}\nconnections:\n  - db -> nothing\n"
    assert mistakes(write(tmp_path, root=ROOT.format("more.yaml"), more=more)) == [
        ("more.yaml:2:34", "schema", "0 is below 1"),
        ("more.yaml:4:11", "STR01", "`nothing` is not declared"),
    ]


def test_an_id_of_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    more = "components:\n  db: {kind: database}\n  api: {kind: worker}\n"
    root = write(tmp_path, root=ROOT.format("more.yaml"), more=more)
    with pytest.raises(SpecError) as caught:
        load(root)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("STR02", "`api` of `components` is declared twice")
    assert [Path(span.label).name for span, _ in problem.related] == ["root.yaml:5:3"]
    assert sorted(Path(name).name for name in caught.value.sources) == ["more.yaml", "root.yaml"]


def test_only_the_root_file_has_a_name_and_overrides(tmp_path: Path) -> None:
    more = "archspec: 2\nname: Other\nset: {api.replicas: 2}\ncomponents: {db: {kind: database}}\n"
    assert mistakes(write(tmp_path, root=ROOT.format("more.yaml"), more=more)) == [
        ("more.yaml:1:11", "schema", "`2` is not a version of the language"),
        ("more.yaml:2:1", "schema", "`name` belongs in the root file"),
        ("more.yaml:3:1", "schema", "`set` belongs in the root file"),
    ]


def test_defaults_of_two_files_are_joined_field_by_field(tmp_path: Path) -> None:
    root = ROOT.format("more.yaml") + "defaults: {server: {cores: 2}}\n"
    more = "defaults: {server: {cores: 4, memory: 8GiB}}\ncomponents: {db: {kind: database}}\n"
    assert mistakes(write(tmp_path, root=root, more=more)) == [
        ("more.yaml:1:21", "STR02", "`cores` of `defaults` is declared twice")
    ]


def test_a_ring_of_includes_is_refused(tmp_path: Path) -> None:
    files = {"root": ROOT.format("a.yaml"), "a": "include: b.yaml\n", "b": "include: root.yaml\n"}
    assert mistakes(write(tmp_path, **files))[0][2] == "`root.yaml` includes itself"


def test_a_file_included_twice_is_read_once(tmp_path: Path) -> None:
    db = "components: {db: {kind: database}}\n"
    files = {"root": ROOT.format("[a.yaml, b.yaml]"), "a": "include: db.yaml\n", "b": "include: db.yaml\n", "db": db}
    assert list(load(write(tmp_path, **files)).components) == ["api", "db"]


def test_files_outside_the_folder_are_read_only_where_that_is_allowed(tmp_path: Path) -> None:
    root = write(tmp_path / "in", root=ROOT.format("../db.yaml"))
    write(tmp_path, db="components: {db: {kind: database}}\n")
    assert mistakes(root)[0][2] == "`../db.yaml` lies outside the spec's folder"
    assert list(load(root, allow_outside=True).components) == ["api", "db"]


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path / "in", root=ROOT.format("db.yaml"))
    write(tmp_path, db="components: {db: {kind: database}}\n")
    (tmp_path / "in" / "db.yaml").symlink_to(tmp_path / "db.yaml")
    assert mistakes(root)[0][2] == "`db.yaml` lies outside the spec's folder"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("/etc/passwd", "`/etc/passwd` lies outside the spec's folder"),
        ("https://example.org/x.yaml", "`https://example.org/x.yaml` is not a path to a file"),
        ("spec.py", "`spec.py` is Python"),
        ("{a: b}", "this is not a path to a file"),
        ("[[a]]", "this is not a path to a file"),
    ],
)
def test_what_is_no_file_below_the_root_is_refused(tmp_path: Path, asked: str, message: str) -> None:
    assert mistakes(write(tmp_path, root=ROOT.format(asked)))[0][2] == message


def test_a_broken_include_is_told_beside_the_mistakes_of_the_root(tmp_path: Path) -> None:
    root = ROOT.format("more.yaml").replace("server", "sever")
    assert mistakes(write(tmp_path, root=root, more="components: {db: {kind: @}}\n"))[:2] == [
        ("more.yaml:1:25", "syntax", "an unquoted text cannot begin with `@`"),
        ("root.yaml:5:15", "schema", "`sever` is not a kind of component"),
    ]


def test_a_text_includes_nothing() -> None:
    with pytest.raises(SpecError, match="text that is not in a file cannot include files"):
        load_text(ROOT.format("more.yaml"))


def test_a_missing_file_names_its_likeliest_neighbour(tmp_path: Path) -> None:
    write(tmp_path, video=ROOT)
    with pytest.raises(UsageError, match=r"did you mean `.*/video\.yaml`\?"):
        load(tmp_path / "vidoe.yaml")


def test_a_folder_is_no_spec(tmp_path: Path) -> None:
    write(tmp_path, video=ROOT)
    with pytest.raises(UsageError, match=r"is a folder; give a file in it, such as `.*/video\.yaml`"):
        load(tmp_path)
