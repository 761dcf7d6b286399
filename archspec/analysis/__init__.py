"""Pure questions about an architecture: availability, single points of failure, capacity, times."""

from archspec.names import by_need

PLACES = {
    "availability": "Availability FlowAvailability HOURS_PER_YEAR Importance Met hours_per_year",
    "calls": "Call Calls",
    "capacity": "Capacity",
    "exemptions": "is_provided",
    "expression": "Cause Variable variables",
    "least_work": "LeastWork",
    "load_report": "HitReport LoadReport ResponseReport SaturationReport StationReport",
    "points": "SinglePoint share_failing",
    "report": "FlowReport MONTHS SystemReport",
    "station": "Resource Station",
    "structure": "Structures",
    "targets": "Targets",
}

__getattr__ = by_need(__name__, PLACES)
