"""Spans of one trace -> trees of calls.

A span whose parent is of another service is a call; the spans of one service below it are its own affair. That needs
no kind of span: many tracers give none. Where both sides sent a span, the asking side's times hold among siblings, for
they come from one clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archspec.observation.gathered import Call, Tree
from archspec.observation.span import Party, Side
from archspec.observation.store import Row


@dataclass(slots=True)
class Damage:
    """What is wrong with the spans of traces, counted."""

    duplicates: int = 0
    orphans: int = 0
    """Spans whose parent is missing."""
    skewed: int = 0
    """Calls whose two sides disagree on the time."""
    circular: int = 0
    """Spans that are their own ancestors."""


@dataclass(slots=True)
class _Family:
    """The spans of a trace with their children, in order of beginning."""

    rows: Sequence[Row]
    children: list[list[int]]
    inner: list[bool]
    """Whether the parent of each is of the same service: a span of no kind is one call only below another."""
    tops: list[tuple[int, bool]]
    """Spans without a parent here, and whether they name one."""
    order: list[int] = field(default_factory=list)
    """All that can be reached, parents first."""


def trees_of(rows: Sequence[Row], damage: Damage) -> list[Tree]:
    """The trees of a trace: one, unless spans are missing or messages begin anew."""
    family = _family(rows, damage)
    made: list[tuple[Call, ...]] = [()] * len(family.rows)
    for row in reversed(family.order):
        made[row] = tuple(_made_by(family, row, made, damage))
    return [_tree(family, top, torn, made[top]) for top, torn in family.tops]


def _family(rows: Sequence[Row], damage: Damage) -> _Family:
    """Each span below its parent; of spans that came twice the last, but both sides of a call that share an id."""
    parents: Mapping[int, int | None] = {row.span: place for place, row in enumerate(rows)}
    if len(parents) == len(rows):
        return _linked(rows, [parents.get(row.parent) if row.parent else None for row in rows], damage)
    asking = {row.span: row for row in rows if not row.face.answers}
    answering = {row.span: row for row in rows if row.face.answers}
    found = [*asking.values(), *answering.values()]
    damage.duplicates += len(rows) - len(found)
    places = dict(zip(asking, range(len(asking)), strict=True))
    answers = dict(zip(answering, range(len(asking), len(found)), strict=True))
    return _linked(found, [_parent(row, found, places, answers) for row in found], damage)


def _linked(found: Sequence[Row], parents: list[int | None], damage: Damage) -> _Family:
    """The family of spans, each with the place of its parent."""
    children: list[list[int]] = [[] for _ in found]
    inner = [False] * len(found)
    tops: list[tuple[int, bool]] = []
    for place, (row, parent) in enumerate(zip(found, parents, strict=True)):
        if parent is None:
            tops.append((place, row.parent != 0))
            damage.orphans += row.parent != 0
        else:
            children[parent].append(place)
            inner[place] = found[parent].face.service == row.face.service
    family = _Family(found, children, inner, tops)
    waiting = [top for top, _ in tops]
    while waiting:
        place = waiting.pop()
        family.order.append(place)
        if len(children[place]) > 1:
            children[place].sort(key=lambda child: (found[child].start, found[child].end, found[child].span))
        waiting += children[place]
    damage.circular += len(found) - len(family.order)
    return family


def _parent(row: Row, rows: Sequence[Row], asking: dict[int, int], answering: dict[int, int]) -> int | None:
    if row.face.answers and row.span in asking and rows[asking[row.span]].face.asks:
        return asking[row.span]  # both sides share the id, as Zipkin's may
    if row.parent == 0:
        return None
    place = answering.get(row.parent)
    if place is not None and (row.parent not in asking or rows[place].face.service == row.face.service):
        return place
    return asking.get(row.parent)


def _tree(family: _Family, top: int, torn: bool, made: tuple[Call, ...]) -> Tree:
    row = family.rows[top]
    face = row.face
    sender = face.peer if face.side is Side.CONSUMER else None
    call = Call(
        Party(face.service),
        face.operation,
        row.start,
        row.end,
        _own(row, made),
        None,
        None,
        face,
        face.side is Side.CONSUMER,
        False,
        face.failed,
        face.status,
        made,
    )
    return Tree(call, sender, torn)


def _made_by(family: _Family, place: int, made: list[tuple[Call, ...]], damage: Damage) -> Iterator[Call]:
    """The calls that the service of a span makes in it and in its spans below."""
    row, children = family.rows[place], family.children[place]
    if not children:
        if row.face.peer is not None and not row.face.answers:
            yield _leaf(row, row.face.peer)
        return
    crossing = [child for child in children if family.rows[child].face.service != row.face.service]
    bare = row.face.side is Side.UNSAID and family.inner[place] and len(children) == 1
    asks = len(crossing) == 1 and (row.face.asks or bare)
    for child in children:
        if family.rows[child].face.service == row.face.service:
            yield from made[child]
        elif row.face.side is Side.PRODUCER and family.rows[child].face.side is Side.CONSUMER:
            message = _call(row, False, family.rows[child], made[child], damage)
            queue = row.face.peer or Party(None, "message_queue")
            yield _leaf(row, queue)._replace(calls=(message,))
        else:
            yield _call(row, asks, family.rows[child], made[child], damage)


def _leaf(row: Row, callee: Party) -> Call:
    """A call of which only the caller tells."""
    face = row.face
    own = row.end - row.start if face.timed and not face.failed else None
    return Call(
        callee, face.operation, row.start, row.end, own, None, face, None, False, False, face.failed, face.status, ()
    )


def _call(around: Row, asks: bool, row: Row, made: tuple[Call, ...], damage: Damage) -> Call:
    """A call whose callee sent a span; `around` is the caller's span about it, which is its asking side if it `asks`.

    A side whose clock is off is set into the middle of the other, as Jaeger does.
    """
    face, message = row.face, row.face.side is Side.CONSUMER
    length, room = row.end - row.start, around.end - around.start
    failed = face.failed or (asks and around.face.failed)
    skewed = not message and (row.start < around.start or (asks and row.start > around.end))
    damage.skewed += skewed
    if asks:
        sent, settled = around.start, around.end
    elif skewed and length <= room:
        sent = around.start + (room - length) // 2
        settled = sent + length
    else:
        sent, settled = row.start, row.end
    whole = asks and length <= room and not failed and face.timed and around.face.timed
    return Call(
        Party(face.service),
        face.operation,
        sent,
        settled,
        None if failed else _own(row, made),
        room - length if whole else None,
        around.face if asks else None,
        face,
        message,
        skewed,
        failed,
        face.status if face.status is not None or not asks else around.face.status,
        made,
    )


def _own(row: Row, made: tuple[Call, ...]) -> int | None:
    """A span less the union of what was asked in it, less its wait; who hands a message over does not wait for it."""
    if not row.face.timed:
        return None
    own, upto = row.end - row.start - row.waited, row.start
    for call in sorted(made, key=lambda call: call.sent) if len(made) > 1 else made:
        begin, end = max(call.sent, upto), min(call.settled, row.end)
        if end > begin and not call.message:
            own -= end - begin
            upto = end
    return max(own, 0)
