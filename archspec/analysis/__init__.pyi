"""Pure questions about an architecture: availability, single points of failure, capacity, times.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.analysis.availability import (
    HOURS_PER_YEAR,
    Availability,
    FlowAvailability,
    Importance,
    Met,
    hours_per_year,
)
from archspec.analysis.calls import Call, Calls
from archspec.analysis.capacity import Capacity
from archspec.analysis.exemptions import is_provided
from archspec.analysis.expression import Cause, Variable, variables
from archspec.analysis.least_work import LeastWork
from archspec.analysis.load_report import HitReport, LoadReport, ResponseReport, SaturationReport, StationReport
from archspec.analysis.points import SinglePoint, share_failing
from archspec.analysis.report import MONTHS, FlowReport, SystemReport
from archspec.analysis.station import Resource, Station
from archspec.analysis.structure import Structures
from archspec.analysis.targets import Targets

__all__ = [
    "HOURS_PER_YEAR",
    "MONTHS",
    "Availability",
    "Call",
    "Calls",
    "Capacity",
    "Cause",
    "FlowAvailability",
    "FlowReport",
    "HitReport",
    "Importance",
    "LeastWork",
    "LoadReport",
    "Met",
    "Resource",
    "ResponseReport",
    "SaturationReport",
    "SinglePoint",
    "Station",
    "StationReport",
    "Structures",
    "SystemReport",
    "Targets",
    "Variable",
    "hours_per_year",
    "is_provided",
    "share_failing",
    "variables",
]
PLACES: dict[str, str]
