"""From a program's tables to the instructions of the lean kernel, for programs that it can run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from archspec.execution import layout as at
from archspec.execution.layout import NONE, REPLICA_SIZE
from archspec.execution.lean import code
from archspec.execution.lean.code import BRANCH_PC, Instruction
from archspec.execution.lean.running import let_run
from archspec.execution.lean.translation import Column, Shape, Translation, Wait
from archspec.execution.program import Compiled, Program
from archspec.execution.state import slowed

LONGEST = 4000
"""Instructions of a program; a longer one (`times` in `times`) is left to the other kernel."""
_BY_LOAD = (at.LEAST_CONNECTIONS, at.POWER_OF_TWO)


class BeyondLeanError(Exception):
    """The program has something in it that the lean kernel cannot do."""


def translate(compiled: Compiled) -> Translation | None:
    """The instructions of a program, or None where it asks for what the lean kernel cannot do."""
    try:
        return _Translator(compiled).translate()
    except BeyondLeanError:
        return None


def _require(holds: bool) -> None:
    if not holds:
        raise BeyondLeanError


@dataclass
class _Translator:
    compiled: Compiled
    instructions: list[Instruction] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    columns: dict[Column, int] = field(default_factory=dict)
    waits: list[Wait] = field(default_factory=list)
    inside: list[tuple[int, int]] = field(default_factory=list)
    asked: list[tuple[int, int, int, int]] = field(default_factory=list)
    depth: int = 1
    chosen: dict[int, int] = field(default_factory=dict)
    """The component of the replica in a frame."""
    landed: int = 0
    """The last instruction that a jump leads to."""
    nested: int = 0
    """In how many parallels, detached steps, other flows and misses of a flow's own caller this step is."""

    @property
    def p(self) -> Program:
        return self.compiled.program

    def translate(self) -> Translation:
        starts, columns = [], []
        for first, caller in zip(self.p.flow_first, self.p.flow_caller, strict=True):
            _require(self._count(self.p.replicas[caller + at.REPLICA_COMPONENT]) == 1)
            self.columns = {}
            starts.append(len(self.instructions))
            exits: list[int] = []
            self._steps(first, 0, caller // REPLICA_SIZE, 0, exits)
            self._land(exits)
            self._emit(code.END)
            columns.append(list(self.columns))
        let_run(self.instructions)
        return Translation(self.instructions, self.branches, starts, columns, self.depth, self.waits)

    # -- instructions

    def _emit(self, what: int, *operands: int) -> int:
        _require(len(self.instructions) < LONGEST)
        a, b, c, d, e = (*operands, *[0] * (5 - len(operands)))
        self.instructions.append((what, a, b, c, d, e))
        self.waits.append(Wait(tuple(self.inside), tuple(self.asked)))
        return len(self.instructions) - 1

    def _land(self, jumps: list[int]) -> None:
        """Let jumps lead to the next instruction."""
        here = len(self.instructions)
        self.landed = here if jumps else self.landed
        for place in jumps:
            what, a, b, c, d, e = self.instructions[place]
            if what in (code.SKIP_BELOW, code.SKIP_FROM):
                self.instructions[place] = (what, a, b, here, d, e)
            else:
                self.instructions[place] = (what, here, b, c, d, e)

    def _column(self, column: Column) -> int:
        return self.columns.setdefault(column, len(self.columns))

    def _time(self, slot: int, occurrence: int, over: int = 1, under: int = 1) -> int:
        """The operand of a drawn time: a column, or a constant."""
        value = self.p.constants[slot]
        if value >= 0:
            return -1 - slowed(value, over, under, 0)
        shape = Shape.AS_IT_IS if over == under else Shape.AT_SPEED
        return self._column(Column(slot, occurrence, shape, over, under))

    # -- steps

    def _steps(self, first: int, depth: int, where: int, occurrence: int, exits: list[int]) -> bool:
        """Steps one after the other at a caller; jumps for an answer that ends them all go to `exits`.

        Returns whether there is such an answer.
        """
        o, ends = self.p.operations, False
        op = first
        while op >= 0:
            skips = []
            if o[op + at.OP_CHANCE] >= 0:
                draw = self._uniform(o[op + at.OP_CHANCE_DRAW], occurrence)
                skips.append(self._emit(code.SKIP_FROM, draw, o[op + at.OP_CHANCE]))
            for repeat in range(o[op + at.OP_TIMES]):
                ends |= self._step(op, depth, where, occurrence, repeat, exits)
            self._land(skips)
            op = o[op + at.OP_NEXT]
        return ends

    def _step(self, op: int, depth: int, where: int, occurrence: int, repeat: int, exits: list[int]) -> bool:
        """One run of a step."""
        o = self.p.operations
        detached = [] if o[op + at.OP_WAIT] else [self._emit(code.DETACH)]
        mine: list[int] = []
        with self._apart(bool(detached)):
            ends = self._one(op, depth, where, occurrence, repeat, mine)
        if detached:
            self._land(mine)
            self._emit(code.GONE)
            self._land(detached)
            return False
        if ends and o[op + at.OP_OPTIONAL]:
            self._land(mine)
            self._emit(code.ANSWER, 0)
            return False
        exits += mine
        return ends

    def _one(self, op: int, depth: int, where: int, occurrence: int, repeat: int, exits: list[int]) -> bool:
        o = self.p.operations
        kind, spread = o[op + at.OP_KIND], o[op + at.OP_SPREAD]
        if kind == at.CALLING:
            run = occurrence * spread + repeat * (spread // o[op + at.OP_TIMES])
            return self._call(op, depth, where, run, exits)
        run = occurrence * spread + repeat
        if kind == at.WORKING:
            self._work(op, where, self._component_at(where, depth), run, NONE, 0)
            return False
        if kind == at.TOGETHER:
            self._together(op, depth, where, run)
            return False
        inner: list[int] = []
        self.nested += 1
        ends = self._steps(o[op + at.OP_BRANCH], depth, where, run, inner)
        self.nested -= 1
        self._land(inner)
        if ends:
            exits.append(self._emit(code.JUMP))
        return ends

    @contextmanager
    def _apart(self, apart: bool) -> Iterator[None]:
        """What runs in a token of its own has open only what it opens itself."""
        inside, asked = self.inside, self.asked
        if apart:
            self.inside, self.asked = [], []
        self.nested += apart
        yield
        self.nested -= apart
        self.inside, self.asked = inside, asked

    def _together(self, op: int, depth: int, where: int, occurrence: int) -> None:
        o = self.p.operations
        found, branch = [], o[op + at.OP_BRANCH]
        while branch >= 0:
            found += [(branch, repeat) for repeat in range(o[branch + at.OP_TIMES])]
            branch = o[branch + at.OP_SIBLING]
        _require(o[op + at.OP_NEEDS] == len(found))
        first = len(self.branches)
        for branch, _ in found:
            chance = o[branch + at.OP_CHANCE]
            draw = self._uniform(o[branch + at.OP_CHANCE_DRAW], occurrence) if chance >= 0 else NONE
            self.branches += [NONE, draw, chance]
        self._emit(code.FORK, first, len(found))
        over = self._emit(code.JUMP, 0, 1)
        for number, (branch, repeat) in enumerate(found):
            self.branches[first + number * code.BRANCH_SIZE + BRANCH_PC] = len(self.instructions)
            with self._apart(True):
                _require(not self._step(branch, depth, where, occurrence, repeat, []))
                self._emit(code.JOIN)
        self._land([over])

    def _work(self, op: int, station: int, component: int, occurrence: int, limit: int, frame: int) -> None:
        """The time a step takes, with a core and without; `frame` is not 0 where the call comes in with it."""
        o, c = self.p.operations, self.p.components
        if o[op + at.OP_CPU] >= 0:
            over, under = c[component + at.COMPONENT_SPEED_OVER], c[component + at.COMPONENT_SPEED_UNDER]
            self._emit(code.WORK, station, limit, self._time(o[op + at.OP_CPU], occurrence, over, under), frame)
            self.inside += [(station, frame)] if frame else []
            self._emit(code.WORKED, station)
        if o[op + at.OP_TAKES] >= 0:
            draw = self._time(o[op + at.OP_TAKES], occurrence)
            if draw != -1:
                self._emit(code.PASS, draw, at.COMPLETION)

    # -- calls

    def _call(self, op: int, depth: int, where: int, occurrence: int, exits: list[int]) -> bool:
        o, r = self.p.operations, self.p.routes
        _require(o[op + at.OP_ROUTE_COUNT] == 1 and o[op + at.OP_SHARD] < 0 and o[op + at.OP_KEY_DRAW] < 0)
        route = o[op + at.OP_ROUTES]
        component, edge = r[route + at.ROUTE_COMPONENT], r[route + at.ROUTE_EDGE]
        self._check(component, route)
        _require(self.p.edges[edge + at.EDGE_BULKHEAD] < 0)
        self.depth = max(self.depth, depth + 2)
        chooser = self._chooser(where)
        station = self._choose(route, component, chooser, depth + 1, occurrence)
        counted = r[route + at.ROUTE_ALGORITHM] in _BY_LOAD and self._count(component) > 1
        if counted:
            self._emit(code.COUNT, chooser, station)
        timeout = r[route + at.ROUTE_TIMEOUT]
        sent_before = int(timeout >= 0 and (r[route + at.ROUTE_LATENCY] >= 0 or self.p.edges[edge + at.EDGE_LOSS] > 0))
        may_be_late = int(depth + self.nested == 0 and not counted and self._just_fails(op, route))
        if timeout >= 0:
            self.asked.append((depth + 1, timeout, sent_before, may_be_late))
        if sent_before:
            self._emit(code.MARK, depth + 1)
        self._carry(route, Shape.OUT, occurrence)
        ends = self._at_callee(op, route, component, station, depth + 1, occurrence)
        self._carry(route, Shape.BACK, occurrence)
        if timeout >= 0:
            self._emit(code.SETTLE, depth + 1, timeout, sent_before, may_be_late)
            self.asked.pop()
        if counted:
            self._emit(code.UNCOUNT, chooser, station)
        if ends:
            exits.append(self._emit(code.JUMP))
        if r[route + at.ROUTE_MISS] >= 0 and r[route + at.ROUTE_MISS_BY_CALLER]:
            hit = self._skip_hit(op, route, occurrence)
            self.nested += depth == 0
            ends |= self._steps(r[route + at.ROUTE_MISS], depth, where, occurrence, exits)
            self.nested -= depth == 0
            self._land(hit)
        return ends

    def _just_fails(self, op: int, route: int) -> bool:
        """Whether a time-out of a call ends its caller's steps, and changes nothing else."""
        o, r = self.p.operations, self.p.routes
        again = r[route + at.ROUTE_ATTEMPTS] > 1 and r[route + at.ROUTE_IDEMPOTENT]
        saved = o[op + at.OP_OPTIONAL] or o[op + at.OP_FALLBACK] >= 0 or r[route + at.ROUTE_MISS_BY_CALLER] > 0
        return not again and not saved and not self.p.edges[r[route + at.ROUTE_EDGE] + at.EDGE_BREAKER]

    def _carry(self, route: int, way: Shape, occurrence: int) -> None:
        """A message on its way: half the latency passes, or it is lost, and only the first caller will notice."""
        r, out = self.p.routes, way is Shape.OUT
        slot, kind = r[route + at.ROUTE_LATENCY], at.INCOMING if out else at.COMPLETION
        draw = -1
        if slot >= 0:
            latency = self.p.constants[slot]
            half = latency // 2 if out else latency - latency // 2
            draw = -1 - half if latency >= 0 else self._column(Column(slot, occurrence, way))
        threshold = self.p.edges[r[route + at.ROUTE_EDGE] + at.EDGE_LOSS]
        if threshold > 0:
            _require(len(self.asked) == 1 and self.asked[0][3] == 1)
            place, (_, timeout, sent_before, _) = len(self.branches), self.asked[0]
            self.branches += [timeout, sent_before, len(self.inside)]
            self.branches += [number for inside in self.inside for number in inside]
            lost = self._uniform(r[route + (at.ROUTE_LOSS_OUT if out else at.ROUTE_LOSS_BACK)], occurrence)
            self._emit(code.LOSE, lost, threshold, place)
        if draw != -1:
            self._emit(code.PASS, draw, kind)

    def _at_callee(self, op: int, route: int, component: int, station: int, frame: int, occurrence: int) -> bool:
        """From coming in to going out; whether the answer may end the caller's steps."""
        c, r = self.p.components, self.p.routes
        bounded = c[component + at.COMPONENT_SLOTS] >= 0 or c[component + at.COMPONENT_MEMORY] >= 0
        limit = c[component + at.COMPONENT_QUEUE_LIMIT]
        if c[component + at.COMPONENT_LIMITER] >= 0:
            self._emit(code.LIMIT, c[component + at.COMPONENT_LIMITER])
        at_once = not bounded and self.p.operations[op + at.OP_CPU] >= 0
        if not at_once:
            self._emit(code.ENTER, station, frame)
            self.inside.append((station, frame))
        if bounded:
            self._emit(code.ADMIT, station, limit)
        self._work(op, station, component, occurrence, NONE if bounded else limit, frame if at_once else 0)
        status = self._status(op)
        out: list[int] = []
        ends = status >= 400
        if ends:
            self._emit(code.ANSWER, status)
        else:
            if r[route + at.ROUTE_MISS] >= 0 and not r[route + at.ROUTE_MISS_BY_CALLER]:
                hit = self._skip_hit(op, route, occurrence)
                ends = self._steps(r[route + at.ROUTE_MISS], frame, station, occurrence, out)
                self._land(hit)
            ends |= self._steps(r[route + at.ROUTE_STEPS], frame, station, occurrence, out)
        self._land(out)
        last = self.instructions[-1]
        if bounded:
            self._emit(code.FREE, station, frame)
        elif last[:3] == (code.WORKED, station, 0) and self.landed < len(self.instructions):
            self.instructions[-1] = (*last[:2], frame, *last[3:])
        else:
            self._emit(code.LEAVE, station, frame)
        self.inside.pop()
        return ends

    def _check(self, component: int, route: int) -> None:
        """Whether a component is one whose every call goes well."""
        c = self.p.components
        _require(self.p.routes[route + at.ROUTE_REPLICATION] < 0)
        copies = c[component + at.COMPONENT_COPY_COUNT] > 0 and not self.p.routes[route + at.ROUTE_WRITES]
        _require(c[component + at.COMPONENT_SHARDS] == 1 and c[component + at.COMPONENT_QUEUE] < 0 and not copies)
        _require(c[component + at.COMPONENT_CACHE] < 0 and c[component + at.COMPONENT_STICKY] < 0)
        _require(c[component + at.COMPONENT_NEEDS] <= self._count(component))

    def _count(self, component: int) -> int:
        """How many replicas serve: the first ones."""
        first = self.p.components[component + at.COMPONENT_FIRST]
        count = self.p.components[component + at.COMPONENT_COUNT]
        exists = [self.p.replicas[first + i * REPLICA_SIZE + at.REPLICA_EXISTS] for i in range(count)]
        return sum(exists)

    def _status(self, op: int) -> int:
        """What the callee answers by itself: 200, or what ends the steps without being a failure."""
        slot = self.p.operations[op + at.OP_STATUS]
        if slot < 0:
            return 200
        status = self.p.constants[slot]
        if status < 0:
            shares = self.compiled.names.draws[slot].shares
            _require(all(each < 400 for each, _ in shares))
            return 200
        _require(status < 500 and status != 429)
        return status

    def _skip_hit(self, op: int, route: int, occurrence: int) -> list[int]:
        threshold = self.p.routes[route + at.ROUTE_HIT]
        if threshold >= at.CERTAIN:
            return [self._emit(code.JUMP, 0, 1)]
        if threshold <= 0:
            return []
        return [
            self._emit(code.SKIP_BELOW, self._uniform(self.p.operations[op + at.OP_HIT_DRAW], occurrence), threshold)
        ]

    def _uniform(self, slot: int, occurrence: int) -> int:
        return self._column(Column(slot, occurrence))

    # -- whom to ask

    def _chooser(self, where: int) -> int:
        """Who chooses for a caller; -1 - k where that depends on the replica in frame k."""
        return self.p.replicas[where * REPLICA_SIZE + at.REPLICA_CHOOSER] if where >= 0 else where

    def _component_at(self, where: int, depth: int) -> int:
        assert where >= 0 or where == -1 - depth
        if where >= 0:
            return self.p.replicas[where * REPLICA_SIZE + at.REPLICA_COMPONENT]
        return self.chosen[depth]

    def _choose(self, route: int, component: int, chooser: int, frame: int, occurrence: int) -> int:
        """The station that is asked, or -1 - frame where it is chosen in the run."""
        r = self.p.routes
        first = self.p.components[component + at.COMPONENT_FIRST] // REPLICA_SIZE
        count, algorithm = self._count(component), r[route + at.ROUTE_ALGORITHM]
        if count == 1 or r[route + at.ROUTE_WRITES] or algorithm == at.PRIORITY:
            return first
        _require(algorithm != at.CONSISTENT_HASH)
        self.chosen[frame] = component
        if algorithm == at.RANDOM:
            draw = Column(r[route + at.ROUTE_BALANCE], occurrence, Shape.SHARE, count)
            self._emit(code.DRAWN, frame, first, self._column(draw))
        elif algorithm == at.POWER_OF_TWO:
            one = Column(r[route + at.ROUTE_BALANCE], occurrence, Shape.SHARE, count)
            two = Column(r[route + at.ROUTE_BALANCE_AGAIN], occurrence, Shape.SHARE, count - 1)
            self._emit(code.LESS_OF_TWO, frame, first, self._column(one), chooser, self._column(two))
        elif algorithm == at.IP_HASH:
            pool = self.p.components[component + at.COMPONENT_COUNT]
            draw = Column(NONE, 0, Shape.CLIENT, pool, count)
            self._emit(code.DRAWN, frame, first, self._column(draw))
        else:
            least = algorithm == at.LEAST_CONNECTIONS
            self._emit(code.LEAST if least else code.IN_TURN, frame, first, count, chooser)
        return -1 - frame
