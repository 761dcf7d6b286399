"""What a rule is: one frozen value per file of `rules/<theme>/`."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.validators.finding import Found, Severity, Unknown

if TYPE_CHECKING:
    from archspec.validators.context import Context
    from archspec.validators.page import Page


class RuleSet(Enum):
    """The sets that rules belong to; each contains those before it.

    `loader` always holds; of `traces` are rules that hold a spec against traces, of `runs` those that hold its promises
    against runs: `archspec drift` and `archspec verify` judge by them alone, and no other run does.
    """

    LOADER = "loader"
    DEFAULT = "default"
    STRICT = "strict"
    PRODUCTION = "production"
    TRACES = "traces"
    RUNS = "runs"

    @property
    def rank(self) -> int:
        """Its place in that order, from 0."""
        return list(RuleSet).index(self)


APART = (RuleSet.TRACES, RuleSet.RUNS)
"""What rules need more than a spec for."""
Check = Callable[["Context"], Iterable[Found | Unknown]]


@frozen
class Rule:
    """A rule of design: what it is called, where it belongs, and the function that finds its violations.

    `check` is pure: it reads a Context and yields what it found, or what it could not judge; None where the
    loader or the run itself judges (STR01, STR02, DOC03). `page` is the module's docstring, a Markdown page with
    the headings of `page.HEADINGS`, whose Bad and Good are whole specs.

    `in_set` is the smallest set that selects the rule. `closes_world` says that in the production set an absent
    key is a violation too. `yields_to` are codes whose finding on the same element makes this rule's superfluous.
    """

    code: str
    name: str
    theme: str
    severity: Severity
    in_set: RuleSet
    page: str | None
    check: Check | None
    closes_world: bool = False
    yields_to: tuple[str, ...] = ()

    @property
    def documentation(self) -> "Page":
        """The page, parsed: only whoever shows or tests a rule pays for that. A team's rule may have none."""
        from archspec.validators.page import Page, parse_page

        return parse_page(self.page, self.code) if self.page is not None else Page(self.name.replace("-", " "), {})
