"""The numbers and tables of rules that a team may change in its configuration."""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from archspec.frozen import frozen

FORBIDDEN_EDGES: Mapping[str, tuple[str, ...]] = {
    "client": ("database", "data_warehouse", "cache", "search_index", "file_store")
}
"""Who may not ask whom, by kind: a client that reaches a store directly."""


@frozen
class Parameters:
    """Parameters of rules, with the defaults of the design."""

    minimum_replicas: int = 2
    """AVL02: replicas that a server, gateway, balancer or worker has at least."""
    maximum_attempts: int = 5
    """RES02, RES10: tries of one call, and along one path, that still help."""
    page_burn_rate: Fraction = Fraction(144, 10)
    """ALR04: burn rate that has to page (Google SRE Workbook, chapter 5: 2% of a 30-day budget in an hour)."""
    restore_test_factor: int = 4
    """DAT03: a restore is rehearsed at least once in so many backups."""
    trace_depth: int = 4
    """OBS08: calls deep from which a trace store is worth it."""
    forbidden_edges: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(FORBIDDEN_EDGES))
    """STR05: kinds, or component ids, that may not ask others."""
    allowed_technologies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """STR11: technologies that a kind may have; a kind that is not here may have any."""
