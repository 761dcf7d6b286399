"""Rules of design, and what judges by them. What a file of rules is written with can be imported from here.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.validators.context import Context
from archspec.validators.finding import Finding, Found, Severity, Unknown
from archspec.validators.rule import Rule, RuleSet

__all__ = [
    "Context",
    "Finding",
    "Found",
    "Rule",
    "RuleSet",
    "Severity",
    "Unknown",
]
PLACES: dict[str, str]
