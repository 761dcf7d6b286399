"""PromQL of what a component does: cores, memory, replicas, a queue's length, a metric of the team's own."""

from fractions import Fraction

from archspec.exports import Exporting, Notes, label, number, selector
from archspec.exports.metrics.measured import job_of
from archspec.model import Component

_QUEUES = {
    "rabbitmq": ("rabbitmq_queue_messages_ready", "queue"),
    "kafka": ("kafka_consumergroup_lag", "topic"),
}
"""By technology: how many messages wait, and the label that names where. (RabbitMQ's own exporter; kafka_exporter.)"""
_OWN_SERIES = {"requests": "calls", "failures": "failures"}


def of_component(exporting: Exporting, component: Component, metric: str, window: str, notes: Notes) -> str | None:
    """A metric's value; None, with a note, where nothing says how it is measured."""
    settings = exporting.settings.prometheus
    told = settings.components.get(component.id, {}).get(metric)
    if told is not None:
        return told.replace("{window}", window)
    found = (
        _simulated(component, metric, window)
        if settings.convention == "archspec"
        else _real(component, metric, window, job_of(exporting, component))
    )
    if found is None:
        remedy = f'write `{metric} = "…"` in [prometheus.components.{component.id}]'
        notes.add(f"component {component.id}", f"nothing says how `{metric}` is measured; {remedy}")
    return found


def _real(component: Component, metric: str, window: str, job: str) -> str | None:
    of_job = label("job", job)
    match metric:
        case "cpu":
            cores = getattr(component, "cores", None)
            if cores is None:
                return None
            used = f"sum(rate({selector('process_cpu_seconds_total', of_job)}[{window}]))"
            return f"{used} / ({_number(cores)} * count({selector('up', of_job)} == 1))"
        case "memory":
            memory = getattr(component, "memory", None)
            if memory is None:
                return None
            used = f"sum(avg_over_time({selector('process_resident_memory_bytes', of_job)}[{window}]))"
            return f"{used} / ({memory.bytes} * count({selector('up', of_job)} == 1))"
        case "replicas_up":
            return f"(sum({selector('up', of_job)}) or vector(0))"  # a sum of nothing would be silent when all are gone
        case "queue_length":
            known = _QUEUES.get(component.technology or "")
            return known and f"sum(avg_over_time({selector(known[0], label(known[1], component.id))}[{window}]))"
        case _:
            return None


def _simulated(component: Component, metric: str, window: str) -> str | None:
    """Of the series that a simulation writes."""
    of_it = label("component", component.id)
    match metric:
        case "cpu":
            used, had = (
                f"rate({selector(f'archspec_component_core_seconds{suffix}_total', of_it)}[{window}])"
                for suffix in ("", "_available")
            )
            return f"sum({used}) / sum({had})"
        case "replicas_up":
            return f"sum({selector('archspec_component_replicas_up', of_it)})"
        case "queue_length" if component.kind in ("queue", "topic"):
            return f"sum(avg_over_time({selector('archspec_component_queue_length', of_it)}[{window}]))"
        case "queue_length":
            return f"sum(rate({selector('archspec_component_queued_seconds_total', of_it)}[{window}]))"
        case "requests" | "failures":
            return f"sum(rate({selector(f'archspec_component_{_OWN_SERIES[metric]}_total', of_it)}[{window}]))"
        case _:
            return None


def _number(cores: object) -> str:
    return number(Fraction(str(cores)))
