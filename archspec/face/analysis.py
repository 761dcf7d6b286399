"""`archspec.analyze`: what a system can promise, computed."""

from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar

from archspec.analysis import StationReport
from archspec.analysis.report import FlowReport, SystemReport, report
from archspec.face.given import SystemLike, architecture_of
from archspec.face.rows import Reported, Rows
from archspec.frozen import frozen
from archspec.language import named

if TYPE_CHECKING:
    from archspec.reports import Analysis as Analysed


@frozen
class Analysis(SystemReport, Reported):
    """Availability by flow, and the load of all flows together: utilisation, bottleneck, saturation."""

    _subject: ClassVar = "analysis"

    flows: Rows[FlowReport]

    @property
    def _reported(self) -> "Analysed":
        from archspec.reports import Analysis as Analysed

        return Analysed(self)

    def flow(self, id: str) -> FlowReport:  # noqa: A002 - the language's own word
        """The availability of one flow.

        Raises:
            UsageError: there is no such flow.

        """
        return named("flow", id, {flow.flow: flow for flow in self.flows})

    @property
    def stations(self) -> Rows[StationReport]:
        """Every resource that the load meets: how busy it is, and what it would be without a replica or a zone."""
        return Rows(self.load.stations)

    def __repr__(self) -> str:
        flows = ", ".join(f"{flow.flow}: {flow.availability}" for flow in self.flows)
        most = self.load.bottleneck
        busiest = f", bottleneck={most.component} {most.resource} at {most.utilisation:.3g}" if most else ""
        return f"Analysis({self.name!r}, availability={{{flows}}}{busiest})"


def analyze(system: SystemLike, flow: str | None = None) -> Analysis:
    """What a system can promise, as `archspec analyze` computes it; `flow` limits what is said of availability to one.

    Raises:
        UsageError: there is no such flow.

    >>> from archspec import Client, Server, System, call
    >>> with System("Pair") as pair:
    ...     user, api = Client("user"), Server("api", replicas=2, availability="99%")
    ...     flow = pair.flow("ask", user, call(api))
    >>> round(analyze(pair).flow("ask").availability, 6)
    0.9999

    """
    architecture = architecture_of(system)
    made = report(architecture, flow)
    values = {field.name: getattr(made, field.name) for field in fields(made)}
    return Analysis(**{**values, "flows": Rows(made.flows)})
