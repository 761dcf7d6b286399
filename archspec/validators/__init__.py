"""Rules of design, and what judges by them. What a file of rules is written with can be imported from here."""

from archspec.names import by_need

PLACES = {
    "config": "Config",
    "config_file": "config_files config_for find_config",
    "context": "Context",
    "facts.places": "hosts network_of placed_at region_of",
    "facts.requests": "Request Requests requests",
    "facts.success_alerts": "covers success_alerts suggested_limit tightest",
    "facts.visits": "calls",
    "finding": "Finding Found Severity Unknown",
    "outcome": "Outcome Run closing_line invalid",
    "repository": "from_root repository_root",
    "rule": "Rule RuleSet",
    "run": "checked judge judge_apart",
}

__getattr__ = by_need(__name__, PLACES)
