"""Every place that names an element, held against the renaming of a spec's data."""

from pathlib import Path

import pytest

from archspec.language.build import build
from archspec.language.edits import Edit, apply_edits
from archspec.language.occurrences import occurrences
from archspec.language.reader.document import read_text
from archspec.language.reader.files import DISK
from archspec.language.reader.includes import built, tree_of
from archspec.language.renaming import Renaming
from archspec.model.data import to_data

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/architecture.yaml"))
RENAMED = ("groups", "components", "flows", "pipelines")


class Renamed:
    """The files of a spec, in which every element is called `…_x`."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.holds, self.real, self.beside = DISK.holds, DISK.real, DISK.beside

    def contents(self, path: Path, within: Path | None) -> bytes:
        return self.texts[str(path)].encode()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_new_names_in_the_text_are_those_in_the_data(spec: Path) -> None:
    tree = tree_of(spec, DISK)
    assert tree.data is not None
    found = [each for each in occurrences(tree.data, tree.source) if each.section in RENAMED]
    texts = {
        file: apply_edits(text, [Edit(each.span, f"{each.name}_x") for each in found if each.span.file == file])
        for file, text in tree.source.texts.items()
    }
    names = {section: {id_: f"{id_}_x" for id_ in tree.data.get(section) or {}} for section in RENAMED}
    system = built(tree)
    expected = build(Renaming(names).renamed(to_data(system)))
    assert to_data(built(tree_of(spec, Renamed(texts)))) == to_data(expected)


def named(text: str, name: str) -> list[tuple[int, int]]:
    """Line and column of each place that names an element."""
    document = read_text(text, "a.yaml")
    return [each.span[1:3] for each in occurrences(document.data, document.source) if each.name == name]


def test_names_stand_in_settings_selectors_faults_and_all_forms_of_connections() -> None:
    text = (
        "components: {api: {kind: server, replicas: 2}, db: {kind: database}, web: {kind: client}}\n"
        "set: {api.replicas: 3}\n"
        "connections: [web -> api -> db, {from: web, to: [api]}, {'api -> [db, web]': {timeout: 1s}}]\n"
        "views: {v: {include: ['near:api', 'kind:server', api]}}\n"
        "scenarios: {s: {set: {'web -> api.timeout': 2s}, faults: [{fail: api-2}, {lose: web -> api}]}}\n"
    )
    assert named(text, "api") == [
        (1, 14), (2, 7), (3, 22), (3, 50), (3, 59), (4, 29), (4, 50), (5, 31), (5, 66), (5, 88),
    ]  # fmt: skip


def test_a_word_of_a_text_or_of_another_namespace_is_no_name() -> None:
    text = (
        "components: {api: {kind: server, label: api, tags: [api]}}\nflows: {api: {from: api, steps: [{cpu: 1ms}]}}\n"
    )
    document = read_text(text, "a.yaml")
    found = occurrences(document.data, document.source)
    assert [(each.section, each.span[1:3]) for each in found] == [
        ("components", (1, 14)),
        ("flows", (2, 9)),
        ("components", (2, 21)),
    ]
