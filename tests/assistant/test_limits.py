"""How much a tool may be given, how long it may take, and how a mistake reaches the assistant."""

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from tests.needs import needs_extra

needs_extra("assistant")

from mcp import Client  # noqa: E402 - of the extra
from mcp.server.mcpserver.exceptions import ToolError  # noqa: E402

from archspec.assistant import given, judging, limits, reading, showing  # noqa: E402
from archspec.assistant.server import server  # noqa: E402

SPEC = "archspec: 1\nname: A\ncomponents: {api: {kind: server}}\n"


def called(work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    return asyncio.run(limits.bounded(work)(*arguments, **named))  # type: ignore[arg-type] - an async function


def test_a_tool_answers_as_it_does_without_a_limit() -> None:
    assert called(max, 1, 2, key=lambda number: -number) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UsageError("it cannot be; do otherwise."), "it cannot be; do otherwise."),
        (FileNotFoundError("gone"), "gone"),
        (RecursionError(), "the spec is nested too deeply; flatten it."),
        (
            TimeoutError(),
            "this took longer than 60 seconds; ask for less: a shorter duration, one flow, a smaller view.",
        ),
    ],
)
def test_a_mistake_is_told_in_its_own_words(error: Exception, told: str) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(ToolError) as caught:
        called(fails)
    assert str(caught.value) == told


def test_a_defect_of_ours_is_not_told_as_a_mistake_of_theirs() -> None:
    with pytest.raises(ZeroDivisionError):
        called(lambda: 1 // 0)


def test_a_tool_is_given_up_while_it_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_CALL", 0.05)
    released = threading.Event()

    def works() -> None:
        released.wait(10)
        released.set()

    with pytest.raises(ToolError, match="took longer"):
        called(works)
    assert not released.is_set()
    released.set()


def test_a_run_ends_when_nobody_waits_for_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    told = limits.deadline()
    now[0] += limits.LONGEST_CALL
    told(0.5)
    now[0] += 0.001
    with pytest.raises(UsageError, match="took longer than 60 seconds"):
        told(0.6)


@pytest.mark.parametrize("duration", ["1ms", "10m", "600s"])
def test_a_run_of_up_to_ten_minutes_may_be_asked_for(duration: str) -> None:
    assert limits.simulated(duration) == duration


@pytest.mark.parametrize(
    ("duration", "told"),
    [
        ("601s", "duration '601s' is longer than the 10m that a tool may run."),
        ("1h", "duration '1h' is longer than the 10m that a tool may run."),
    ],
)
def test_a_longer_run_is_refused(duration: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        limits.simulated(duration)
    assert str(caught.value) == told


def test_a_spec_of_up_to_a_mebibyte_is_taken() -> None:
    most = "é" * (limits.LARGEST_SPEC // 2)
    assert given.limited(most) == most
    with pytest.raises(UsageError, match="larger than 1 MiB; split it into files"):
        given.limited(most + "x")
    assert given.limited("\ud800") == "\ud800"


@pytest.mark.parametrize("path", ["a.yaml", "a.yml", "a.json", "A.YAML"])
def test_a_file_of_yaml_may_be_a_spec(path: str) -> None:
    assert given.spec_place(path) == path


def test_a_written_file_holds_the_text_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = SPEC.replace("name: A", "name: é")
    (tmp_path / "there.yaml").write_text("old")
    for name in ("new.yaml", "there.yaml"):
        assert judging.write(name, text) == {"path": name, "bytes": len(text.encode())}
        assert (tmp_path / name).read_bytes() == text.encode()
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(UsageError, match=r"`folder\.yaml` is not a plain file"):
        judging.write("folder.yaml", text)


def test_a_bitmap_is_as_large_as_asked() -> None:
    assert sides(showing.render(SPEC, scale=3))[0] == 3 * sides(showing.render(SPEC, scale=1))[0]


@pytest.mark.parametrize(("parts", "arrow"), [(24, ""), (12, " -> ")])
def test_a_bitmap_is_never_larger_than_can_be_shown(parts: int, arrow: str) -> None:
    names = [f"c{number}" for number in range(parts)]
    spec = SPEC.replace("{api: {kind: server}}", f"{{{', '.join(f'{name}: {{kind: server}}' for name in names)}}}")
    spec += f"connections: [{arrow.join(names)}]\n" if arrow else ""
    longer = max(sides(showing.render(spec, scale=4)))
    assert limits.MOST_PIXELS * 0.97 < longer <= limits.MOST_PIXELS


def sides(picture: Any) -> tuple[int, int]:
    return int.from_bytes(picture.data[16:20]), int.from_bytes(picture.data[20:24])


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("render", {"spec": SPEC, "scale": 0}),
    ("render", {"spec": SPEC, "scale": 4.1}),
    ("simulate", {"spec": SPEC, "seed": -1}),
    ("simulate", {"spec": SPEC, "load": 0}),
    ("verify", {"spec": SPEC, "seed": -1}),
    ("verify", {"spec": SPEC, "head_room": 0}),
    ("import_files", {"paths": []}),
]


def test_each_argument_is_described_and_what_is_out_of_its_bounds_refused() -> None:
    async def ask() -> None:
        async with Client(server(writes=True)) as client:
            tools = {tool.name: tool.input_schema["properties"] for tool in (await client.list_tools()).tools}
            bare = [
                (name, key) for name, all_ in tools.items() for key, each in all_.items() if not each.get("description")
            ]
            assert bare == []
            for tool, given_ in REFUSED:
                answer = await client.call_tool(tool, given_)
                assert answer.is_error, tool
                assert "validation error" in str(answer.content[0].text)

    asyncio.run(ask())


def test_what_an_assistant_is_told_of_the_tools_and_pages() -> None:
    async def ask() -> None:
        async with Client(server(writes=True)) as client:
            hints = {each.name: each.annotations for each in (await client.list_tools()).tools}
            assert {name for name, each in hints.items() if each and not each.read_only_hint} == {"write"}
            write = hints["write"]
            assert write
            assert (write.destructive_hint, write.idempotent_hint) == (True, True)
            assert not any(each.open_world_hint for each in hints.values() if each)
            pages = (await client.list_resources()).resources
            templates = (await client.list_resource_templates()).resource_templates
            assert {str(each.uri).rpartition("/")[2]: each.mime_type for each in pages} == {
                "language": "text/markdown",
                "schema": "application/schema+json",
                "fields": "text/plain",
                "rules": "text/plain",
                "specs": "text/plain",
            }
            assert [each.mime_type for each in templates] == ["application/json", "text/markdown", "application/yaml"]
            (asked,) = (await client.get_prompt("review", {"path": "shop.yaml"})).messages
            assert str(asked.content.text).startswith("Review the architecture in shop.yaml. ")
            assert json.loads((await client.read_resource("archspec://schema")).contents[0].text) == json.loads(
                reading.schema()
            )
            assert client.instructions.startswith("archspec describes a production system in YAML")

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("a.yaml", SPEC, True),
        ("a.json", SPEC, True),
        ("deep/er/a.yml", SPEC, True),
        ("late.yaml", f"# {'x' * 4000}\n{SPEC}", True),
        ("later.yaml", f"# {'x' * 5000}\n{SPEC}", False),
        ("inner.yaml", f"services:\n  {SPEC}", False),
        ("a.txt", SPEC, False),
        (".hidden/a.yaml", SPEC, False),
        ("node_modules/a.yaml", SPEC, False),
        ("venv/a.yaml", SPEC, False),
    ],
)
def test_the_specs_of_a_folder_are_found(
    name: str, text: str, *, is_one: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    assert reading.specs() == (f"{name}\n" if is_one else "")


def test_of_very_many_specs_the_first_two_hundred_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(201):
        (tmp_path / f"{number:03}.yaml").write_text(SPEC)
    monkeypatch.chdir(tmp_path)
    assert reading.specs().split() == [f"{number:03}.yaml" for number in range(200)]


def test_every_kind_and_part_has_its_fields_with_what_they_refer_to_put_in() -> None:
    for line in reading.fields().splitlines():
        name = line.partition(":")[0]
        assert ", ".join(json.loads(reading.fields_of(name))) + "." == line.rpartition("ields: ")[2]
        assert "/field-" not in reading.fields_of(name)
    told = json.loads(reading.fields_of("server"))["replicas"]
    assert told["description"].startswith("Copies at the start")


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + SPEC.encode() + b"\xff")
    assert reading.spec("a.yaml") == f"{SPEC}\ufffd"


def test_a_text_that_is_right_is_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert judging.fix(spec=SPEC) == {"texts": {}, "diff": ""}
    (tmp_path / "a.yaml").write_text(SPEC)
    assert judging.fix(path="a.yaml") == {"texts": {}, "diff": ""}


def test_what_cannot_be_read_as_yaml_keeps_its_layout() -> None:
    assert judging.fix(spec="archspec:   1\na: [\n") == {"texts": {}, "diff": ""}


@pytest.mark.parametrize(("text", "place"), [("archspec: 1\nname: [x]\n", ("<text>", 2, 7)), ("", ("<text>", 1, 1))])
def test_a_mistake_has_its_place_and_is_an_error_of_the_spec(text: str, place: tuple[str, int, int]) -> None:
    found = judging.check(spec=text)
    assert (found["valid"], found["clean"], found["suppressed"], found["not_judged"]) == (False, False, 0, [])
    first = found["findings"][0]
    assert (first["severity"], first["element"]) == ("error", "spec")
    assert (first["file"], first["line"], first["column"]) == place


def test_what_is_suppressed_is_counted_and_what_is_not_said_is_named() -> None:
    risky = (
        "archspec: 1\nname: A\ncomponents:\n  user: {kind: client}\n"
        "  db: {kind: database}\n"
        "connections:\n  - user -> db  # archspec: ignore[STR05] we know\n"
        "flows: {ask: {from: user, steps: [{call: db}]}}\n"
    )
    found = judging.check(spec=risky)
    assert found["valid"]
    assert found["suppressed"] == 1
    assert found["clean"] is (found["findings"] == [])
    assert "backups of db" in found["not_judged"]
