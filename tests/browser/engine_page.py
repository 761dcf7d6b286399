"""A page of nothing but the engine, under a policy as strict as that of archspec's own page."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import compress
from pathlib import Path

from playwright.sync_api import Browser

from archspec.simulation import engine
from tests.browser.probe import Probe

POLICY = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'"
HEAD = f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
SCRIPT = (Path(__file__).parent / "engine.js").read_text("utf-8")
BEGIN = "async (packed) => { window.engine = await archspecEngine.Engine.unpacked(packed); }"


@contextmanager
def engine_page(browser: Browser, folder: Path) -> Iterator[Probe]:
    """Open it, with the engine as `engine`, and expect no complaint when it is left."""
    file = folder / "index.html"
    file.write_text(f"{HEAD}<script>{SCRIPT}</script>", "utf-8")
    opened = browser.new_page()
    probe = Probe(opened)
    opened.goto(file.as_uri())
    opened.evaluate(BEGIN, b64encode(compress(engine.WASM.read_bytes())).decode())
    yield probe
    opened.close()
    assert probe.complaints == []
