"""Alertmanager: whom it tells, and by what."""

from typing import Any

from archspec.importers import ConfigFile, Configured, Facts, Product, Source, component, identifier
from archspec.importers.units import items, line_of, mapping

_PAGES = frozenset({"pagerduty", "opsgenie", "victorops", "pushover", "rocketchat_page"})


def recognises(source: Source) -> bool:
    """`route` and `receivers`."""
    return source.first(lambda document: {"route", "receivers"} <= set(document))


def read(found: Configured) -> None:
    """A channel for each receiver that tells somebody."""
    for document in found.source.documents:
        receivers(mapping(document), found.facts, "_configs")


def receivers(holder: dict[str, Any], facts: Facts, end: str) -> None:
    """The receivers of a configuration, or of an AlertmanagerConfig, whose keys `end` otherwise."""
    for each in items(holder.get("receivers")):
        receiver = mapping(each)
        ways = [key.removesuffix(end).lower() for key in receiver if key.endswith(end) and receiver[key]]
        if not ways:
            continue
        id_ = identifier(str(receiver.get("name", "receiver")))
        why, line = f"Alertmanager receiver {receiver.get('name')}", line_of(receiver, "name")
        facts.add(component(id_), "kind", "notification_channel", why, line)
        facts.add(component(id_), "technology", ways[0], f"{ways[0]}{end}", line)
        if _PAGES & set(ways):
            facts.add(component(id_), "pages", True, f"{ways[0]} wakes a person", line)


CONFIG = ConfigFile(
    "alertmanager", "an Alertmanager configuration", Product("alert_router", "alertmanager"), recognises, read
)
