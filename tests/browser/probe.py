"""A page with everything that went wrong on it, and questions that several tests ask."""

from pathlib import Path

from playwright.sync_api import Locator, Page

CHECKS = (Path(__file__).parent / "checks.js").read_text("utf-8")


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

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements of a selector, white space made single blanks."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def hash(self) -> str:
        """The hash of the address."""
        return str(self.page.evaluate("location.hash"))

    def camera(self) -> str:
        """How the picture is moved."""
        return self.find(".board g.camera").get_attribute("transform") or ""

    def check(self, name: str) -> list[str]:
        """What a check of `checks.js` complains of."""
        found = self.page.evaluate(f"(() => {{ {CHECKS}\nreturn {name}(); }})()")
        return [str(each) for each in found]
