"""Files are read as streams, however they are laid out and wherever they end."""

import gzip
import json
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from archspec.errors import UsageError
from archspec.observation import documents as module
from archspec.observation import files
from archspec.observation.documents import documents
from archspec.observation.files import trace_files
from archspec.observation.observe import observe
from tests.observation.spans import outline, shop


def read(text: str) -> tuple[list[object], list[str]]:
    notes: list[str] = []
    return list(documents(BytesIO(text.encode()), "t.json", notes.append)), notes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ('\ufeff\n{"a": 1}\n\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        (
            '{\n "data": [\n  {"é": 1},\n  {"b": [2]}\n ], "total": 0\n}',
            [{"data": [{"é": 1}]}, {"data": [{"b": [2]}]}, {"total": 0}],
        ),
        ('[\n {"a": 1},\n {"a": 2}\n]\n', [[{"a": 1}], [{"a": 2}]]),
        ("# HELP x\nx 1\n", ["# HELP x", "x 1"]),
        ("", []),
    ],
)
def test_a_stream_gives_its_values(text: str, values: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE", 16)
    assert read(text) == (values, [])


def test_a_line_that_is_larger_than_a_line_may_be_is_read_by_its_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE", 20)
    assert read('{"data": [{"a": 1}, {"a": 2}, {"a": 3}]}\n{"data": []}\n{"x": 1}\n') == (
        [{"data": [{"a": 1}]}, {"data": [{"a": 2}]}, {"data": [{"a": 3}]}, {"x": 1}],
        [],
    )


def test_a_larger_line_among_others_is_read_by_its_elements_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE", 20)
    assert read('{"x": 1}\n{"data": [{"a": 1}, {"a": 2}, {"a": 3}]}\n{"x": 2}\n') == (
        [{"x": 1}, {"data": [{"a": 1}]}, {"data": [{"a": 2}]}, {"data": [{"a": 3}]}, {"x": 2}],
        [],
    )


def test_what_is_read_is_counted_by_its_format(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"resourceSpans": shop(n)}) + "\n" for n in (1, 2, 3)))
    reading = observe([str(tmp_path)]).reading
    assert (dict(reading.formats), reading.spans, reading.traces) == ({"OTLP in JSON": 3}, 12, 3)


def test_a_file_that_is_cut_off_gives_what_is_whole_and_a_note() -> None:
    assert read('{"a": 1}\n{"a": 2')[0] == [{"a": 1}]
    assert read('{"a": 1}\n{"a": 2')[1] == ["it is cut off in its last line"]
    for end in ("{", '{"data"', '{"data": ', '{"data": [', '{"data": [1', '{"data": [1]', "["):
        assert read(end)[1] == ["it is cut off in the middle"]
    assert read('{"data" [1]}') == ([], ["it is cut off in the middle"])
    assert read("[1] nonsense") == ([[1]], ["a part of it is no JSON"])
    assert read('{"data": [\n{"a": 1},\n{"a"') == ([{"data": [{"a": 1}]}], ["it is cut off in the middle"])


def test_a_line_that_is_no_json_is_noted_and_the_next_are_read() -> None:
    assert read('{"a": 1}\nnonsense\n{"a": 2}\n') == ([{"a": 1}, {"a": 2}], ["a line of it is no JSON"])


def test_an_element_beyond_the_limit_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE", 10)
    monkeypatch.setattr(module, "LARGEST", 30)
    with pytest.raises(UsageError, match="holds an element of more than 64 MiB; split it"):
        read('{"data": ["' + "x" * 100)


def test_packed_files_are_unpacked_and_may_be_cut_off(tmp_path: Path) -> None:
    line = json.dumps({"resourceSpans": shop()}).encode() + b"\n"
    (tmp_path / "whole.jsonl.gz").write_bytes(gzip.compress(line))
    assert outline(observe([str(tmp_path)])) == ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(line * 50)[:-30])
    notes = observe([str(tmp_path)]).reading.notes
    assert len(notes) == 1
    assert notes[0].startswith(f"{tmp_path / 'cut.jsonl.gz'}: it is cut off")


def test_folders_and_patterns_mean_their_files(tmp_path: Path) -> None:
    for name in ("b.json", "a.jsonl", "deep/c.json", "readme.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    in_folder = [Path(file).name for file in trace_files([str(tmp_path)])]
    by_pattern = [Path(file).name for file in trace_files([str(tmp_path / "*.json*")])]
    deeper = [Path(file).name for file in trace_files([str(tmp_path / "**/*.json*")])]
    assert (in_folder, by_pattern) == (["a.jsonl", "b.json", "c.json"], ["a.jsonl", "b.json"])
    assert deeper == ["a.jsonl", "b.json", "c.json"]
    given = [str(tmp_path / "readme.md"), "-", str(tmp_path / "readme.md"), "nowhere.json"]
    assert trace_files(given) == (given[0], "-", "nowhere.json")


def test_a_folder_and_a_pattern_without_files_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.json").mkdir()
    for path in (str(tmp_path), str(tmp_path / "*.json")):
        with pytest.raises(UsageError, match=r"^no trace file in .*; name a \.json or \.jsonl file, also packed"):
            trace_files([path])


def test_standard_input_is_read_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"resourceSpans": shop()}).encode() + b"\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(line)))
    found = observe(["-"])
    assert (outline(found), found.reading.files) == (["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"], ["-"])


def zstd(monkeypatch: pytest.MonkeyPatch, unpacked: bytes) -> None:
    """Stand in for a module that may not be there: it unpacks everything to this."""
    module = ModuleType("zstd")
    module.ZstdFile = lambda _: BytesIO(unpacked)  # type: ignore[attr-defined]
    module.ZstdDecompressor = lambda: SimpleNamespace(decompress=lambda _, most: unpacked[:most])  # type: ignore[attr-defined]
    monkeypatch.setattr(files, "_zstd_module", lambda: module)


def test_what_is_packed_with_zstd_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfdpacked")
    zstd(monkeypatch, json.dumps({"resourceSpans": shop()}).encode())
    assert outline(observe([str(tmp_path)])) == ["web x1 50 -", "  cache x1 6 4", "  users-db x1 40 -"]
    monkeypatch.setattr(files, "LARGEST", 10)
    zstd(monkeypatch, b"123456789")
    assert files.unpacked(b"packed") == b"123456789"
    zstd(monkeypatch, b"1234567890")
    with pytest.raises(UsageError, match="a message is larger than 64 MiB when it is unpacked"):
        files.unpacked(b"packed")


def test_without_a_module_for_zstd_its_files_say_how_to_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def missing(name: str) -> None:
        asked.append(name)
        raise ImportError(name)

    monkeypatch.setattr(files, "import_module", missing)
    (tmp_path / "a.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfdpacked")
    with pytest.raises(UsageError, match=r"a\.jsonl\.zst is packed with zstd; pip install backports\.zstd, or"):
        observe([str(tmp_path)])
    with pytest.raises(UsageError, match=r"messages are packed with zstd, each for itself; pip install"):
        files.unpacked(b"")
    assert asked == ["compression.zstd", "backports.zstd"] * 2
    found = ModuleType("backports.zstd")
    monkeypatch.setattr(files, "import_module", lambda name: found if name == found.__name__ else missing(name))
    assert files._zstd_module() is found


def test_a_file_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(UsageError, match=r"^nowhere\.json: No such file or directory; name a trace file\.$"):
        observe(["nowhere.json"])
