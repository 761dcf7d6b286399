"""Where a text is read: on a terminal, with colours and as wide as that is, or anywhere else."""

from enum import Enum

from archspec.frozen import frozen


class Ink(Enum):
    """What a colour says, with the code that begins it."""

    BOLD = "\x1b[1m"
    DIM = "\x1b[2m"
    GOOD = "\x1b[32m"
    BAD = "\x1b[31m"
    WARNING = "\x1b[33m"


END = "\x1b[0m"


@frozen
class Screen:
    """`width` is the columns of the terminal that a person looks at; None where a text goes to a file or a program."""

    colour: bool = False
    width: int | None = None

    def paint(self, ink: Ink | None, text: str) -> str:
        """The text in a colour, where there are any."""
        return f"{ink.value}{text}{END}" if self.colour and ink and text else text

    def within(self, indent: int) -> "Screen":
        """What is left of it beside an indentation."""
        return Screen(self.colour, self.width and max(20, self.width - indent))


PAPER = Screen()
"""Plain text."""
