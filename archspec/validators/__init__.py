"""Rules of design, and what judges by them. What a file of rules is written with can be imported from here."""

from archspec.names import by_need

PLACES = {
    "context": "Context",
    "finding": "Finding Found Severity Unknown",
    "rule": "Rule RuleSet",
}

__getattr__ = by_need(__name__, PLACES)
