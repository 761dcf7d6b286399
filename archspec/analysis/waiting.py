"""The longest a caller may wait, from timeouts and retries."""

from collections.abc import Iterator, Sequence

from archspec.frozen import frozen
from archspec.model import Architecture, CallTerms, Family, Path, Retries, Role, Step, Time


@frozen
class Wait:
    """How long one call may take, in nanoseconds, and where its bound is written.

    `inner` are the waits inside it that follow one another; `longest` is the longest of them.
    """

    caller: str
    callee: str
    terms: CallTerms
    path: Path
    bound: float
    inside: float
    inner: tuple["Wait", ...]

    @property
    def longest(self) -> "Wait | None":
        """The call inside that may take longest."""
        return max(self.inner, key=lambda wait: wait.bound, default=None)

    @property
    def is_inverted(self) -> bool:
        """Whether its caller may give up while calls inside it are still being waited for."""
        asks = any(wait.bound for wait in self.inner)
        return asks and self.terms.timeout is not None and self.terms.timeout.nanoseconds < self.inside


def waits(architecture: Architecture, flow: str) -> Iterator[Wait]:
    """Every call of a flow that is waited for, inner before outer.

    The bound of a call is tries × timeout + back-off where a timeout is stated, else what is inside it: the sum
    over a sequence, the longest of parallel branches, a miss after its cache, a fallback after its call, nothing
    for what nobody waits for. What is not stated counts as 0.
    """
    walk = _Walk(architecture)
    start = architecture.flows[flow]
    walk.sequence(start.steps, ("flows", flow, "steps"), start.from_)
    yield from walk.found


def least_backoff(retries: Retries | None) -> float:
    """Waits between all attempts in nanoseconds at the least: full jitter may draw 0, equal jitter a half."""
    if retries is None or retries.backoff is None or retries.backoff.jitter == "full":
        return 0.0
    total = sum(retries.backoff.cap(k).nanoseconds for k in range(1, min(retries.attempts, 100)))
    return total / 2 if retries.backoff.jitter == "equal" else float(total)


def timeout_path(wait: Wait) -> Path:
    """Where the timeout of a call is written: at its step, else at its connection."""
    if wait.terms.timeout is wait.terms.connection.timeout:
        return ("connections", wait.terms.connection.name, "timeout")
    return (*wait.path, "timeout")


def limit(terms: CallTerms) -> float | None:
    """The longest that a call takes, all tries and waits for a place included, in nanoseconds; None: no bound."""
    if terms.timeout is None:
        return None
    tries = terms.retries.attempts if terms.retries else 1
    wait = terms.connection.max_wait
    return tries * (terms.timeout.nanoseconds + (wait.nanoseconds if wait else 0)) + least_backoff(terms.retries)


class _Walk:
    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture
        self.found: list[Wait] = []

    def sequence(self, steps: Sequence[Step], path: Path, caller: str) -> tuple[float, tuple[Wait, ...]]:
        """The longest that steps one after the other may take, and the calls that it is made of."""
        total = 0.0
        parts: list[Wait] = []
        for index, step in enumerate(steps):
            bound, inner = self._step(step, (*path, index), caller)
            total += bound
            parts += inner
        return total, tuple(parts)

    def _step(self, step: Step, path: Path, caller: str) -> tuple[float, tuple[Wait, ...]]:
        if step.flow:
            steps = self._architecture.flows[step.flow].steps
            bound, inner = self.sequence(steps, ("flows", step.flow, "steps"), caller)
        elif step.parallel:
            branches = [self._step(branch, (*path, "parallel", i), caller) for i, branch in enumerate(step.parallel)]
            bound, inner = max(branches, key=lambda branch: branch[0])
        elif step.call:
            bound, inner = self._calls(step, path, caller)
        else:
            bound, inner = constant(step.cpu) + constant(step.takes), ()
        if not step.wait:
            return 0.0, ()
        is_branch = len(path) > 1 and path[-2] == "parallel"
        return bound * (1 if is_branch else step.times), inner

    def _calls(self, step: Step, path: Path, caller: str) -> tuple[float, tuple[Wait, ...]]:
        options = [self._call(step, path, caller, callee) for callee in self._architecture.asked_by(caller, step)]
        bound, inner = max(options, key=lambda option: option[0])
        if step.fallback:
            after, others = self.sequence(step.fallback, (*path, "fallback"), caller)
            bound, inner = bound + after, (*inner, *others)
        return bound, inner

    def _call(self, step: Step, path: Path, caller: str, callee: str) -> tuple[float, tuple[Wait, ...]]:
        role = self._architecture.components[callee].kind_of.role
        inside, inner = self.sequence(step.steps, (*path, "steps"), callee)
        through, missed, aside, missed_aside = self._missed(step, path, caller, callee)
        if role is Role.QUEUE:
            inside, inner = 0.0, ()
        terms = self._architecture.terms(caller, callee, step)
        inside += constant(step.cpu) + constant(step.takes) + through
        own = limit(terms)
        bound = inside + constant(terms.connection.latency) if own is None else own
        if role is Role.TELEMETRY:
            return 0.0, ()
        wait = Wait(caller, callee, terms, path, bound, inside, (*inner, *missed))
        if not self._architecture.is_pulled(caller, callee):  # a message is not waited for
            self.found.append(wait)
        return bound + aside, (wait, *missed_aside)

    def _missed(
        self, step: Step, path: Path, caller: str, cache: str
    ) -> tuple[float, tuple[Wait, ...], float, tuple[Wait, ...]]:
        """What a miss adds inside the cache's own call, and after it."""
        through, aside = 0.0, 0.0
        inside: tuple[Wait, ...] = ()
        after: tuple[Wait, ...] = ()
        asks = self._architecture.filled_by(caller, cache, step)
        for index, inner in enumerate(self._architecture.on_miss(caller, cache, step)):
            bound, calls = self._step(inner, (*path, "on_miss", index), asks)
            if asks == cache and cache != caller:
                through, inside = through + bound, (*inside, *calls)
            else:
                aside, after = aside + bound, (*after, *calls)
        return through, inside, aside, after


def constant(time: Time | None) -> float:
    """A time that never varies, in nanoseconds; a random one counts as 0, since it may be short."""
    return time.parameters[0] if time is not None and time.family is Family.CONSTANT else 0.0
