"""A probability that is known, or known to lie between two bounds."""

from archspec.frozen import frozen


@frozen
class Range:
    """Both ends are proven; where they are the same, the figure is exact."""

    lower: float
    upper: float

    @property
    def exact(self) -> float | None:
        """The figure itself, None where only bounds are known."""
        return self.lower if self.lower == self.upper else None

    @property
    def middle(self) -> float | None:
        """The figure, or what lies between bounds that differ by at most a tenth of what fails; else None."""
        middle = (self.lower + self.upper) / 2
        return middle if self.upper - self.lower <= 0.1 * (1 - middle) else None
