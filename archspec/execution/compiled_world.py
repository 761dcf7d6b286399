"""A program and a world as records that compiled code can hold, and the functions that stand only there.

The functions of this module are compiled together with the kernel; nobody calls them plain. What is a list in a world
is a table here, and what is a dictionary is a table with open addressing: linear probing, and no marks left behind by
what is taken out (Knuth, The Art of Computer Programming 3, section 6.4, algorithm R).
"""

import operator
from typing import Any, get_args, get_origin, get_type_hints

from archspec.execution.choosing import scrambled
from archspec.execution.compiled_tables import (
    LENGTH,
    ROOM,
    MapType,
    RecordType,
    TableType,
    ask,
    for_maps,
    header,
    make_room,
    record_at,
    words,
)
from archspec.execution.kernel import run
from archspec.execution.program import Program
from archspec.execution.state import World

INNER = "archspec_kernel."
"""How the names of functions begin that only compiled code calls."""
EMPTY = -(2**63)
"""A key that nothing has: this place of a dictionary is free."""
INDEX_SLOT, INDEX_OCCURRENCE, INDEX_BLOCK, INDEX_PLACE, INDEX_USED, INDEX_SIZE = range(6)
"""Where the blocks of draws are: a table with open addressing, too. A block was used last when so many were made."""
EVENT_SIZE = 5
BRANCHES = 4
"""Of the heap: flatter than a binary one, so that an event is moved less often (LaMarca and Ladner 1996)."""


def _tables(of: type[Any], constant: bool) -> dict[str, TableType]:
    """The tables of a program or a world, by the types that it declares."""
    found = {}
    for name, hint in get_type_hints(of).items():
        if get_origin(hint) is list:
            (item,) = get_args(hint)
            width = len(get_args(item)) if get_origin(item) is tuple else 1
            found[name] = TableType(f"{of.__name__}.{name}", width, constant)
        elif hint == dict[int, int]:
            found[name] = MapType(f"{of.__name__}.{name}", 2)
    return found


EXTRA = ("index", "drawn", "known")
"""Tables that a world has in compiled code only: where blocks of draws are, their values, and what is known of them."""
KNOWN_TIME, KNOWN_FILL = range(2)
"""How many blocks have been made, and the address of what makes one."""
PROGRAM = RecordType("program", tuple(_tables(Program, constant=True).items()))
WORLD = RecordType(
    "world", tuple((_tables(World, constant=False) | {name: TableType(f"World.{name}", 1) for name in EXTRA}).items())
)
program_at = record_at(PROGRAM)
world_at = record_at(WORLD)


def run_to(program: int, world: int, until: int) -> None:
    """What is called from outside: let everything happen up to a moment."""
    run(program_at(program), world_at(world), until)


def draw(p: Any, w: Any, slot: int, number: int, occurrence: int) -> Any:
    """The compiled twin of `state.draw`."""
    value = p.constants[slot]
    return value if value >= 0 else drawn(w, slot, number, occurrence)


def drawn(w: Any, slot: int, number: int, occurrence: int) -> Any:
    """A random draw: out of the block of its number, which is asked for where it is not there."""
    bits = w.block_bits[slot]
    block = number >> bits
    while True:
        index = words(w.index)
        mask = len(w.index) // INDEX_SIZE - 1
        place = hashed(slot, occurrence, block) & mask
        while index[place * INDEX_SIZE + INDEX_PLACE] >= 0:
            row = place * INDEX_SIZE
            if (
                index[row + INDEX_BLOCK] == block
                and index[row + INDEX_SLOT] == slot
                and index[row + INDEX_OCCURRENCE] == occurrence
            ):
                index[row + INDEX_USED] = w.known[KNOWN_TIME]
                return w.drawn[index[row + INDEX_PLACE] + (number & ((1 << bits) - 1))]
            place = (place + 1) & mask
        if ask(w.known[KNOWN_FILL], slot, occurrence, block) != 0:
            raise RuntimeError("a block of draws could not be made")


def draws_at_random(_: Any) -> bool:
    """The compiled twin of `state.draws_at_random`."""
    return True


def hashed(slot: int, occurrence: int, block: int) -> int:
    """A hash of what a block of draws is for."""
    return scrambled((slot << 40) ^ (occurrence << 20) ^ block)


def heappush(heap: Any, event: Any) -> None:
    """Put an event into a heap whose order is that of its first two numbers."""
    place = len(heap)
    heap.append(event)
    a = words(heap)
    while place > 0:
        above = (place - 1) // BRANCHES
        if not is_before(event[0], event[1], a[above * EVENT_SIZE], a[above * EVENT_SIZE + 1]):
            break
        move(a, above, place)
        place = above
    set_event(a, place, event)


def heappop(heap: Any) -> Any:
    """Take the first event out of a heap."""
    first = heap[0]
    last = heap.pop()
    count = len(heap)
    if count > 0:
        a = words(heap)
        place = 0
        while True:
            child = BRANCHES * place + 1
            if child >= count:
                break
            best = child
            for other in range(child + 1, min(child + BRANCHES, count)):
                one, two = other * EVENT_SIZE, best * EVENT_SIZE
                if is_before(a[one], a[one + 1], a[two], a[two + 1]):
                    best = other
            if not is_before(a[best * EVENT_SIZE], a[best * EVENT_SIZE + 1], last[0], last[1]):
                break
            move(a, best, place)
            place = best
        set_event(a, place, last)
    return first


def is_before(key: int, sequence: int, other_key: int, other_sequence: int) -> bool:
    """Whether an event comes before another."""
    return key < other_key or (key == other_key and sequence < other_sequence)


def move(a: Any, source: int, target: int) -> None:
    """Copy an event to another place of the heap."""
    for i in range(EVENT_SIZE):
        a[target * EVENT_SIZE + i] = a[source * EVENT_SIZE + i]


def set_event(a: Any, place: int, event: Any) -> None:
    """Write an event to a place of the heap."""
    a[place * EVENT_SIZE] = event[0]
    a[place * EVENT_SIZE + 1] = event[1]
    a[place * EVENT_SIZE + 2] = event[2]
    a[place * EVENT_SIZE + 3] = event[3]
    a[place * EVENT_SIZE + 4] = event[4]


def find(table: Any, key: int) -> int:
    """The place of a key in a dictionary; where it has none: −1 minus the place that is free for it."""
    mask = header(table)[ROOM] - 1
    pairs = words(table)
    place: int = scrambled(key) & mask
    while pairs[2 * place] != EMPTY:
        if pairs[2 * place] == key:
            return place
        place = (place + 1) & mask
    return -1 - place


def put(table: Any, key: int, value: int) -> None:
    """Set the value of a key."""
    place = find(table, key)
    if place < 0:
        head = header(table)
        if 2 * (head[LENGTH] + 1) > head[ROOM]:
            make_room(table)
            place = find(table, key)
        place = -1 - place
        head[LENGTH] += 1
        words(table)[2 * place] = key
    words(table)[2 * place + 1] = value


def take_out(table: Any, key: int) -> int:
    """Remove a key that is there, and give its value."""
    mask = header(table)[ROOM] - 1
    pairs = words(table)
    hole = find(table, key)
    value: int = pairs[2 * hole + 1]
    place = hole
    while True:
        place = (place + 1) & mask
        if pairs[2 * place] == EMPTY:
            break
        home = scrambled(pairs[2 * place]) & mask
        if ((place - home) & mask) >= ((place - hole) & mask):
            pairs[2 * hole] = pairs[2 * place]
            pairs[2 * hole + 1] = pairs[2 * place + 1]
            hole = place
    pairs[2 * hole] = EMPTY
    header(table)[LENGTH] -= 1
    return value


def value_of(table: Any, key: int) -> int:
    """The value of a key that is there."""
    value: int = words(table)[2 * find(table, key) + 1]
    return value


def holds(table: Any, key: int) -> bool:
    """Whether a dictionary has a key."""
    return find(table, key) >= 0


def teach(functions: dict[str, Any]) -> None:
    """Let what the kernel does with dictionaries mean these functions, compiled."""
    for operation, name in (
        (operator.contains, "holds"),
        (operator.getitem, "value_of"),
        (operator.setitem, "put"),
        (operator.delitem, "take_out"),
    ):
        for_maps(operation, functions[name].py_func)
