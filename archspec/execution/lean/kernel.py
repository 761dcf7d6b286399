"""The lean kernel: runs instructions for as long as nothing fails and no limit is met.

It does what the kernel of `execution.kernel` does, event for event, with a record of a few numbers for a request
instead of tasks for its sequences, calls and attempts. What it cannot do (a time-out, a full queue, a refusal) it does
not do: it says so, and the run is made anew by the other kernel. One long function, because a call of a function costs
as much as the work of an instruction.
"""

from heapq import heappop, heappush

from archspec.execution.layout import COMPLETION, INCOMING, NONE
from archspec.execution.lean.code import (
    ADMIT,
    ANSWER,
    BACK,
    BRANCH_DRAW,
    BRANCH_PC,
    BRANCH_SIZE,
    BRANCH_THRESHOLD,
    CLEAR,
    COUNT,
    DETACH,
    DRAWN,
    END,
    ENTER,
    FORK,
    FREE,
    IN_TURN,
    JOIN,
    JUMP,
    LEAST,
    LEAVE,
    LESS_OF_TWO,
    LIMIT,
    MEETS_A_LIMIT,
    NEEDS_ARRIVALS,
    NEXT,
    OUTCOME,
    REACHED,
    SEND,
    SEQUENCE,
    SETTLE,
    SKIP_BELOW,
    SKIP_FROM,
    TAKE,
    UNCOUNT,
    UNWIND,
    WORK,
    WORKED,
    Arrivals,
    Choosers,
    Instruction,
    Stations,
    Tokens,
)
from archspec.execution.limiting import take_token


def run_lean(  # noqa: PLR0915 - see above
    program: list[Instruction],
    branches: list[int],
    depth: int,
    starts: list[int],
    arrivals: Arrivals,
    draws: list[int],
    stations: Stations,
    choosers: Choosers,
    limiters: list[int],
    tokens: Tokens,
    pending: list[int],
    heap: list[tuple[int, int, int]],
    control: list[int],
    ended: list[int],
    statuses: list[int],
    end: int,
) -> None:
    """Let everything happen up to and with the key `end` (time · 8 + class), or up to the last arrival known.

    `control` says where to go on and how it ended; `ended` and `statuses` take the answers, by request.
    """
    moments, flows, rows, base = arrivals
    cores, slots, used, taken, core_time, slot_time, queue_time, inside_time = stations[:8]
    calls, answered, spent, waited, time_waited, head, tail, queued, chooser_of = stations[8:]
    at, row, request, since, time, after, parent, left, status, place, entered, sent, free = tokens
    turns, under_way = choosers
    i, sequence, known, replicas = control[NEXT], control[SEQUENCE], len(moments), len(cores)
    stack = [0 for _ in range(0)]
    outcome = NEEDS_ARRIVALS
    arrival = moments[i - base] * 8 + INCOMING if i - base < known else NONE
    while arrival >= 0:
        # -- what happens next: an event of the heap, or an arrival
        due = heap[0][0] if len(heap) > 0 else arrival + 1
        if due > arrival or (due == arrival and heap[0][1] > pending[flows[i - base]]):
            if arrival > end:
                outcome = REACHED
                break
            now = arrival >> 3
            if len(free) == 0:
                add_token(tokens, depth)
            token = free.pop()
            flow = flows[i - base]
            request[token] = i
            row[token] = rows[i - base]
            status[token] = 0
            pc = starts[flow]
            pending[flow] = sequence
            sequence += 1
            i += 1
            arrival = moments[i - base] * 8 + INCOMING if i - base < known else NONE
        else:
            if due > end:
                outcome = REACHED
                break
            _, _, token = heappop(heap)
            now = due >> 3
            pc = at[token]
        # -- the token goes on until it waits for a time, a resource or its branches; then those on the stack do
        while True:
            code, a, b, c, d, e = program[pc]
            pc += 1
            if code <= BACK:
                if code == SETTLE:
                    start = sent[token * depth + a] if c else entered[token * depth + a]
                    if now - start <= b:
                        continue
                    outcome = MEETS_A_LIMIT
                    break
                if code == SEND:
                    sent[token * depth + a] = now
                    long = draws[row[token] + b] if b >= 0 else -1 - b
                    long = long // 2
                    if long == 0:
                        continue
                    at[token] = pc
                    heappush(heap, ((now + long) * 8 + INCOMING, sequence, token))
                    sequence += 1
                else:
                    long = draws[row[token] + a] if a >= 0 else -1 - a
                    long -= long // 2
                    if long == 0:
                        continue
                    at[token] = pc
                    heappush(heap, ((now + long) * 8 + COMPLETION, sequence, token))
                    sequence += 1
            elif code <= WORKED:
                s = a if a >= 0 else place[token * depth - 1 - a]
                if code == ENTER:
                    calls[s] += 1
                    inside_time[s] -= now
                    entered[token * depth + b] = now
                    continue
                if code == LEAVE:
                    answered[s] += 1
                    inside_time[s] += now
                    spent[s] += now - entered[token * depth + b]
                    continue
                if code == WORK:
                    long = draws[row[token] + b] if b >= 0 else -1 - b
                    if used[s] < cores[s]:
                        used[s] += 1
                        core_time[s] -= now
                        if long == 0:
                            continue
                        at[token] = pc
                        heappush(heap, ((now + long) * 8 + COMPLETION, sequence, token))
                        sequence += 1
                    else:
                        q = 2 * s + 1
                        if 0 <= c <= queued[q]:
                            outcome = MEETS_A_LIMIT
                            break
                        at[token] = pc
                        since[token] = now
                        time[token] = long
                        queue_time[s] -= now
                        if queued[q] == 0:
                            head[q] = token
                        else:
                            after[tail[q]] = token
                        tail[q] = token
                        queued[q] += 1
                else:
                    q = 2 * s + 1
                    if queued[q] == 0:
                        used[s] -= 1
                        core_time[s] += now
                        continue
                    other = head[q]
                    head[q] = after[other]
                    queued[q] -= 1
                    queue_time[s] += now
                    if now > since[other]:
                        waited[s] += 1
                        time_waited[s] += now - since[other]
                    if time[other] > 0:
                        heappush(heap, ((now + time[other]) * 8 + COMPLETION, sequence, other))
                        sequence += 1
                        continue
                    at[token] = pc
                    stack.append(token)
                    token = other
                    pc = at[token]
                    continue
            elif code == TAKE:
                long = draws[row[token] + a] if a >= 0 else -1 - a
                if long == 0:
                    continue
                at[token] = pc
                heappush(heap, ((now + long) * 8 + COMPLETION, sequence, token))
                sequence += 1
            elif code == END:
                ended[request[token]] = now
                if status[token] > 0:
                    statuses[request[token]] = status[token]
                free.append(token)
            elif code <= SKIP_FROM:
                if (draws[row[token] + a] < b) == (code == SKIP_BELOW):
                    pc = c
                continue
            elif code <= LESS_OF_TWO:
                chooser = d if d >= 0 else chooser_of[place[token * depth - 1 - d]]
                if code == IN_TURN:
                    chosen = turns[chooser * replicas + b] + 1
                    if chosen >= c:
                        chosen = 0
                    turns[chooser * replicas + b] = chosen
                elif code == LEAST:
                    start = turns[chooser * replicas + b] + 1
                    first = chooser * replicas + b
                    chosen = start if start < c else 0
                    least = under_way[first + chosen]
                    for step in range(1, c):
                        other = start + step
                        if other >= c:
                            other -= c
                        if under_way[first + other] < least:
                            chosen = other
                            least = under_way[first + other]
                    turns[chooser * replicas + b] = chosen
                elif code == DRAWN:
                    chosen = draws[row[token] + c]
                else:
                    chosen = draws[row[token] + c]
                    other = draws[row[token] + e]
                    other += other >= chosen
                    first = chooser * replicas + b
                    if under_way[first + other] < under_way[first + chosen]:
                        chosen = other
                place[token * depth + a] = b + chosen
                continue
            elif code <= UNCOUNT:
                chooser = a if a >= 0 else chooser_of[place[token * depth - 1 - a]]
                s = b if b >= 0 else place[token * depth - 1 - b]
                under_way[chooser * replicas + s] += 1 if code == COUNT else -1
                continue
            elif code == LIMIT:
                if take_token(limiters, a, now):
                    continue
                outcome = MEETS_A_LIMIT
                break
            elif code == ADMIT:
                s = a if a >= 0 else place[token * depth - 1 - a]
                q = 2 * s
                if queued[q] == 0 and taken[s] < slots[s]:
                    taken[s] += 1
                    slot_time[s] -= now
                    continue
                if 0 <= b <= queued[q]:
                    outcome = MEETS_A_LIMIT
                    break
                at[token] = pc
                since[token] = now
                queue_time[s] -= now
                if queued[q] == 0:
                    head[q] = token
                else:
                    after[tail[q]] = token
                tail[q] = token
                queued[q] += 1
            elif code == FREE:
                s = a if a >= 0 else place[token * depth - 1 - a]
                q = 2 * s
                if queued[q] == 0:
                    taken[s] -= 1
                    slot_time[s] += now
                    continue
                other = head[q]
                head[q] = after[other]
                queued[q] -= 1
                queue_time[s] += now
                waited[s] += now > since[other]
                time_waited[s] += now - since[other]
                at[token] = pc
                stack.append(token)
                token = other
                pc = at[token]
                continue
            elif code == ANSWER:
                status[token] = a
                continue
            elif code == UNWIND:
                if status[token] > 0:
                    pc = a
                continue
            elif code == CLEAR:
                status[token] = 0
                continue
            elif code == JUMP:
                pc = a
                continue
            elif code == FORK:
                at[token] = pc
                begun = 0
                for branch in range(b - 1, -1, -1):
                    entry = a + branch * BRANCH_SIZE
                    column = branches[entry + BRANCH_DRAW]
                    if column < 0 or draws[row[token] + column] < branches[entry + BRANCH_THRESHOLD]:
                        other = new_branch(tokens, depth, token, branches[entry + BRANCH_PC])
                        parent[other] = token
                        stack.append(other)
                        begun += 1
                left[token] = begun
                if begun == 0:
                    continue
            elif code == JOIN:
                free.append(token)
                token = parent[token]
                left[token] -= 1
                if left[token] == 0:
                    pc = at[token]
                    continue
            elif code == DETACH:
                at[token] = a
                stack.append(token)
                token = new_branch(tokens, depth, token, pc)
                continue
            else:
                free.append(token)
            # -- this token waits
            if len(stack) == 0:
                break
            token = stack.pop()
            pc = at[token]
        if outcome == MEETS_A_LIMIT:
            break
    control[NEXT] = i
    control[OUTCOME] = outcome
    control[SEQUENCE] = sequence


def add_token(tokens: Tokens, depth: int) -> None:
    """One more token, free."""
    tokens.free.append(len(tokens.at))
    for column in (tokens.at, tokens.row, tokens.request, tokens.since, tokens.time, tokens.after, tokens.parent):
        column.append(0)
    for column in (tokens.left, tokens.status):
        column.append(0)
    for column in (tokens.place, tokens.entered, tokens.sent):
        for _ in range(depth):
            column.append(0)


def new_branch(tokens: Tokens, depth: int, token: int, pc: int) -> int:
    """A token for a part of the same request that runs beside it."""
    if len(tokens.free) == 0:
        add_token(tokens, depth)
    other = tokens.free.pop()
    tokens.at[other] = pc
    tokens.row[other] = tokens.row[token]
    tokens.request[other] = tokens.request[token]
    tokens.status[other] = 0
    for k in range(depth):
        tokens.place[other * depth + k] = tokens.place[token * depth + k]
    return other
