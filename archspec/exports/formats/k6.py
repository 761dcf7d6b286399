"""A load test for k6: every flow as a scenario of open arrivals, every objective as a threshold."""

import json
from fractions import Fraction
from typing import Any

from archspec.exports import Export, Exporting, Notes, go_duration, slug
from archspec.exports.requests import Sent, requests_of
from archspec.simulation import SHARES

_HEAD = """import {{ sleep }} from "k6";
import http from "k6/http";

http.setResponseCallback(http.expectedStatuses({{ min: 200, max: 428 }}, {{ min: 430, max: 499 }}));

const target = __ENV.TARGET || {target};

export const options = {options};
"""


def _write(exporting: Exporting, notes: Notes) -> str:
    sent = tuple(requests_of(exporting, notes))
    if not sent:
        return ""
    options = {
        "scenarios": {each.flow.id: _scenario(each) for each in sent},
        "thresholds": {name: limits for each in sent for name, limits in _thresholds(each).items()},
    }
    functions = (
        f"export function {_function(each)}() {{\n"
        f"  http.request({json.dumps(each.method)}, target + {json.dumps(each.path)}, null,"
        f" {json.dumps({'tags': {'flow': each.flow.id}})});\n{_pause(each)}}}\n"
        for each in sent
    )
    head = _HEAD.format(target=json.dumps(exporting.settings.load.target), options=json.dumps(options, indent=2))
    return "\n".join([head, *functions])


def _scenario(sent: Sent) -> dict[str, Any]:
    length = go_duration(sum(stage.length for stage in sent.stages))
    executed = {"exec": _function(sent)}
    if sent.users is not None:
        return {"executor": "constant-vus", "vus": sent.users, "duration": length, **executed}
    highest = max(stage.rate for stage in sent.stages)
    users = {"preAllocatedVUs": max(1, round(highest * round(sent.patience * 1000) / 1000))}
    unit, seconds = _unit([sent.start, *(stage.rate for stage in sent.stages)])
    common = {"timeUnit": unit, **users, **executed}
    if len(sent.stages) == 1:
        rate = max(1, round(sent.start * seconds))
        return {"executor": "constant-arrival-rate", "rate": rate, "duration": length, **common}
    stages = [{"target": round(stage.rate * seconds), "duration": go_duration(stage.length)} for stage in sent.stages]
    start = round(sent.start * seconds)
    return {"executor": "ramping-arrival-rate", "startRate": start, "stages": stages, **common}


def _unit(rates: list[Fraction]) -> tuple[str, int]:
    """The shortest unit of time in which all rates are whole numbers, as k6 wants them; an hour where none is."""
    units = (("1s", 1), ("1m", 60), ("1h", 3600))
    return next((unit for unit in units if all((rate * unit[1]).denominator == 1 for rate in rates)), units[-1])


def _thresholds(sent: Sent) -> dict[str, list[str]]:
    promised = sent.flow.objective
    if promised is None:
        return {}
    found = {}
    if promised.success is not None:
        found[f"http_req_failed{{flow:{sent.flow.id}}}"] = [f"rate<{float(1 - promised.success.value):.10g}"]
    limits = [
        f"p({SHARES[name] * 100:.10g})<{limit.nanoseconds / 1e6:.10g}" for name, limit in promised.percentiles.items()
    ]
    return found | ({f"http_req_duration{{flow:{sent.flow.id}}}": limits} if limits else {})


def _pause(sent: Sent) -> str:
    return f"  sleep({sent.think:.10g});\n" if sent.think else ""


def _function(sent: Sent) -> str:
    return "flow_" + slug(sent.flow.id).replace("-", "_")


EXPORT = Export("k6", "a load test for k6", "load.k6.js", _write, comment="// ")
