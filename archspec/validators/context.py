"""What a check may look at."""

from collections.abc import Callable
from dataclasses import field
from typing import Any, TypeVar

from archspec.frozen import frozen
from archspec.model import Architecture
from archspec.validators.parameters import Parameters
from archspec.validators.rule import RuleSet
from archspec.validators.subjects import Subjects

T = TypeVar("T")


@frozen(slots=False)
class Context:
    """One architecture, and how it is to be judged.

    `level` is the set that the architecture is judged by, or that of the rule at hand where a rule of a higher
    one was selected by name. `selected` are the codes of all rules of this run.
    """

    architecture: Architecture
    level: RuleSet = RuleSet.DEFAULT
    parameters: Parameters = field(default_factory=Parameters)
    selected: frozenset[str] = frozenset()
    analyses: dict[Callable[..., Any], Any] = field(default_factory=dict)
    """Results of `once`, shared by all checks of a run."""

    @property
    def strict(self) -> bool:
        """Whether opinions of the strict set count."""
        return self.level.rank >= RuleSet.STRICT.rank

    @property
    def closed_world(self) -> bool:
        """Whether an absent key is a violation (the production set)."""
        return self.level is RuleSet.PRODUCTION

    @property
    def subjects(self) -> Subjects:
        """What the author has begun to speak of."""
        return self.once(Subjects)

    def once(self, analysis: Callable[[Architecture], T]) -> T:
        """`analysis(architecture)`, computed at most once in a run however many checks ask for it."""
        if analysis not in self.analyses:
            self.analyses[analysis] = analysis(self.architecture)
        return self.analyses[analysis]  # type: ignore[no-any-return]
