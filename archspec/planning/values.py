"""What a plan is: the smallest change that keeps every promise at a load, with any one part lost."""

from enum import Enum
from fractions import Fraction

from archspec.frozen import frozen


class Verdict(Enum):
    """What a run of a change tells."""

    HOLDS = "keeps every promise"
    UNSURE = "too near to tell"
    BREAKS = "breaks one"


@frozen
class Setting:
    """A field and its value, before and after, by the name that `--set` takes."""

    key: str
    before: Fraction
    after: Fraction

    @property
    def growth(self) -> Fraction:
        """How many times over what there is is added: from 2 to 3 is a half."""
        return self.after / self.before - 1


@frozen
class Change:
    """Settings together. The smaller one adds less in sum; of equals the one with fewer settings."""

    settings: tuple[Setting, ...]

    @property
    def size(self) -> Fraction:
        """The sum of what is added."""
        return sum((setting.growth for setting in self.settings), Fraction(0))


@frozen
class Try:
    """A change that was run, and what was wrong with it."""

    change: Change
    verdict: Verdict
    why: str | None


@frozen
class Margin:
    """How near a flow comes to its promise, of all states that were run: the worst, with where it surely lies.

    Of a success a share; of a percentile nanoseconds.
    """

    flow: str
    figure: str
    promised: float
    value: float
    low: float
    high: float
    without: str | None
    """What is down then; None: nothing."""


@frozen
class Plan:
    """The answer; `change` is None where none was found."""

    system: str
    level: Fraction
    seed: int
    change: Change | None
    margins: tuple[Margin, ...]
    tried: tuple[Try, ...]
    """Those that were run, in order; all smaller ones cannot work by what analyze computes."""
    beyond: tuple[str, ...]
    """Parts whose loss no number of replicas mends: they are left out."""
    notes: tuple[str, ...]
