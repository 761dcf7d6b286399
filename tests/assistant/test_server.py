"""`archspec mcp`, by the protocol's own client over standard input and output."""

import asyncio
import shutil
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.needs import needs_extra

needs_extra("assistant")

from mcp import Client, StdioServerParameters, stdio_client  # noqa: E402

from archspec.assistant import limits  # noqa: E402
from archspec.assistant.server import TOOLS, server  # noqa: E402
from archspec.cli.main import run  # noqa: E402
from archspec.plain_file import confined_to  # noqa: E402
from tests.assistant.mending import EDITS  # noqa: E402

ROOT = Path(__file__).parents[2]
Script = Callable[[Client], Coroutine[Any, Any, None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the first server, a secret beside it, and a Python spec in it that would leave a trace."""
    inside = tmp_path / "inside"
    shutil.copytree(ROOT / "specs" / "first_server", inside)
    (tmp_path / "outside.yaml").write_text("archspec: 1\nname: Secret\ncomponents: {hidden: {kind: server}}\n")
    (tmp_path / "archspec.toml").write_text('[lint]\nignore = ["AVL01"]\n')
    (inside / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (inside / "spec.py").write_text(f"open({str(inside / 'ran')!r}, 'w')\n")
    return inside


def by_process(folder: Path, script: Script, *options: str) -> None:
    """Run a script against the command itself."""
    started = StdioServerParameters(command=sys.executable, args=["-m", "archspec", "mcp", *options, str(folder)])

    async def session() -> None:
        async with Client(stdio_client(started)) as client:
            await script(client)

    asyncio.run(session())


def by_memory(folder: Path, script: Script, monkeypatch: pytest.MonkeyPatch, *, writes: bool = False) -> None:
    """Run a script against the same server in this process."""
    monkeypatch.chdir(folder)

    async def session() -> None:
        async with Client(server(writes=writes)) as client:
            await script(client)

    with confined_to(folder):
        asyncio.run(session())


async def told(client: Client, tool: str, **given: Any) -> dict[str, Any]:
    """What a tool answers as data."""
    answer = await client.call_tool(tool, given)
    assert not answer.is_error, answer.content
    assert answer.structured_content is not None
    return answer.structured_content


async def refused(client: Client, tool: str, **given: Any) -> str:
    """What a tool says of a mistake."""
    answer = await client.call_tool(tool, given)
    assert answer.is_error
    return str(answer.content[0].text)


def test_a_fixed_script_mends_the_first_server_by_tools_alone(folder: Path) -> None:
    async def mend(client: Client) -> None:
        path = "architecture.yaml"
        assert path in (await client.read_resource("archspec://specs")).contents[0].text.split()
        text = (await client.read_resource(f"archspec://specs/{path}")).contents[0].text
        found = (await told(client, "check", path=path))["findings"]
        assert {each["code"] for each in found} == {code for code, _, _ in EDITS}
        for code, old, new in EDITS:
            assert old in text, code
            text = text.replace(old, new, 1)
        fixed = await told(client, "fix", spec=text)
        text = fixed["texts"].get("<text>", text)
        assert await told(client, "check", spec=text) == {
            "valid": True,
            "clean": True,
            "findings": [],
            "suppressed": 0,
            "not_judged": (await told(client, "check", spec=text))["not_judged"],
        }
        await told(client, "write", path=path, text=text)
        assert (await told(client, "check", path=path))["clean"]

    by_process(folder, mend, "--write")
    assert run(["lint", str(folder / "architecture.yaml"), "--isolated"]) == 0
    assert not (folder / "ran").exists()


def test_the_tools_and_what_they_take(golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    async def listed(client: Client) -> None:
        lines: list[str] = []
        for tool in (await client.list_tools()).tools:
            writes = "" if tool.annotations.read_only_hint else " [writes]"
            lines.append(f"{tool.name}({', '.join(tool.input_schema['properties'])}){writes}: {tool.description}")
        lines += [f"{each.uri}: {each.description}" for each in (await client.list_resources()).resources]
        templates = (await client.list_resource_templates()).resource_templates
        lines += [f"{each.uri_template}: {each.description}" for each in templates]
        lines += [f"{each.name}: {each.description}" for each in (await client.list_prompts()).prompts]
        golden("tests/assistant/expected/tools.txt", "\n".join(lines) + "\n")

    by_memory(ROOT / "specs" / "first_server", listed, monkeypatch, writes=True)


def test_it_writes_only_where_it_was_started_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def names(client: Client) -> None:
        assert [tool.name for tool in (await client.list_tools()).tools] == [tool.__name__ for tool in TOOLS]

    by_memory(folder, names, monkeypatch)


@pytest.mark.parametrize("path", ["../outside.yaml", "link.yaml", "/etc/hosts.yaml", "nowhere/../../x.yaml"])
def test_nothing_outside_the_folder_is_read_or_written(
    path: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(client: Client) -> None:
        for tool in ("check", "describe", "render", "trace", "simulate", "analyze", "verify", "fix"):
            assert "outside the folder" in await refused(client, tool, path=path)
        assert "outside the folder" in await refused(client, "diff", base={"path": path}, set={"a.replicas": 2})
        assert "outside the folder" in await refused(client, "import_files", paths=[path])
        assert "outside the folder" in await refused(client, "write", path=path, text="gone")

    by_memory(folder, ask, monkeypatch, writes=True)
    assert "Secret" in (folder.parent / "outside.yaml").read_text()


def test_an_include_does_not_lead_outside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "sly.yaml").write_text("archspec: 1\nname: Sly\ninclude: [../outside.yaml]\n")

    async def ask(client: Client) -> None:
        found = await told(client, "check", path="sly.yaml")
        assert not found["valid"]
        assert "Secret" not in str(found)

    by_memory(folder, ask, monkeypatch)


def test_a_folder_of_links_imports_nothing_outside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "compose.yaml").write_text("services: {hidden: {image: 'nginx:1.27'}}\n")
    (folder / "compose.yaml").symlink_to(folder.parent / "compose.yaml")

    async def ask(client: Client) -> None:
        assert "hidden" not in await refused(client, "import_files", paths=["."])

    by_memory(folder, ask, monkeypatch)


def test_files_of_the_folder_are_imported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "compose.yaml").write_text("services: {api: {image: 'nginx:1.27', ports: ['80:80']}}\n")

    async def ask(client: Client) -> None:
        made = await told(client, "import_files", paths=["compose.yaml"])
        assert made["sources"] == ["compose.yaml"]
        assert (await told(client, "check", spec=made["text"]))["valid"]

    by_memory(folder, ask, monkeypatch)


def test_a_configuration_above_the_folder_does_not_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(client: Client) -> None:
        found = await told(client, "check", path="architecture.yaml")
        assert [each["code"] for each in found["findings"]].count("AVL01") == 2

    by_memory(folder, ask, monkeypatch)


def test_it_exports_by_what_is_configured_in_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "archspec.toml").write_text('[prometheus]\nconvention = "nothing of the kind"\n')
    promised = {"read-entry.objective": {"success": "99%"}}

    async def ask(client: Client) -> None:
        made = await told(client, "export", path="architecture.yaml", format="sloth", set=promised)
        assert "objective: 99" in made["text"]

    by_memory(folder, ask, monkeypatch)


def test_a_python_spec_is_not_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(client: Client) -> None:
        for tool in ("check", "describe", "fix", "trace"):
            assert "Python spec runs its code" in await refused(client, tool, path="spec.py")
        assert "Python spec runs its code" in await refused(client, "write", path="new.py", text="print()")

    by_memory(folder, ask, monkeypatch, writes=True)
    assert sorted(path.name for path in folder.glob("*")) == [
        *("README.md", "architecture.yaml", "expected", "link.yaml", "spec.py")
    ]


def test_a_picture_is_an_image_of_a_bounded_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from base64 import b64decode

    async def ask(client: Client) -> None:
        picture = (await client.call_tool("render", {"path": "architecture.yaml", "scale": 4})).content[0]
        assert (picture.type, picture.mime_type) == ("image", "image/png")
        data = b64decode(picture.data)
        sides = (int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))
        assert data[:4] == b"\x89PNG"
        assert 1000 < max(sides) <= limits.MOST_PIXELS
        text = (await client.call_tool("render", {"path": "architecture.yaml", "format": "mermaid"})).content[0].text
        assert "flowchart" in text

    by_memory(folder, ask, monkeypatch)


def test_the_figures_are_those_of_the_face(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import archspec

    monkeypatch.chdir(folder)
    spec = archspec.load("architecture.yaml")

    async def ask(client: Client) -> None:
        given = {"path": "architecture.yaml"}
        assert (await told(client, "analyze", **given))["flows"] == archspec.analyze(spec).to_dict()["flows"]
        traced = await told(client, "trace", **given, fail=["box"])
        assert traced["cause"] == archspec.trace(spec, fail="box").cause
        ran = await told(client, "simulate", **given, duration="5s", set={"diary.cores": 4})
        more = archspec.simulate(archspec.changed(spec, {"diary.cores": 4}), duration="5s")
        assert ran["flows"] == more.to_dict()["flows"]
        assert (await told(client, "verify", **given))["flows"] == archspec.verify(spec).to_dict()["flows"]
        changes = (await told(client, "diff", base=given, set={"diary.replicas": 2}))["changes"]
        assert [(each["element"], each["field"]) for each in changes] == [("diary", "replicas")]
        described = await told(client, "describe", **given)
        assert [part["id"] for part in described["components"]] == ["browser", "diary", "entries", "developer"]

    by_memory(folder, ask, monkeypatch)


def test_a_slip_in_a_text_is_mended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "archspec: 1\nname: Slip\n\ncomponents:\n  web: {kind: client}\n  checkout: {kind: server}\n"
    text += "\nconnections:\n  - web -> chekout\n"

    async def ask(client: Client) -> None:
        found = await told(client, "check", spec=text)
        assert [(each["code"], each["line"]) for each in found["findings"]] == [("STR01", 9)]
        fixed = await told(client, "fix", spec=text)
        assert fixed["texts"]["<text>"] == text.replace("chekout", "checkout")

    by_memory(folder, ask, monkeypatch)


def test_mistakes_are_told_with_their_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(client: Client) -> None:
        given = {"path": "architecture.yaml"}
        assert "`spec` or its file as `path`" in await refused(client, "check")
        assert "`spec` or its file as `path`" in await refused(client, "check", **given, spec="x")
        assert "there is no file" in await refused(client, "check", path="architectures.yaml")
        assert "neither text nor an image" in await refused(client, "render", **given, format="pdf")
        assert "did you mean `AVL01`?" in await refused(client, "explain", rule="AVL001")
        assert "read-entry" in await refused(client, "trace", **given, flow="read-entri")
        assert "longer than the 10m" in await refused(client, "simulate", **given, duration="2h")
        assert "larger than 1 MiB" in await refused(client, "check", spec="#" * (limits.LARGEST_SPEC + 1))
        assert "there is no folder" in await refused(client, "write", path="new/a.yaml", text="")

    by_memory(folder, ask, monkeypatch, writes=True)


def test_a_call_that_takes_too_long_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_CALL", 0.0)

    async def ask(client: Client) -> None:
        assert "took longer" in await refused(client, "simulate", path="architecture.yaml")

    by_memory(folder, ask, monkeypatch)


def test_what_may_be_read_before_writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(client: Client) -> None:
        async def text(address: str) -> str:
            return str((await client.read_resource(f"archspec://{address}")).contents[0].text)

        assert (await text("language")).startswith("# Writing an archspec spec")
        assert "\ncache: Keeps copies, sessions or counters in memory, such as Redis. Fields: kind, " in await text(
            "fields"
        )
        assert '"replicas"' in await text("fields/server")
        assert '"timeout"' in await text("fields/connection-fields")
        assert (await text("rules/AVL01")).startswith("# AVL01")
        assert "AVL01 (error, default): " in await text("rules")
        assert await text("specs") == "architecture.yaml\n"

    by_memory(folder, ask, monkeypatch)


def test_other_commands_do_not_import_the_protocol() -> None:
    import subprocess

    code = (
        "import sys; from archspec.cli.main import run; run(['lint', 'specs/first_server/architecture.yaml', '-q']); "
        "run(['--help']); print([m for m in ('mcp', 'anyio', 'starlette') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_folder_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mcp", "nowhere"]) == 2
    assert capsys.readouterr().err == (
        "archspec: `nowhere` cannot be entered: no such file or directory; name a folder.\n"
    )
