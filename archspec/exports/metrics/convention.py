"""What metrics are called by those who write them."""

from enum import Enum

from archspec.frozen import frozen


class Scope(Enum):
    """What a metric tells apart."""

    ROUTE = "route"
    """Requests by method and route."""
    SERVICE = "service"
    """Only the service that answers."""
    FLOW = "flow"
    """Flows by id: archspec's own series."""


@frozen
class Outcomes:
    """How good answers are told from failed ones: label matchers, and one set of labels that each matches."""

    good: str
    bad: str
    good_labels: str
    bad_labels: str


@frozen
class Convention:
    """The metrics of one kind of instrumentation."""

    requests: str
    """The counter of answered requests."""
    histogram: str
    """Of response times, without `_bucket`."""
    service: str
    """The label that names who answers."""
    outcomes: Outcomes
    scope: Scope = Scope.ROUTE
    method: str = ""
    route: str = ""
    always: str = ""
    """Matchers that go with every metric."""
    bad_requests: str | None = None
    """The counter of failed requests, where it is another one."""
    per_second: int = 1
    """The histogram's units in a second."""
    histogram_has_status: bool = True
    uses_job: bool = True
    """Whether `service` holds what `[prometheus] job` says, else the component's id."""
    sees_balancers: bool = False
    """Whether load balancers and gateways write it."""
    lacks: str | None = None
    """What it cannot tell, for a note."""


def _by_status(label: str) -> Outcomes:
    return Outcomes(f'{label}!~"5..|429"', f'{label}=~"5..|429"', f'{label}="200"', f'{label}="500"')


CONVENTIONS = {
    "otel": Convention(
        requests="http_server_request_duration_seconds_count",
        histogram="http_server_request_duration_seconds",
        service="job",
        method="http_request_method",
        route="http_route",
        outcomes=_by_status("http_response_status_code"),
    ),
    "prometheus": Convention(
        requests="http_requests_total",
        histogram="http_request_duration_seconds",
        service="job",
        method="method",
        route="handler",
        histogram_has_status=False,
        lacks="its histogram has no status, so failed requests count among the response times",
        outcomes=_by_status("code"),
    ),
    "istio": Convention(
        requests="istio_requests_total",
        histogram="istio_request_duration_milliseconds",
        service="destination_canonical_service",
        scope=Scope.SERVICE,
        always='reporter="destination"',
        per_second=1000,
        uses_job=False,
        outcomes=_by_status("response_code"),
    ),
    "envoy": Convention(
        requests="envoy_cluster_upstream_rq_total",
        histogram="envoy_cluster_upstream_rq_time",
        service="envoy_cluster_name",
        scope=Scope.SERVICE,
        outcomes=Outcomes("", 'envoy_response_code_class="5"', "", 'envoy_response_code_class="5"'),
        bad_requests="envoy_cluster_upstream_rq_xx",
        per_second=1000,
        histogram_has_status=False,
        uses_job=False,
        lacks="429 is of class 4, so it does not count as failed, and failed requests count among the response times",
    ),
    "nginx-ingress": Convention(
        requests="nginx_ingress_controller_requests",
        histogram="nginx_ingress_controller_request_duration_seconds",
        service="ingress",
        scope=Scope.SERVICE,
        uses_job=False,
        sees_balancers=True,
        outcomes=_by_status("status"),
    ),
    "spring": Convention(
        requests="http_server_requests_seconds_count",
        histogram="http_server_requests_seconds",
        service="job",
        method="method",
        route="uri",
        outcomes=_by_status("status"),
    ),
    "archspec": Convention(
        requests="archspec_requests_total",
        histogram="archspec_request_seconds",
        service="flow",
        scope=Scope.FLOW,
        outcomes=Outcomes('outcome="ok"', 'outcome!="ok"', 'outcome="ok"', 'outcome="failed"'),
        histogram_has_status=False,
        uses_job=False,
        sees_balancers=True,
    ),
}
"""By the name in `[prometheus] convention`.

Sources: OpenTelemetry's semantic conventions for HTTP metrics; the examples of Prometheus' client libraries; Istio's
standard metrics; Envoy's cluster statistics as its Prometheus endpoint names them; ingress-nginx's metrics;
Micrometer's `http.server.requests`. In archspec's own series the histogram holds good answers only.
"""
