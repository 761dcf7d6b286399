"""The lean kernel: runs instructions for as long as nothing fails and no limit is met.

It does what the kernel of `execution.kernel` does, event for event, with a record of a few numbers for a request
instead of tasks for its sequences, calls and attempts. What it cannot do (a time-out inside, a full queue) it does
not do: it says so, and the run is made anew by the other kernel. One long function, because a call of a function costs
as much as the work of an instruction.
"""

from heapq import heappop, heappush

from archspec.execution.layout import COMPLETION, INCOMING, NONE, TIMEOUT
from archspec.execution.lean.code import (
    ADMIT,
    ANSWER,
    BRANCH_DRAW,
    BRANCH_PC,
    BRANCH_SIZE,
    BRANCH_THRESHOLD,
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
    LOSE,
    LOST_SENT_BEFORE,
    LOST_TIMEOUT,
    MARK,
    MEETS_A_LIMIT,
    MOMENT,
    NEEDS_ARRIVALS,
    NEEDS_TOKENS,
    NEXT,
    OUTCOME,
    PASS,
    REACHED,
    RUN,
    SEQUENCE,
    SETTLE,
    SKIP_BELOW,
    SKIP_FROM,
    SPARE,
    UNCOUNT,
    WORK,
    WORKED,
    Arrivals,
    Choosers,
    Counts,
    Instruction,
    Stations,
    Tokens,
)
from archspec.execution.lean.losing import lose
from archspec.execution.limiting import take_token


def run_lean(  # noqa: PLR0915 - see above
    program: list[Instruction],
    branches: list[int],
    depth: int,
    starts: list[int],
    arrivals: Arrivals,
    draws: list[int],
    stations: Stations,
    counts: Counts,
    choosers: Choosers,
    limiters: list[int],
    tokens: Tokens,
    pending: list[int],
    heap: list[tuple[int, int, int, int]],
    stack: list[int],
    control: list[int],
    ended: list[int],
    statuses: list[int],
    stuck: list[int],
    end: int,
) -> None:
    """Let everything happen up to and with the key `end` (time · 8 + class), or up to the last arrival known.

    `control` says where to go on and how it ended. `ended` and `statuses` take the answers by request (minus the cause
    where it failed), `stuck` the calls that will never end: station and moment of coming in.
    """
    moments, flows, rows, base = arrivals
    cores, slots, head, tail, chooser_of = stations
    used, taken, core_time, slot_time, queue_time, inside_time = counts[:6]
    calls, answered, spent, waited, time_waited, queued = counts[6:]
    at, row, request, since, time, after, parent, left, status, place, entered, sent, free = tokens
    turns, under_way = choosers
    i, sequence, known, replicas, latest = control[NEXT], control[SEQUENCE], len(moments), len(cores), end >> 3
    moment, spare, outcome = control[MOMENT], control[SPARE], NEEDS_ARRIVALS
    arrival = moments[i - base] * 8 + INCOMING if i - base < known else NONE
    while arrival >= 0:
        if len(stack) > 0:
            # -- a stretch ended in the midst of this moment
            token = stack.pop()
            pc = at[token]
        else:
            # -- what happens next: an event of the heap, or an arrival; of two at one time the one put there first
            due = heap[0][0] if len(heap) > 0 else arrival + 1
            comes = due > arrival
            if due == arrival:
                flow = 2 * flows[i - base]
                if heap[0][1] == pending[flow] and heap[0][3] & 1:
                    outcome = MEETS_A_LIMIT
                    break
                comes = heap[0][1] > pending[flow] or (heap[0][1] == pending[flow] and heap[0][2] > pending[flow + 1])
            if comes:
                if arrival > end:
                    outcome = REACHED
                    break
                if spare == 0:
                    outcome = NEEDS_TOKENS
                    break
                moment = arrival >> 3
                spare -= 1
                token = free[spare]
                flow = flows[i - base]
                request[token] = i
                row[token] = rows[i - base]
                status[token] = 0
                pc = starts[flow]
                pending[2 * flow] = moment
                pending[2 * flow + 1] = sequence
                sequence += 1
                i += 1
                arrival = moments[i - base] * 8 + INCOMING if i - base < known else NONE
            else:
                if due > end:
                    outcome = REACHED
                    break
                _, when, _, which = heappop(heap)
                if len(heap) > 0 and heap[0][0] == due and heap[0][1] == when and (which | heap[0][3]) & 1:
                    outcome = MEETS_A_LIMIT
                    break
                moment = due >> 3
                token = which >> 1
                pc = at[token]
        now, ahead, kind = moment, 0, 0
        # -- the token goes on until it waits for a time, a resource or its branches; then those on the stack do
        while True:
            code, a, b, c, d, e = program[pc]
            pc += 1
            if code <= PASS:
                long = draws[row[token] + a] if a >= 0 else -1 - a
                if code == RUN and now + long < latest:
                    if long > 0:
                        when, kind, ahead = now, b, 1
                        now += long  # whatever comes meanwhile, it does not concern this token
                    continue
                if long > 0:
                    when, kind = now, b
                elif ahead == 0:
                    continue
                key = (now + long) * 8 + kind
                if key < arrival and key <= end and len(stack) == 0 and (len(heap) == 0 or key < heap[0][0]):
                    moment = key >> 3  # nothing comes before it: no need to queue for it
                    now, ahead = moment, 0
                    continue
                at[token] = pc
                heappush(heap, (key, when, sequence, 2 * token + ahead))
                sequence += 1
            elif code <= FREE:
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
                if code <= ADMIT:
                    # -- WORK or ADMIT: take a core or a slot, or queue for one
                    if code == WORK:
                        if d > 0:
                            calls[s] += 1
                            inside_time[s] -= now
                            entered[token * depth + d] = now
                        q = 2 * s + 1
                        long = draws[row[token] + c] if c >= 0 else -1 - c
                        if used[s] < cores[s]:
                            used[s] += 1
                            core_time[s] -= now
                            key = (now + long) * 8 + COMPLETION
                            if long == 0:
                                continue
                            nobody = len(stack) == 0 and (len(heap) == 0 or key < heap[0][0])
                            if nobody and key < arrival and key <= end:
                                now += long
                                moment = now
                                continue
                            at[token] = pc
                            heappush(heap, (key, now, sequence, 2 * token))
                            sequence += 1
                            q = NONE
                        else:
                            time[token] = long
                    else:
                        q = 2 * s
                        if queued[q] == 0 and taken[s] < slots[s]:
                            taken[s] += 1
                            slot_time[s] -= now
                            continue
                    if q >= 0:
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
                else:
                    # -- WORKED or FREE: give it to the first in the queue
                    if b > 0:
                        answered[s] += 1
                        inside_time[s] += now
                        spent[s] += now - entered[token * depth + b]
                    q = 2 * s + 1 if code == WORKED else 2 * s
                    if queued[q] == 0:
                        if code == WORKED:
                            used[s] -= 1
                            core_time[s] += now
                        else:
                            taken[s] -= 1
                            slot_time[s] += now
                        continue
                    other = head[q]
                    head[q] = after[other]
                    queued[q] -= 1
                    queue_time[s] += now
                    waited[s] += now > since[other]
                    time_waited[s] += now - since[other]
                    if code == WORKED and time[other] > 0:
                        heappush(heap, ((now + time[other]) * 8 + COMPLETION, now, sequence, 2 * other))
                        sequence += 1
                        continue
                    at[token] = pc
                    stack.append(token)
                    token = other
                    pc = at[token]
                    continue
            elif code == SETTLE:
                start = sent[token * depth + a] if c else entered[token * depth + a]
                if now - start <= b:
                    continue
                if not d:
                    outcome = MEETS_A_LIMIT
                    break
                ended[request[token]] = start + b
                statuses[request[token]] = -TIMEOUT
                free[spare] = token
                spare += 1
            elif code == END:
                ended[request[token]] = now
                if status[token] > 0:
                    statuses[request[token]] = status[token]
                free[spare] = token
                spare += 1
            elif code <= SKIP_FROM:
                if (draws[row[token] + a] < b) == (code == SKIP_BELOW):
                    pc = c
                continue
            elif code <= LESS_OF_TWO:
                chooser = d if d >= 0 else chooser_of[place[token * depth - 1 - d]]
                first = chooser * replicas + b
                if code == IN_TURN:
                    chosen = (turns[first] + 1) % c
                    turns[first] = chosen
                elif code == LEAST:
                    start = turns[first] + 1
                    chosen = start % c
                    for step in range(1, c):
                        other = (start + step) % c
                        if under_way[first + other] < under_way[first + chosen]:
                            chosen = other
                    turns[first] = chosen
                elif code == DRAWN:
                    chosen = draws[row[token] + c]
                else:
                    chosen = draws[row[token] + c]
                    other = draws[row[token] + e]
                    other += other >= chosen
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
            elif code == ANSWER:
                status[token] = a
                continue
            elif code == JUMP:
                if status[token] > 0 or b > 0:
                    pc = a
                continue
            elif code == MARK:
                sent[token * depth + a] = now
                continue
            elif code == FORK:
                if spare < b:
                    at[token] = pc - 1
                    stack.append(token)
                    outcome = NEEDS_TOKENS
                    break
                at[token] = pc
                left[token] = 0
                for branch in range(b - 1, -1, -1):
                    entry = a + branch * BRANCH_SIZE
                    column = branches[entry + BRANCH_DRAW]
                    if column < 0 or draws[row[token] + column] < branches[entry + BRANCH_THRESHOLD]:
                        spare -= 1
                        other = free[spare]
                        at[other] = branches[entry + BRANCH_PC]
                        row[other] = row[token]
                        request[other] = request[token]
                        status[other] = 0
                        parent[other] = token
                        for k in range(depth):
                            place[other * depth + k] = place[token * depth + k]
                        stack.append(other)
                        left[token] += 1
                if left[token] == 0:
                    continue
            elif code == JOIN:
                free[spare] = token
                spare += 1
                token = parent[token]
                left[token] -= 1
                if left[token] == 0:
                    pc = at[token]
                    continue
            elif code == DETACH:
                if spare == 0:
                    at[token] = pc - 1
                    stack.append(token)
                    outcome = NEEDS_TOKENS
                    break
                at[token] = a
                stack.append(token)
                other = token
                spare -= 1
                token = free[spare]
                row[token] = row[other]
                request[token] = request[other]
                status[token] = 0
                for k in range(depth):
                    place[token * depth + k] = place[other * depth + k]
                continue
            elif code == LOSE:
                if draws[row[token] + a] >= b:
                    continue
                lose(branches, c, token, depth, tokens, stuck)
                frame = token * depth + 1
                start = sent[frame] if branches[c + LOST_SENT_BEFORE] else entered[frame]
                ended[request[token]] = start + branches[c + LOST_TIMEOUT]
                statuses[request[token]] = -TIMEOUT
                free[spare] = token
                spare += 1
            else:
                free[spare] = token
                spare += 1
            # -- this token waits
            if len(stack) == 0:
                break
            token = stack.pop()
            pc = at[token]
            now, ahead = moment, 0
        if outcome != NEEDS_ARRIVALS:
            break
    control[NEXT] = i
    control[OUTCOME] = outcome
    control[MOMENT] = moment
    control[SPARE] = spare
    control[SEQUENCE] = sequence
