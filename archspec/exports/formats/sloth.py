"""Objectives for Sloth, which makes alert rules of several windows and burn rates of them."""

from archspec.exports import Export, Exporting, Notes, objectives, slug, yaml_text

_WINDOW = "{{.window}}"


def _write(exporting: Exporting, notes: Notes) -> str:
    architecture = exporting.architecture
    slos = [
        {
            "name": each.name,
            "objective": each.percent,
            "description": each.about,
            "sli": {"events": {"error_query": each.errors(_WINDOW), "total_query": each.total(_WINDOW)}},
            "alerting": {
                "name": each.name,
                "labels": {"flow": each.flow.id},
                "page_alert": {"labels": {"severity": "critical"}},
                "ticket_alert": {"labels": {"severity": "warning"}},
            },
        }
        for each in objectives(exporting, notes)
    ]
    owner = {"owner": architecture.owner} if architecture.owner else {}
    head = {"version": "prometheus/v1", "service": slug(architecture.name), "labels": owner}
    return yaml_text({**head, "slos": slos}) if slos else ""


EXPORT = Export("sloth", "objectives for Sloth", "sloth.yaml", _write)
