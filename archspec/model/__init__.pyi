"""What a spec says, as frozen values: the classes that other rooms know, and with which a kind is written.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.model.alert import COMPONENT_METRICS, FLOW_METRICS, Alert, Limit
from archspec.model.architecture import Architecture, CallTerms
from archspec.model.attempts import Attempts, Failure, FailureCause
from archspec.model.backoff import Backoff
from archspec.model.change import OTHER_WORDS, SETTING, altered, spelled, with_fields
from archspec.model.component import (
    Algorithm,
    Authentication,
    Component,
    Dependable,
    ErrorMonitorRef,
    HealthCheck,
    LogServiceRef,
    MetricsServiceRef,
    Running,
    Scaling,
    Target,
    TraceStoreRef,
)
from archspec.model.connection import Access, CircuitBreaker, Connection, Prefer, Retries, arrow_name, ends_of_name
from archspec.model.constraints import Constraint, Either, Fits, Given, Is, Not
from archspec.model.copies import synchronous_copies
from archspec.model.element import Element, Namespace, Ref
from archspec.model.field_types import Count, Flag, Id, Many, Number, OneOrMany, Positive, Text, Url
from archspec.model.flow import Flow, Objective, Session, Step
from archspec.model.group import Group
from archspec.model.kind import PULLERS, Kind, Role
from archspec.model.kinds.cache import Cache
from archspec.model.kinds.function import Function
from archspec.model.kinds.log_service import LogService
from archspec.model.kinds.metrics_service import MetricsService
from archspec.model.kinds.queue import Queue
from archspec.model.kinds.server import Server
from archspec.model.kinds.topic import Topic
from archspec.model.nearness import Site, Tier
from archspec.model.pipeline import Pipeline, Stage
from archspec.model.quantities import Duration, Factor, Period, Quantity, Rate, Ratio, Size
from archspec.model.scalar import Plain, core, failed
from archspec.model.scenario import Fault, Load, Scenario
from archspec.model.schedule import Schedule, Start
from archspec.model.sessions import held_at
from archspec.model.shape import Shape
from archspec.model.source import Path, SourceMap
from archspec.model.status import Answers
from archspec.model.times import Family, Time
from archspec.model.traits import Backup, Caching, Firewalled, Holding, RateLimit, RateLimited, Storage, Store, Weighted
from archspec.model.view import Lines, Selector, View

__all__ = [
    "COMPONENT_METRICS",
    "FLOW_METRICS",
    "OTHER_WORDS",
    "PULLERS",
    "SETTING",
    "Access",
    "Alert",
    "Algorithm",
    "Answers",
    "Architecture",
    "Attempts",
    "Authentication",
    "Backoff",
    "Backup",
    "Cache",
    "Caching",
    "CallTerms",
    "CircuitBreaker",
    "Component",
    "Connection",
    "Constraint",
    "Count",
    "Dependable",
    "Duration",
    "Either",
    "Element",
    "ErrorMonitorRef",
    "Factor",
    "Failure",
    "FailureCause",
    "Family",
    "Fault",
    "Firewalled",
    "Fits",
    "Flag",
    "Flow",
    "Function",
    "Given",
    "Group",
    "HealthCheck",
    "Holding",
    "Id",
    "Is",
    "Kind",
    "Limit",
    "Lines",
    "Load",
    "LogService",
    "LogServiceRef",
    "Many",
    "MetricsService",
    "MetricsServiceRef",
    "Namespace",
    "Not",
    "Number",
    "Objective",
    "OneOrMany",
    "Path",
    "Period",
    "Pipeline",
    "Plain",
    "Positive",
    "Prefer",
    "Quantity",
    "Queue",
    "Rate",
    "RateLimit",
    "RateLimited",
    "Ratio",
    "Ref",
    "Retries",
    "Role",
    "Running",
    "Scaling",
    "Scenario",
    "Schedule",
    "Selector",
    "Server",
    "Session",
    "Shape",
    "Site",
    "Size",
    "SourceMap",
    "Stage",
    "Start",
    "Step",
    "Storage",
    "Store",
    "Target",
    "Text",
    "Tier",
    "Time",
    "Topic",
    "TraceStoreRef",
    "Url",
    "View",
    "Weighted",
    "altered",
    "arrow_name",
    "core",
    "ends_of_name",
    "failed",
    "held_at",
    "spelled",
    "synchronous_copies",
    "with_fields",
]
PLACES: dict[str, str]
