"""What several parts of the page say in one way: a name and a value."""

from archspec.frozen import frozen
from archspec.webpage.tone import Tone


@frozen
class Fact:
    """A figure with its name. `href` leads to more about it."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    href: str = ""
