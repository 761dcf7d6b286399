"""What a request does, as far as it decides whether it succeeds: the steps of a flow as a tree of these nodes.

It is read in two ways: `structure` makes of it what must be up, `chance` how often it goes well in each state of
the parts. A node's `mishap` says whether something is drawn in it that fails it (a lost message, a 503), `choice`
whether something is drawn that only leads elsewhere (a hit, a step with a `chance`, a 404, one of a list).
"""

from collections.abc import Iterable
from dataclasses import field
from functools import cached_property
from typing import cast

from archspec.analysis.expression import TRUE, Expression, all_of, any_of
from archspec.analysis.parts import Heard
from archspec.frozen import frozen
from archspec.model import Algorithm, Attempts


@frozen(slots=False)
class Nothing:
    """Always goes well: own work, telemetry, what nobody waits for."""

    mishap = False
    choice = False
    hangs = False


@frozen(slots=False)
class _Around:
    """Nodes around others."""

    @property
    def inner(self) -> "tuple[Node, ...]":
        """The nodes inside."""
        return _inside(cast("Node", self))

    @cached_property
    def mishap(self) -> bool:
        """Whether something that is drawn can fail it."""
        return any(node.mishap for node in self.inner)

    @cached_property
    def choice(self) -> bool:
        """Whether something is drawn that leads elsewhere."""
        return any(node.choice for node in self.inner)

    @cached_property
    def hangs(self) -> bool:
        """Whether a part that is down can leave somebody waiting for ever: then less may be more."""
        return any(node.hangs for node in self.inner)


@frozen(slots=False)
class Sequence(_Around):
    """One after the other; a failure and a 4xx end it."""

    nodes: "tuple[Node, ...]"


@frozen(slots=False)
class Repeated(_Around):
    """So often, one after the other, everything drawn anew."""

    times: int
    node: "Node"


@frozen(slots=False)
class Branch(_Around):
    """A branch of a `parallel`, `times` of it; with a `share` below 1 all of them are taken or skipped together."""

    node: "Node"
    times: int
    share: float
    name: str = field(compare=False)

    @cached_property
    def choice(self) -> bool:
        """Whether it may be skipped, or something in it is drawn."""
        return self.share < 1 or self.node.choice


@frozen(slots=False)
class Together(_Around):
    """At once; `needs` of all the branches must go well."""

    needs: int
    branches: tuple[Branch, ...]


@frozen(slots=False)
class PassedOver(_Around):
    """Optional: whatever comes of it but silence, the next step is taken."""

    node: "Node"


@frozen(slots=False)
class Unless(_Around):
    """Not needed where the draw `name` (a hit, a step skipped) is true, which it is with this probability.

    None is a hit ratio that is not given, which counts as always.
    """

    probability: float | None
    node: "Node"
    name: str = field(compare=False)
    choice = True


@frozen(slots=False)
class Instead(_Around):
    """A fallback: done when the first has failed for good."""

    node: "Node"
    fallback: "Node"


@frozen(slots=False)
class Aside(_Around):
    """Cache-aside: what misses ask, also where the cache has failed. `hit` is None where it is not given."""

    cache: "Node"
    hit: float | None
    missed: "Node"
    name: str = field(compare=False)
    choice = True


@frozen(slots=False)
class Answer:
    """What the target answers by itself, as shares of all attempts."""

    ended: float = 0.0
    """A 4xx other than 429: an answer, after which nothing more is asked."""
    limited: float = 0.0
    """429: tried again whatever the request does."""
    retried: float = 0.0
    """502, 503, 504."""
    final: float = 0.0
    """500 and what else is never tried again."""

    @property
    def failed(self) -> float:
        """The share that fails."""
        return self.limited + self.retried + self.final


@frozen(slots=False)
class Exchange(_Around):
    """One attempt at a component that can serve: there, what it does, and back.

    Nothing is heard where the link is down, a message is lost (`silent`, a share), or a copy that a write waits for
    is (`copies`).
    """

    attempts: Attempts
    link: Expression
    copies: Expression
    silent: float
    answer: Answer
    does: "Node"
    is_proxy: bool
    caller: str = field(compare=False)
    callee: str = field(compare=False)
    asks_primary: bool = field(compare=False)
    connection: str = field(compare=False)
    name: str = field(compare=False)

    @cached_property
    def mishap(self) -> bool:
        """Whether luck can fail it; what always answers 500 is no matter of luck."""
        return self.silent > 0 or 0 < self.answer.failed < 1 or self.does.mishap

    @cached_property
    def choice(self) -> bool:
        """Whether it may end with a 4xx, or something inside is drawn."""
        return 0 < self.answer.ended < 1 or self.does.choice

    @cached_property
    def hangs(self) -> bool:
        """Whether nobody may answer, or what is done inside may hang."""
        is_sure = self.link is TRUE and self.copies is TRUE
        return (self.attempts.waits_for_ever and not is_sure) or self.does.hangs


@frozen(slots=False)
class Option:
    """A component that may be asked, where `served` says that it can serve.

    Where it cannot, its caller is refused as far as it hears anything.
    """

    served: Expression
    exchange: Exchange
    weight: float = 1.0
    heard: Heard = field(default=Heard(), compare=False)


@frozen(slots=False)
class Call(_Around):
    """A call of one component, or of one of several that can serve; tried again as each exchange says."""

    options: tuple[Option, ...]
    algorithm: Algorithm | None
    """None where it depends on where the caller stands who is asked."""
    remembers: bool
    """Whether what was chosen once is chosen again (a dns answer, a client's cookie)."""
    name: str = field(compare=False)

    @cached_property
    def differs(self) -> bool:
        """Whether it matters which of several is asked, beyond who is up."""
        first = self.options[0].exchange
        return any(option.exchange != first for option in self.options[1:])

    @cached_property
    def choice(self) -> bool:
        """Whether something is drawn: whom it asks, or what is drawn inside."""
        return self.differs or any(option.exchange.choice for option in self.options)

    @cached_property
    def hangs(self) -> bool:
        """Whether who is asked may be silent, or what is done inside may hang."""
        return self.heard.least is not TRUE or any(option.exchange.hangs for option in self.options)

    @cached_property
    def heard(self) -> Heard:
        """What must be up to hear anything: where none of several can serve, any of them is asked."""
        if len(self.options) == 1:
            return self.options[0].heard
        served = any_of(option.served for option in self.options)
        least = all_of(option.heard.least for option in self.options)
        return Heard(any_of([served, least]), any_of(option.heard.most for option in self.options))

    @property
    def tries(self) -> int:
        """Attempts at most."""
        return max(option.exchange.attempts.most for option in self.options)


Node = Nothing | Sequence | Repeated | Branch | Together | PassedOver | Unless | Instead | Aside | Exchange | Call

NOTHING = Nothing()


def _inside(node: Node) -> tuple[Node, ...]:
    match node:
        case Nothing():
            return ()
        case Sequence():
            return node.nodes
        case Together():
            return node.branches
        case Call():
            return tuple(option.exchange for option in node.options)
        case Exchange():
            return (node.does,)
        case Instead():
            return (node.node, node.fallback)
        case Aside():
            return (node.cache, node.missed)
        case Repeated() | Branch() | PassedOver() | Unless():
            return (node.node,)


def sequence(nodes: "Iterable[Node]") -> "Node":
    """Nodes one after the other, without those that always go well."""
    kept = tuple(node for node in nodes if not isinstance(node, Nothing))
    return kept[0] if len(kept) == 1 else Sequence(kept) if kept else NOTHING
