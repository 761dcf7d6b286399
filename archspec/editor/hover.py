"""What is shown of the thing under the mouse, in Markdown."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from archspec.analysis import Capacity
from archspec.editor.cursor import cursor_at
from archspec.editor.offers import type_in_words
from archspec.editor.snapshot import Snapshot
from archspec.errors import Span, UsageError
from archspec.language import Occurrence
from archspec.language.json_schema import TOP_LEVEL_MEANINGS
from archspec.language.model_fields import Field
from archspec.language.places import fields_by_name, model_of
from archspec.model import Architecture, Component
from archspec.model.kind import kinds
from archspec.validators import Finding
from archspec.validators.registry import rules
from archspec.validators.rule_pages import page_url
from archspec.values import busy

_LONGEST = 40
"""Lines of a rule's page."""


def occurrence_at(known: Snapshot, file: str, line: int, column: int) -> Occurrence | None:
    """The name of an element at a place; its end counts too, where the cursor stands behind the last letter."""
    return next((each for each in known.occurrences if _covers(each.span, file, line, column)), None)


def findings_at(known: Snapshot, file: str, line: int, column: int) -> list[Finding]:
    """What was found at a place."""
    return [each for each in known.outcome.findings if each.span and _covers(each.span, file, line, column)]


def _covers(span: Span, file: str, line: int, column: int) -> bool:
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return span.file == file and start <= (line, column) <= end


def element_text(known: Snapshot, meant: Occurrence) -> str:
    """An element: what it is, and the figures that follow for it."""
    system = known.architecture
    element = getattr(system, meant.section).get(meant.name) if system else None
    if system is None or element is None:
        data = known.names.elements.get(meant.section, {}).get(meant.name)
        kind = data.get("kind") if isinstance(data, dict) else None
        return f"**{meant.name}** · {kind or meant.section.removesuffix('s')}"
    kind = f"{element.kind.replace('_', ' ')}" if hasattr(element, "kind") else meant.section.removesuffix("s")
    told = [f"**{meant.name}** · {kind}", getattr(element, "description", None)]
    if meant.section == "components":
        told += component_lines(known, system, element)
    return "\n\n".join(filter(None, told))


def field_text(rows: Sequence[str], line: int, column: int, data: Any) -> str:
    """The meaning of the key, kind or section at a place; empty where there is none."""
    row = rows[line - 1] if line <= len(rows) else ""
    end = column - 1
    while end < len(row) and (row[end].isalnum() or row[end] in "_."):
        end += 1
    cursor = cursor_at(rows, line, end + 1)
    if cursor is None:
        return ""
    word = cursor.word
    if not cursor.writes_key:
        return f"**{word}** · {kinds()[word].summary}" if cursor.path[-1:] == ("kind",) and word in kinds() else ""
    if not cursor.path:
        return f"**{word}** · {TOP_LEVEL_MEANINGS[word]}" if word in TOP_LEVEL_MEANINGS else ""
    model = model_of(cursor.path, data)
    if word == "kind" and model is not None and issubclass(model, Component):  # no field of any one kind
        return f"**kind** · {Component.model_fields['kind'].description}"
    known = fields_by_name(model).get(word) if model else None
    return _of_field(known) if known else ""


def _of_field(known: Field) -> str:
    default = f"  \nDefault: {known.default_text}" if known.default_text not in ("–", "required") else ""
    return f"**{known.name}** · {type_in_words(known.annotation)}\n\n{known.meaning}{default}"


def rule_text(finding: Finding) -> str:
    """A finding, and the page of its rule, cut where it gets long."""
    rule = rules().get(finding.code)
    said = f"**{finding.code}** {finding.text}"
    if rule is None:
        return said
    page = f"{rule.documentation.summary}\n\n{rule.documentation.markdown}".splitlines()
    more = f"\n\n[The whole page]({page_url(finding.code)})" if len(page) > _LONGEST else ""
    return "\n".join([said, "", *page[:_LONGEST]]) + ("\n```" if _is_in_code(page[:_LONGEST]) else "") + more


def _is_in_code(rows: list[str]) -> bool:
    return sum(row.startswith("```") for row in rows) % 2 == 1


def capacity_of(known: Snapshot, system: Architecture) -> Capacity:
    """How busy everything is, worked out once for each snapshot."""
    found = known.analyses.get(Capacity)
    if found is None:
        found = known.analyses[Capacity] = Capacity(system)
    return found


def component_lines(known: Snapshot, system: Architecture, component: Component) -> list[str]:
    """Where its replicas stand, what each promises, and how busy it is at the flows' rates."""
    told = [placement(system, component)]
    if (stated := getattr(component, "availability", None)) is not None:
        told.append(f"Availability of one: {stated}")
    told += [
        f"{station.resource.word.capitalize()}: {busy(station.peak)} busy"
        for station in capacity_of(known, system).stations
        if station.component == component.id and not station.connection
    ]
    return [each for each in told if each]


def placement(system: Architecture, component: Component) -> str:
    """`6 replicas: 3 in zone-a, 3 in zone-b`; empty where there is nothing to say."""
    try:
        count = len(system.replica_names(component))
    except UsageError:  # too many to be told apart
        return ""
    zones = Counter(zone for number in range(1, count + 1) if (zone := system.zone_of(component, number)))
    where = ", ".join(f"{number} in {zone}" for zone, number in zones.items())
    return f"{count} replica{'s' if count != 1 else ''}{f': {where}' if where else ''}" if count > 1 or where else ""
