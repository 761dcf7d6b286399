"""What must be up for a step of a request to go well, to end it, or never to be heard of again."""

from collections.abc import Iterable

from archspec.analysis.expression import FALSE, TRUE, Expression, all_of, any_of, negated
from archspec.frozen import frozen


@frozen
class Course:
    """How a step goes, over the parts and what is drawn once for the request."""

    good: Expression = TRUE
    """It has not failed: it went well, or ended the request with a 4xx."""
    ends: Expression = FALSE
    """Where it is good: whether it is a 4xx."""
    silent: Expression = FALSE
    """Where it is not good: whether nobody ever answers, and nobody notices."""

    def passed_over(self) -> "Course":
        """Of an optional step."""
        return Course(good=negated(self.silent), silent=self.silent)

    def instead(self, other: "Course") -> "Course":
        """With a fallback where it has failed."""
        heard = negated(self.silent)
        failed = all_of([negated(self.good), heard]) if (other.ends, other.silent) != (FALSE, FALSE) else TRUE
        return Course(
            any_of([self.good, all_of([heard, other.good])]),
            any_of([all_of([self.good, self.ends]), all_of([failed, other.ends])]),
            any_of([self.silent, all_of([failed, other.silent])]),
        )

    def unless(self, skipped: Expression) -> "Course":
        """Not needed where a draw says so."""
        taken = negated(skipped)
        return Course(any_of([skipped, self.good]), all_of([taken, self.ends]), all_of([taken, self.silent]))

    def missing(self, hit: Expression, missed: "Course") -> "Course":
        """Of a cache that is asked by itself: what follows where it misses, or has failed."""
        heard = negated(self.silent)
        asked: Expression = TRUE
        if (missed.ends, missed.silent) != (FALSE, FALSE):
            asked = all_of([negated(all_of([self.good, any_of([hit, self.ends])])), heard])
        return Course(
            any_of([all_of([self.good, any_of([hit, self.ends])]), all_of([heard, missed.good])]),
            any_of([all_of([self.good, self.ends]), all_of([asked, missed.ends])]),
            any_of([self.silent, all_of([asked, missed.silent])]),
        )


CERTAIN = Course()


def in_turn(courses: Iterable[Course]) -> Course:
    """One after the other, as long as they go well."""
    good: list[Expression] = []
    ends: list[Expression] = []
    silent: list[Expression] = []
    for course in courses:
        if course.silent is not FALSE:
            silent.append(all_of([*good, negated(any_of(ends)), course.silent]))
        good.append(any_of([*ends, course.good]))
        if course.ends is not FALSE:
            ends.append(course.ends)
    return Course(all_of(good), any_of(ends), any_of(silent))


def chosen(condition: Expression, high: Expression, low: Expression, *, rises: bool) -> Expression:
    """One expression where a condition holds, else another; `rises`: what is true without it is true with it."""
    if high is low:
        return high
    without = low if rises else all_of([negated(condition), low])
    return any_of([all_of([condition, high]), without])
