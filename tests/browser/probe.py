"""A page with everything that went wrong on it, and expectations that wait until the page meets them.

A page answers a key or a click when its scripts get their turn, so a test that reads at once reads by luck. Nothing
here gives out what the page shows at this moment: every question says what it expects.
"""

import json
from pathlib import Path

from playwright.sync_api import Error, Locator, Page, expect

CHECKS = (Path(__file__).parent / "checks.js").read_text("utf-8")
PATIENCE = 10_000
"""Milliseconds for a busy machine; a page that works answers in a few."""

expect.set_options(timeout=PATIENCE)


class Probe:
    """An open page; `complaints` are its console messages, failed scripts and requests to anywhere."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self._requested(request.url))

    def _requested(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.complaints.append(f"request: {url}")

    def find(self, selector: str) -> Locator:
        """The first element of a CSS selector."""
        return self.page.locator(selector).first

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def search(self, words: str) -> None:
        """Open the search by its key, and type."""
        self.press("/")
        expect(self.page.locator("input[type=search]")).to_be_focused()
        self.page.keyboard.type(words)

    def shows(self, selector: str, *texts: str) -> None:
        """Expect the elements of a selector to have these visible texts, in this order; none without texts."""
        if not texts:
            expect(self.page.locator(selector)).to_have_count(0)
        else:
            expect(self.page.locator(selector)).to_have_text(texts, use_inner_text=True)

    def shows_first(self, selector: str, text: str) -> None:
        """Expect the first element of a selector to have this visible text."""
        expect(self.find(selector)).to_have_text(text, use_inner_text=True)

    def gives(self, script: str, value: object) -> None:
        """Expect a JavaScript expression to become this value."""
        wanted = f"JSON.stringify({script}) === JSON.stringify({json.dumps(value)})"
        try:
            self.page.wait_for_function(wanted, timeout=PATIENCE)
        except Error:
            assert self.page.evaluate(script) == value

    def marks(self, selector: str, *ids: str) -> None:
        """Expect the cards of a selector to be those of these components, in the order of their names."""
        self.gives(f"[...document.querySelectorAll({json.dumps(selector)})].map(each => each.dataset.id).sort()", ids)

    def has_hash(self, value: str) -> None:
        """Expect the address to end in this hash."""
        self.gives("location.hash", value)

    def camera(self) -> Locator:
        """What moves the picture, by its attribute `transform`."""
        return self.find(".board g.camera")

    def steady_camera(self) -> str:
        """How the picture is moved, once it has come to rest."""
        script = """() => new Promise((tell) => {
          let last = null, same = 0;
          const look = () => {
            const now = document.querySelector(".board g.camera")?.getAttribute("transform");
            same = now && now === last ? same + 1 : 0;
            last = now;
            if (same === 5) tell(now); else requestAnimationFrame(look);
          };
          look();
        })"""
        return str(self.page.evaluate(script))

    def passes(self, check: str) -> None:
        """Expect a check of `checks.js` to complain of nothing."""
        self.gives(f"(() => {{ {CHECKS}\nreturn {check}(); }})()", [])
