"""Who is told of which alert, as a configuration for Alertmanager. What is secret is read from files."""

from typing import Any

from archspec.exports import GENERAL, Channel, Export, Exporting, Notes, any_of, quoted, slug, yaml_text
from archspec.model import Component

_SECRETS = "/etc/alertmanager/secrets"


def _write(exporting: Exporting, notes: Notes) -> str:
    architecture = exporting.architecture
    told: dict[str, list[str]] = {}
    for alert in architecture.alerts.values():
        if not alert.notify:
            notes.add(f"alert {alert.id}", "it tells nobody")
        for channel in alert.notify:
            told.setdefault(channel, []).append(alert.id)
    receivers, routes = [], []
    for id_, alerts in told.items():
        receiver = _receiver(exporting, architecture.components[id_], notes)
        if receiver is not None:
            receivers.append({"name": id_, **receiver})
            routes.append({"receiver": id_, "matchers": _matchers(exporting, alerts), "continue": True})
    if not receivers:
        return ""
    system = slug(architecture.name)
    route = {
        "receiver": "null",
        "group_by": ["alertname", GENERAL],
        "routes": [{"matchers": [f"{GENERAL}={quoted(system)}"], "receiver": "null", "routes": routes}],
    }
    settings = exporting.settings.alertmanager
    inhibited = {
        "source_matchers": [f"{GENERAL}={quoted(system)}", 'severity="critical"'],
        "target_matchers": [f"{GENERAL}={quoted(system)}", 'severity="warning"'],
        "equal": ["flow"],
    }
    return yaml_text(
        {
            "route": route,
            "receivers": [{"name": "null"}, *receivers],
            **({"inhibit_rules": [inhibited]} if settings.inhibit else {}),
        }
    )


def _matchers(exporting: Exporting, alerts: list[str]) -> list[str]:
    return [
        f"{GENERAL}={quoted(slug(exporting.architecture.name))}",
        f"alertname=~{quoted(any_of(alerts))}",
    ]


def _receiver(exporting: Exporting, channel: Component, notes: Notes) -> dict[str, Any] | None:
    """How a channel is told; None, with a note, where something that it needs is not said."""
    settings = exporting.settings.alertmanager
    told = settings.channels.get(channel.id, Channel())
    secret = told.secret_file or f"{_SECRETS}/{channel.id}"
    where = f"[alertmanager.channels.{channel.id}]"
    match _service(channel):
        case "slack":
            if told.channel is None:
                notes.add(f"channel {channel.id}", f"it tells the default channel of its webhook; `channel` in {where}")
            named = {"channel": told.channel} if told.channel else {}
            return {"slack_configs": [{"api_url_file": secret, **named, "send_resolved": True}]}
        case "pagerduty":
            severity = "{{ .CommonLabels.severity }}"
            return {"pagerduty_configs": [{"routing_key_file": secret, "severity": severity}]}
        case "opsgenie":
            return {"opsgenie_configs": [{"api_key_file": secret}]}
        case "email":
            if not (told.to and settings.sender and settings.smarthost):
                remedy = f"write `to` in {where}, `sender` and `smarthost` in [alertmanager]"
                notes.add(f"channel {channel.id}", f"an email needs an address, a sender and a server: {remedy}")
                return None
            return {"email_configs": [{"to": told.to, "from": settings.sender, "smarthost": settings.smarthost}]}
        case _:
            if told.url is None:
                notes.add(f"channel {channel.id}", f"a webhook needs an address: write `url` in {where}")
                return None
            return {"webhook_configs": [{"url": told.url}]}


def _service(channel: Component) -> str:
    known = ("slack", "pagerduty", "opsgenie", "email")
    words = f"{channel.technology or ''} {channel.id}".lower()
    return next((name for name in known if name in words), "webhook")


EXPORT = Export("alertmanager", "receivers and routes for Alertmanager", "alertmanager.yaml", _write)
