"""Whether a cache has what it is asked for (engine contract, sections 7.1 and 7.2)."""

from archspec.execution.layout import (
    COMPONENT_CACHE,
    CONTEXT,
    FILLING,
    KEY,
    LOG_CACHE,
    MISSED,
    NONE,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_HIT_DRAW,
    REPLICA,
    RESULT,
    RESULT_CAUSE,
    RESULT_STATUS,
    ROUTE,
    ROUTE_COMPONENT,
    ROUTE_HIT,
    ROUTE_MISS,
    ROUTE_MISS_BY_CALLER,
    SERIAL,
)
from archspec.execution.program import Program
from archspec.execution.sequencing import begin_sequence
from archspec.execution.state import NOW, World, draw, number_of, record

(
    CACHE_ENTRIES,  # how many fit
    CACHE_TTL,  # NONE: for ever
    CACHE_POLICY,
    CACHE_SINGLE_FLIGHT,
    CACHE_STORED,
    CACHE_OLDEST,  # both ends of the list of entries, in the order of eviction
    CACHE_NEWEST,
    CACHE_SIZE,
) = range(8)
LRU, LFU, FIFO, NO_EVICTION = range(4)
(ENTRY_KEY, ENTRY_BEFORE, ENTRY_AFTER, ENTRY_EXPIRES, ENTRY_USES, ENTRY_AGE, ENTRY_SIZE) = range(7)
KEYS = 2**32


def look_up(p: Program, w: World, attempt: int, component: int) -> bool:
    """Ask the cache; False where the call must wait for what is missing before it goes on (read-through)."""
    tasks = w.tasks
    op, route = tasks[attempt + OP], tasks[attempt + ROUTE]
    threshold = p.routes[route + ROUTE_HIT]
    if threshold < 0:
        return True
    cache = p.components[component + COMPONENT_CACHE]
    if cache >= 0 and tasks[attempt + KEY] > 0:
        hit = is_stored(w, cache, tasks[attempt + KEY])
    else:
        uniform = draw(p, w, p.operations[op + OP_HIT_DRAW], number_of(w, attempt), tasks[attempt + OCCURRENCE])
        hit = uniform < threshold
    record(w, LOG_CACHE, tasks[attempt + NUMBER], int(hit), 0, 0)
    if hit:
        return True
    tasks[attempt + MISSED] = 1
    if p.routes[route + ROUTE_MISS] < 0 or p.routes[route + ROUTE_MISS_BY_CALLER]:
        return True
    tasks[attempt + MISSED] = FILLING
    if leads(w, cache, attempt):
        sequence = begin_sequence(w, attempt, tasks[attempt + REPLICA], p.routes[route + ROUTE_MISS])
        tasks[sequence + CONTEXT] = tasks[attempt + NUMBER]
    return False


def leads(w: World, cache: int, task: int) -> bool:
    """Whether this miss has to be fetched; False where another of the same key is under way to wait for."""
    key = w.tasks[task + KEY]
    if cache < 0 or key == 0 or not w.caches[cache + CACHE_SINGLE_FLIGHT]:
        return True
    flight = cache * KEYS + key
    if flight in w.flights:
        leader = w.flights[flight]
        if w.tasks[leader + SERIAL] == w.flights[NONE - flight]:
            w.waiting.append((flight, task, w.tasks[task + SERIAL]))
            return False
    w.flights[flight] = task
    w.flights[NONE - flight] = w.tasks[task + SERIAL]
    return True


def finish_miss(p: Program, w: World, task: int, status: int, cause: int) -> None:
    """What was missing has been fetched, or could not be: store it, and tell those who wait for the same key."""
    tasks = w.tasks
    component = p.routes[tasks[task + ROUTE] + ROUTE_COMPONENT]
    cache = p.components[component + COMPONENT_CACHE]
    key = tasks[task + KEY]
    if cache < 0 or key == 0:
        return
    if cause == 0 and status < 400:
        store_entry(w, cache, key)
    flight = cache * KEYS + key
    if flight not in w.flights or w.flights[flight] != task or w.flights[NONE - flight] != tasks[task + SERIAL]:
        return
    del w.flights[flight]
    del w.flights[NONE - flight]
    for i in range(len(w.waiting) - 1, -1, -1):
        waited_for, follower, serial = w.waiting[i]
        if waited_for == flight and tasks[follower + SERIAL] == serial:
            tasks[follower + RESULT_STATUS] = status
            tasks[follower + RESULT_CAUSE] = cause
            w.agenda.append((RESULT, follower))
    forget_waiting(w, flight)


def forget_waiting(w: World, flight: int) -> None:
    """Nobody waits for a miss any more."""
    kept = 0
    for i in range(len(w.waiting)):
        if w.waiting[i][0] != flight:
            w.waiting[kept] = w.waiting[i]
            kept += 1
    while len(w.waiting) > kept:
        w.waiting.pop()


def is_stored(w: World, cache: int, key: int) -> bool:
    """Whether the cache has a key that has not expired; a use of it counts for the order of eviction."""
    place = cache * KEYS + key
    if place not in w.keys:
        return False
    entry = w.keys[place]
    if 0 <= w.entries[entry + ENTRY_EXPIRES] <= w.clock[NOW]:
        remove(w, cache, entry)
        return False
    w.entries[entry + ENTRY_USES] += 1
    if w.caches[cache + CACHE_POLICY] == LRU:
        unlink(w, cache, entry)
        link(w, cache, entry, NONE)
    elif w.caches[cache + CACHE_POLICY] == LFU:
        unlink(w, cache, entry)
        link(w, cache, entry, follower_by_use(w, entry))
    return True


def follower_by_use(w: World, entry: int) -> int:
    """The entry that stays longer than this one: more often used, or as often and younger. NONE: none does."""
    entries = w.entries
    mine = (entries[entry + ENTRY_USES], entries[entry + ENTRY_AGE])
    other = entries[entry + ENTRY_AFTER]
    while other >= 0 and (entries[other + ENTRY_USES], entries[other + ENTRY_AGE]) < mine:
        other = entries[other + ENTRY_AFTER]
    return other


def store_entry(w: World, cache: int, key: int) -> None:
    """Keep a key, evicting another where the cache is full."""
    entries, caches = w.entries, w.caches
    ttl = caches[cache + CACHE_TTL]
    expires = w.clock[NOW] + ttl if ttl >= 0 else NONE
    place = cache * KEYS + key
    if place in w.keys:
        entries[w.keys[place] + ENTRY_EXPIRES] = expires
        return
    if caches[cache + CACHE_STORED] >= caches[cache + CACHE_ENTRIES]:
        if caches[cache + CACHE_POLICY] == NO_EVICTION:
            return
        remove(w, cache, caches[cache + CACHE_OLDEST])
    if len(w.free_entries) > 0:
        entry = w.free_entries.pop()
    else:
        entry = len(entries)
        for _ in range(ENTRY_SIZE):
            entries.append(0)
    entries[entry + ENTRY_KEY] = key
    entries[entry + ENTRY_EXPIRES] = expires
    entries[entry + ENTRY_USES] = 1
    entries[entry + ENTRY_AGE] = w.clock[NOW]
    w.keys[place] = entry
    caches[cache + CACHE_STORED] += 1
    entries[entry + ENTRY_AFTER] = caches[cache + CACHE_OLDEST]
    by_use = caches[cache + CACHE_POLICY] == LFU
    link(w, cache, entry, follower_by_use(w, entry) if by_use else NONE)


def remove(w: World, cache: int, entry: int) -> None:
    """Forget an entry."""
    unlink(w, cache, entry)
    w.caches[cache + CACHE_STORED] -= 1
    del w.keys[cache * KEYS + w.entries[entry + ENTRY_KEY]]
    w.free_entries.append(entry)


def empty_cache(p: Program, w: World, component: int) -> None:
    """Forget every entry that a component keeps."""
    cache = p.components[component + COMPONENT_CACHE]
    if cache >= 0:
        while w.caches[cache + CACHE_STORED] > 0:
            remove(w, cache, w.caches[cache + CACHE_OLDEST])


def link(w: World, cache: int, entry: int, after: int) -> None:
    """Put an entry into the list before `after`; at the newest end where that is NONE."""
    entries, caches = w.entries, w.caches
    before = entries[after + ENTRY_BEFORE] if after >= 0 else caches[cache + CACHE_NEWEST]
    entries[entry + ENTRY_BEFORE] = before
    entries[entry + ENTRY_AFTER] = after
    if before >= 0:
        entries[before + ENTRY_AFTER] = entry
    else:
        caches[cache + CACHE_OLDEST] = entry
    if after >= 0:
        entries[after + ENTRY_BEFORE] = entry
    else:
        caches[cache + CACHE_NEWEST] = entry


def unlink(w: World, cache: int, entry: int) -> None:
    """Take an entry out of the list."""
    entries, caches = w.entries, w.caches
    before, after = entries[entry + ENTRY_BEFORE], entries[entry + ENTRY_AFTER]
    if before >= 0:
        entries[before + ENTRY_AFTER] = after
    else:
        caches[cache + CACHE_OLDEST] = after
    if after >= 0:
        entries[after + ENTRY_BEFORE] = before
    else:
        caches[cache + CACHE_NEWEST] = before
