"""What outlives a call: a client's replica (`sticky_sessions`) and a caller's answer from a dns (`ttl`).

Who remembers is the client for a balancer, since a cookie names the replica, and the caller for a dns, since a
resolver keeps the answer. A person or client stands for many: with closed load each of them comes back and remembers,
of open arrivals each is a new one (engine contract, section 4.6).
"""

from archspec.execution.layout import (
    ATTEMPT,
    COMPONENT_ACTOR,
    COMPONENT_SIZE,
    COMPONENT_STICKY,
    KIND,
    LEARNS_LATE,
    NONE,
    OP_SIZE,
    REPLICA_CHOOSER,
    REPLICA_COMPONENT,
    REPLICA_SIZE,
    REQUEST_INDEX,
    WHERE,
)
from archspec.execution.program import Program
from archspec.execution.state import ASKED_FLOW, NOW, World, client_of, parent_of


def memory_of(p: Program, w: World, call: int, what: int) -> int:
    """Where it is remembered what a balancer or dns chose for this call's asker, or NONE where nobody remembers.

    `what` is the number of the component of which a replica was chosen, or the number of all components and that of
    the operation, where it was one of several components.
    """
    chooser = w.tasks[call + WHERE]
    component = w.replicas[chooser + REPLICA_COMPONENT]
    if p.components[component + COMPONENT_STICKY] < 0:
        return NONE
    asker = asker_of(p, w, call) if keeps_the_dead(p, w, chooser) else client_number(w, call)
    if asker < 0:
        return NONE
    components = len(p.components) // COMPONENT_SIZE
    places = components + len(p.operations) // OP_SIZE
    return ((asker * components + component // COMPONENT_SIZE) * places + what) * 2


def keeps_the_dead(p: Program, w: World, chooser: int) -> bool:
    """Whether what was chosen is kept though it may be dead: the answer of a dns is, the cookie of a balancer not."""
    return p.choosers[w.replicas[chooser + REPLICA_CHOOSER]] == LEARNS_LATE


def client_number(w: World, call: int) -> int:
    """A number of the client behind a call, apart from those of replicas; NONE of open arrivals."""
    flow = w.asked[w.tasks[call + REQUEST_INDEX] + ASKED_FLOW]
    if w.users[flow] < 0:
        return NONE
    return len(w.replicas) // REPLICA_SIZE + client_of(w, call) * len(w.users) + flow


def asker_of(p: Program, w: World, call: int) -> int:
    """A number of who asked the dns: a replica, or a client; the dns itself where the call is nobody's any more."""
    task = call
    while task >= 0 and w.tasks[task + KIND] != ATTEMPT:
        task = parent_of(w, task)
    asker = w.tasks[task + WHERE] if task >= 0 else w.tasks[call + WHERE]
    if p.components[w.replicas[asker + REPLICA_COMPONENT] + COMPONENT_ACTOR]:
        return client_number(w, call)
    return asker // REPLICA_SIZE


def remembered(p: Program, w: World, call: int, memory: int) -> int:
    """What was chosen before, or NONE where nothing was or it is too long ago."""
    if memory < 0 or memory not in w.sticky:
        return NONE
    life = p.components[w.replicas[w.tasks[call + WHERE] + REPLICA_COMPONENT] + COMPONENT_STICKY]
    return w.sticky[memory] if w.clock[NOW] < w.sticky[memory + 1] + life else NONE


def remember(w: World, memory: int, chosen: int) -> None:
    """Keep what was chosen just now."""
    if memory >= 0:
        w.sticky[memory] = chosen
        w.sticky[memory + 1] = w.clock[NOW]
