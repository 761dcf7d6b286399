"""How often a part of a request goes well in each state of the parts, where it is tried again and drawn anew.

Up or down is constant while a request lasts; losses, statuses, hits and chances are drawn at every try. So in each
state every attempt ends with the same odds, and n attempts with what `Odds.tried` makes of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from archspec.analysis.course import Course
from archspec.analysis.expression import Constant, Expression, any_of
from archspec.analysis.odds import ENDED, FAILED, FINAL, GOOD, REFUSED, SILENT, Odds, mixed, together
from archspec.analysis.request_tree import (
    Aside,
    Branch,
    Call,
    Exchange,
    Instead,
    Node,
    Nothing,
    PassedOver,
    Repeated,
    Together,
    Unless,
    sequence,
)
from archspec.analysis.request_tree import (
    Sequence as Steps,
)
from archspec.analysis.states import States, TooManyStatesError
from archspec.frozen import frozen
from archspec.model import Attempts

LISTED = 6
"""Components of one list that are told apart, where it matters which is asked."""
_EVEN = ("round_robin", "weighted", "random", "ip_hash", "consistent_hash")
"""Algorithms by which each of several gets its share of many requests."""


def _goes_on(odds: Odds) -> bool:
    return odds.good > 0


class Supposed(Enum):
    """What is supposed where the spec does not say which of several is chosen, or what comes first."""

    BEST = "best"
    WORST = "worst"
    EVEN = "even"
    LUCKY = "lucky"  # the best of all, and every failure is noticed and tried again: no state of the parts does better


@frozen
class View:
    """What is looked at: with or without mishaps; and what is supposed of what is not known."""

    mishaps: bool
    supposed: Supposed

    def draws_in(self, node: Node) -> bool:
        """Whether something is drawn in a node."""
        return node.choice or (self.mishaps and node.mishap)

    def heard(self, call: Call) -> Expression:
        """What must be up for a call that finds nobody who can serve to hear so."""
        return call.heard.most if self.supposed in (Supposed.BEST, Supposed.LUCKY) else call.heard.least


class Drawn:
    """The odds of nodes as diagrams over the states of the parts.

    `course` says of what is not drawn what it needs, `choice` what a draw of this name and probability is.
    """

    def __init__(
        self,
        view: View,
        course: Callable[[Node], Course],
        states: States,
        choice: Callable[[str, float | None], Expression],
    ) -> None:
        self._view = view
        self._course = course
        self._states = states
        self._choice = choice
        self.is_exact = True
        """False once something was met that the spec does not decide, and that matters."""

    def of(self, node: Node, *, again: bool = False) -> int:
        """The diagram of a node; `again` where one request may come here several times."""
        return self.drawn(node, again=again) if self._view.draws_in(node) else self._certain(node)

    def drawn(self, node: Node, *, again: bool = False) -> int:
        """The same for a node in which something is drawn, or that only its odds can tell."""
        match node:
            case Steps(nodes):
                return self._sequence(nodes, again)
            case Repeated(times, inner):
                return self._states.map(lambda odds: odds.repeated(times), self.of(inner, again=again or times > 1))
            case Together(needs, branches):
                return self._together(needs, branches, again)
            case PassedOver(inner):
                return self._states.map(Odds.passed_over, self.of(inner, again=again))
            case Unless(probability, inner, name):
                taken = self.of(inner, again=again)
                if probability is None:
                    return self._states.where(self._choice(name, None), self._states.leaf(GOOD), taken)
                shares = (probability, 1 - probability)
                return self._states.map(lambda odds: mixed(shares, (GOOD, odds)), taken)
            case Instead(inner, fallback):
                return self._states.map(Odds.instead, self.of(inner, again=again), self.of(fallback, again=again))
            case Aside(cache, hit, missed, name):
                both = self.of(cache, again=again), self.of(missed, again=again)
                if hit is not None:
                    return self._aside(hit, *both)
                return self._states.where(self._choice(name, None), self._aside(1.0, *both), self._aside(0.0, *both))
            case Call():
                return self._call(node, again)
            case Exchange():
                return self._exchange(node, again)
            case Nothing() | Branch():
                return self._certain(node)

    def _certain(self, node: Node) -> int:
        """Of a node in which nothing is drawn: the state decides. Who asked it will call its failure its own."""
        states, course = self._states, self._course(node)
        well = states.where(course.ends, states.leaf(ENDED), states.leaf(GOOD))
        return states.where(course.good, well, states.where(course.silent, states.leaf(SILENT), states.leaf(FAILED)))

    def _sequence(self, nodes: Sequence[Node], again: bool) -> int:
        runs = [(draws, tuple(run)) for draws, run in groupby(nodes, self._view.draws_in)]
        parts = [node for draws, run in runs for node in (run if draws else (sequence(run),))]
        return self._states.chained([self.of(node, again=again) for node in parts], GOOD, Odds.then, _goes_on)

    def _aside(self, hit: float, cache: int, missed: int) -> int:
        return self._states.map(lambda asked, further: asked.missing(hit, further), cache, missed)

    def _together(self, needs: int, branches: tuple[Branch, ...], again: bool) -> int:
        def ending(*odds: Odds) -> Odds:
            drawn = [(each, branch.times, branch.share) for each, branch in zip(odds, branches, strict=True)]
            first, last = (together(drawn, needs, ends_first=ends) for ends in (True, False))
            self.is_exact = self.is_exact and first == last
            return last if self._view.supposed is Supposed.WORST else first

        diagrams = (self.of(b.node, again=again or b.times > 1) for b in branches)
        return self._states.map(ending, *diagrams)

    # -- calls

    def _call(self, call: Call, again: bool) -> int:
        states, first = self._states, call.options[0].exchange
        if call.differs:
            return self._list(call, again)
        served = any_of(option.served for option in call.options)
        attempt = states.where(served, self.of(first, again=again or call.tries > 1), self._unserved(call))
        idempotent = first.attempts.idempotent or self._view.supposed is Supposed.LUCKY
        return states.map(lambda odds: odds.tried(first.attempts.most, idempotent=idempotent), attempt)

    def _exchange(self, exchange: Exchange, again: bool) -> int:
        states, answer = self._states, exchange.answer
        silence = _silence(exchange.attempts)
        fails = answer.failed if self._view.mishaps or answer.failed >= 1 else 0.0
        scale = 1.0 if fails else 1 / (1 - answer.failed) if answer.failed < 1 else 1.0
        own = Odds(ended=answer.ended * scale)
        if fails:
            own = own._replace(refused=answer.limited, failed=answer.retried, final=answer.final)
        lost = exchange.silent if self._view.mishaps else 0.0

        def ending(odds: Odds) -> Odds:
            answered = own.plus(1 - own.ended - fails, odds.answered(is_proxy=exchange.is_proxy))
            return answered.unheard(lost, silence)

        heard = states.map(ending, self.of(exchange.does, again=again))
        if self._view.supposed is Supposed.LUCKY:
            heard = states.map(Odds.at_best, heard)
        unheard = states.leaf(silence)
        return states.where(exchange.link, states.where(exchange.copies, heard, unheard), unheard)

    def _list(self, call: Call, again: bool) -> int:
        """One of several that differ, chosen among those that can serve, rather of those that were not tried yet."""
        options, states = call.options, self._states
        if len(options) > LISTED:
            raise TooManyStatesError("a list names too many components for an exact figure.")
        exchanges = (self.of(option.exchange, again=again or call.tries > 1) for option in options)
        odds = states.map(lambda *each: each, *exchanges)

        def among(number: int, up: tuple[int, ...]) -> int:
            if number < len(options):
                served = options[number].served
                return states.where(served, among(number + 1, (*up, number)), among(number + 1, up))
            return states.map(lambda each: self._asked(call, each, up, again), odds) if up else self._unserved(call)

        return among(0, ())

    def _unserved(self, call: Call) -> int:
        """Of a call that finds nobody who can serve."""
        self.is_exact = self.is_exact and call.heard.least is call.heard.most
        return self._states.where(self._view.heard(call), self._states.leaf(REFUSED), self._states.leaf(SILENT))

    def _asked(self, call: Call, odds: tuple[Odds, ...], up: tuple[int, ...], again: bool) -> Odds:
        is_fair = call.algorithm in _EVEN and not again  # each is the first to be asked for its share of requests
        is_settled = call.tries == 1 or (call.tries == 2 and len(up) == 2 and not call.remembers)  # and so the second
        is_random = call.algorithm == "random" and not call.remembers
        is_known = call.algorithm == "priority" or is_random or (is_fair and is_settled)
        if self._view.supposed is Supposed.LUCKY:
            return _Choosing(call, odds, up, Supposed.LUCKY).tries(1, frozenset())
        if self._view.supposed is Supposed.EVEN or is_known:
            return _Choosing(call, odds, up, Supposed.EVEN).tries(1, frozenset())
        best, worst = (
            _Choosing(call, odds, up, supposed).tries(1, frozenset()) for supposed in (Supposed.BEST, Supposed.WORST)
        )
        if max(abs(one - other) for one, other in zip(best, worst, strict=True)) < 1e-15:
            return best
        self.is_exact = False
        return best if self._view.supposed is Supposed.BEST else worst


def _silence(attempts: Attempts) -> Odds:
    """How an attempt ends that is never answered; after a client's patience nothing is tried again."""
    return FAILED if attempts.timeout is not None else FINAL if attempts.patience is not None else SILENT


@dataclass
class _Choosing:
    """The attempts of a call of several components, which are all as they are."""

    call: Call
    odds: tuple[Odds, ...]
    up: tuple[int, ...]
    supposed: Supposed

    def tries(self, number: int, tried: frozenset[int]) -> Odds:
        """From attempt `number` on."""
        untried = tuple(one for one in self.up if one not in tried)
        forgets = not (self.call.remembers and self.supposed is Supposed.WORST)
        candidates = (untried or self.up) if forgets else self.up
        if self.call.algorithm == "priority" and self.supposed is Supposed.EVEN:
            candidates = candidates[:1]
        endings = [self._attempt(one, number, tried) for one in candidates]
        match self.supposed:
            case Supposed.BEST | Supposed.LUCKY:
                return max(endings, key=lambda odds: (odds.well, odds.broken))
            case Supposed.WORST:
                return min(endings, key=lambda odds: (odds.well, odds.broken))
            case Supposed.EVEN:
                weights = [self._weight(one) for one in candidates]
                return mixed([weight / sum(weights) for weight in weights], endings)

    def _attempt(self, one: int, number: int, tried: frozenset[int]) -> Odds:
        odds, attempts = self.odds[one], self.call.options[one].exchange.attempts
        again = odds.refused + (odds.failed if attempts.idempotent else 0.0)
        if number >= attempts.most or again == 0:
            return odds
        kept = odds._replace(refused=0.0, failed=0.0 if attempts.idempotent else odds.failed)
        return kept.plus(again, self.tries(number + 1, tried | {one}))

    def _weight(self, one: int) -> float:
        return self.call.options[one].weight if self.call.algorithm == "weighted" else 1.0


class AllUp(States):
    """States of which only one is looked at: that in which every condition holds."""

    def where(self, condition: Expression, high: int, low: int) -> int:
        """Where the condition holds."""
        if isinstance(condition, Constant):
            return high if condition.value else low
        if condition not in self.conditions:
            self.conditions.append(condition)
        return high
