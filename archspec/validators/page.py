"""A rule's page: its docstring, cut at the headings."""

import re
from textwrap import dedent

from archspec.errors import DefectError
from archspec.frozen import frozen

HEADINGS = ("What it checks", "Why", "Bad", "Good", "When to ignore it", "Source")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SETTINGS = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]+\]\((https://[^)\s]+)\)")


@frozen
class Page:
    """What a rule says of itself: a sentence, and the text below each heading."""

    summary: str
    sections: dict[str, str]

    @property
    def bad(self) -> str:
        """A whole spec that raises exactly this rule."""
        return _spec(self.sections["Bad"])

    @property
    def good(self) -> str:
        """The same spec, mended."""
        return _spec(self.sections["Good"])

    @property
    def settings(self) -> str:
        """The `archspec.toml` that Bad and Good are judged with, for a rule that is silent without; else empty."""
        found = _SETTINGS.search(self.sections["What it checks"] + "\n")
        return found[1] if found else ""

    @property
    def links(self) -> tuple[str, ...]:
        """Where the rule comes from."""
        return tuple(_LINK.findall(self.sections["Source"]))

    @property
    def markdown(self) -> str:
        """The whole page, without the sentence on top."""
        return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in self.sections.items())


def parse_page(docstring: str, code: str) -> Page:
    """Cut a docstring into its parts.

    Raises:
        DefectError: a heading is missing or out of order, or Bad or Good holds no YAML.

    """
    summary, *rest = _HEADING.split(dedent(docstring).strip())
    sections = dict(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    if tuple(sections) != HEADINGS:
        raise DefectError(f"the page of {code} needs the headings {', '.join(HEADINGS)}; it has {', '.join(sections)}")
    if not all(_BLOCK.search(sections[heading] + "\n") for heading in ("Bad", "Good")):
        raise DefectError(f"the page of {code} needs a ```yaml block below Bad and below Good")
    return Page(summary.strip(), sections)


def _spec(section: str) -> str:
    found = _BLOCK.search(section + "\n")
    return found[1] if found else ""
