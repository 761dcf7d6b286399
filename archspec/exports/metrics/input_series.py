"""What a run would have written of the metrics that the rules read."""

from collections.abc import Iterable, Iterator

from archspec.exports import Exporting, Measured, Notes, label, measured, selector, spelled
from archspec.exports.metrics.convention import CONVENTIONS, Scope
from archspec.simulation import Run
from archspec.simulation.scraped import COUNTED, FlowCounts, families, flow_counts

PAST = 10**6
"""What counters stand at when a run begins: one that begins at 0 makes Prometheus reckon otherwise with its first."""
_FROM_NOTHING = frozenset(f"archspec_component_{name}" for name in COUNTED)
"""Counters that stand at 0 when a run begins, for archspec as for Prometheus."""
Series = tuple[str, tuple[float, ...]]


def input_series(exporting: Exporting, run: Run) -> Iterator[Series]:
    """Every series by its name and labels, a value for each sample."""
    if CONVENTIONS[exporting.settings.prometheus.convention].scope is Scope.FLOW:
        yield from _own(run)
        return
    for how, counts in shared(exporting, run).values():
        if not how.own.says_how:
            yield from _of_flows(exporting, counts, how)


def shared(exporting: Exporting, run: Run) -> dict[str, tuple[Measured, list[FlowCounts]]]:
    """The flows of a run by what counts their requests: those that the metrics do not tell apart stand together."""
    found: dict[str, tuple[Measured, list[FlowCounts]]] = {}
    for counts in flow_counts(run):
        how = measured(exporting, exporting.architecture.flows[counts.flow], Notes())
        if how is not None:
            found.setdefault(how.total, (how, []))[1].append(counts)
    return found


def _own(run: Run) -> Iterator[Series]:
    for family in families(run):
        past = PAST if family.kind != "gauge" and family.name not in _FROM_NOTHING else 0
        for series in family.series:
            labels = tuple(label(name, value) for name, value in series.labels)
            values = tuple(value + past for value in series.values)
            if family.kind == "histogram":
                yield selector(f"{family.name}_bucket", *labels), values
                if labels[-1] == 'le="+Inf"':
                    yield selector(f"{family.name}_count", *labels[:-1]), values
            else:
                yield selector(family.name + ("_total" if family.kind == "counter" else ""), *labels), values


def _of_flows(exporting: Exporting, counts: list[FlowCounts], how: Measured) -> Iterator[Series]:
    convention = CONVENTIONS[exporting.settings.prometheus.convention]

    def with_labels(found: str, matcher: str, labels: str) -> str:
        return found.replace(matcher, labels) if matcher else found

    good, bad = _added(each.good for each in counts), _added(each.bad for each in counts)
    if convention.bad_requests is None:
        yield _labelled(how.total, convention.outcomes.good_labels), _with_past(good)
        yield _labelled(how.total, convention.outcomes.bad_labels), _with_past(bad)
    else:
        yield how.total, _with_past(_added((good, bad)))
        yield with_labels(how.bad, convention.outcomes.bad, convention.outcomes.bad_labels), _with_past(bad)
    status = (
        (convention.outcomes.good, convention.outcomes.good_labels) if convention.histogram_has_status else ("", "")
    )
    bucket = with_labels(how.bucket, *status)
    for limit in sorted(set.intersection(*(set(each.within) for each in counts))):
        le = label("le", spelled(limit * how.per_second / 1e9))
        yield f"{bucket[:-1]},{le}}}", _with_past(_added(each.within[limit] for each in counts))
    yield f'{bucket[:-1]},le="+Inf"}}', _with_past(good)
    count = with_labels(how.good, *status)
    if count != _labelled(how.total, convention.outcomes.good_labels):
        yield count, _with_past(good)


def _labelled(found: str, labels: str) -> str:
    return f"{found[:-1]},{labels}}}" if labels else found


def _with_past(column: tuple[int, ...]) -> tuple[float, ...]:
    return tuple(value + PAST for value in column)


def _added(columns: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*columns, strict=True)))
