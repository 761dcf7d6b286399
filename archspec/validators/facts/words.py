"""Numbers as messages write them."""

from fractions import Fraction

_FRACTIONS = {2: "half", 3: "a third", 4: "a quarter"}


def share_of(count: int) -> str:
    """One of so many, in words.

    >>> share_of(3), share_of(7)
    ('a third', '1 in 7')
    """
    return _FRACTIONS.get(count, f"1 in {count}")


def percent(share: Fraction, digits: int = 2) -> str:
    """A share as a percentage with at most so many decimals.

    >>> percent(Fraction(9856, 10000)), percent(Fraction(9, 10))
    ('98.56%', '90%')
    """
    return f"{round(float(share) * 100, digits):.{digits}f}".rstrip("0").rstrip(".") + "%"


def plural(count: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "replica"), plural(3, "replica")
    ('1 replica', '3 replicas')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
