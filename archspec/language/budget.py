"""How large a system may be: bounds far above any real one, so that no small text asks for work without end.

What a spec repeats by reference (a flow's steps in another, a list on both sides of a connection) is counted before
anything is made of it. Counts (`replicas`, `times`) have no bound here: figures take them as numbers, and runs have
bounds of their own.
"""

from dataclasses import dataclass

from archspec.language.problems import Problems
from archspec.model import Architecture, Step

MOST_PARTS = 30_000
"""Entries of all sections of a spec together, connections counted by ordered pair: three for each of ten thousand
components."""

MOST_STEPS = 10_000
"""Steps of all flows together, those of a `flow:` step counted wherever it stands."""

MOST_REBUILT = 50_000
"""Components and scenarios, times scenarios with a `set`."""

MOST_LEVELS = 100
"""Flows used inside flows, and groups within groups."""

_BLOCKS = ("steps", "parallel", "on_miss", "fallback")
_SECTIONS = ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios")


def too_many_parts(tree: dict[str, object], pairs: int) -> str | None:
    """What is wrong with the number of entries, or of steps, of a spec with so many pairs; None where nothing is."""
    sections = (tree.get(section) for section in _SECTIONS)
    count = pairs + sum(len(entries) for entries in sections if isinstance(entries, dict))
    if count > MOST_PARTS:
        return f"the spec has {count} parts, and {MOST_PARTS} are the most"
    if _steps_written(tree.get("flows")) > MOST_STEPS:
        return f"its flows have more than {MOST_STEPS} steps"
    return None


def _steps_written(flows: object) -> int:
    """How many steps the flows of a spec have as they are written; not many more than `MOST_STEPS` are counted."""
    count, waiting = 0, list(flows.values()) if isinstance(flows, dict) else []
    while waiting and count <= MOST_STEPS:
        place = waiting.pop()
        blocks = [place.get(name) for name in _BLOCKS] if isinstance(place, dict) else []
        for block in blocks:
            if isinstance(block, list):
                count += len(block)
                waiting += block
    return count


def check_budget(architecture: Architecture, problems: Problems) -> None:
    """Note flows and groups that go deeper, or come to more steps, than any system does. They stand in no ring."""
    _check_groups(architecture, problems)
    sizes = _Sizes(architecture)
    total = 0
    for id_ in architecture.flows:
        size = sizes.of(id_)
        total += size.steps
        if size.levels > MOST_LEVELS:
            message = f"`{id_}` uses flows that use flows, more than {MOST_LEVELS} deep"
        elif total > MOST_STEPS:
            message = f"with `{id_}` the flows come to more than {MOST_STEPS} steps, once flows are put in for `flow`"
        else:
            continue
        problems.add(("flows", id_), message, "use fewer flows inside one another.", at_key=True)
        return


def _check_groups(architecture: Architecture, problems: Problems) -> None:
    levels: dict[str, int] = {}
    for start in architecture.groups:
        chain = []
        here: str | None = start
        while here is not None and here not in levels:
            chain.append(here)
            here = architecture.groups[here].within
        depth = levels[here] if here is not None else 0
        for id_ in reversed(chain):
            depth += 1
            levels[id_] = depth
        if depth > MOST_LEVELS:
            message = f"`{start}` is nested in more than {MOST_LEVELS} groups"
            problems.add(("groups", start), message, "move it to an outer one.", at_key=True)
            return


@dataclass(slots=True)
class _Size:
    """Of a flow, or of a block of steps: how many steps there are, and how deep flows go inside flows."""

    steps: int = 0
    levels: int = 0


class _Sizes:
    """Sizes of flows, each worked out once, without recursion from flow to flow."""

    def __init__(self, architecture: Architecture) -> None:
        self.flows = architecture.flows
        self._known: dict[str, _Size] = {}

    def of(self, flow: str) -> _Size:
        """The size of a flow."""
        waiting = [flow]
        while waiting:
            id_ = waiting[-1]
            needed = [used for used in _flows_used(self.flows[id_].steps) if used not in self._known]
            if needed:
                waiting += needed
            else:
                self._known[id_] = self._block(self.flows[id_].steps)
                waiting.pop()
        return self._known[flow]

    def _block(self, steps: tuple[Step, ...]) -> _Size:
        found = _Size()
        for step in steps:
            inner = [self._block(block) for block in (step.parallel, step.steps, step.on_miss, step.fallback)]
            if step.flow:
                used = self._known[step.flow]
                inner.append(_Size(used.steps, used.levels + 1))
            found.steps += 1 + sum(each.steps for each in inner)
            found.levels = max([found.levels, *(each.levels for each in inner)])
        return found


def _flows_used(steps: tuple[Step, ...]) -> set[str]:
    found: set[str] = set()
    waiting = list(steps)
    while waiting:
        step = waiting.pop()
        waiting += [*step.parallel, *step.steps, *step.on_miss, *step.fallback]
        if step.flow:
            found.add(step.flow)
    return found
