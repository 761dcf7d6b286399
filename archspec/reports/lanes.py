"""Spans dealt out over lanes, so that in each lane every two either nest or do not overlap."""

from collections.abc import Sequence

from archspec.reports.spans import SimulatedSpan


def lanes_of(spans: Sequence[SimulatedSpan]) -> tuple[tuple[SimulatedSpan, int], ...]:
    """Each span with its lane, in order of beginning, parents first.

    A span goes on top of its parent where the parent is the innermost open one of its lane and outlasts it; else into
    the first lane with nothing open (parallel branches, work for nobody, messages).
    """
    order = sorted(range(len(spans)), key=lambda place: (spans[place].start, place))
    open_: list[list[SimulatedSpan]] = []
    lane_of: dict[str, int] = {}
    found = []
    for place in order:
        span = spans[place]
        for stack in open_:
            while stack and is_over(stack[-1], span):
                stack.pop()
        lane = _lane(span, lane_of, open_)
        open_[lane].append(span)
        lane_of[span.span_id] = lane
        found.append((span, lane))
    return tuple(found)


def is_over(before: SimulatedSpan, span: SimulatedSpan) -> bool:
    """Whether an open span ends where the next one begins, and is not one of no length that the next one lies in."""
    return before.end <= span.start and not (before.span_id == span.parent_id and span.end <= before.end)


def _lane(span: SimulatedSpan, lane_of: dict[str, int], open_: list[list[SimulatedSpan]]) -> int:
    parents = lane_of.get(span.parent_id or "")
    if parents is not None and open_[parents]:
        top = open_[parents][-1]
        if top.span_id == span.parent_id and span.end <= top.end:
            return parents
    for lane, stack in enumerate(open_):
        if not stack:
            return lane
    open_.append([])
    return len(open_) - 1
