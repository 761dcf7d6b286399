"""The random quantities of a program: which there are, and the value of those that are not drawn."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from archspec.execution.layout import HALF, NONE, ONE
from archspec.execution.program import Draw
from archspec.model.status import Answers
from archspec.model.times import Time


@dataclass
class DrawTables:
    """The draws under construction. `sampled` leaves what is random to be drawn."""

    sampled: bool
    constants: list[int] = field(default_factory=list)
    draws: list[Draw] = field(default_factory=list)
    slots: dict[str, int] = field(default_factory=dict)

    def slot(self, draw: Draw, constant: int) -> int:
        """The number of a draw; the same stream gives the same number."""
        if draw.stream not in self.slots:
            self.slots[draw.stream] = len(self.constants)
            self.constants.append(constant)
            self.draws.append(draw)
        return self.slots[draw.stream]

    def time(self, stream: str, time: Time) -> int:
        """A time: its median, or drawn where it is random."""
        constant = NONE if self.sampled and time.is_random else round(time.median)
        return self.slot(Draw(stream, time=time), constant)

    def uniform(self, stream: str) -> int:
        """A uniform number of 53 bits; just under one half where nothing is drawn."""
        return self.slot(Draw(stream), NONE if self.sampled else HALF)

    def status(self, stream: str, answers: Answers) -> int:
        """A status: the likeliest, or drawn by its shares."""
        if not self.sampled or len(answers.shares) == 1:
            return self.slot(Draw(stream), answers.likeliest)
        total, shares = Fraction(0), []
        for status, share in answers.shares:
            total += share
            shares.append((status, float(total)))
        return self.slot(Draw(stream, shares=tuple(shares)), NONE)


def threshold(share: Fraction) -> int:
    """The number that a uniform draw of 53 bits stays under with this probability.

    >>> threshold(Fraction(1, 2)) == 2**52, threshold(Fraction(1)) == 2**53
    (True, True)
    """
    return ceil(share * ONE)
