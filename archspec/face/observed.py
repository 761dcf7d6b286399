"""`archspec.drift` and `archspec.calibrate`: a system beside the traces of what runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.face.findings import Findings, Selectors, selected, told
from archspec.face.given import SystemLike, architecture_of, file_of, place_of
from archspec.face.rows import Result, Rows
from archspec.frozen import frozen
from archspec.language import named

if TYPE_CHECKING:
    from archspec.conformance.reached import Reached
    from archspec.conformance.settings import TraceSettings
    from archspec.observation import Observation

Traces = str | PathLike[str] | Sequence[str | PathLike[str]]
"""Files, folders or patterns of spans (OTLP, Jaeger, Tempo, Zipkin), or of service graph metrics."""


def drift(
    system: SystemLike,
    traces: Traces,
    *,
    select: Selectors | None = None,
    ignore: Selectors = (),
    fail_on: str | None = None,
    config: str | PathLike[str] | None = None,
    since: datetime | None = None,
    min_traces: int | None = None,
    sampled: float | None = None,
    tail_sampled: bool = False,
    baseline: str | PathLike[str] | None = None,
) -> Findings:
    """Where a system has drifted from its traces, as `archspec drift` finds it.

    Traces that began before `since` are passed over. A flow is judged if it has `min_traces` (default: 20). `sampled`
    is the share of all traces that were kept, drawn at random; `tail_sampled` says that failed and slow ones were kept
    by preference, so that no shares are judged. The rest is as for `lint`.

    Raises:
        SpecError: the spec is invalid.
        UsageError: a file cannot be read, or holds no traces; or a selector or the configuration is wrong.

    """
    from archspec.conformance.judge import drift as judge
    from archspec.conformance.telling import telling
    from archspec.validators import config_for

    architecture, given = architecture_of(system), None if config is None else Path(fspath(config))
    settings = _settings(system, given, min_traces, sampled, tail_sampled=tail_sampled)
    wishes = config_for(place_of(system), given, isolated=False).overridden(
        None if select is None else selected(select), (), selected(ignore), fail_on
    )
    observation = _observed(traces, since)
    found = told(judge(architecture, observation, settings, wishes, file_of(system)), baseline)
    return replace(found, notes=tuple(telling(architecture, observation, settings)))


@frozen
class CalibratedFigure:
    """A figure of a spec as traces have it: `kept` where it lies in their interval, else `changed` or `new`."""

    figure: str
    """What it is, such as `takes of ...`."""
    verdict: str
    spec: str | None
    """As the spec says it; None where it does not."""
    calibrated: str
    """As the spec would say it."""
    seen: str
    """What speaks for it: the estimate, its interval and how many values they are."""
    written: bool
    """Whether it has its place in the calibrated texts."""


@frozen
class CalibratedFlow:
    """Response times of a flow in seconds: as measured, and as the calibrated system has them under its rates."""

    flow: str
    traces: int
    measured_p50: float
    measured_p95: float
    modelled_p50: float | None
    """None where the calibrated system cannot be run, or its queues grow without end."""
    modelled_p95: float | None
    load: str | None
    """The rate at which the flow was simulated; None where it has none, and was walked 400 times in an empty system."""


@frozen
class Calibration(Result):
    """What traces make of the figures of a spec."""

    system: str
    figures: Rows[CalibratedFigure]
    flows: Rows[CalibratedFlow]
    texts: Mapping[str, str]
    """The calibrated text of each file that changes; none is written."""
    notes: tuple[str, ...]

    def flow(self, id: str) -> CalibratedFlow:  # noqa: A002 - the language's own word
        """How well one flow is met.

        Raises:
            UsageError: there are no traces of it.

        """
        return named("flow", id, {flow.flow: flow for flow in self.flows})

    def __repr__(self) -> str:
        changed = sum(figure.verdict != "kept" for figure in self.figures)
        return f"Calibration({self.system!r}, figures={len(self.figures)}, changed={changed}, flows={len(self.flows)})"


def calibrate(
    system: SystemLike,
    traces: Traces,
    flow: str | None = None,
    *,
    config: str | PathLike[str] | None = None,
    since: datetime | None = None,
    absorb: bool = False,
    min_traces: int | None = None,
    sampled: float | None = None,
    tail_sampled: bool = False,
) -> Calibration:
    """Take times, shares and rates from traces, as `archspec calibrate` does; `flow` limits it to one.

    `archspec.load_text(calibration.texts["shop.yaml"])` is the calibrated system. `absorb` puts what its flows lack of
    the measured medians on whoever is asked first. The rest is as for `drift`.

    Raises:
        SpecError: the spec is invalid.
        UsageError: there is no such flow, or a file cannot be read, or holds no traces.

    """
    from archspec.conformance.calibration import calibrate as run
    from archspec.conformance.telling import telling

    architecture = architecture_of(system)
    if flow is not None:
        named("flow", flow, architecture.flows)
    settings = _settings(
        system, None if config is None else Path(fspath(config)), min_traces, sampled, tail_sampled=tail_sampled
    )
    observation = _observed(traces, since)
    found = run(architecture, observation, settings, only=flow, absorb=absorb)
    return Calibration(
        system=found.system,
        figures=Rows(
            CalibratedFigure(
                figure=each.what,
                verdict=each.verdict.value,
                spec=each.old or None,
                calibrated=each.new,
                seen=each.seen,
                written=each not in found.left,
            )
            for each in found.proposals
        ),
        flows=Rows(_flow(each) for each in found.reached),
        texts=found.after,
        notes=(*found.notes, *telling(architecture, observation, settings)),
    )


def _flow(reached: "Reached") -> CalibratedFlow:
    p50, p95 = reached.modelled or (None, None)
    return CalibratedFlow(
        flow=reached.flow,
        traces=reached.traces,
        measured_p50=reached.measured[0] / 1e9,
        measured_p95=reached.measured[1] / 1e9,
        modelled_p50=p50 / 1e9 if p50 is not None else None,
        modelled_p95=p95 / 1e9 if p95 is not None else None,
        load=reached.load,
    )


def _settings(
    system: SystemLike, config: Path | None, min_traces: int | None, sampled: float | None, *, tail_sampled: bool
) -> "TraceSettings":
    """What the configuration says of traces, and what the caller says instead."""
    from archspec.conformance.settings import find_settings

    share = None if sampled is None else Fraction(str(sampled))
    return find_settings(place_of(system), config).overridden(min_traces, share, tail_sampled=tail_sampled)


def _observed(traces: Traces, since: datetime | None) -> "Observation":
    from archspec.observation.observe import observe
    from archspec.observation.since import nanoseconds

    paths = [traces] if isinstance(traces, (str, PathLike)) else traces
    return observe([fspath(each) for each in paths], since=nanoseconds(since))
