"""What a spec says, as frozen values: the classes by which the other rooms know it.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.model.alert import Alert
from archspec.model.architecture import Architecture, CallTerms
from archspec.model.attempts import Attempts, Failure, FailureCause
from archspec.model.backoff import Backoff
from archspec.model.component import Algorithm, Component, Dependable, HealthCheck, Running, Scaling, Target
from archspec.model.connection import Access, CircuitBreaker, Connection, Prefer, Retries
from archspec.model.element import Element, Namespace, Ref
from archspec.model.flow import Flow, Objective, Step
from archspec.model.group import Group
from archspec.model.kind import Role
from archspec.model.kinds.cache import Cache
from archspec.model.kinds.function import Function
from archspec.model.kinds.log_service import LogService
from archspec.model.kinds.metrics_service import MetricsService
from archspec.model.kinds.queue import Queue
from archspec.model.kinds.server import Server
from archspec.model.kinds.topic import Topic
from archspec.model.nearness import Site
from archspec.model.pipeline import Pipeline, Stage
from archspec.model.quantities import Duration, Factor, Rate, Ratio, Size
from archspec.model.scalar import Plain
from archspec.model.scenario import Fault, Load, Scenario
from archspec.model.schedule import Schedule, Start
from archspec.model.session import Session
from archspec.model.shape import Shape
from archspec.model.source import Path, SourceMap
from archspec.model.status import Answers
from archspec.model.times import Family, Time
from archspec.model.traits import Backup, Caching, Holding, RateLimit, RateLimited, Storage, Store, Weighted
from archspec.model.view import View

__all__ = [
    "Access",
    "Alert",
    "Algorithm",
    "Answers",
    "Architecture",
    "Attempts",
    "Backoff",
    "Backup",
    "Cache",
    "Caching",
    "CallTerms",
    "CircuitBreaker",
    "Component",
    "Connection",
    "Dependable",
    "Duration",
    "Element",
    "Factor",
    "Failure",
    "FailureCause",
    "Family",
    "Fault",
    "Flow",
    "Function",
    "Group",
    "HealthCheck",
    "Holding",
    "Load",
    "LogService",
    "MetricsService",
    "Namespace",
    "Objective",
    "Path",
    "Pipeline",
    "Plain",
    "Prefer",
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
    "Time",
    "Topic",
    "View",
    "Weighted",
]
PLACES: dict[str, str]
