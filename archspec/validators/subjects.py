"""Open subjects: what the author has begun to speak of. Only of those can silence be judged."""

from functools import cached_property

from archspec.model import Architecture, Component, Element

_REDUNDANCY = ("replicas", "needs", "zones", "failover", "availability", "mtbf", "scaling")


class Subjects:
    """What an architecture speaks of, each question answered once."""

    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture

    @cached_property
    def redundancy(self) -> bool:
        """Somebody spoke of replicas, zones, failover, availability or scaling, or promised a share of successes."""
        return (
            self._any_component_says(*_REDUNDANCY)
            or any(group.said("availability", "mtbf") for group in self._architecture.groups.values())
            or any(flow.objective and flow.objective.success for flow in self._architecture.flows.values())
        )

    @cached_property
    def zones(self) -> bool:
        """There are two or more groups of kind zone."""
        return sum(group.kind == "zone" for group in self._architecture.groups.values()) > 1

    @cached_property
    def logs(self) -> bool:
        """There is a log service, or somebody ships logs."""
        return self._has("log_service") or self._any_component_says("logs_to")

    @cached_property
    def metrics(self) -> bool:
        """There is a metrics service, or somebody is measured."""
        return self._has("metrics_service") or self._any_component_says("metrics_to")

    @cached_property
    def errors(self) -> bool:
        """There is an error monitor, or somebody reports exceptions."""
        return self._has("error_monitor") or self._any_component_says("errors_to")

    @cached_property
    def alerts(self) -> bool:
        """There is an alert."""
        return bool(self._architecture.alerts)

    @cached_property
    def delivery(self) -> bool:
        """There is a pipeline."""
        return bool(self._architecture.pipelines)

    def peer(self, component: Component, field: str) -> Component | None:
        """Another component of the same family (their kinds play one role) that states `field`, other than `none`.

        The first written; None where nobody does, so that silence about the field is not judged.
        """
        key = (component.kind_of.role, field)
        if key not in self._speakers:
            self._speakers[key] = tuple(
                other
                for other in self._architecture.of_role(component.kind_of.role)
                if other.said(field) and getattr(other, field, None) not in (None, "none")
            )
        return next((other for other in self._speakers[key] if other is not component), None)

    @cached_property
    def _speakers(self) -> dict[tuple[object, str], tuple[Component, ...]]:
        return {}

    def _has(self, kind: str) -> bool:
        return bool(self._architecture.of_kind(kind))

    def _any_component_says(self, *fields: str) -> bool:
        components: tuple[Element, ...] = tuple(self._architecture.components.values())
        return any(component.said(*fields) for component in components)
