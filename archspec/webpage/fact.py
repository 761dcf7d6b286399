"""What several parts of the page say in one way: a name and a value."""

from dataclasses import dataclass

from archspec.webpage.tone import Tone


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name. `href` leads to more about it."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    href: str = ""
