"""What a spec says, as frozen values: the classes that other rooms know, and with which a kind is written."""

from archspec.names import by_need

PLACES = {
    "alert": "Alert COMPONENT_METRICS FLOW_METRICS Limit",
    "architecture": "Architecture CallTerms",
    "attempts": "Attempts Failure FailureCause",
    "backoff": "Backoff",
    "change": "OTHER_WORDS SETTING altered spelled with_fields",
    "component": "Algorithm Authentication Component Dependable ErrorMonitorRef HealthCheck LogServiceRef "
    "MetricsServiceRef Running Scaling Target TraceStoreRef",
    "connection": "Access CircuitBreaker Connection Prefer Retries arrow_name ends_of_name",
    "constraints": "Constraint Either Fits Given Is Not",
    "copies": "synchronous_copies",
    "element": "Element Namespace Ref",
    "field_types": "Count Flag Id Many Number OneOrMany Positive Text Url",
    "flow": "Flow Objective Session Step",
    "group": "Group",
    "kind": "Kind PULLERS Role",
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
    "scalar": "Plain core failed",
    "scenario": "Fault Load Scenario",
    "schedule": "Schedule Start",
    "sessions": "held_at",
    "shape": "Shape",
    "source": "Path SourceMap",
    "status": "Answers",
    "times": "Family Time",
    "traits": "Backup Caching Firewalled Holding RateLimit RateLimited Storage Store Weighted",
    "view": "Lines Selector View",
}

__getattr__ = by_need(__name__, PLACES)
