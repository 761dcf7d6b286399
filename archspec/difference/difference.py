"""Two versions of an architecture held against each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from archspec.analysis.report import report
from archspec.difference.alerts import alerts
from archspec.difference.availability import Reports, availabilities
from archspec.difference.capacity import capacities, latencies
from archspec.difference.change import Change
from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.difference.policy import Policy
from archspec.difference.structure import structure
from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language import Names
from archspec.model import Architecture
from archspec.validators import Config, Finding, Rule, Severity, judge
from archspec.validators.selection import all_rules

_ORDER = tuple(Effect)


@frozen(slots=False)
class Side:
    """One of the two versions: how it was asked for, its file, and the architecture."""

    name: str
    file: str
    architecture: Architecture


@frozen(slots=False)
class Difference:
    """What changed between two versions, and what that does; `names` are the head's for the base's elements."""

    base: Side
    head: Side
    names: Names
    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    """What gets worse first, then what gets better, what is merely other, what is known now, and no longer."""
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    rules: dict[str, Rule]
    notes: tuple[str, ...] = ()
    view: str | None = None
    """Which view the picture shows; None: all that changed, and what it stands among."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed, and so nothing follows."""
        return not (self.changes or self.consequences or self.new or self.gone)

    @property
    def worse(self) -> tuple[Consequence, ...]:
        """The figures that get worse."""
        return tuple(each for each in self.consequences if each.verdict is Effect.WORSE)

    def breaks(self, policy: Policy) -> bool:
        """Whether what a policy forbids has happened."""
        match policy:
            case Policy.NEVER:
                return False
            case Policy.CHANGE:
                return not self.is_empty
            case Policy.WORSE:
                return bool(self.worse) or any(finding.severity is not Severity.INFO for finding in self.new)
            case Policy.FINDING:
                return any(finding.severity is Severity.ERROR for finding in self.new)
            case Policy.SINGLE_POINT:
                return any(each.figure is Figure.SINGLE_POINT for each in self.worse)
            case Policy.OBJECTIVE:
                return any(each.figure is Figure.OBJECTIVE for each in self.worse)


def difference(
    base: Side,
    head: Side,
    config: Config | None = None,
    *,
    finds_renames: bool = True,
    notes: tuple[str, ...] = (),
    view: str | None = None,
    simulated: Sequence[str] = (),
    say: Callable[[str], None] = lambda _: None,
) -> Difference:
    """Hold two versions against each other; both are judged by one configuration, that of the head.

    Both run each scenario of `simulated`; `say` hears of each as it begins.

    Raises:
        UsageError: the head has no such scenario, or one cannot be run.

    """
    config = config or Config()
    found = structure(base.architecture, head.architecture, finds_renames=finds_renames)
    outcomes = [judge(side.architecture, config, side.file) for side in (base, head)]
    new, gone = new_and_gone(outcomes[0].findings, outcomes[1].findings, found.names)
    computed = _consequences(base.architecture, head.architecture, found.names)
    ran, more = _runs(base.architecture, head.architecture, found.names, simulated, say) if simulated else ((), ())
    told = sorted((*computed, *ran), key=lambda each: _ORDER.index(each.verdict))
    placed = tuple(replace(each, span=_span(head.architecture, each)) for each in told)
    rules, said = dict(all_rules(config)), (*notes, *found.notes, *more)
    return Difference(base, head, found.names, found.changes, placed, new, gone, rules, said, view)


def _consequences(base: Architecture, head: Architecture, names: Names) -> Iterator[Consequence]:
    reports = Reports(report(base), report(head), names)
    yield from availabilities(reports)
    yield from capacities(reports)
    yield from latencies(base, head, names)
    yield from alerts(base, head, names)


def _runs(
    base: Architecture, head: Architecture, names: Names, simulated: Sequence[str], say: Callable[[str], None]
) -> tuple[tuple[Consequence, ...], tuple[str, ...]]:
    """What runs say, and notes on those that cannot be."""
    from archspec.difference.runs import run_consequences, scenarios_of

    scenarios, notes = scenarios_of(base, head, names, simulated)
    return tuple(run_consequences(base, head, names, scenarios, say)), notes


def _span(architecture: Architecture, consequence: Consequence) -> Span | None:
    """Where the head says what a figure is of; the spec's first line for what is gone."""
    element = consequence.subject.partition(" ")[0]
    for section in ("flows", "alerts", "components"):
        if element in getattr(architecture, section):
            return architecture.source.key((section, element))
    return architecture.source.value(())


Key = tuple[str, str]
"""Rule and element by its name in the head: neither the line nor the figures in the message, which move."""


def new_and_gone(
    base: Iterable[Finding], head: Iterable[Finding], names: Names
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What the head alone has, and what the base alone had, as often as there is more of it there."""
    new_names = {old: new for each in names.values() for old, new in each.items()}
    before: dict[Key, list[Finding]] = defaultdict(list)
    after: dict[Key, list[Finding]] = defaultdict(list)
    for finding in base:
        arrow, via, name = finding.element.partition(" via ")
        element = " -> ".join(new_names.get(end, end) for end in arrow.split(" -> ")) + via + name
        before[finding.code, element].append(finding)
    for finding in head:
        after[finding.code, finding.element].append(finding)
    new = [each for key, found in after.items() for each in _more(found, before.get(key, []))]
    gone = [each for key, found in before.items() for each in _more(found, after.get(key, []))]
    return tuple(new), tuple(gone)


def _more(found: list[Finding], others: list[Finding]) -> list[Finding]:
    """As many of these as there are more of than of the others: first those whose words the others do not use."""
    known = {finding.message for finding in others}
    unlike_first = sorted(found, key=lambda finding: finding.message in known)
    return unlike_first[: max(0, len(found) - len(others))]
