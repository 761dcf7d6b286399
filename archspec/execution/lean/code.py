"""The instructions of the lean kernel, and the records it works on.

An instruction is six whole numbers: its code and five operands, which each code uses as its comment says. `s` is a
station (the number of a replica), or -1 - k where the replica was chosen in this run: it is then in the token's frame
k. `d` is a frame, one for each call that is open. `draw` is a column of the token's row of draws, or -1 - v for the
constant v. `pc` is the place of an instruction.
"""

from typing import NamedTuple

(
    RUN,  # draw, class of the event: time passes, after which the token meets nobody before its next RUN, PASS or END
    PASS,  # draw, class of the event: time passes
    ENTER,  # s, d: come in
    LEAVE,  # s, d: go out
    WORK,  # s, limit, draw, d: (come in, where d > 0,) take a core for the drawn time, or queue for one
    ADMIT,  # s, limit: take a slot, or queue for one
    WORKED,  # s, d: (go out, where d > 0,) give the core to the next
    FREE,  # s, d: (go out, where d > 0,) give the slot to the next
    SETTLE,  # d, time-out, whether it was sent earlier than it came in, whether it may be late: the answer is there
    END,  # the request is answered
    SKIP_BELOW,  # draw, threshold, pc: jump where the draw is below (a hit)
    SKIP_FROM,  # draw, threshold, pc: jump where it is not (a step not taken)
    IN_TURN,  # k, first s, count, chooser: choose a replica
    LEAST,  # k, first s, count, chooser
    DRAWN,  # k, first s, draw
    LESS_OF_TWO,  # k, first s, draw, chooser, draw
    COUNT,  # chooser, s: one more under way
    UNCOUNT,  # chooser, s: one less
    LIMIT,  # limiter
    ANSWER,  # status: the callee's own, or 0 where it is 200 or forgotten
    JUMP,  # pc, whether in any case: jump, else only where the status is not 200
    MARK,  # d: it is sent
    FORK,  # first branch, count: start branches, which JOIN
    JOIN,  # a branch is over
    DETACH,  # pc: start what nobody waits for, and go on there
    GONE,  # it is over
    LOSE,  # draw, threshold, place of what is lost: nothing will be heard of it
) = range(27)

Instruction = tuple[int, int, int, int, int, int]
REACHED, NEEDS_ARRIVALS, NEEDS_TOKENS, MEETS_A_LIMIT = range(4)
"""How a stretch of a run ends: at its moment, at the last arrival known, for want of a token (perhaps in the midst of
a moment), or before something that the kernel cannot do."""
NEXT, SEQUENCE, OUTCOME, MOMENT, SPARE, CONTROL_SIZE = range(6)
"""Where a run stands: the next request, the next event's place in the order, how it ended, the present moment and how
many tokens are free."""
LATER = 2**59
"""A moment that no run reaches: the end of the list of arrivals."""
BRANCH_PC, BRANCH_DRAW, BRANCH_THRESHOLD, BRANCH_SIZE = range(4)
LOST_TIMEOUT, LOST_SENT_BEFORE, LOST_COUNT, LOST_INSIDE = range(4)
"""What is lost: time-out of the first caller (its frame is 1), whether that call was sent before it came in, and how
many stations the token is in and stays in for ever, followed by these, each with its frame."""


class Stations(NamedTuple):
    """The replicas."""

    cores: list[int]
    """As many as each has."""
    slots: list[int]
    head: list[int]
    """First in the queue: for a slot at 2·s, for a core at 2·s + 1."""
    tail: list[int]
    chooser: list[int]
    """Who remembers what this replica has sent."""


class Counts(NamedTuple):
    """What is counted of each replica. A time of these is minus the moments of its beginnings plus those of its ends.

    So the integral over time of what is in use, up to a moment, is that sum and the moment times what is in use now.
    """

    used: list[int]
    """Cores in use."""
    taken: list[int]
    """Slots in use."""
    core_time: list[int]
    slot_time: list[int]
    queue_time: list[int]
    inside_time: list[int]
    calls: list[int]
    answered: list[int]
    spent: list[int]
    """Time from coming in to going out, summed over those that are out."""
    waited: list[int]
    time_waited: list[int]
    queued: list[int]
    """How many are in each queue, numbered as `Stations.head` is."""


class Choosers(NamedTuple):
    """What choosers remember; a chooser's stretch of a list is as long as there are replicas."""

    turns: list[int]
    under_way: list[int]


class Tokens(NamedTuple):
    """What runs through the instructions: requests, and the branches of one."""

    at: list[int]
    """The instruction it goes on with."""
    row: list[int]
    """Where its draws begin."""
    request: list[int]
    since: list[int]
    """When it began to wait."""
    time: list[int]
    """How long it will hold the core it waits for."""
    after: list[int]
    """The next in the queue."""
    parent: list[int]
    left: list[int]
    """Branches it waits for."""
    status: list[int]
    place: list[int]
    """Stations, in frames: token · depth + k."""
    entered: list[int]
    sent: list[int]
    free: list[int]
    """The tokens that are not in use come first, as many as `SPARE` says."""


class Arrivals(NamedTuple):
    """The requests known so far that have not arrived when a stretch begins."""

    moments: list[int]
    flows: list[int]
    rows: list[int]
    first: int
    """The number of the first one, counted over all flows in order of arrival."""
