"""Alerting rules of Prometheus as alerts, where an expression has a shape that a spec can say."""

import re
from typing import Any

from archspec.importers import units
from archspec.importers.config_file import Configured
from archspec.importers.documents import UnreadableError, documents
from archspec.importers.facts import Section, Subject, identifier
from archspec.importers.reasons import Facts
from archspec.importers.units import at, items, line_of, mapping

_JOB = re.compile(r'\bjob="([^"]+)"')
_COMPARED = re.compile(r"(.*?)(==|>=?|<=?)\s*([\d.]+)\s*$", re.DOTALL)
_SEVERITIES = {"critical": "critical", "page": "critical", "warning": "warning", "info": "info"}


def alerts(text: str, jobs: dict[str, list[str]], found: Configured) -> None:
    """The rules of one file; a rule that a spec cannot say is told."""
    try:
        for document in documents(text):
            alerts_of(mapping(document), jobs, found.facts, found.notes)
    except UnreadableError as error:
        found.notes.append(f"a file of alerting rules: {error}")


def alerts_of(holder: dict[str, Any], jobs: dict[str, list[str]], facts: Facts, notes: list[str]) -> None:
    """The rules in the groups of a file, or of a PrometheusRule; `jobs` are the components of each job."""
    rules = [rule for group in items(holder.get("groups")) for rule in items(mapping(group).get("rules"))]
    for rule in (mapping(each) for each in rules):
        if not rule.get("alert"):
            continue
        fields = _fields(rule, jobs)
        if fields is None:
            notes.append(f"alert {rule['alert']}: no spec can say its expression; write it by hand")
            continue
        subject = Subject(Section.ALERTS, identifier(str(rule["alert"])))
        for name, value in fields.items():
            facts.add(subject, name, value, f"Prometheus rule {rule['alert']}", line_of(rule, "alert"))


def _fields(rule: dict[str, Any], jobs: dict[str, list[str]]) -> dict[str, Any] | None:
    """An alert on one component: the one whose job the expression names, by a number that it is compared with."""
    expression = str(rule.get("expr", ""))
    compared, named = _COMPARED.fullmatch(expression.strip()), set(_JOB.findall(expression))
    hosts = jobs.get(named.pop(), []) if len(named) == 1 else []
    if compared is None or len(hosts) != 1:
        return None
    side, operator, limit = compared[1].strip(), compared[2], compared[3]
    if re.fullmatch(r"(?:sum\()?up\{[^}]*\}\)?(?: by \(\w+\))?", side) and operator in ("==", "<", "<="):
        fields: dict[str, Any] = {"metric": "replicas_up", "component": hosts[0], "below": 1}
    else:
        metric = re.search(r"([a-zA-Z_:][\w:]*)\s*[{\[]", side)
        if metric is None or not limit.isdigit() or operator == "==":
            return None
        fields = {"metric": metric[1], "component": hosts[0], "above" if operator[0] == ">" else "below": int(limit)}
    fields["for"] = units.duration(rule.get("for"))
    fields["severity"] = _SEVERITIES.get(str(at(rule, "labels", "severity")))
    return fields
