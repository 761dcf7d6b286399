"""What the model checks across the fields of one element, said again in JSON Schema's words."""

from typing import Any

Rule = dict[str, Any]


def _requires(field: str, *values: str) -> Rule:
    """Holds where `field` is given with one of these values (none: with any)."""
    condition: Rule = {"required": [field]}
    if values:
        condition["properties"] = {field: {"enum": list(values)}}
    return condition


def _not_both(first: str, second: str) -> Rule:
    return {"not": {"required": [first, second]}}


def _unit(metrics: list[str], pattern: str | None) -> Rule:
    """An alert's threshold has the unit of its metric."""
    limit: Rule = {"type": "integer"} if pattern is None else {"type": "string", "pattern": pattern}
    if pattern == "%$":
        limit = {"anyOf": [limit, {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}]}
    return {"if": _requires("metric", *metrics), "then": {"properties": {"above": limit, "below": limit}}}


_FLOW_METRICS = ["success_rate", "request_rate", "p50", "p90", "p95", "p99", "p99.9", "burn_rate"]
_CALL_ONLY = ("steps", "timeout", "retries", "access", "hit", "on_miss", "fallback", "status", "shards")
_DEPLOY_ONLY = ("targets", "strategy", "max_unavailable", "rollback")
_FAULTS = ("fail", "slow", "lose", "partition", "errors", "deploy")

_STEP: Rule = {
    "anyOf": [_requires(field) for field in ("call", "parallel", "flow", "cpu", "takes")],
    "allOf": [
        _not_both("call", "parallel"),
        _not_both("call", "flow"),
        _not_both("parallel", "flow"),
        *(_not_both(whole, work) for whole in ("parallel", "flow") for work in ("cpu", "takes")),
    ],
    "dependentRequired": {**{field: ["call"] for field in _CALL_ONLY}, "needs": ["parallel"]},
}

_ALERT: Rule = {
    "allOf": [
        _not_both("above", "below"),
        _not_both("flow", "component"),
        {"if": _requires("metric", *_FLOW_METRICS), "then": {"not": {"required": ["component"]}}},
        {
            "if": {"properties": {"metric": {"not": {"enum": _FLOW_METRICS}}}, "required": ["metric"]},
            "then": {"required": ["component"]},
        },
        _unit(["success_rate", "cpu", "memory"], "%$"),
        _unit(["p50", "p90", "p95", "p99", "p99.9"], "[0-9](?:us|ms|s|m|h|d)$"),
        _unit(["request_rate"], "/"),
        _unit(["burn_rate"], "x$"),
        _unit(["queue_length", "replicas_up"], None),
    ]
}

_STAGE: Rule = {
    "allOf": [
        {"if": _requires("kind", "deploy"), "then": {"required": ["targets"]}},
        {
            "if": {"properties": {"kind": {"not": {"const": "deploy"}}}},
            "then": {"not": {"anyOf": [{"required": [field]} for field in _DEPLOY_ONLY]}},
        },
        {
            "if": {"properties": {"kind": {"not": {"const": "package"}}}},
            "then": {"not": {"required": ["artifact"]}},
        },
    ]
}

_AMOUNT_UNITS = {"slow": r"(?:x|us|ms|s|m|h|d)$", "lose": r"%$", "errors": r"%$"}

_FAULT: Rule = {
    "oneOf": [{"required": [field]} for field in _FAULTS],
    "allOf": [
        *(
            {
                "if": {"required": [field]},
                "then": {
                    "required": ["by"],
                    "properties": {"by": {"type": "string", "pattern": unit} if field == "slow" else {"pattern": unit}},
                },
            }
            for field, unit in _AMOUNT_UNITS.items()
        ),
        *(
            {"if": {"required": [field]}, "then": {"not": {"required": ["by"]}}}
            for field in ("fail", "partition", "deploy")
        ),
    ],
    "dependentRequired": {"mode": ["fail"], "status": ["errors"]},
}

_LOAD: Rule = {
    "allOf": [
        *(_not_both("users", field) for field in ("arrivals", "shape", "rate", "to", "low", "file")),
        {"if": _requires("shape", "ramp"), "then": {"required": ["to", "over"]}},
        {"if": _requires("shape", "spike"), "then": {"required": ["to", "at", "for"]}},
        {"if": _requires("shape", "daily"), "then": {"required": ["low"]}},
        {"if": _requires("shape", "file"), "then": {"required": ["file"]}},
    ],
    "dependentRequired": {"think": ["users"]},
}

_GROUP: Rule = {
    "dependentRequired": {"mtbf": ["mttr"], "mttr": ["mtbf"]},
    "allOf": [_not_both("availability", "mtbf")],
}

RULES: dict[str, Rule] = {
    "Alert": _ALERT,
    "Fault": _FAULT,
    "Group": _GROUP,
    "Load": _LOAD,
    "Stage": _STAGE,
    "Step": _STEP,
}
"""Rules by the name of the model they belong to. Those of components stay with the loader: `defaults` may
bring the missing half."""
