"""What a Prometheus server would have scraped of a run: every sample with its time, as OpenMetrics text.

`promtool tsdb create-blocks-from openmetrics` makes a server's history of it.
"""

from collections.abc import Iterator

from archspec.errors import UsageError
from archspec.reports import Report, Simulation, Subject
from archspec.reports.simulation.openmetrics import family_head, labelled
from archspec.simulation.scraped import Family, families


def _series(simulation: Simulation) -> str:
    run = simulation.run
    if run is None:
        told = "openmetrics-series tells of every sample, which this result does not keep"
        raise UsageError(f"{told}; write it with `archspec simulate --format openmetrics-series`.")
    times = [f"{(simulation.epoch + time) / 1e9:.12g}" for time in run.samples.times.tolist()]
    return "\n".join([*(line for family in families(run) for line in _lines(family, times)), "# EOF\n"])


def _lines(family: Family, times: list[str]) -> Iterator[str]:
    yield from family_head(family.name, family.kind, family.about, family.unit)
    for series in family.series:
        labels = dict(series.labels)
        names = [f"{family.name}{_SUFFIX[family.kind]}{labelled(**labels)}"]
        if labels.pop("le", None) == "+Inf":
            names.append(f"{family.name}_count{labelled(**labels)}")
        for name in names:
            for value, time in zip(series.values, times, strict=True):
                yield f"{name} {value:.15g} {time}"


_SUFFIX = {"counter": "_total", "gauge": "", "histogram": "_bucket"}
REPORT = Report[Simulation]("openmetrics-series", Subject.SIMULATION, (), _series)
