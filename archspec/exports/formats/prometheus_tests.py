"""Tests of the alert rules for `promtool test rules`: a run's series, and what each alert must be at each change."""

from archspec.exports import Export, Exporting, Notes, yaml_text
from archspec.exports.metrics.rule_tests import rule_tests


def _write(exporting: Exporting, notes: Notes) -> str:
    file = rule_tests(exporting, notes)
    return yaml_text(file) if file else ""


EXPORT = Export("prometheus-tests", "tests of those rules for promtool, from a run", "prometheus-tests.yaml", _write)
