"""Alert rules for Prometheus (`rule_files`), and for all that reads its format: Mimir, Thanos, VictoriaMetrics."""

from archspec.exports import Export, Exporting, Notes, rule_file, yaml_text


def _write(exporting: Exporting, notes: Notes) -> str:
    file = rule_file(exporting, notes)
    return yaml_text(file) if file else ""


EXPORT = Export("prometheus-rules", "alert rules for Prometheus", "prometheus-rules.yaml", _write)
