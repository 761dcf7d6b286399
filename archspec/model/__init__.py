"""What a spec says, as frozen values: the classes that other rooms know, and with which a kind is written."""

from archspec.names import by_need

PLACES = {
    "alert": "Alert Limit",
    "architecture": "Architecture CallTerms",
    "attempts": "Attempts Failure FailureCause",
    "backoff": "Backoff",
    "component": "Algorithm Authentication Component Dependable ErrorMonitorRef HealthCheck LogServiceRef "
    "MetricsServiceRef Running Scaling Target TraceStoreRef",
    "connection": "Access CircuitBreaker Connection Prefer Retries",
    "constraints": "Constraint Either Fits Given Is Not",
    "copies": "synchronous_copies",
    "element": "Element Namespace Ref",
    "field_types": "Count Flag Id Many Number OneOrMany Positive Text Url",
    "flow": "Flow Objective Step Session",
    "group": "Group",
    "kind": "Kind Role",
    "kinds.cache": "Cache",
    "kinds.function": "Function",
    "kinds.log_service": "LogService",
    "kinds.metrics_service": "MetricsService",
    "kinds.queue": "Queue",
    "kinds.server": "Server",
    "kinds.topic": "Topic",
    "nearness": "Site Tier",
    "pipeline": "Pipeline Stage",
    "quantities": "Duration Factor Period Quantity Rate Ratio Size",
    "scalar": "Plain",
    "scenario": "Fault Load Scenario",
    "schedule": "Schedule Start",
    "shape": "Shape",
    "source": "Path SourceMap",
    "status": "Answers",
    "times": "Family Time",
    "traits": "Backup Caching Firewalled Holding RateLimit RateLimited Storage Store Weighted",
    "view": "Lines Selector View",
}

__getattr__ = by_need(__name__, PLACES)
