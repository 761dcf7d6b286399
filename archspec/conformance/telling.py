"""What was read, and what cannot be told from it: lines for a person, beside the findings."""

from collections.abc import Iterator

from archspec.conformance.comparison import Comparison
from archspec.conformance.settings import TraceSettings
from archspec.model import Architecture
from archspec.observation.observe import Observation, Reading

_TORN = 0.05
"""So large a share of traces with missing spans is worth a word."""
_MOST = 5


def telling(architecture: Architecture, observation: Observation, settings: TraceSettings) -> Iterator[str]:
    """The lines: what was read, what of it is damaged, what belongs to no flow, and of what nothing is told."""
    seen = Comparison(architecture, observation, settings)
    yield f"Read {_read(observation.reading)}."
    yield from _damage(observation.reading)
    if observation.reading.earlier:
        yield f"Passed over: {observation.reading.earlier} traces that began before --since."
    passed = sum(root.traces for root in observation.roots) - sum(root.traces for root in seen.roots)
    if passed:
        yield f"Passed over: {passed} traces of health checks, or of what [traces] ignores."
    if seen.lost:
        named = [f"`{root.request or root.node.key.operation}` ({root.traces})" for root in seen.lost]
        yield f"No flow for: {_some(named)}."
    cannot = [
        ("flows that were never seen", [id_ for id_ in architecture.flows if id_ not in seen.flows]),
        (
            f"flows of fewer than {settings.min_traces} traces",
            [flow.flow.id for flow in seen.flows.values() if flow.traces < settings.min_traces],
        ),
        ("calls of components that send no spans", sorted(_silent(seen))),
    ]
    told = [f"{what} ({_some(names)})" for what, names in cannot if names]
    if told and observation.reading.traces:
        yield f"Cannot tell: {'; '.join(told)}."


def _read(reading: Reading) -> str:
    parts = []
    if reading.spans:
        parts.append(f"{reading.spans} spans in {reading.traces} traces")
    if reading.counted:
        parts.append(f"{reading.counted} counts of calls")
    titles = ", ".join(sorted(reading.formats))
    files = len(reading.files)
    return f"{' and '.join(parts)} from {files} file{'s' if files != 1 else ''} ({titles})"


def _damage(reading: Reading) -> Iterator[str]:
    yield from reading.notes
    damage = reading.damage
    if reading.traces and reading.torn > _TORN * reading.traces:
        yield (
            f"Spans are missing in {reading.torn} of {reading.traces} traces ({damage.orphans} have no parent): "
            "these tell who asks whom, and no figures. Are they sampled at their end?"
        )
    if damage.skewed:
        yield f"Clocks disagree in {damage.skewed} calls: their order was not judged."
    if damage.circular:
        yield f"{damage.circular} spans are their own ancestors and were left out."
    if reading.misshapen:
        yield f"{reading.misshapen} parts of files do not keep to their format and were left out."


def _silent(seen: Comparison) -> set[str]:
    """Components that ask others in flows that were seen, and send no span of their own."""
    performers = {place.expected.performer for flow in seen.judged for place in flow.places if not place.nodes}
    return {id_ for id_ in performers if id_ not in seen.sending}


def _some(names: list[str]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" and {more} more" if more > 0 else "")
