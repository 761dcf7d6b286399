"""What puts a spec to work in other tools: alert rules, objectives, dashboards, load tests, chaos experiments.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.exports.export import Export, Exporting, Notes
from archspec.exports.metrics.alert_rules import GENERAL, AlertRule, alert_rules, rule_file
from archspec.exports.metrics.measured import Measured, measured
from archspec.exports.metrics.objectives import Objective, objectives
from archspec.exports.metrics.of_flows import OfFlows, of_flows, spelled
from archspec.exports.metrics.promql import any_of, duration, go_duration, label, number, quoted, selector, window
from archspec.exports.names import slug, yaml_text
from archspec.exports.registry import export_for, exports, format_names
from archspec.exports.settings import Channel, FlowMetrics, find_settings

__all__ = [
    "GENERAL",
    "AlertRule",
    "Channel",
    "Export",
    "Exporting",
    "FlowMetrics",
    "Measured",
    "Notes",
    "Objective",
    "OfFlows",
    "alert_rules",
    "any_of",
    "duration",
    "export_for",
    "exports",
    "find_settings",
    "format_names",
    "go_duration",
    "label",
    "measured",
    "number",
    "objectives",
    "of_flows",
    "quoted",
    "rule_file",
    "selector",
    "slug",
    "spelled",
    "window",
    "yaml_text",
]
PLACES: dict[str, str]
