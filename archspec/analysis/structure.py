"""The structure function of a flow: which parts a request needs, as an expression over them.

Instances of a component work while they and every group round them are up; a component works while `needs` of
its instances do. A step is true where its component works, its link is up and what it asks in turn is true;
optional steps, steps nobody waits for, what hangs below a queue and sinks (logs, metrics, errors) are true.
What is drawn once for a request is a variable too. What is drawn at every try is summed up by `chance`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from archspec.analysis.chance import AllUp, Drawn, Supposed, View
from archspec.analysis.course import CERTAIN, Course, chosen, in_turn
from archspec.analysis.expression import (
    FALSE,
    TRUE,
    Cause,
    Every,
    Expression,
    Variable,
    all_of,
    any_of,
    at_least,
    negated,
    restricted,
    variables,
)
from archspec.analysis.odds import Odds
from archspec.analysis.parts import INSTANCE_LIMIT, Parts
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
    Sequence,
    Together,
    Unless,
)
from archspec.analysis.requests import Requests
from archspec.analysis.states import States, TooManyStatesError
from archspec.frozen import frozen
from archspec.model import Architecture

_LUCKY = View(mishaps=False, supposed=Supposed.EVEN)


@frozen
class Figure:
    """What a request needs to succeed, draws and all: the two are one where its probability can be told exactly."""

    lower: Expression
    upper: Expression
    has_mishaps: bool
    """Whether a loss or a failing answer is stated: then luck can fail a request."""
    hangs: bool = False
    """Whether somebody may wait for ever: then a part that is up can do harm."""
    may_end: bool = False
    """Whether a 4xx may end a request: then a hit, after which more is asked, can do harm."""

    @property
    def is_exact(self) -> bool:
        """Whether nothing had to be supposed."""
        return self.lower is self.upper


@dataclass
class Structures:
    """The structure functions of an architecture's flows, over the same parts; flows that do the same share theirs."""

    architecture: Architecture
    _requests: dict[str, Node] = field(default_factory=dict)
    _of_flows: dict[str, Expression] = field(default_factory=dict)
    _ends: dict[str, tuple[Expression, Expression]] = field(default_factory=dict)
    _figures: dict[str, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = Parts(self.architecture)
        self._reader = Requests(self.parts)

    def of_flow(self, flow: str) -> Expression:
        """What a request of this flow needs to succeed, once it has been sent, mishaps aside."""
        flow = self.architecture.alike[flow]
        if flow not in self._of_flows:
            self._of_flows[flow] = self._seen(flow, _LUCKY)[0]
        return self._of_flows[flow]

    def ends_of(self, flow: str) -> tuple[Expression, Expression]:
        """The same at the least and at the most, whoever is chosen where the spec leaves that open."""
        flow = self.architecture.alike[flow]
        if flow not in self._ends:
            is_open = _is_tried_again(self.request(flow))
            supposed = [Supposed.WORST, Supposed.BEST] if is_open else []
            ends = [self._seen(flow, View(mishaps=False, supposed=each))[0] for each in supposed]
            self._ends[flow] = (ends[0], ends[1]) if ends else (self.of_flow(flow), self.of_flow(flow))
        return self._ends[flow]

    def figure_of(self, flow: str) -> Figure:
        """The same with all that is drawn, lost messages and failing answers too."""
        flow = self.architecture.alike[flow]
        if flow not in self._figures:
            self._figures[flow] = self._figure(flow)
        return self._figures[flow]

    def _figure(self, flow: str) -> Figure:
        request = self.request(flow)
        if not request.mishap and not _is_tried_again(request) and not _may_be_heard(request):
            return Figure(self.of_flow(flow), self.of_flow(flow), False, request.hangs, _may_end(request))
        upper, is_exact = self._seen(flow, View(mishaps=True, supposed=Supposed.BEST))
        worst = View(mishaps=True, supposed=Supposed.WORST)
        lower = upper if is_exact else self._seen(flow, worst)[0]
        return Figure(lower, upper, request.mishap, request.hangs, _may_end(request))

    def marked(self, flow: str, marks: Mapping[int, Variable]) -> Expression:
        """What a request needs where the calls with these `id`s each need their mark too, everything drawn once."""
        reading = _Reading(self.parts, _LUCKY, marks)
        reading._once = True
        return self._begun(flow, reading.course(self.request(flow)).good)

    def request(self, flow: str) -> Node:
        """The tree of what a request of this flow does; the same object however often it is asked for."""
        flow = self.architecture.alike[flow]
        if flow not in self._requests:
            self._requests[flow] = self._reader.of_flow(self.architecture.flows[flow])
        return self._requests[flow]

    def _seen(self, flow: str, view: View) -> tuple[Expression, bool]:
        reading = _Reading(self.parts, view)
        return self._begun(flow, reading.course(self.request(flow)).good), reading.is_exact

    def _begun(self, flow: str, needed: Expression) -> Expression:
        """With the part of ours, if any, at which the flow begins."""
        if self.architecture.begins_inside(self.architecture.flows[flow]):
            begins = self.parts.working(self.architecture.components[self.architecture.flows[flow].from_])
            needed = all_of([begins, needed])
        return needed


def _is_tried_again(node: Node) -> bool:
    """Whether a choice is drawn several times for one request, or between several that differ."""
    match node:
        case Repeated(times, inner):
            return (times > 1 and inner.choice) or _is_tried_again(inner)
        case Call() if node.choice and (node.tries > 1 or node.differs):
            return True
        case Branch(inner, times):
            return (times > 1 and inner.choice) or _is_tried_again(inner)
        case Nothing():
            return False
        case _:
            return node.choice and any(map(_is_tried_again, node.inner))


def _may_be_heard(node: Node) -> bool:
    """Whether it is chance who is asked of dead ones, of which some refuse and some are silent."""
    if isinstance(node, Nothing):
        return False
    return (isinstance(node, Call) and node.heard.least is not node.heard.most) or any(map(_may_be_heard, node.inner))


class _Reading:
    """Reads the tree of a request as expressions."""

    def __init__(self, parts: Parts, view: View, marks: Mapping[int, Variable] | None = None) -> None:
        self._parts = parts
        self._view = view
        self._marks = marks or {}
        self._courses: dict[int, Course] = {}
        self._once = False
        """Whether everything is taken as tried and done once only, and what is drawn as drawn once."""
        self.is_exact = True

    def course(self, node: Node) -> Course:
        """How a node goes; the same object however often it is asked for."""
        key = id(node)
        if key not in self._courses:
            draws = not self._once and self._view.draws_in(node) and self._draws_anew(node)
            self._courses[key] = self._summed_up(node) if draws else self._read(node)
        return self._courses[key]

    def _draws_anew(self, node: Node) -> bool:
        """Whether one request may draw several times for something inside, so that a variable cannot stand for it."""
        match node:
            case Repeated(times):
                return times > 1
            case Call():
                return node.tries > 1 or node.differs
            case Together(_, branches):
                return any(branch.times > 1 and self._view.draws_in(branch.node) for branch in branches)
            case _:
                return False

    def _read(self, node: Node) -> Course:
        match node:
            case Sequence(nodes):
                return in_turn(map(self.course, nodes))
            case Repeated(_, inner) | Branch(inner):
                return self.course(inner)
            case Together():
                return self._together(node)
            case PassedOver(inner):
                return self.course(inner).passed_over()
            case Unless(probability, inner, name):
                return self.course(inner).unless(self._choice(name, probability))
            case Instead(inner, fallback):
                return self.course(inner).instead(self.course(fallback))
            case Aside(cache, hit, missed, name):
                return self.course(cache).missing(self._choice(name, hit), self.course(missed))
            case Call():
                return self._call(node)
            case Exchange():
                return self._exchange(node)
            case Nothing():
                return CERTAIN

    def _call(self, node: Call) -> Course:
        heard = self._view.heard(node)
        self.is_exact = self.is_exact and node.heard.least is node.heard.most
        if node.differs:
            return _any_served([_served(each.served, self.course(each.exchange)) for each in node.options], heard)
        served = any_of(option.served for option in node.options)
        marked = all_of([served, self._marks.get(id(node), TRUE)])
        course = _served(marked, self.course(node.options[0].exchange))
        return replace(course, silent=any_of([negated(heard), course.silent]))

    def _together(self, node: Together) -> Course:
        """All branches, or `needs` of them, each as often as its `times` (where those are legion: one of them)."""
        courses = [self.course(branch.node) for branch in node.branches]
        if any(course.ends is not FALSE or course.silent is not FALSE for course in courses) and not self._once:
            return self._summed_up(node)
        skipped = [
            TRUE if branch.share == 0 else self._choice(branch.name, 1 - branch.share) if branch.share < 1 else FALSE
            for branch in node.branches
        ]
        good = [any_of([left, course.good]) for left, course in zip(skipped, courses, strict=True)]
        count = sum(branch.times for branch in node.branches)
        if node.needs == count:
            return Course(all_of(good))
        if count > INSTANCE_LIMIT:
            return Course(any_of(good))
        repeated = zip(good, node.branches, strict=True)
        return Course(at_least(node.needs, [needed for needed, branch in repeated for _ in range(branch.times)]))

    def _exchange(self, node: Exchange) -> Course:
        """The link is up, no message is lost, the target answers well, and what it asks in turn is true."""
        does = self.course(node.does)
        arrives, well, ends = self._luck(node)
        heard = all_of([node.link, node.copies, arrives])
        good = all_of([heard, well, any_of([ends, does.good])])
        if node.attempts.timeout is not None or node.attempts.patience is not None:
            return Course(good, any_of([ends, does.ends]))
        inside = all_of([well, negated(ends), does.silent])
        return Course(good, any_of([ends, does.ends]), any_of([negated(heard), inside]))

    def _luck(self, node: Exchange) -> tuple[Expression, Expression, Expression]:
        """No message is lost; the answer is below 500 and not 429; it is a 4xx."""
        arrives: Expression = TRUE
        well: Expression = TRUE
        failed = node.answer.failed
        if self._view.mishaps and node.silent:
            arrives = self._mishap(f"{node.name} {node.connection} loses no message", node.connection, 1 - node.silent)
        if failed >= 1:
            return arrives, FALSE, FALSE
        if self._view.mishaps and failed:
            well = self._mishap(f"{node.name} {node.callee} answers below 500", node.callee, 1 - failed)
        share = min(1.0, node.answer.ended / (1 - failed))
        ends = TRUE if share == 1 else self._choice(f"{node.name} {node.callee} ends with 4xx", share)
        return arrives, well, ends

    # -- what is drawn at every try

    def _summed_up(self, node: Node) -> Course:
        states = States()
        drawn = Drawn(self._view, self.course, states, self._choice)
        try:
            diagram = drawn.drawn(node)
        except TooManyStatesError:
            return self._bounded(node)
        self.is_exact = self.is_exact and drawn.is_exact
        # Who is asked in turn may be retried less often, and then one more that is up does harm.
        rises = not self._view.mishaps and not node.hangs and states.rises(diagram, lambda odds: odds.well)
        return self._embedded(states, diagram, rises=rises)

    def _embedded(self, states: States, diagram: int, *, rises: bool = False) -> Course:
        """The odds of each state as one draw: a number from 0 to 1, below some limit, or between two."""
        limits = {limit for odds in states.values(diagram) for limit in _limits(odds)}
        below: dict[float, Expression] = {}
        above: Expression = TRUE
        sure = 1.0
        cause = Cause.MISHAP if self._view.mishaps else Cause.CHOICE
        for limit in sorted(limits, reverse=True):
            if 0 < limit < 1:
                drawn = Variable(f"a draw below {limit:.9g}", cause, "", limit / sure)
                above, sure = (drawn if above is TRUE else Every((drawn, above))), limit
            below[limit] = FALSE if limit <= 0 else TRUE if limit >= 1 else above

        def course(odds: Odds) -> Course:
            ended, well, heard = (below[limit] for limit in _limits(odds))
            silent = FALSE if heard is well else all_of([heard, negated(well)])
            return Course(well, ended, silent)

        def joined(condition: Expression, high: Course, low: Course) -> Course:
            return Course(
                chosen(condition, high.good, low.good, rises=rises),
                chosen(condition, high.ends, low.ends, rises=False),
                chosen(condition, high.silent, low.silent, rises=False),
            )

        found: Course = states.folded(diagram, course, joined)
        return found

    def _bounded(self, node: Node) -> Course:
        """Where there are too many states: with everything up exactly, else by what is certain.

        At best it goes as well as with everything up wherever luck can save it; at worst as with a single try of it.
        """
        if not self._view.mishaps:
            return self._tried_once(node)
        self.is_exact = False
        is_best = self._view.supposed is Supposed.BEST
        view = View(mishaps=True, supposed=Supposed.LUCKY) if is_best else self._view
        everything = AllUp()
        drawn = Drawn(view, self.course, everything, self._choice)
        with_all = self._embedded(everything, drawn.drawn(node))
        if is_best and node.hangs:
            return Course(ends=with_all.ends)  # luck may keep it from coming to who is silent
        if is_best:
            alive = _Reading(self._parts, _LUCKY)._tried_once(node).good
            spared = {drawn: True for drawn in variables(alive) if drawn.cause is Cause.CHOICE}
            well = TRUE if _may_end_instead(node) else with_all.good
            return Course(all_of([restricted(alive, spared), well]), with_all.ends)
        once = self._read(node) if isinstance(node, Call) and not node.differs else Course(FALSE)
        is_up = all_of(everything.conditions)
        return Course(
            chosen(is_up, with_all.good, once.good, rises=False),
            chosen(is_up, with_all.ends, once.ends, rises=False),
            negated(chosen(is_up, with_all.good, once.good, rises=False)),
        )

    def _tried_once(self, node: Node) -> Course:
        reading = _Reading(self._parts, self._view)
        reading._once = True
        return reading.course(node)

    def _mishap(self, name: str, owner: str, probability: float) -> Expression:
        return self._parts.variable(name, Cause.MISHAP, owner, probability)

    def _choice(self, name: str, probability: float | None) -> Expression:
        if probability is not None and (probability <= 0 or probability >= 1):
            return TRUE if probability >= 1 else FALSE
        return self._parts.variable(name, Cause.CHOICE, name.rsplit(" ", 1)[0], probability)


def _limits(odds: Odds) -> tuple[float, float, float]:
    """Of one number from 0 to 1: below which the request is ended, has gone well, and is silent or has gone well."""
    return _whole(odds.ended), _whole(odds.well), _whole(odds.well + odds.silent)


def _whole(share: float) -> float:
    """A share that only rounding keeps from 1 is 1: else a draw stands where there is none."""
    return 1.0 if share > 1 - 1e-12 else share


def _served(served: Expression, exchange: Course) -> Course:
    return Course(all_of([served, exchange.good]), exchange.ends, all_of([served, exchange.silent]))


def _any_served(courses: list[Course], heard: Expression) -> Course:
    """Of several that may be asked whichever does it, where it is not looked at which one is."""
    good = any_of(course.good for course in courses)
    silent = all_of([negated(good), any_of([negated(heard), *(course.silent for course in courses)])])
    return Course(good, any_of(course.ends for course in courses), silent)


def _may_end_instead(node: Node) -> bool:
    """Whether a failure may lead to a 4xx, so that a part that is down can do a request good."""
    match node:
        case Instead(_, other) | Aside(_, _, other) if _may_end(other):
            return True
        case Nothing():
            return False
        case _:
            return any(map(_may_end_instead, node.inner))


def _may_end(node: Node) -> bool:
    match node:
        case Exchange(answer=answer) if answer.ended:
            return True
        case Nothing():
            return False
        case _:
            return any(map(_may_end, node.inner))
