"""Which component and which replica a call goes to (engine contract, section 4)."""

from archspec.execution.layout import (
    COMPONENT_AUTOMATIC,
    COMPONENT_COPIES,
    COMPONENT_COPY_COUNT,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    COMPONENT_NEEDS,
    COMPONENT_NEXT_COPY,
    COMPONENT_SHARDS,
    COMPONENT_SIZE,
    CONSISTENT_HASH,
    IP_HASH,
    KEY,
    LEARNS_LATE,
    LEAST_CONNECTIONS,
    NONE,
    OCCURRENCE,
    OP,
    OP_ALGORITHM,
    OP_MEMBER,
    OP_MEMBER_AGAIN,
    OP_ROUTE_COUNT,
    OP_ROUTES,
    OP_SHARD,
    OP_SIZE,
    PLATFORM,
    POWER_OF_TWO,
    PRIORITY,
    RANDOM,
    REPLICA_CHOOSER,
    REPLICA_EXISTS,
    REPLICA_REGISTERED,
    REPLICA_SHARD,
    REPLICA_SIZE,
    ROUTE_ALGORITHM,
    ROUTE_BALANCE,
    ROUTE_BALANCE_AGAIN,
    ROUTE_COMPONENT,
    ROUTE_SIZE,
    ROUTE_WEIGHT,
    ROUTE_WRITES,
    SHARD,
    TRIED,
    WEIGHTED,
    WHERE,
)
from archspec.execution.program import Program
from archspec.execution.remembering import keeps_the_dead, memory_of, remember, remembered
from archspec.execution.state import World, client_of, draw, draws_at_random, number_of

BITS = 62
"""Replicas tried are kept as a set of bits, by their number modulo this."""
UNTRIED, BELIEVED, LISTED, ANY = range(4)
"""How strict a search for candidates is: each level drops one wish of the level before."""


def choose_route(p: Program, w: World, call: int) -> int:
    """The component that a call asks: of several, by the caller's algorithm among those believed able to serve.

    Those that were not tried yet come first.
    """
    op = w.tasks[call + OP]
    first, count = p.operations[op + OP_ROUTES], p.operations[op + OP_ROUTE_COUNT]
    if count == 1:
        return first
    memory = memory_of(p, w, call, len(p.components) // COMPONENT_SIZE + op // OP_SIZE)
    kept = remembered(p, w, call, memory)
    if kept >= 0 and (keeps_the_dead(p, w, w.tasks[call + WHERE]) or has_candidate(p, w, call, kept, UNTRIED)):
        return kept
    for level in (UNTRIED, BELIEVED, ANY):
        w.candidates.clear()
        for i in range(count):
            if has_candidate(p, w, call, first + i * ROUTE_SIZE, level):
                w.candidates.append(first + i * ROUTE_SIZE)
        if len(w.candidates) > 0:
            chosen = pick_route(p, w, call, op, first, count)
            if kept < 0 or not has_candidate(p, w, call, kept, BELIEVED):
                remember(w, memory, chosen)
            return chosen
    return first


def pick_route(p: Program, w: World, call: int, op: int, first: int, count: int) -> int:
    """One of the routes that are open, which are the candidates now, by the caller's algorithm."""
    open_routes = w.candidates
    algorithm = p.operations[op + OP_ALGORITHM]
    chooser = chooser_of(w, call)
    number = number_of(w, call)
    occurrence = w.tasks[call + OCCURRENCE]
    if algorithm == PRIORITY or (
        not draws_at_random(w) and algorithm in (RANDOM, POWER_OF_TWO, IP_HASH, CONSISTENT_HASH)
    ):
        return open_routes[0]
    if algorithm in (RANDOM, POWER_OF_TWO):
        one = draw(p, w, p.operations[op + OP_MEMBER], number, occurrence)
        chosen = share_of(one, len(open_routes))
        if algorithm == POWER_OF_TWO and len(open_routes) > 1:
            two = draw(p, w, p.operations[op + OP_MEMBER_AGAIN], number, occurrence)
            other = share_of(two, len(open_routes) - 1)
            other += other >= chosen
            if load_of(p, w, chooser, open_routes[other]) < load_of(p, w, chooser, open_routes[chosen]):
                chosen = other
        return open_routes[chosen]
    if algorithm in (IP_HASH, CONSISTENT_HASH):
        twice = scrambled(scrambled(client_of(w, call)))  # once, it would say which replica as well
        return open_routes[twice % len(open_routes)]
    if algorithm == WEIGHTED:
        return heaviest(p, w, chooser)
    slot = turn_slot(p, w, chooser, len(w.replicas) // REPLICA_SIZE + op // OP_SIZE)
    best, best_load = NONE, NONE
    for i in range(count):
        index = (w.turns[slot] + 1 + i) % count
        route = first + index * ROUTE_SIZE
        if is_candidate(w, route):
            load = load_of(p, w, chooser, route) if algorithm == LEAST_CONNECTIONS else 0
            if best < 0 or load < best_load:
                best, best_load = index, load
    w.turns[slot] = best
    return first + best * ROUTE_SIZE


def heaviest(p: Program, w: World, chooser: int) -> int:
    """Smooth weighted round robin (nginx): each gains its weight, the richest is taken and pays the sum."""
    open_routes = w.candidates
    total = 0
    best = open_routes[0]
    base = chooser * (len(p.routes) // ROUTE_SIZE)
    for i in range(len(open_routes)):
        route = open_routes[i]
        slot = base + route // ROUTE_SIZE
        w.smooth[slot] += p.routes[route + ROUTE_WEIGHT]
        total += p.routes[route + ROUTE_WEIGHT]
        if w.smooth[slot] > w.smooth[base + best // ROUTE_SIZE]:
            best = route
    w.smooth[base + best // ROUTE_SIZE] -= total
    return best


def is_candidate(w: World, which: int) -> bool:
    """Whether this is one of those who can be chosen now."""
    found = False
    for i in range(len(w.candidates)):
        found = found or w.candidates[i] == which
    return found


def load_of(p: Program, w: World, chooser: int, route: int) -> int:
    """What a chooser has under way at a component."""
    component = p.routes[route + ROUTE_COMPONENT]
    base = chooser * (len(w.replicas) // REPLICA_SIZE) + p.components[component + COMPONENT_FIRST] // REPLICA_SIZE
    load = 0
    for i in range(p.components[component + COMPONENT_COUNT]):
        load += w.outstanding[base + i]
    return load


def chooser_of(w: World, call: int) -> int:
    """Who remembers what this call's caller has sent: the caller replica where it balances, else the platform."""
    return w.replicas[w.tasks[call + WHERE] + REPLICA_CHOOSER]


def turn_slot(p: Program, w: World, chooser: int, what: int) -> int:
    """Where a chooser keeps whose turn it was: one place for each component and shard (which its first replica stands
    for, and those after it), each list call, and the shards themselves.
    """
    places = len(w.replicas) // REPLICA_SIZE + len(p.operations) // OP_SIZE + 2 * (len(p.components) // COMPONENT_SIZE)
    return chooser * places + what


def scrambled(number: int) -> int:
    """A hash of a number, 32 bits without sign (the finaliser of MurmurHash3, Appleby), over both its halves."""
    mask = 0xFFFFFFFF
    z = ((number & mask) ^ (number >> 32) * 0x2545F491) & mask
    z = ((z ^ (z >> 16)) * 0x85EBCA6B) & mask
    z = ((z ^ (z >> 13)) * 0xC2B2AE35) & mask
    return z ^ (z >> 16)


def share_of(uniform: int, count: int) -> int:
    """Which of `count` equal parts a uniform number of 53 bits falls into."""
    return int(uniform * 2.0**-53 * count)


def fits(w: World, call: int, chooser: int, replica: int, shard: int, level: int) -> bool:
    """Whether a replica is a candidate at a level of strictness."""
    r = w.replicas
    if not r[replica + REPLICA_EXISTS] or (shard >= 0 and r[replica + REPLICA_SHARD] not in (shard, NONE)):
        return False
    if level == ANY:
        return True
    if not r[replica + REPLICA_REGISTERED]:
        return False
    if level == LISTED:
        return True
    if not w.believed[chooser * (len(r) // REPLICA_SIZE) + replica // REPLICA_SIZE]:
        return False
    return level == BELIEVED or not w.tasks[call + TRIED] & bit_of(replica)


def pool_size(p: Program, component: int, shared: bool) -> int:
    """How many replicas stand behind a component: its own, and where `shared` those of stores that copy it."""
    copies = p.components[component + COMPONENT_COPY_COUNT] if shared else 0
    return p.components[component + COMPONENT_COUNT] + copies


def pool_member(p: Program, component: int, index: int) -> int:
    """The replica at a place of the pool: a component's own first, then those of its copies."""
    store, place = component, index
    while place >= p.components[store + COMPONENT_COUNT]:
        place -= p.components[store + COMPONENT_COUNT]
        store = p.components[store + (COMPONENT_COPIES if store == component else COMPONENT_NEXT_COPY)]
    return p.components[store + COMPONENT_FIRST] + place * REPLICA_SIZE


def has_candidate(p: Program, w: World, call: int, route: int, level: int) -> bool:
    """Whether a component is a candidate: as far as its caller knows it can serve, and it was not tried yet."""
    component = p.routes[route + ROUTE_COMPONENT]
    chooser = chooser_of(w, call)
    if level == UNTRIED and is_tried(p, w, call, component):
        return False
    if p.routes[route + ROUTE_WRITES] and level != ANY:
        writer = primary(p, w, call, component, NONE)
        return writer >= 0 and fits(w, call, PLATFORM, writer, NONE, BELIEVED)
    own = 0
    for index in range(pool_size(p, component, True)):
        if fits(w, call, chooser, pool_member(p, component, index), NONE, BELIEVED if level == UNTRIED else level):
            own += 1
            if own >= p.components[component + COMPONENT_NEEDS] or level == ANY:
                return True
            if index >= p.components[component + COMPONENT_COUNT]:
                return True
    return False


def is_tried(p: Program, w: World, call: int, component: int) -> bool:
    """Whether a call has tried any replica of a component."""
    for index in range(pool_size(p, component, True)):
        if w.tasks[call + TRIED] & bit_of(pool_member(p, component, index)):
            return True
    return False


def choose_replica(p: Program, w: World, call: int, route: int) -> int:
    """The replica that a call goes to, or NONE: a balancer knows of none."""
    tasks = w.tasks
    component = p.routes[route + ROUTE_COMPONENT]
    chooser = chooser_of(w, call)
    balances = chooser != PLATFORM and p.choosers[chooser] != LEARNS_LATE
    shard = choose_shard(p, w, call, component, chooser)
    if p.routes[route + ROUTE_WRITES]:
        writer = primary(p, w, call, component, shard)
        if writer >= 0:
            tasks[call + TRIED] |= bit_of(writer)
        return writer
    memory = memory_of(p, w, call, component // COMPONENT_SIZE) if shard < 0 else NONE
    kept = remembered(p, w, call, memory)
    if kept >= 0 and (keeps_the_dead(p, w, tasks[call + WHERE]) or fits(w, call, chooser, kept, shard, UNTRIED)):
        tasks[call + TRIED] |= bit_of(kept)
        return kept
    last_level = BELIEVED if balances else ANY
    for level in range(last_level + 1):
        replica = pick(p, w, call, route, component, chooser, shard, level)
        if replica >= 0:
            tasks[call + TRIED] |= bit_of(replica)
            if kept < 0 or not fits(w, call, chooser, kept, shard, BELIEVED):
                remember(w, memory, replica)
            return replica
    return NONE


def bit_of(replica: int) -> int:
    """The place of a replica in a set of those tried."""
    return 1 << (replica // REPLICA_SIZE % BITS)


def choose_shard(p: Program, w: World, call: int, component: int, chooser: int) -> int:
    """The shard that a request meets: the one of its key, else the next in turn; NONE where there is one only."""
    shards = p.components[component + COMPONENT_SHARDS]
    if shards == 1:
        return NONE
    fixed = p.operations[w.tasks[call + OP] + OP_SHARD]
    if fixed >= 0:
        return fixed
    if w.tasks[call + SHARD] < 0:
        if w.tasks[call + KEY] > 0:
            w.tasks[call + SHARD] = scrambled(w.tasks[call + KEY]) % shards
        else:
            places = len(w.replicas) // REPLICA_SIZE + len(p.operations) // OP_SIZE
            slot = turn_slot(p, w, chooser, places + component // COMPONENT_SIZE)
            w.turns[slot] = (w.turns[slot] + 1) % shards
            w.tasks[call + SHARD] = w.turns[slot]
    return w.tasks[call + SHARD]


def primary(p: Program, w: World, call: int, component: int, shard: int) -> int:
    """Who answers writes: the lowest registered replica, believed up only where another takes over by itself."""
    automatic = p.components[component + COMPONENT_AUTOMATIC]
    if automatic:
        for index in range(pool_size(p, component, True)):
            replica = pool_member(p, component, index)
            if fits(w, call, PLATFORM, replica, shard, BELIEVED):
                return replica
    for level in (LISTED, ANY):
        for index in range(pool_size(p, component, False)):
            replica = pool_member(p, component, index)
            if fits(w, call, PLATFORM, replica, shard, level):
                return replica
    return NONE


def pick(p: Program, w: World, call: int, route: int, component: int, chooser: int, shard: int, level: int) -> int:
    """One of the candidates of a level by the route's algorithm, or NONE where there is none."""
    algorithm = p.routes[route + ROUTE_ALGORITHM]
    size = pool_size(p, component, True)
    if not draws_at_random(w) and algorithm in (RANDOM, POWER_OF_TWO, IP_HASH, CONSISTENT_HASH):
        algorithm = PRIORITY
    if algorithm in (RANDOM, POWER_OF_TWO):
        return pick_at_random(p, w, call, route, component, chooser, shard, level)
    if algorithm == CONSISTENT_HASH and size > 1:
        return pick_on_ring(p, w, call, component, chooser, shard, level)
    start = 0
    slot = NONE
    if algorithm == IP_HASH:
        start = scrambled(client_of(w, call)) % size
    elif algorithm != PRIORITY:
        slot = turn_slot(p, w, chooser, p.components[component + COMPONENT_FIRST] // REPLICA_SIZE + max(shard, 0))
        start = w.turns[slot] + 1
    best, best_load = NONE, NONE
    for i in range(size):
        index = (start + i) % size
        replica = pool_member(p, component, index)
        if fits(w, call, chooser, replica, shard, level):
            if algorithm != LEAST_CONNECTIONS:
                best = index
                break
            load = w.outstanding[chooser * (len(w.replicas) // REPLICA_SIZE) + replica // REPLICA_SIZE]
            if best < 0 or load < best_load:
                best, best_load = index, load
    if best < 0:
        return NONE
    if slot >= 0:
        w.turns[slot] = best
    return pool_member(p, component, best)


def pick_at_random(
    p: Program, w: World, call: int, route: int, component: int, chooser: int, shard: int, level: int
) -> int:
    """One uniform choice, or the less busy of two different ones."""
    candidates = w.candidates
    candidates.clear()
    for index in range(pool_size(p, component, True)):
        replica = pool_member(p, component, index)
        if fits(w, call, chooser, replica, shard, level):
            candidates.append(replica)
    if len(candidates) == 0:
        return NONE
    number, occurrence = number_of(w, call), w.tasks[call + OCCURRENCE]
    one = share_of(draw(p, w, p.routes[route + ROUTE_BALANCE], number, occurrence), len(candidates))
    if p.routes[route + ROUTE_ALGORITHM] == POWER_OF_TWO and len(candidates) > 1:
        two = share_of(draw(p, w, p.routes[route + ROUTE_BALANCE_AGAIN], number, occurrence), len(candidates) - 1)
        two += two >= one
        base = chooser * (len(w.replicas) // REPLICA_SIZE)
        if (
            w.outstanding[base + candidates[two] // REPLICA_SIZE]
            < w.outstanding[base + candidates[one] // REPLICA_SIZE]
        ):
            one = two
    return candidates[one]


def pick_on_ring(p: Program, w: World, call: int, component: int, chooser: int, shard: int, level: int) -> int:
    """The first candidate clockwise from the hash of the request's key, or of its client where it has none."""
    key = w.tasks[call + KEY] if w.tasks[call + KEY] > 0 else client_of(w, call)
    target = scrambled(key)
    first = p.ring_first[component // COMPONENT_SIZE]
    points = (p.ring_first[component // COMPONENT_SIZE + 1] - first) // 2
    low, high = 0, points
    while low < high:
        middle = (low + high) // 2
        if p.rings[first + 2 * middle] < target:
            low = middle + 1
        else:
            high = middle
    for i in range(points):
        replica = p.rings[first + (low + i) % points * 2 + 1]
        if fits(w, call, chooser, replica, shard, level):
            return replica
    return NONE
