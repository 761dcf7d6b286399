"""A trace as a Mermaid sequence diagram."""

from collections.abc import Iterator

from archspec.reports.calls import name_of, outcome_of, took
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import TracedRequest
from archspec.simulation.trace_model import Call, OwnWork, Trace
from archspec.values import duration


def mermaid(trace: Trace) -> str:
    """The sequence of calls and answers; parallel branches stand in one `par` block."""
    participants = {trace.caller: trace.caller}
    for call in trace.every_call():
        participants.setdefault(name_of(call), name_of(call))
    aliases = {name: f"p{number}" for number, name in enumerate(participants)}
    lines = ["sequenceDiagram"]
    lines += [f"  participant {alias} as {_text(name)}" for name, alias in aliases.items()]
    lines += [f"  {line}" for line in _items(trace, trace.calls, trace.caller, aliases)]
    if trace.degraded:
        lines.append(f"  Note over {aliases[trace.caller]}: degraded")
    return "\n".join(lines) + "\n"


def _items(trace: Trace, items: tuple[Call | OwnWork, ...], caller: str, aliases: dict[str, str]) -> Iterator[str]:
    """The lines of what one participant does; branches of the same parallel step come together."""
    done: set[int] = set()
    for index, item in enumerate(items):
        if index in done:
            continue
        if isinstance(item, OwnWork):
            lasted = duration(item.stretch.end - item.stretch.start)
            yield f"Note over {aliases[caller]}: {_text(item.does or 'works')}, {lasted}"
        elif item.group is None:
            yield from _call(trace, item, caller, aliases)
        else:
            together = [i for i, other in enumerate(items) if isinstance(other, Call) and other.group == item.group]
            done.update(together)
            yield from _par([items[i] for i in together], trace, caller, aliases)


def _par(branches: list[Call | OwnWork], trace: Trace, caller: str, aliases: dict[str, str]) -> Iterator[str]:
    previous = None
    for branch in branches:
        if not isinstance(branch, Call):
            continue
        if branch.path != previous or branch.attempt == 1:
            yield f"{'par' if previous is None else 'and'} {_text(branch.does or branch.component)}"
        previous = branch.path
        for line in _call(trace, branch, caller, aliases):
            yield f"  {line}"
    yield "end"


def _call(trace: Trace, call: Call, caller: str, aliases: dict[str, str]) -> Iterator[str]:
    asker, asked = aliases[caller], aliases[name_of(call)]
    again = f" (attempt {call.attempt})" if call.attempt > 1 else ""
    what = call.does or (trace.request if caller == trace.caller and trace.request else call.component)
    if call.backoff:
        yield f"Note over {asker}: waits {duration(call.backoff)}"
    if call.role == "message":
        yield f"Note over {asker}: later, out of the queue"
    if call.role == "pushed":
        yield f"Note over {asker}: later, to a subscriber"
    arrow = "--)" if call.role in ("message", "pushed") or not call.waits else "->>"
    yield f"{asker}{arrow}{asked}: {_text(what + again)}"
    if call.cache:
        yield f"Note over {asked}: {call.cache}"
    yield from (f"  {line}" for line in _items(trace, call.children, name_of(call), aliases))
    end = call.answered if call.role == "message" else call.settled
    if end is None:
        yield f"Note over {asker}: no answer"
    elif call.cause == "timeout" and call.status is None:
        yield f"Note over {asker}: timeout after {duration(end - call.sent)}"
    else:
        reply = "--x" if call.status is None and call.role != "message" else "-->>"
        yield f"{asked}{reply}{asker}: {', '.join(filter(None, (_text(outcome_of(call)), took(call))))}"


def _text(text: str) -> str:
    """Text that cannot end a statement or begin markup."""
    codes = {"#": "#35;", ";": "#59;", ":": "#58;", "<": "#lt;", ">": "#gt;", "\n": " ", "%": "#37;", '"': "#quot;"}
    return "".join(codes.get(sign, sign if sign.isprintable() else " ") for sign in text)


REPORT = Report[TracedRequest]("mermaid", Subject.TRACE, (".mmd",), lambda traced: mermaid(traced.trace))
