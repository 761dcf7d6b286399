"""Where everything of a sequence diagram stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from archspec.frozen import frozen
from archspec.renderers import Box, Style, TextBlock, Weight, width, wrap
from archspec.renderers.layout.heading import DESCRIPTION, DESCRIPTION_LINE, TITLE, TITLE_LINE
from archspec.renderers.sequence import Frame, FrameKind, Item, Message, Sequence

NAME, LABEL, TIME, KIND = Style(13, Weight.SEMIBOLD), Style(11.5), Style(11), Style(11, Weight.SEMIBOLD)
MARGIN, HEAD_HEIGHT, LINE_HEIGHT = 24.0, 52.0, 14.0
ROW, WORDLESS_ROW = 38.0, 24.0
HEAD_WIDTH, COLUMN_MIN, COLUMN_MAX = 156.0, 176.0, 280.0
LOOP = 36.0
"""How far a message to oneself bows out."""
BAR, BAR_STEP = 4.0, 4.0
"""Half the breadth of an activation bar, and how far one within another stands to the right."""
FRAME_HEAD, FRAME_SIDE, FRAME_NEST, FRAME_FOOT = 26.0, 30.0, 8.0, 14.0
GUARD_LEAST = 150.0


@frozen
class Guard:
    """A condition: its words from (x, y) on, y the baseline of the first line."""

    words: TextBlock
    x: float
    y: float


@frozen
class PlacedFrame:
    """A frame's box, its guards, and the heights at which its sections part."""

    kind: FrameKind
    box: Box
    tag_width: float
    guards: tuple[Guard, ...]
    partings: tuple[float, ...]


@frozen
class Bar:
    """An activation: somebody is at work from one height to another; `depth` counts the bars that it stands in."""

    participant: str
    top: float
    bottom: float
    depth: int


@frozen
class SequencePlan:
    """Columns (middle of each participant by id), rows (y of each message), frames from the outside in, bars."""

    columns: dict[str, float]
    rows: tuple[float, ...]
    labels: tuple[TextBlock, ...]
    frames: tuple[PlacedFrame, ...]
    bars: tuple[Bar, ...]
    top: float
    width: float
    height: float

    def reach(self, participant: str, y: float) -> tuple[float, float]:
        """How far to the left and to the right of its middle a participant's bars reach at this height."""
        depths = [bar.depth for bar in self.bars if bar.participant == participant and bar.top <= y <= bar.bottom]
        return (BAR, BAR + BAR_STEP * max(depths)) if depths else (0.0, 0.0)


def words_of(message: Message) -> str:
    """What stands above an arrow."""
    return " · ".join(filter(None, (message.label, message.status)))


def heading_of(sequence: Sequence) -> tuple[TextBlock, TextBlock, float]:
    """Title, description, and where the picture below them begins."""
    title = wrap(sequence.title, 700, TITLE, 2)
    description = wrap(sequence.description, 700, DESCRIPTION, 3)
    return title, description, MARGIN + TITLE_LINE * len(title.lines) + DESCRIPTION_LINE * len(description.lines) + 16


def plan_sequence(sequence: Sequence, top: float, heading_width: float) -> SequencePlan:
    """Everything in its place, the picture below its heading at `top`."""
    messages = sequence.messages
    times = max((width(message.time, TIME) for message in messages), default=0.0)
    order = {one.id: index for index, one in enumerate(sequence.participants)}
    gap = max(COLUMN_MIN, min(COLUMN_MAX, max((_wanted(order, each) for each in messages), default=COLUMN_MIN)))
    first, gap = MARGIN + times + (14 if times else 0) + HEAD_WIDTH / 2, float(round(gap))
    stack = _stacked(sequence, order, first, gap, top)
    least = min((placed.box.x for placed in stack.frames), default=MARGIN)
    if least < first - HEAD_WIDTH / 2:
        stack = _stacked(sequence, order, first + first - HEAD_WIDTH / 2 - least, gap, top)
    columns = stack.columns
    rights = [*(x + HEAD_WIDTH / 2 for x in columns.values()), *(placed.box.right for placed in stack.frames)]
    rights += [columns[each.source] + gap for each in messages if each.source == each.target]
    return SequencePlan(
        columns,
        tuple(stack.rows),
        tuple(stack.labels),
        tuple(sorted(stack.frames, key=lambda placed: (placed.box.y, placed.box.x))),
        _bars(sequence, stack.rows),
        top,
        float(round(max(*rights, MARGIN + heading_width) + MARGIN)) if rights else MARGIN * 2 + heading_width,
        float(round(stack.y + 28 + MARGIN)),
    )


def _wanted(order: dict[str, int], message: Message) -> float:
    """The gap between columns at which the label fits on two lines."""
    apart = max(1, abs(order[message.source] - order[message.target]))
    return (width(words_of(message), LABEL) * 0.6 + 40) / apart


def _stacked(sequence: Sequence, order: dict[str, int], first: float, gap: float, top: float) -> "_Stack":
    columns = {id_: first + index * gap for id_, index in order.items()}
    stack = _Stack(columns, gap, top + HEAD_HEIGHT + 8)
    stack.items(sequence.items)
    return stack


@dataclass(slots=True)
class _Stack:
    """Rows and frames put one below the other; `y` is where the last one ends."""

    columns: dict[str, float]
    gap: float
    y: float
    rows: list[float] = field(default_factory=list)
    labels: list[TextBlock] = field(default_factory=list)
    frames: list[PlacedFrame] = field(default_factory=list)

    def items(self, items: Iterable[Item]) -> tuple[float, float] | None:
        """Put them below; how far to the left and to the right they reach, if there are any."""
        found = [self._message(item) if isinstance(item, Message) else self._frame(item) for item in items]
        return (min(left for left, _ in found), max(right for _, right in found)) if found else None

    def _message(self, message: Message) -> tuple[float, float]:
        start, end = self.columns[message.source], self.columns[message.target]
        label = wrap(words_of(message), (abs(start - end) or self.gap) - 30, LABEL, 2)
        self.y += ROW + LINE_HEIGHT * max(0, len(label.lines) - 1) if label.lines else WORDLESS_ROW
        self.rows.append(self.y)
        self.labels.append(label)
        bow = LOOP + label.width if start == end else 0
        return min(start, end), max(start, end) + bow

    def _frame(self, frame: Frame) -> tuple[float, float]:
        self.y += 14
        top, tag = self.y, width(frame.kind.value, KIND) + 22
        sides, heads, partings = [], [], []
        for number, section in enumerate(frame.sections):
            if number:
                self.y += FRAME_FOOT
                partings.append(self.y)
            guard = wrap(f"[{section.guard}]" if section.guard else "", self._room(section.items) - tag, LABEL, 3)
            heads.append((guard, self.y + 15))
            if guard.lines or not number:
                self.y += FRAME_HEAD - ROW / 2 + 4 + LINE_HEIGHT * max(0, len(guard.lines) - 1)
            sides.append(self.items(section.items))
        self.y += FRAME_FOOT
        reached = [side for side in sides if side] or [(min(self.columns.values()), min(self.columns.values()))]
        inner = [placed for placed in self.frames if placed.box.y > top]
        left = min(*(side[0] for side in reached), *(placed.box.x + FRAME_SIDE - FRAME_NEST for placed in inner), 1e9)
        right = max(*(side[1] for side in reached), *(each.box.right - FRAME_SIDE + FRAME_NEST for each in inner), 0)
        left, right = left - FRAME_SIDE, right + FRAME_SIDE
        right = max(right, left + tag + max(guard.width for guard, _ in heads) + 20)
        guards = tuple(
            Guard(words, left + (tag + 8 if not number else 12), y) for number, (words, y) in enumerate(heads)
        )
        self.frames.append(
            PlacedFrame(frame.kind, Box(left, top, right - left, self.y - top), tag, guards, tuple(partings))
        )
        return left + FRAME_SIDE, right - FRAME_SIDE

    def _room(self, items: Iterable[Item]) -> float:
        """How broad a guard may be: as the columns that the messages below it span."""
        ends = [self.columns[end] for item in items if isinstance(item, Message) for end in (item.source, item.target)]
        return max(GUARD_LEAST, max(ends) - min(ends) if ends else 0) + 60


def _bars(sequence: Sequence, rows: list[float]) -> tuple[Bar, ...]:
    messages, bars = sequence.messages, list[Bar]()
    for call, answer in sorted(sequence.activations):
        id_, top, bottom = messages[call].target, rows[call], rows[answer]
        around = [bar for bar in bars if bar.participant == id_ and bar.top <= top <= bar.bottom]
        bars.append(Bar(id_, top, bottom, len(around)))
    return tuple(bars)
