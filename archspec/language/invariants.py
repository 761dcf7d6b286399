"""What must hold between the parts of a spec, beyond each name being declared."""

from fractions import Fraction

from archspec.language.budget import check_budget
from archspec.language.problems import Problems
from archspec.language.subscriptions import check_subscriptions
from archspec.language.suggestions import did_you_mean, listed
from archspec.model import PULLERS, Architecture, Factor, Load, Path, Role, Running, Step, Store, held_at
from archspec.model.copies import synchronous_copies

_OF_A_QUEUE = {
    "timeout": "write `visibility_timeout` on `{queue}`: after that a message is delivered again.",
    "retries": "write `max_deliveries` on `{queue}`: that is how often a message is delivered.",
    "fallback": "write `dead_letter` on `{queue}`: where a message goes that cannot be worked on.",
    "chance": "put it on the step that calls `{queue}`.",
    "times": "put it on the step that calls `{queue}`.",
}
"""What a call has and a delivery does not, for workers pull; and what to write instead."""


def check_invariants(architecture: Architecture, problems: Problems) -> None:
    """Note cycles of groups and flows, names with two meanings, and references of a store to itself."""
    _acyclic_groups(architecture, problems)
    _acyclic_flows(architecture, problems)
    _acyclic_copies(architecture, problems)
    _one_meaning(architecture, problems)
    if not problems:
        check_budget(architecture, problems)
    if not problems:
        check_named_connections(architecture, problems)
        _one_consumer(architecture, problems)
        check_subscriptions(architecture, problems)
        check_asked(architecture, problems)
        check_loads_by_clock(architecture, problems)
        check_sessions(architecture, problems)
        _written_copies(architecture, problems)
        _copies_waited_for(architecture, problems)


def _acyclic_groups(architecture: Architecture, problems: Problems) -> None:
    within = {id_: group.within for id_, group in architecture.groups.items() if group.within}
    for cycle in _cycles(within):
        names = " within ".join(f"`{id_}`" for id_ in (*cycle, cycle[0]))
        problems.add(
            ("groups", cycle[0], "within"),
            f"{names}: the groups contain each other",
            "take one of them out of the other.",
        )


def _acyclic_copies(architecture: Architecture, problems: Problems) -> None:
    of = {id_: c.replica_of for id_, c in architecture.components.items() if getattr(c, "replica_of", None)}  # type: ignore[attr-defined]
    for cycle in _cycles(of):
        names = " copies ".join(f"`{id_}`" for id_ in (*cycle, cycle[0]))
        problems.add(("components", cycle[0], "replica_of"), f"{names}: no primary", "drop one `replica_of`.")


def _cycles(parent: dict[str, str]) -> list[list[str]]:
    """Each ring that following `parent` runs into, once, beginning with its first member as written."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in parent:
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in done:
            done.add(here)
            path.append(here)
            here = parent.get(here)
        if here in path:
            found.append(path[path.index(here) :])
    return found


def _acyclic_flows(architecture: Architecture, problems: Problems) -> None:
    used = {id_: _flows_in(flow.steps, ("flows", id_, "steps")) for id_, flow in architecture.flows.items()}
    done: set[str] = set()
    for start, uses in used.items():
        chain = {start: iter(uses)} if start not in done else {}
        while chain:
            here = next(reversed(chain))
            name, path = next(chain[here], ("", ()))
            if not name:
                done.add(here)
                del chain[here]
            elif name in chain:
                names = list(chain)
                ring = listed([*names[names.index(name) :], name], between=" -> ")
                problems.add(path, f"flows call each other in a cycle: {ring}", "take one `flow` step out.")
            elif name not in done:
                chain[name] = iter(used[name])


def _flows_in(steps: tuple[Step, ...], path: Path) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for index, step in enumerate(steps):
        here = (*path, index)
        if step.flow:
            found.append((step.flow, (*here, "flow")))
        for name in ("parallel", "steps", "on_miss", "fallback"):
            found += _flows_in(getattr(step, name), (*here, name))
    return found


def _one_meaning(architecture: Architecture, problems: Problems) -> None:
    source = architecture.source
    for id_ in architecture.components:
        if id_ in architecture.groups:
            first = source.key(("groups", id_))
            related = ((first, "the group"),) if first else ()
            message = f"`{id_}` is both a group and a component"
            problems.add(
                ("components", id_), message, "rename one of them.", at_key=True, code="STR02", related=related
            )
    for name in architecture.components:
        component = architecture.with_replica(name)
        if isinstance(component, Running):
            message = f"`{name}` is also the name of a replica of `{component.id}`"
            problems.add(("components", name), message, "rename it.", at_key=True, code="STR02")


def _one_consumer(architecture: Architecture, problems: Problems) -> None:
    """Under a call of a queue stands one step: the worker that takes the message."""
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            step = visit.step
            if not step.steps or all(architecture.components[id_].kind != "queue" for id_ in step.call):
                continue
            consumers = [architecture.components[id_].kind for id_ in step.steps[0].call]
            if len(step.steps) != 1 or not consumers or not set(consumers) <= set(PULLERS):
                message = f"the steps under the queue `{step.call[0]}` are not one call of a worker or function"
                remedy = "write `steps: [{call: <worker>, steps: …}]`: what is done with the message."
                problems.add((*visit.path, "steps"), message, remedy, at_key=True)
                continue
            for field, instead in _OF_A_QUEUE.items():
                if step.steps[0].said(field):
                    message = f"a delivery of the queue `{step.call[0]}` has no `{field}`"
                    remedy = instead.format(queue=step.call[0])
                    problems.add((*visit.path, "steps", 0, field), message, remedy, at_key=True)


def _written_copies(architecture: Architecture, problems: Problems) -> None:
    """A write to a copy goes to the store that it copies, so its caller is connected to that one."""
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for caller, callee in architecture.pairs(visit):
                original = getattr(architecture.components[callee], "replica_of", None)
                if original is not None and architecture.terms(caller, callee, visit.step).access == "write":
                    message = f"`{caller}` writes to `{callee}`, which is a read-only copy of `{original}`"
                    remedy = f"connect `{caller} -> {original}`: the write then goes there; or say `access: read`."
                    problems.add((*visit.path, "call"), message, remedy)


def _copies_waited_for(architecture: Architecture, problems: Problems) -> None:
    """`when_copy_lost` stands where writes wait for a copy."""
    for store in architecture.components.values():
        if not isinstance(store, Store) or store.when_copy_lost is None:
            continue
        copies = synchronous_copies(architecture, store.replica_of or store.id)
        if not any(copy.store is store or store.replica_of is None for copy in copies):
            message = f"no write waits for a copy here, so `when_copy_lost` of `{store.id}` has no effect"
            remedy = "add `replication: synchronous` to the store that is a `replica_of` this one, or drop it."
            if store.replica_of is not None:
                remedy = "add `replication: synchronous`, or drop it."
            problems.add(("components", store.id, "when_copy_lost"), message, remedy, at_key=True)


def check_asked(architecture: Architecture, problems: Problems) -> None:
    """Note every step that calls a component of a kind that nobody asks."""
    noted = set()
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for id_ in visit.step.call:
                kind = architecture.components[id_].kind_of
                if kind.is_asked or visit.path in noted:
                    continue
                noted.add(visit.path)
                problems.add(
                    (*visit.path, "call"),
                    f"no request passes through `{id_}`: it is of the kind `{kind.name}`",
                    f"let a flow begin there, `from: {id_}`."
                    if kind.name in ("job", "load_generator")
                    else "leave the step out.",
                    at_key=True,
                )


_ONCE = Factor(Fraction(1))
_FITTING = ("rate", "until")


def check_loads_by_clock(architecture: Architecture, problems: Problems) -> None:
    """Note every load that gives such a flow another rate, a shape or clients."""
    for scenario in architecture.scenarios.values():
        loads = scenario.load if isinstance(scenario.load, dict) else {}
        for flow, load in loads.items():
            asked = architecture.flows.get(flow)
            if asked is None or not asked.comes_by_clock or _fits(load):
                continue
            when = "every" if asked.every is not None else "schedule"
            problems.add(
                ("scenarios", scenario.id, "load", flow),
                f"`{flow}` comes by the clock, so its load can be `1x` only",
                f"set `{flow}.{when}` under `set`, or leave the flow out of the load.",
            )


def _fits(load: Load) -> bool:
    return load.rate in (None, _ONCE) and not load.said(*(set(type(load).model_fields) - set(_FITTING)))


def check_named_connections(architecture: Architecture, problems: Problems) -> None:
    """Note steps whose `via` names no connection, and those that do not say which of several they mean."""
    met: set[tuple[Path, str, str]] = set()
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for caller, callee in architecture.pairs(visit):
                if (visit.path, caller, callee) not in met:
                    met.add((visit.path, caller, callee))
                    _check_named(architecture, caller, callee, visit.step, visit.path, problems)


def _check_named(
    architecture: Architecture, caller: str, callee: str, step: Step, path: Path, problems: Problems
) -> None:
    between = architecture.between(caller, callee)
    names = [each.name_ for each in between if each.name_ is not None]
    if step.via is not None and step.via not in names:
        otherwise = (
            f"name one of {listed(names)}." if names else f"give `{caller} -> {callee}` that `name`, or drop it."
        )
        message = f"there is no connection `{caller} -> {callee} via {step.via}`"
        problems.add((*path, "via"), message, did_you_mean(step.via, names, otherwise), code="STR01")
    elif step.via is None and len(names) == len(between) > 1:
        message = f"`{caller}` has {len(between)} connections to `{callee}`, and each has a name"
        problems.add((*path, "call"), message, f"say which with `via`: {listed(names, between=' or ')}.")


def check_sessions(architecture: Architecture, problems: Problems) -> None:
    """Note sessions of who is no client, that hold no place anywhere, and flows over what has no session."""
    for id_, flow in architecture.flows.items():
        if flow.session is not None:
            _check_session(architecture, id_, problems)
        if flow.via is not None and architecture.flows[flow.via].session is None:
            known = [other.id for other in architecture.flows.values() if other.session is not None]
            remedy = f"name one of {listed(known)}." if known else f"give `{flow.via}` a `session`, or drop `via`."
            problems.add(("flows", id_, "via"), f"`{flow.via}` has no `session`", remedy, code="STR01")


def _check_session(architecture: Architecture, id_: str, problems: Problems) -> None:
    flow = architecture.flows[id_]
    caller = architecture.components[flow.from_]
    if caller.kind_of.role is not Role.ACTOR:
        message = f"`{flow.from_}` is a {caller.kind.replace('_', ' ')}, and only clients and persons stay connected"
        problems.add(("flows", id_, "from"), message, "let a client begin the flow.")
    elif not held_at(architecture, flow):
        called = dict.fromkeys(callee for visit in architecture.walk(id_) for _, callee in architecture.pairs(visit))
        named = next(iter(called), "gateway")
        message = "its sessions hold no place anywhere, so that no number of users is too large"
        remedy = f"say how many one replica holds: `connections: 10000` at `{named}`."
        problems.add(("flows", id_, "session"), message, remedy, at_key=True)
