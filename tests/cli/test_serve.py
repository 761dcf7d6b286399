"""`archspec serve`: what it shows is never stale in silence, and it starts and ends with as few words as can be."""

import asyncio
import contextlib
import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from archspec.cli.main import run
from archspec.cli.serve import _in_folder
from archspec.webpage.live import live as module
from archspec.webpage.live.edition import PAGE, PICTURES
from archspec.webpage.live.live import Live
from archspec.webpage.live.renewal import Renewal
from archspec.webpage.live.shelf import follow
from tests.needs import needs_extra

SPEC = """archspec: 1
name: Shop
include: [flows.yaml]
components: {user: {kind: client, label: Ada}, api: {kind: server}}
connections: [user -> api]
"""
FLOWS = "flows: {buy: {from: user, steps: [{call: api, takes: 5ms}]}}\n"
PATIENCE = 60.0


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A spec in a folder of its own, with an include beside it."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "flows.yaml").write_text(FLOWS)
    (folder / "architecture.yaml").write_text(SPEC)
    return folder / "architecture.yaml"


Seen = Callable[[Callable[[Live], bool]], Coroutine[Any, Any, None]]


def live(spec: Path, script: Callable[[Live, Seen], Coroutine[Any, Any, None]]) -> list[str]:
    """Serve a spec while a script changes it and waits for what is shown; what was said of it on the terminal."""
    said: list[str] = []

    async def served() -> None:
        served = Live(spec, allow_outside=False, tell=said.append)
        stop = asyncio.Event()
        following = asyncio.create_task(follow(served, stop))

        async def seen(holds: Callable[[Live], bool]) -> None:
            async with asyncio.timeout(PATIENCE):
                while not holds(served):
                    await asyncio.sleep(0.01)

        try:
            await seen(is_whole)
            await script(served, seen)
        finally:
            stop.set()
            await following

    asyncio.run(served())
    return said


def is_whole(live: Live) -> bool:
    """Whether all is shown, and nothing is wrong."""
    return live.edition.is_complete and not live.problem


def shows(word: str, name: str = PAGE) -> Callable[[Live], bool]:
    """Whether a word stands in a page that is whole (or in the pictures, which come first)."""
    return lambda live: word.encode() in live.edition.files.get(name, b"") and (name != PAGE or is_whole(live))


def complains(words: str) -> Callable[[Live], bool]:
    """Whether these words are said of what is wrong."""
    return lambda live: words in live.problem


def test_a_bad_config_is_shown_and_recovered_from(spec: Path) -> None:
    config = spec.parent / "archspec.toml"

    async def script(live: Live, seen: Seen) -> None:
        config.write_text("[lint]\nselct = []\n")
        await seen(complains("`selct`"))
        spec.write_text(SPEC.replace("Ada", "Grace"))
        await seen(shows("Grace", PICTURES))
        config.write_text("[lint]\nselect = ['STR']\n")
        await seen(shows("Grace"))
        config.unlink()
        await seen(shows("Grace"))

    said = live(spec, script)
    assert all("`selct`" in each for each in said)
    assert said


def test_a_broken_include_is_shown_and_its_mending_seen(spec: Path) -> None:
    include = spec.parent / "flows.yaml"

    async def script(live: Live, seen: Seen) -> None:
        include.write_text("flows: {buy: {from: usr}}\n")
        await seen(complains("usr"))
        include.write_text(FLOWS.replace("5ms", "7ms"))
        await seen(shows("7 ms"))
        include.unlink()
        await seen(complains("there is no file"))
        include.write_text(FLOWS.replace("5ms", "9ms"))
        await seen(shows("9 ms"))

    live(spec, script)


def test_a_new_include_that_is_not_there_yet_is_waited_for(spec: Path) -> None:
    async def script(live: Live, seen: Seen) -> None:
        spec.write_text(SPEC.replace("[flows.yaml]", "[flows.yaml, deep/more.yaml]"))
        await seen(complains("deep/more.yaml"))
        (spec.parent / "deep").mkdir()
        (spec.parent / "deep" / "more.yaml").write_text("components: {tail: {kind: server, label: Newcomer}}\n")
        await seen(shows("Newcomer"))

    live(spec, script)


def test_a_folder_that_is_moved_away_is_missed_and_found_again(spec: Path) -> None:
    async def script(live: Live, seen: Seen) -> None:
        spec.parent.rename(spec.parent.with_name("away"))
        await seen(complains("there is no file"))
        shutil.copytree(spec.parent.with_name("away"), spec.parent)
        await seen(is_whole)
        spec.write_text(SPEC.replace("Ada", "Grace"))
        await seen(shows("Grace"))

    live(spec, script)


def test_a_trace_that_fails_is_shown_and_recovered_from(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archspec.simulation import trace

    real = trace.compile_system

    def compile_system(*arguments: Any, **more: Any) -> Any:
        assert "Grace" not in arguments[0].components["user"].title, "no walk with Grace"
        return real(*arguments, **more)

    monkeypatch.setattr(trace, "compile_system", compile_system)

    async def script(live: Live, seen: Seen) -> None:
        spec.write_text(SPEC.replace("Ada", "Grace"))
        await seen(complains("no walk with Grace"))
        assert live.problem.endswith("The pictures are those of now; the rest of the page is that of an older text.")
        assert shows("Grace", PICTURES)(live)
        spec.write_text(SPEC.replace("Ada", "Edsger"))
        await seen(shows("Edsger"))

    live(spec, script)


def test_a_module_that_a_python_spec_imports_is_read_again(tmp_path: Path) -> None:
    spec, module = tmp_path / "shop.py", tmp_path / "names_of_the_shop.py"
    module.write_text("USER = 'Ada'\n")
    spec.write_text(
        "from archspec.dsl import Client, System\nfrom names_of_the_shop import USER\n"
        "with System('Shop') as system:\n    Client('user', label=USER)\n"
    )

    async def script(live: Live, seen: Seen) -> None:
        await seen(shows("Ada"))
        module.write_text("USER = 'Grace H.'\n")
        await seen(shows("Grace H."))

    live(spec, script)


def test_a_spec_that_is_wrong_from_the_start_is_shown_once_it_is_mended(spec: Path) -> None:
    spec.write_text("archspec: 1\nname: Shop\ncomponents: {api: {kind: sever}}\n")

    async def script() -> None:
        served, stop = Live(spec, allow_outside=False, tell=lambda _: None), asyncio.Event()
        following = asyncio.create_task(follow(served, stop))
        async with asyncio.timeout(PATIENCE):
            while "did you mean `server`?" not in served.problem:
                await asyncio.sleep(0.01)
            spec.write_text(SPEC)
            while not shows("Ada")(served):
                await asyncio.sleep(0.01)
        stop.set()
        await following

    asyncio.run(script())


def test_the_picture_comes_first_and_a_save_drops_work_for_older_text(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the rest of the page is worked out for one text, the next one's picture is shown; the older never is."""
    begun: list[str] = []
    real = Renewal.whole_page

    def whole_page(self: Renewal, number: int) -> Any:
        name = self.architecture.components["user"].title
        begun.append(name)
        while name == "Grace":  # as long as it takes, until it is dropped
            self.work.go_on()
        return real(self, number)

    monkeypatch.setattr(module.Renewal, "whole_page", whole_page)

    async def script(live: Live, seen: Seen) -> None:
        spec.write_text(SPEC.replace("Ada", "Grace"))
        await seen(shows("Grace", PICTURES))
        await seen(lambda _: "Grace" in begun)
        assert shows("Ada")(live) is False
        spec.write_text(SPEC.replace("Ada", "Edsger"))
        await seen(shows("Edsger", PICTURES))
        await seen(shows("Edsger"))

    live(spec, script)
    assert begun == ["Ada", "Grace", "Edsger"]


def test_a_view_that_shows_the_same_is_not_laid_out_again(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archspec.webpage.gathering import placing

    laid_out: list[str] = []
    real = placing.place
    monkeypatch.setattr(placing, "place", lambda scene, kept: laid_out.append(scene.name) or real(scene, kept=kept))
    views = "views: {all: {}, front-door: {include: [api]}}\n"

    async def script(live: Live, seen: Seen) -> None:
        spec.write_text(SPEC + views)
        await seen(lambda live: shows("front-door")(live) and "front-door" in laid_out)
        laid_out.clear()
        spec.write_text(SPEC.replace("Ada", "Grace") + views)
        await seen(shows("Grace"))

    live(spec, script)
    assert laid_out == ["all"]


@contextlib.contextmanager
def serving(spec: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command, and the port it serves at."""
    needs_extra("serve")
    command = [sys.executable, "-m", "archspec", "serve", str(spec), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = re.search(r":(\d+)/", process.stderr.readline())
        assert found is not None
        yield process, int(found[1])
    finally:
        process.kill()
        process.wait(10)


def asked(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def test_it_ends_without_a_word_even_while_a_page_listens(spec: Path) -> None:
    with serving(spec) as (process, port):
        events = asked(port, "/events")
        assert events.readline().startswith(b"data: ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


def test_every_answer_says_who_may_frame_it_and_that_its_type_is_no_guess(spec: Path) -> None:
    with serving(spec) as (_, port):
        for path, host, status in (("/", "localhost", 200), ("/events", "localhost", 200), ("/", "evil.example", 400)):
            answer = asked(port, path, Host=host)
            assert answer.status == status
            assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self' vscode-webview:"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            answer.close()


def test_a_port_in_use_is_one_line_that_names_the_option(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs_extra("serve")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", str(spec), "--port", str(port)]) == 2
    remedy = "name another with --port (0: any free one)."
    assert capsys.readouterr().err == (
        f"archspec: cannot listen at port {port} of 127.0.0.1: address already in use; {remedy}\n"
    )


def test_a_folder_serves_each_spec_in_it_at_a_path_of_its_own(spec: Path) -> None:
    (spec.parent.parent / "other.yaml").write_text(SPEC.replace("include: [flows.yaml]", "").replace("Ada", "Grace"))
    with serving(spec.parent.parent) as (_, port):
        listed = asked(port, "/").read().decode()
        assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', listed) == [("other/", "other"), ("shop/", "shop")]
        assert asked(port, "/shop").headers["location"] == "/shop/"
        for place, name in (("shop", "Ada"), ("other", "Grace")):
            events = asked(port, f"/{place}/events")
            while b'"working": false' not in events.readline():
                pass
            assert name in asked(port, f"/{place}/").read().decode()
            events.close()
        assert asked(port, "/nobody/").status == 404


def test_a_folder_without_a_spec_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs_extra("serve")
    assert run(["serve", str(tmp_path), "--port", "0"]) == 2
    assert "there is no spec in" in capsys.readouterr().err


def test_the_browser_is_opened_where_that_is_wished(
    spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    with serving(spec, "--open") as (_, port):
        assert asked(port, "/").status == 200
        assert opened.read_text() == f"http://127.0.0.1:{port}/\n"


@pytest.mark.parametrize(
    ("given", "host", "is_private", "told"),
    [
        ("", "127.0.0.1", True, ""),
        ("--host localhost", "127.0.0.1", True, ""),
        ("--host 0.0.0.0", "0.0.0.0", False, "note: 0.0.0.0 lets others reach this page.\n"),
        ("--open --allow-outside", "127.0.0.1", True, ""),
    ],
)
def test_it_listens_where_asked_and_says_who_else_may_look(
    given: str,
    host: str,
    is_private: bool,
    told: str,
    spec: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    needs_extra("serve")
    ran: list[Any] = []

    async def noted(path: Path, listener: socket.socket, _: Any, **named: bool) -> None:
        ran.append((path, listener.getsockname()[0], named))

    monkeypatch.setattr("archspec.cli.serve._run", noted)
    assert run(["serve", str(spec), "--port", "0", *given.split()]) == 0
    asked = {"allow_outside": "outside" in given, "is_private": is_private, "is_shown": "open" in given}
    assert ran == [(spec, host, asked)]
    assert capsys.readouterr().err == told


def test_a_spec_alone_in_its_folder_is_served_by_the_folder_s_name(tmp_path: Path) -> None:
    for name in ("own/a.yaml", "shared/a.yaml", "shared/b.yaml", "top.yaml", "deep/er/x.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SPEC)
    found = _in_folder(tmp_path)
    assert {place: path.relative_to(tmp_path).as_posix() for place, path in found.items()} == {
        "own/": "own/a.yaml",
        "shared/a/": "shared/a.yaml",
        "shared/b/": "shared/b.yaml",
        "top/": "top.yaml",
        "deep/er/": "deep/er/x.yml",
    }
