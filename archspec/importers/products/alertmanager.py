"""Alertmanager: whom it tells, and by what."""

from archspec.importers.config_file import ConfigFile, Configured
from archspec.importers.facts import component, identifier
from archspec.importers.source import Source
from archspec.importers.tables import Product
from archspec.importers.units import items, line_of, mapping

_PAGES = frozenset({"pagerduty", "opsgenie", "victorops", "pushover", "rocketchat_page"})


def recognises(source: Source) -> bool:
    """`route` and `receivers`."""
    return source.first(lambda document: {"route", "receivers"} <= set(document))


def read(found: Configured) -> None:
    """A channel for each receiver that tells somebody."""
    for document in found.source.documents:
        for each in items(mapping(document).get("receivers")):
            receiver = mapping(each)
            ways = [key.removesuffix("_configs") for key in receiver if key.endswith("_configs") and receiver[key]]
            if not ways:
                continue
            id_ = identifier(str(receiver.get("name", "receiver")))
            why, line = f"Alertmanager receiver {receiver.get('name')}", line_of(receiver, "name")
            found.facts.add(component(id_), "kind", "notification_channel", why, line)
            found.facts.add(component(id_), "technology", ways[0], f"{ways[0]}_configs", line)
            if _PAGES & set(ways):
                found.facts.add(component(id_), "pages", True, f"{ways[0]} wakes a person", line)


CONFIG = ConfigFile(
    "alertmanager", "an Alertmanager configuration", Product("alert_router", "alertmanager"), recognises, read
)
