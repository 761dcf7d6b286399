"""What a spec says, as frozen values: the classes by which the other rooms know it."""

from archspec.names import by_need

PLACES = {
    "alert": "Alert",
    "architecture": "Architecture CallTerms",
    "attempts": "Attempts Failure FailureCause",
    "backoff": "Backoff",
    "component": "Algorithm Component Dependable HealthCheck Running Scaling Target",
    "connection": "Access CircuitBreaker Connection Prefer Retries",
    "element": "Element Namespace Ref",
    "flow": "Flow Objective Step",
    "group": "Group",
    "kind": "Role",
    "kinds.cache": "Cache",
    "kinds.function": "Function",
    "kinds.log_service": "LogService",
    "kinds.metrics_service": "MetricsService",
    "kinds.queue": "Queue",
    "kinds.server": "Server",
    "kinds.topic": "Topic",
    "nearness": "Site",
    "pipeline": "Pipeline Stage",
    "quantities": "Duration Factor Rate Ratio Size",
    "scalar": "Plain",
    "scenario": "Fault Load Scenario",
    "schedule": "Schedule Start",
    "session": "Session",
    "shape": "Shape",
    "source": "Path SourceMap",
    "status": "Answers",
    "times": "Family Time",
    "traits": "Backup Caching Holding RateLimit RateLimited Storage Store Weighted",
    "view": "View",
}

__getattr__ = by_need(__name__, PLACES)
