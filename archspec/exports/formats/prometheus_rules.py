"""Alert rules for Prometheus (`rule_files`), and for all that reads its format: Mimir, Thanos, VictoriaMetrics."""

from archspec.exports.export import Export, Exporting, Notes
from archspec.exports.metrics.alert_rules import rule_file
from archspec.exports.names import yaml_text


def _write(exporting: Exporting, notes: Notes) -> str:
    file = rule_file(exporting, notes)
    return yaml_text(file) if file else ""


EXPORT = Export("prometheus-rules", "alert rules for Prometheus", "prometheus-rules.yaml", _write)
