"""The kernel: runs a program from event to event. It knows tasks and tables, and nothing of components."""

from heapq import heappop

from archspec.execution.answering import answer, steps_result
from archspec.execution.arriving import ask_again, next_request, thought
from archspec.execution.calling import try_call
from archspec.execution.environment import fault, notice
from archspec.execution.health import check, check_silent
from archspec.execution.layout import (
    ADVANCE,
    ANSWER,
    ARRIVAL,
    ARRIVE,
    ATTEMPT,
    BEGIN,
    BOOTED,
    CALL,
    CHECK,
    CHECK_SILENT,
    CONTINUE,
    DISPATCH,
    DRAINED,
    END_CPU,
    FAULT,
    HEAR,
    JOIN,
    KIND,
    NOTICE,
    REAPPEAR,
    REPLICATE,
    REPLICATED,
    REPLY,
    REQUEST,
    REQUEST_INDEX,
    RESULT,
    SAMPLE,
    SCALE,
    SEQUENCE,
    SERIAL,
    START_CPU,
    TAKE,
    TAKEN,
    THINK_OVER,
    TIME_OUT,
    TRY,
)
from archspec.execution.messaging import dispatch, reappear
from archspec.execution.program import Program
from archspec.execution.replicating import replicate_again, replicated
from archspec.execution.rollout import booted, drained, proceed, scale
from archspec.execution.sampling import sample
from archspec.execution.sequencing import advance, end_request, join_result, sequence_result
from archspec.execution.serving import arrive, begin, end_cpu, start_cpu, take, taken
from archspec.execution.settling import call_result, hear, reply, time_out
from archspec.execution.state import NOW, World


def run(p: Program, w: World, until: int) -> None:
    """Let everything happen that happens up to and at `until` (nanoseconds); NONE: until nothing is left.

    Events come in the order of time, class and sequence; what takes no time runs on at once, depth first, from the
    agenda.
    """
    agenda, heap, clock = w.agenda, w.heap, w.clock
    end = until * 8 + 7
    while True:
        while len(agenda) > 0:
            action, task = agenda.pop()
            perform(p, w, action, task)
        if len(heap) == 0 or (until >= 0 and heap[0][0] > end):
            break
        key, _, action, task, serial = heappop(heap)
        if serial < 0 or w.tasks[task + SERIAL] == serial:
            clock[NOW] = key >> 3
            perform(p, w, action, task)
    clock[NOW] = max(clock[NOW], until)


def perform(p: Program, w: World, action: int, task: int) -> None:
    """One thing happens."""
    if action <= TRY:
        if action == ADVANCE:
            advance(p, w, task)
        elif action == RESULT:
            receive(p, w, task)
        else:
            try_call(p, w, task)
    elif action <= ANSWER:
        serve(p, w, action, task)
    elif action == REPLY:
        reply(p, w, task)
    elif action == HEAR:
        hear(p, w, task)
    elif action == TIME_OUT:
        time_out(p, w, task)
    elif action == ARRIVAL:
        next_request(p, w, task)
    elif action == DISPATCH:
        dispatch(p, w, task)
    elif action == REAPPEAR:
        reappear(w, task)
    else:
        happen(p, w, action, task)


def serve(p: Program, w: World, action: int, task: int) -> None:
    """Something happens at a callee."""
    if action == ARRIVE:
        arrive(p, w, task)
    elif action == BEGIN:
        begin(p, w, task)
    elif action == START_CPU:
        start_cpu(p, w, task)
    elif action == END_CPU:
        end_cpu(p, w, task)
    elif action == TAKE:
        take(p, w, task)
    elif action == TAKEN:
        taken(p, w, task)
    else:
        answer(p, w, task)


def receive(p: Program, w: World, task: int) -> None:
    """What a task waited for has come to an end."""
    kind = w.tasks[task + KIND]
    if kind == SEQUENCE:
        sequence_result(p, w, task)
    elif kind == CALL:
        call_result(p, w, task)
    elif kind == ATTEMPT:
        steps_result(p, w, task)
    elif kind == JOIN:
        join_result(w, task)
    elif kind == REQUEST:
        index = w.tasks[task + REQUEST_INDEX]
        end_request(w, task)
        ask_again(p, w, index)


def happen(p: Program, w: World, action: int, what: int) -> None:
    """Something happens to the system by the clock."""
    if action == CHECK:
        check(p, w, what)
    elif action == CHECK_SILENT:
        check_silent(p, w, what)
    elif action == SAMPLE:
        sample(w)
    elif action == THINK_OVER:
        thought(p, w, what)
    elif action == FAULT:
        fault(p, w, what)
    elif action == NOTICE:
        notice(p, w, what)
    elif action == DRAINED:
        drained(p, w, what)
    elif action == BOOTED:
        booted(p, w, what)
    elif action == SCALE:
        scale(p, w, what)
    elif action == CONTINUE:
        proceed(p, w, what)
    elif action == REPLICATE:
        replicate_again(p, w, what)
    elif action == REPLICATED:
        replicated(p, w, what)
