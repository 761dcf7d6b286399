"""Requests as they run: flows compiled to a program, the engine that runs it, and what is read from its log."""

from archspec.names import by_need

PLACES = {
    "delivery": "DeliveryTrace StageState StageTrace trace_pipeline",
    "options": "SimulationOptions is_stationary scrape_interval",
    "percentiles": "SHARES Tally percentile_of together",
    "program": "Program",
    "results": "AlertChange ComponentResult Estimate FlowResult FunctionResult Interval JobResult Latency PoolResult "
    "QueueResult RequestResult Results Series SessionResult SubscriptionResult",
    "run": "Message Run",
    "sampled_traces": "SampledTrace",
    "studies.comparison": "Compared Comparison compare",
    "studies.load_level": "at_level",
    "studies.search": "Capacity find_capacity",
    "studies.sweep_plan": "Task Variant",
    "timeline": "FaultStretch LoadTimeline failures_of",
    "trace_model": "Call Event Measurement OwnWork Stretch Trace TraceOptions Verdict",
}

__getattr__ = by_need(__name__, PLACES)
