"""`archspec build`: one folder with everything, or the old one as it was."""

from pathlib import Path

import pytest
from lxml import html

from archspec.cli.main import run

SPEC = """
archspec: 1
name: Shop
components:
  shopper: {kind: client}
  web: {kind: server, logs_to: logs}
  db: {kind: database}
  logs: {kind: log_service}
connections: [shopper -> web, web -> db]
flows:
  buy: {from: shopper, request: POST /order, steps: [{call: web, steps: [{call: db, takes: 3ms}]}]}
views:
  all: {title: All of it}
"""
FILES = [
    *("flows/buy-sequence.svg", "flows/buy-waterfall.svg", "flows/buy.json", "flows/buy.mmd", "flows/buy.txt"),
    *("index.html", "lint.json", "views/all.png", "views/all.svg"),
]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(SPEC)
    return path


def written(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_everything_is_written_into_one_folder(spec: Path, tmp_path: Path) -> None:
    assert run(["build", str(spec), "-o", str(tmp_path / "out"), "-q"]) == 0
    assert list(written(tmp_path / "out")) == [".archspec-build.json", *FILES]


def test_building_twice_writes_the_same_bytes(spec: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run(["build", str(spec), "-o", str(tmp_path / name), "-q"])
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_findings_that_fail_give_status_1_and_a_page_all_the_same(spec: Path, tmp_path: Path) -> None:
    spec.write_text(SPEC.replace("{kind: database}", "{kind: database, backup: none}"))
    assert run(["build", str(spec), "-o", str(tmp_path / "out"), "-q"]) == 1
    page = html.fromstring((tmp_path / "out/index.html").read_text())
    assert [link.get("href") for link in page.find_class("rule-link")] == ["#rule-DAT02"]


def test_an_invalid_spec_leaves_the_old_folder_as_it_was(spec: Path, tmp_path: Path) -> None:
    run(["build", str(spec), "-o", str(tmp_path / "out"), "-q"])
    before = written(tmp_path / "out")
    spec.write_text("archspec: 1\nname: Shop\ncomponents: {a: {kind: nothing}}\n")
    assert run(["build", str(spec), "-o", str(tmp_path / "out"), "-q"]) == 2
    assert written(tmp_path / "out") == before


def test_a_place_that_cannot_be_written_is_named(
    spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file")
    assert run(["build", str(spec), "-o", str(tmp_path / "out"), "-q"]) == 2
    assert capsys.readouterr().err.endswith("/out: File exists; choose another place.\n")


def test_every_link_to_a_file_leads_to_one_that_was_written(spec: Path, tmp_path: Path) -> None:
    run(["build", str(spec), "-o", str(tmp_path / "out"), "-q"])
    page = html.fromstring((tmp_path / "out/index.html").read_text())
    links = [link for link in page.xpath("//a/@href") if not link.startswith("#")]
    assert sorted(set(links)) == [name for name in FILES if name != "index.html"]


def test_a_spec_without_flows_or_components_still_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("archspec: 1\nname: Empty\n")
    assert run(["build", str(tmp_path / "empty.yaml"), "-o", str(tmp_path / "out"), "-q"]) == 0
    page = html.fromstring((tmp_path / "out/index.html").read_text())
    assert [text.text_content() for text in page.find_class("empty")] == [
        "The spec has nothing to draw yet.",
        "The spec describes no flow yet: add one under `flows`.",
        "Lint found nothing to object to.",
        "The spec has no components yet.",
    ]


def test_what_a_picture_cannot_show_is_said(spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec.write_text(SPEC.replace("{kind: database}", '{kind: database, label: "db \\U000f0000"}'))
    assert run(["build", str(spec), "-o", str(tmp_path / "out")]) == 0
    note, wrote = capsys.readouterr().err.splitlines()
    assert note.startswith("note: views/all.png: no font on this machine has U+F0000")
    assert wrote == f"wrote {tmp_path / 'out/index.html'} and 8 files beside it; lint: nothing found in 1 spec."
