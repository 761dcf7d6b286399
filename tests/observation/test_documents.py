"""Files are read as streams, however they are laid out and wherever they end."""

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.observation import documents as module
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
    assert (in_folder, by_pattern) == (["a.jsonl", "b.json", "c.json"], ["a.jsonl", "b.json"])


def test_a_file_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(UsageError, match=r"^nowhere\.json: No such file or directory; name a trace file\.$"):
        observe(["nowhere.json"])
