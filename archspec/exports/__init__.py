"""What puts a spec to work in other tools: alert rules, objectives, dashboards, load tests, chaos experiments."""

from archspec.names import by_need

PLACES = {
    "export": "Export Exporting Notes",
    "metrics.alert_rules": "AlertRule GENERAL alert_rules rule_file",
    "metrics.measured": "Measured measured",
    "metrics.objectives": "Objective objectives",
    "metrics.of_flows": "OfFlows of_flows spelled",
    "metrics.promql": "any_of duration go_duration label number quoted selector window",
    "names": "slug yaml_text",
    "registry": "export_for exports format_names",
    "settings": "Channel FlowMetrics find_settings",
}

__getattr__ = by_need(__name__, PLACES)
