"""A configuration as TOML, with every default filled in."""

import json
from dataclasses import fields
from typing import Any

from archspec.validators import Severity
from archspec.validators.config import Config
from archspec.validators.parameters import Parameters


def config_text(config: Config) -> str:
    """The settings that hold, as they could stand in `archspec.toml`.

    >>> print(config_text(Config(ignore=("DOC",))).splitlines()[4])
    ignore = ["DOC"]
    """
    lines = [
        f"# from {config.file}" if config.file else "# no configuration file: the defaults hold",
        "[lint]",
        f"select = {_value(list(config.select))}" if config.select is not None else "# select: the set in `lint:`",
        f"extend-select = {_value(list(config.extend_select))}",
        f"ignore = {_value(list(config.ignore))}",
        f"fail-on = {_value(config.fail_on.value if config.fail_on else 'never')}",
        f"severity = {_value(dict(config.severity))}",
        f"per-path-ignores = {_value(dict(config.per_path_ignores))}",
        "",
        "[lint.parameters]",
    ]
    lines += [
        f"{each.name.replace('_', '-')} = {_value(getattr(config.parameters, each.name))}"
        for each in fields(Parameters)
    ]
    for rule in config.team_rules:
        lines += ["", "[[lint.rules]]", f"code = {_value(rule.code)}", f"check = {_value(rule.check)}"]
        lines += [f"message = {_value(rule.message)}", f"remedy = {_value(rule.remedy)}"]
        lines += [f"severity = {_value(rule.severity)}"]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, Severity):
        return json.dumps(value.value)
    return json.dumps(value) if isinstance(value, (str, int)) else str(float(value))
