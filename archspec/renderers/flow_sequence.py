"""A flow as a sequence diagram: every way it can go, in frames, as the spec says it."""

from dataclasses import replace

from archspec.frozen import frozen
from archspec.model import Answers, Architecture, Caching, Family, Flow, Ratio, Role, Step, Time, Topic
from archspec.model.attempts import PROXIES, attempts_of
from archspec.renderers.sequence import Frame, FrameKind, Item, Message, MessageStyle, Participant, Section, Sequence
from archspec.values import duration


def flow_sequence(architecture: Architecture, flow: Flow) -> Sequence:
    """The flow with a frame round what is done perhaps, instead, at once, or more than once."""
    said = _Teller(architecture, flow).block(flow.steps, _Turn(flow.from_, outside=True)).whole
    items = with_response(said, flow.from_, flow.response) if flow.response else said
    told = Sequence(flow.id, flow.title, (), items, flow.description or "")
    seen = dict.fromkeys([flow.from_, *(end for message in told.messages for end in (message.source, message.target))])
    return replace(told, participants=tuple(participant(architecture, id_) for id_ in seen))


def participant(architecture: Architecture, id_: str) -> Participant:
    """The column of a component."""
    component = architecture.components[id_]
    return Participant(id_, component.title, component.kind_of.shape, component.technology or "")


def with_response(items: tuple[Item, ...], caller: str, response: str) -> tuple[Item, ...]:
    """With these words on the last answer that who began it gets."""
    for index in reversed(range(len(items))):
        item = items[index]
        if isinstance(item, Message):
            if item.style is MessageStyle.ANSWER and item.target == caller:
                return (*items[:index], replace(item, label=response), *items[index + 1 :])
        elif item.kind not in (FrameKind.BREAK, FrameKind.PAR):
            first, *rest = item.sections
            told = replace(first, items=with_response(first.items, caller, response))
            if told != first:
                return (*items[:index], replace(item, sections=(told, *rest)), *items[index + 1 :])
    return items


@frozen
class _Turn:
    """Whose turn it is, and who waits for the answer: None where nobody does."""

    caller: str
    asker: str | None = None
    outside: bool = False
    """Whether the caller is who began the flow."""


@frozen
class _Said:
    """What is said, and what is said later because nobody waits for it."""

    now: tuple[Item, ...] = ()
    later: tuple[Item, ...] = ()

    @property
    def whole(self) -> tuple[Item, ...]:
        return (*self.now, *self.later)

    def then(self, other: "_Said") -> "_Said":
        return _Said((*self.now, *other.now), (*self.later, *other.later))

    def framed(self, kind: FrameKind, guard: str) -> "_Said":
        """What is waited for in one frame."""
        return _Said((Frame(kind, (Section(guard, self.now),)),), self.later) if self.now else self


@frozen
class _Teller:
    architecture: Architecture
    flow: Flow

    def block(self, steps: tuple[Step, ...], turn: _Turn) -> _Said:
        """Steps one after the other."""
        said = _Said()
        for step in steps:
            said = said.then(self._step(step, turn))
        return said

    def _step(self, step: Step, turn: _Turn, *, times: bool = True) -> _Said:
        said = self._once(step, turn)
        is_rare = step.chance is not None and step.chance.value < 1
        if is_rare or step.times > 1:
            said = _Said(said.whole)  # what comes later does so on the same condition, and as often
        if times and step.times > 1:
            said = said.framed(FrameKind.LOOP, f"{step.times} times")
        words = [f"{step.chance} of requests"] if is_rare else []
        words += ["its failure is passed over"] if step.optional else []
        return said.framed(FrameKind.OPT, ", ".join(words)) if words else said

    def _once(self, step: Step, turn: _Turn) -> _Said:
        if step.parallel:
            return _Said((self._parallel(step, turn),))
        if step.flow:
            return self.block(self.architecture.flows[step.flow].steps, turn)
        if step.call:
            return self._call(step, turn)
        return _Said((Message(turn.caller, turn.caller, step.does or "works", status=_stated(step)),))

    def _parallel(self, step: Step, turn: _Turn) -> Frame:
        enough = f"needs {step.needs} of {step.branch_count}" if step.needs else ""
        sections = []
        for number, branch in enumerate(step.parallel):
            often = f"{branch.times} at once" if branch.times > 1 else ""
            guard = ", ".join(filter(None, (enough if number == 0 else "", often)))
            sections.append(Section(guard, self._step(branch, turn, times=False).whole))
        return Frame(FrameKind.PAR, tuple(sections))

    def _call(self, step: Step, turn: _Turn) -> _Said:
        """Attempts in a loop, a fallback as the other way, and how it ends where neither helps."""
        callee, *others = self.architecture.asked_by(turn.caller, step)
        tried = attempts_of(self.architecture.terms(turn.caller, callee, step), self.flow, is_first=turn.outside)
        said = self._attempt(step, turn, callee, others)
        if step.shards == "all":
            said = said.framed(FrameKind.PAR, "every shard")
        is_tried_again = tried.most > 1 and step.wait
        if is_tried_again:
            each = f", {duration(tried.timeout.nanoseconds)} each" if tried.timeout else ""
            said = said.framed(FrameKind.LOOP, f"until answered, at most {tried.most} attempts{each}")
        if step.fallback:
            instead = self.block(step.fallback, turn).whole
            good = Section(f"{self._name(callee)} answers", said.whole)
            return _Said((Frame(FrameKind.ALT, (good, Section("fails for good", instead))),))
        if is_tried_again and not step.optional:
            broken = Section("fails for good", (self._gives_up(turn),))
            said = said.then(_Said((Frame(FrameKind.BREAK, (broken,)),)))
        return said

    def _gives_up(self, turn: _Turn) -> Message:
        if turn.asker is None:
            return Message(turn.caller, turn.caller, "gives up", failed=True)
        passes_on = self.architecture.components[turn.caller].kind in PROXIES
        label = "passes the failure on" if passes_on else "502, 503 or 504"
        return Message(turn.caller, turn.asker, label, style=MessageStyle.ANSWER, failed=True)

    def _attempt(self, step: Step, turn: _Turn, callee: str, others: list[str]) -> _Said:
        style = MessageStyle.CALL if self._is_awaited(step, turn) else MessageStyle.ASYNCHRONOUS
        request = self.flow.request if turn.outside else None
        does = step.does or request or self.architecture.link(turn.caller, callee).label or ""
        label = " ".join(filter(None, (does, f"(or {' or '.join(map(self._name, others))})" if others else "")))
        said = _Said((Message(turn.caller, callee, label, style=style),))
        broken = _breaks(step.status, callee, turn.caller) if style is MessageStyle.CALL else ()
        inner = _Turn(callee, turn.caller if style is MessageStyle.CALL else None)
        inside = self._inside(step, inner)
        missed, filler = self._missed(step, turn, callee)
        said = said.then(_Said(broken)).then(inside)
        if filler == callee:
            said = said.then(missed)
        if style is MessageStyle.CALL:
            words = str(step.status.likeliest) if step.status and step.status.likeliest != 200 else ""
            answer = Message(callee, turn.caller, words, status=_stated(step), style=MessageStyle.ANSWER)
            said = said.then(_Said((answer,)))
        return said if filler == callee else said.then(missed)

    def _inside(self, step: Step, turn: _Turn) -> _Said:
        """What the callee asks in turn; behind a queue it comes later, to each subscriber of a topic apart."""
        callee = self.architecture.components[turn.caller]
        if callee.kind_of.role is not Role.QUEUE:
            return self.block(step.steps, turn)
        turn = replace(turn, asker=None)
        if isinstance(callee, Topic) and len(step.steps) > 1:
            sections = tuple(Section("", self._step(each, turn).whole) for each in step.steps)
            return _Said((), (Frame(FrameKind.PAR, sections),))
        return _Said((), self.block(step.steps, turn).whole)

    def _missed(self, step: Step, turn: _Turn, callee: str) -> tuple[_Said, str]:
        """What is done on a miss, and by whom."""
        steps = self.architecture.on_miss(turn.caller, callee, step)
        filler = self.architecture.filled_by(turn.caller, callee, step)
        asker = turn.caller if filler == callee else turn.asker
        cache = self.architecture.components[callee]
        hit = step.hit or (cache.hit if isinstance(cache, Caching) else None)
        often = f", {Ratio(1 - hit.value)} of calls" if hit is not None else ""
        return self.block(steps, _Turn(filler, asker)).framed(FrameKind.OPT, f"miss{often}"), filler

    def _is_awaited(self, step: Step, turn: _Turn) -> bool:
        return step.wait and self.architecture.components[turn.caller].kind_of.role is not Role.QUEUE

    def _name(self, component: str) -> str:
        return self.architecture.components[component].title


def _stated(step: Step) -> str:
    """How long it works, as the spec says it; nothing where the spec says nothing."""
    named = (("cpu", step.cpu), ("takes", step.takes))
    return ", ".join(f"{word} {_spelled(time)}" for word, time in named if time is not None)


def _spelled(time: Time) -> str:
    return duration(time.median) if time.family is Family.CONSTANT else str(time)


def _breaks(status: Answers | None, callee: str, caller: str) -> tuple[Item, ...]:
    """The answers, less likely than the usual one, after which nothing more of the request is done."""
    if status is None:
        return ()
    found = []
    for each, share in status.shares:
        if each >= 400 and each != status.likeliest and share:
            answer = Message(callee, caller, str(each), style=MessageStyle.ANSWER, failed=each >= 500)
            found.append(Frame(FrameKind.BREAK, (Section(f"{Ratio(share)} of calls", (answer,)),)))
    return tuple(found)
