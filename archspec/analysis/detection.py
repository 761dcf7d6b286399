"""What it costs until the death of a part is noticed: requests that are still sent to it.

To first order, and for each part i by itself: f_i E[min(D_i, repair)] share_i P(the rest serves), where f_i is how
often it fails, D_i how long until whoever chooses knows, the repair exponential, and share_i how much of the traffic
meets it and is not saved by another try. Who is checked by nobody is met until it is repaired. A check that has taken
a part out lets it back in late, which lengthens its repair where it is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import exp, inf

from archspec.analysis.expression import Expression, Variable, bottom_up, restricted, variables
from archspec.analysis.probability import Probability
from archspec.analysis.request_tree import Exchange
from archspec.analysis.sites import Dead, Shares, Site, pool_of, several_dead, shares_of, sites_of, tries_of
from archspec.analysis.structure import Structures
from archspec.frozen import frozen
from archspec.model import Component, Dependable, Duration, Group, Running, synchronous_copies
from archspec.model.attempts import CHECKERS, health_check
from archspec.model.kinds.dns import Dns

LOOKED_AT = 100_000
"""Nodes x parts: in larger flows the rest serves as often with a part down as it does on the whole."""


@frozen
class Costs:
    """Share of requests that are lost to parts whose death is not known yet.

    `unsure` is what the figure may be off by either way: two deaths at a time count as if each came alone.
    `left_out` are the components and groups of which only an availability is stated: how often they fail is not known,
    and failover is taken to take no time. What of it nobody checks at all may cost `unchecked` more.
    """

    least: float = 0.0
    most: float = 0.0
    unsure: float = 0.0
    left_out: tuple[str, ...] = ()
    unchecked: float = 0.0


@frozen
class _Term:
    """A part while nobody knows of its death (`late` is f E[min(D, repair)]), and the calls that may meet it."""

    part: str
    asked: str
    """The component, or the copy, whose replicas are met."""
    late: float
    shares: Shares
    mark: Variable | None
    """The mark of the call; None where the call is not in the structure: then it may matter always or never."""
    alike: int = 1
    is_never_known: bool = False


@dataclass
class Detection:
    """The costs of one flow."""

    structures: Structures
    flow: str
    _late_back: dict[str, float] = field(default_factory=dict)
    _left_out: dict[str, float] = field(default_factory=dict)
    _several: list[Shares] = field(default_factory=list)

    @cached_property
    def at_worst(self) -> float:
        """An upper bound that needs no diagram."""
        met = sum(term.late * term.shares.most for term in self._terms)
        return met + sum(self._late_back.values()) + sum(each.most for each in self._several)

    @cached_property
    def met_dead(self) -> dict[str, float]:
        """By component, the most costly first: the share of calls, at most, that its dead replicas get unnoticed."""
        found: dict[str, float] = {}
        for term in self._terms:
            found[term.asked] = found.get(term.asked, 0.0) + term.late * term.shares.most
        return dict(sorted(found.items(), key=lambda entry: -entry[1]))

    @cached_property
    def costs(self) -> Costs:
        """The share of requests that are lost."""
        if not self._terms and not self._late_back and not self._several:
            return Costs(left_out=tuple(self._left_out), unchecked=sum(self._left_out.values()))
        decides = _Deciding(self._structure)
        by_part: dict[str, list[_Term]] = {}
        for term in self._terms:
            by_part.setdefault(term.part, []).append(term)
        lost = [_lost(terms, decides) for terms in by_part.values()]
        back = sum(share * decides.part(part) for part, share in self._late_back.items())
        least = sum(each.least for each in lost) + back
        most = sum(each.most for each in lost) + back
        unsure, unchecked = self._unsure(most, decides), sum(self._left_out.values())
        several = Shares(sum(each.least for each in self._several), sum(each.most for each in self._several))
        return Costs(least + several.least, most + several.most, unsure, tuple(self._left_out), unchecked)

    def until_noticed(self, owner: str) -> dict[str, float]:
        """By component: mean seconds until all who choose know that a part of it, or of it in a group, is dead.

        Infinite where somebody never knows; without what nobody that this flow asks chooses.
        """
        architecture, found = self.structures.architecture, dict[str, float]()
        for option in (option for site in self._sites for option in site.call.options):
            for component in pool_of(architecture, option.exchange):
                silent = owner in {domain for domains in architecture.placements(component) for domain in domains}
                if silent or component.id == owner:
                    until = self._until_known(component, option.exchange, silent=silent)
                    found[component.id] = max(found.get(component.id, 0.0), until)
        return found

    def _unsure(self, most: float, decides: "_Deciding") -> float:
        """Two at a time; of a call that meets the dead for ever, the shares of several at a time add up exactly."""
        apart: dict[Variable, float] = {}
        for term in self._terms:
            if term.is_never_known and term.mark is not None:
                lost = term.late * term.shares.most * decides.mark(term.part, term.mark)
                apart[term.mark] = apart.get(term.mark, 0.0) + lost
        return max(0.0, most**2 - sum(each**2 for each in apart.values()))

    @cached_property
    def _structure(self) -> Expression:
        marks = {id(site.call): site.mark for site in self._sites if site.mark is not None}
        return self.structures.marked(self.flow, marks)

    @cached_property
    def _sites(self) -> list[Site]:
        return list(sites_of(self.structures.request(self.flow)))

    @cached_property
    def _terms(self) -> list[_Term]:
        return [term for site in self._sites for term in self._of_site(site)]

    def _of_site(self, site: Site) -> Iterator[_Term]:
        """Replicas, then groups, of each component that the call may ask."""
        architecture = self.structures.architecture
        pools = [pool_of(architecture, option.exchange) for option in site.call.options]
        candidates = sum(architecture.count(each) for pool in pools for each in pool)
        dead_at_once = 0.0
        for place, (option, pool) in enumerate(zip(site.call.options, pools, strict=True)):
            for component in pool:
                for failing, dead in self._failing(component):
                    part = failing.id if isinstance(failing, Group) else _first(component)
                    until = self._until_known(component, option.exchange, silent=dead.is_silent)
                    late = self._late(failing, until, is_one=len(site.call.options) == 1)
                    tries = tries_of(option.exchange, silent=dead.is_silent)
                    shares = shares_of(architecture, site, place, dead, candidates, tries)
                    self._let_back(failing, part, dead, option.exchange, until)
                    if not dead.is_silent:
                        dead_at_once = max(dead_at_once, late or 0.0)
                    if late and shares.most:
                        yield _Term(part, component.id, late, shares, site.mark, dead.alike, until == inf)
                    if late is None and shares.most:
                        down = 1 - float(failing.steady_state or 1) if until == inf else 0.0
                        self._left_out[failing.id] = self._left_out.get(failing.id, 0.0) + down * shares.most
        self._several += several_dead(architecture, site, candidates, dead_at_once)
        yield from self._of_copies(site)

    def _failing(self, component: Component) -> Iterator[tuple[Dependable | Group, Dead]]:
        """What takes replicas of a component down: one of them fails, or a group that several stand in."""
        architecture = self.structures.architecture
        if isinstance(component, Dependable):
            yield component, Dead(component, 1, architecture.count(component), has_primary=True, is_silent=False)
        taken: dict[str, int] = {}
        for domains, count in architecture.placements(component).items():
            for domain in domains:
                taken[domain] = taken.get(domain, 0) + count
        first = architecture.domains_of(component, 1)
        for id_, count in taken.items():
            yield architecture.groups[id_], Dead(component, count, 1, id_ in first, is_silent=True, group=id_)

    def _late(self, failing: Dependable | Group, until: float, *, is_one: bool) -> float | None:
        """F E[min(D, repair)], 0 of what has no figure; None where f alone is not stated.

        An availability is enough where nobody ever notices. But that of replicas is read as what they have in a pool
        whose failover takes no time, as providers state it; of several components each stands for itself.
        """
        state = failing.steady_state
        if state is None or state.value == 1:
            return 0.0
        if failing.mtbf is not None and failing.mttr is not None:
            repair, cycle = _seconds(failing.mttr), _seconds(failing.mtbf) + _seconds(failing.mttr)
            return repair * (1 - exp(-until / repair)) / cycle
        return None if is_one or until < inf else 1 - float(state)

    def _let_back(self, failing: Dependable | Group, part: str, dead: Dead, exchange: Exchange, until: float) -> None:
        """Of a part that was taken out: how long it is up again before a check lets it back in."""
        check = health_check(self.structures.architecture, exchange.caller, exchange.callee)
        if check is None or not failing.mtbf or not failing.mttr:
            return
        repair, cycle = _seconds(failing.mttr), _seconds(failing.mtbf) + _seconds(failing.mttr)
        back = dead.alike * (check.healthy_after - 0.5) * _seconds(check.interval) * exp(-until / repair) / cycle
        self._late_back[part] = max(self._late_back.get(part, 0.0), back)

    def _until_known(self, component: Component, exchange: Exchange, *, silent: bool) -> float:
        """Mean seconds until the caller knows that a replica is dead."""
        architecture = self.structures.architecture
        takes_over = _seconds(component.failover_time) if isinstance(component, Running) else 30.0
        asks = architecture.components[exchange.caller]
        if exchange.asks_primary and getattr(component, "failover", None) == "automatic":
            return takes_over
        if asks.kind in CHECKERS:
            check = health_check(architecture, exchange.caller, exchange.callee)
            if check is None:
                return inf
            times_out = _seconds(check.timeout) if silent else 0.0
            return (check.unhealthy_after - 0.5) * _seconds(check.interval) + times_out
        return takes_over + (_seconds(asks.ttl) / 2 if isinstance(asks, Dns) else 0.0)

    def _of_copies(self, site: Site) -> Iterator[_Term]:
        """A copy that writes wait for until its loss is known."""
        architecture = self.structures.architecture
        for option in site.call.options:
            for copy in (
                synchronous_copies(architecture, option.exchange.callee) if option.exchange.asks_primary else ()
            ):
                store = copy.store
                if copy.when_lost != "continue" or architecture.count(store) > 1 or not store.mtbf or not store.mttr:
                    continue
                repair, until = _seconds(store.mttr), _seconds(store.failover_time)
                late = repair * (1 - exp(-until / repair)) / (_seconds(store.mtbf) + repair)
                yield _Term(_first(store), store.id, late, Shares(0.0 if site.again else 1.0, 1.0), site.mark)


class _Deciding:
    """How often it decides over a request that a call meets a dead part."""

    def __init__(self, structure: Expression) -> None:
        sure = {part: True for part in variables(structure) if part.probability == 1.0}
        self._structure = restricted(structure, sure)
        self._parts = {part.name: part for part in variables(self._structure)}
        self._size = sum(1 for _ in bottom_up(self._structure))
        self._found: dict[str, Probability] = {}

    def mark(self, part: str, mark: Variable) -> float:
        """That the mark decides while the part is down: the rest serves, and this call is needed."""
        return self._without(part).importance.get(mark, 0.0)

    def serves(self, part: str) -> float:
        """That the rest serves while the part is down."""
        return self._without(part).range.upper

    def part(self, part: str) -> float:
        """That the part itself decides."""
        return self._without("").importance.get(self._parts[part], 0.0) if part in self._parts else 0.0

    def _without(self, part: str) -> Probability:
        looks = part in self._parts and self._size * (len(self._found) + 1) <= LOOKED_AT
        key = part if looks or part in self._found else ""
        if key not in self._found:
            left = restricted(self._structure, {self._parts[key]: False}) if key else self._structure
            self._found[key] = Probability(left)
        return self._found[key]


def _lost(terms: list[_Term], decides: _Deciding) -> Shares:
    """By one part: the calls that meet it may be the same requests, or others; none where the rest does not serve."""
    matters = [decides.mark(term.part, term.mark) if term.mark else 1.0 for term in terms]
    least = max(t.late * t.shares.least * (m if t.mark else 0.0) for t, m in zip(terms, matters, strict=True))
    most = sum(term.late * term.shares.most * m for term, m in zip(terms, matters, strict=True))
    serves = max(term.late * term.alike for term in terms) * decides.serves(terms[0].part)
    return Shares(least, min(most, max(serves, least)))


def _first(component: Component) -> str:
    return f"{component.id}-1" if isinstance(component, Running) else component.id


def _seconds(duration: Duration) -> float:
    return duration.nanoseconds / 1e9
