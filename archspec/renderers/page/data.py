"""The page's content as JSON for the viewer; `viewer/src/data.ts` says the same in TypeScript."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from archspec.renderers.durations import duration
from archspec.renderers.page.content import ComponentContent, PageContent
from archspec.renderers.page.flow_content import BreakContent, CallContent, EmissionContent, FlowContent, RunContent
from archspec.renderers.page.html import SAFE_SCHEMES
from archspec.renderers.page.part_content import GroupContent, PartContent
from archspec.renderers.page.steps import steps
from archspec.renderers.text import clean


def data(content: PageContent) -> str:
    """JSON fit to stand inside a script element: no `<` in it can end the element."""
    runs = _Runs()
    told = {
        "views": [
            {"id": each.id, "title": clean(each.title), "inside": each.inside or None} for each in content.pictures
        ],
        "groups": [_group(each) for each in content.groups],
        "components": [_component(each) for each in content.components],
        "parts": [_part(each) for each in content.parts],
        "flows": [_flow(each, runs) for each in content.flows],
        "findings": [
            {"code": each.code, "severity": each.severity.value, "message": clean(each.message)}
            for each in content.findings
        ],
        "runs": runs.runs.told,
        "calls": runs.calls.told,
        "emissions": runs.emissions.told,
        "times": runs.times,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@dataclass
class _Pool:
    """Every different value once; whoever shares one names it by number."""

    told: list[Any] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)

    def number(self, value: Any, tell: Callable[[Any], Any]) -> int:
        if value not in self.numbers:
            told = tell(value)
            self.numbers[value] = len(self.told)
            self.told.append(told)
        return self.numbers[value]


@dataclass
class _Runs:
    """The runs of all flows. Most differ in a call or two, so that calls and emissions are shared among them."""

    runs: _Pool = field(default_factory=_Pool)
    calls: _Pool = field(default_factory=_Pool)
    emissions: _Pool = field(default_factory=_Pool)
    times: dict[int, str] = field(default_factory=dict)
    """Every moment and length of time in words."""

    def number(self, run: RunContent) -> int:
        return self.runs.number(run, self._run)

    def time(self, nanoseconds: int) -> int:
        self.times[nanoseconds] = duration(nanoseconds)
        return nanoseconds

    def _run(self, run: RunContent) -> dict[str, Any]:
        return {
            "answer": run.answer,
            "tone": run.tone.value,
            "duration": duration(run.duration),
            "calls": [self.calls.number(call, self._call) for call in run.calls],
            "steps": [[each.call, each.kind.value, self.time(each.at)] for each in steps(run)],
            "emissions": [self.emissions.number(each, self._emission) for each in run.emissions],
            "alarms": [{"sentence": each.sentence, "brief": each.brief} for each in run.alarms],
        }

    def _call(self, call: CallContent) -> dict[str, Any]:
        self.time(call.end - call.start)
        return {
            "depth": call.depth,
            "caller": call.caller,
            "callee": call.callee,
            "replica": call.replica,
            "title": clean(call.title),
            "start": call.start,
            "end": call.end,
            "answer": call.answer,
            "tone": call.tone.value,
            "notes": call.notes,
            "abandoned": call.abandoned,
        }

    def _emission(self, each: EmissionContent) -> list[Any]:
        return [each.kind.value, self.time(each.at), each.source, each.target, clean(each.text)]


def _component(each: ComponentContent) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": clean(each.title),
        "kind": each.kind,
        "technology": clean(each.technology),
        "description": clean(each.description),
        "owner": clean(each.owner),
        "facts": [{"label": fact.label, "value": clean(fact.value), "note": clean(fact.note)} for fact in each.facts],
        "flows": each.flows,
        "groups": each.groups,
        "zones": each.zones,
        "findings": each.findings,
        "links": [
            {"title": clean(link.title), "url": link.url}
            for link in each.links
            if link.url.lower().startswith(SAFE_SCHEMES)
        ],
    }


def _group(each: GroupContent) -> dict[str, Any]:
    told = {"title": clean(each.title), "description": clean(each.description)}
    return {"id": each.id, **told, "kind": each.kind, "members": each.members}


def _part(each: PartContent) -> dict[str, Any]:
    down = [{"component": loss.component, "replicas": loss.replicas, "of": loss.of} for loss in each.losses]
    return {"id": each.id, "title": clean(each.title), "kind": each.kind.value, "what": each.what, "down": down}


def _flow(flow: FlowContent, runs: _Runs) -> dict[str, Any]:
    return {
        "id": flow.id,
        "title": clean(flow.title),
        "request": clean(flow.request),
        "run": runs.number(flow.run),
        "breaks": {each.part: _break(each, runs) for each in flow.breaks if _matters(each, flow)},
    }


def _matters(each: BreakContent, flow: FlowContent) -> bool:
    """Whether anything is to be told of it: a part that is not told of makes no difference."""
    return each.run is not flow.run or each.missed is not None or each.failing not in ("", "none")


def _break(each: BreakContent, runs: _Runs) -> dict[str, Any]:
    missed = runs.number(each.missed) if each.missed else -1
    return {"run": runs.number(each.run), "changed": each.changed, "missed": missed, "failing": each.failing}
