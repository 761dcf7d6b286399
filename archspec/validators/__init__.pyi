"""Rules of design, and what judges by them. What a file of rules is written with can be imported from here.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.validators.config import Config
from archspec.validators.config_file import config_files, config_for, find_config
from archspec.validators.context import Context
from archspec.validators.facts.places import hosts, network_of, placed_at, region_of
from archspec.validators.facts.requests import Request, Requests, requests
from archspec.validators.facts.success_alerts import covers, success_alerts, suggested_limit, tightest
from archspec.validators.facts.visits import calls
from archspec.validators.finding import Finding, Found, Severity, Unknown
from archspec.validators.outcome import Outcome, Run, closing_line, invalid
from archspec.validators.repository import from_root, repository_root
from archspec.validators.rule import Rule, RuleSet
from archspec.validators.run import checked, judge, judge_apart

__all__ = [
    "Config",
    "Context",
    "Finding",
    "Found",
    "Outcome",
    "Request",
    "Requests",
    "Rule",
    "RuleSet",
    "Run",
    "Severity",
    "Unknown",
    "calls",
    "checked",
    "closing_line",
    "config_files",
    "config_for",
    "covers",
    "find_config",
    "from_root",
    "hosts",
    "invalid",
    "judge",
    "judge_apart",
    "network_of",
    "placed_at",
    "region_of",
    "repository_root",
    "requests",
    "success_alerts",
    "suggested_limit",
    "tightest",
]
PLACES: dict[str, str]
