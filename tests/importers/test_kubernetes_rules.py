"""What objects beside the workloads say: budgets, policies of Cilium, rules of a mesh, alerts, zones."""

from pathlib import Path
from typing import Any

import pytest

from archspec.importers.imported import Imported, import_files
from tests.importers.conftest import data
from tests.importers.test_kubernetes import HPA, deployment

ASKS = "image: x\n        env: [{name: API_URL, value: 'http://api'}]"
ASKS_RPC = "image: x\n        env: [{name: API_ADDR, value: 'api:80'}]"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def imported(*texts: str) -> Imported:
    Path("all.yaml").write_text("---\n".join(texts))
    return import_files(["all.yaml"])


def connections(found: Imported) -> dict[str, Any]:
    made: dict[str, Any] = data(found.text)["connections"]
    return made


def test_a_budget_of_disruptions_is_a_comment_and_no_need() -> None:
    budget = """
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: keep, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: api}}}
"""
    found = imported(deployment("api", more="replicas: 2"), budget)
    assert "PodDisruptionBudget keep: minAvailable 1 while nodes are drained" in found.text
    assert data(found.text)["components"]["api"] == {"kind": "server", "replicas": 2, "group": "shop"}
    assert [line for line in found.report if line.startswith("not understood")] == []


CILIUM = """
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: rule, namespace: shop}
spec:
  endpointSelector: {matchLabels: {k8s:app: api}}
  ingress: [{fromEndpoints: [{matchLabels: {app: web}}], toPorts: [{ports: [{port: "80"}]}]}]
  egress:
  - toEndpoints: [{matchLabels: {k8s:io.kubernetes.pod.namespace: shop, app: db}}]
  - toFQDNs: [{matchName: api.stripe.com}]
  - toEntities: [world]
"""


def test_policies_of_cilium_say_who_may_ask_whom() -> None:
    found = imported(*(deployment(name) for name in ("web", "api", "db")), CILIUM)
    assert list(connections(found)) == ["web -> api", "api -> db", "api -> stripe"]
    assert "  - web -> api  # why: CiliumNetworkPolicy rule, port 80\n" in found.text


def test_a_mesh_says_time_outs_and_tries_of_every_caller() -> None:
    """A `timeout` is of all tries together; a limit of requests is one of each proxy."""
    rules = """
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: shop}
spec:
  hosts: [api]
  http: [{route: [{destination: {host: api}}], timeout: 5s, retries: {attempts: 2, perTryTimeout: 1s}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: api, namespace: shop}
spec:
  host: api.shop.svc.cluster.local
  trafficPolicy:
    connectionPool: {http: {http2MaxRequests: 40}}
    outlierDetection: {consecutive5xxErrors: 5}
"""
    found = imported(deployment("api"), deployment("web", ASKS), rules)
    assert connections(found) == {
        "web -> api": {"protocol": ["http"], "timeout": "1s", "retries": {"attempts": 3}, "max_concurrent": 40}
    }
    assert "DestinationRule api puts replicas aside after 5 errors in a row" in found.text


def test_rules_for_some_requests_only_are_not_said_of_all() -> None:
    rule = """
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: shop}
spec: {hosts: [api], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: api}}], timeout: 5s}]}
"""
    assert connections(imported(deployment("api"), deployment("web", ASKS), rule)) == {
        "web -> api": {"protocol": ["http"]}
    }


def test_grpc_to_several_replicas_keeps_to_one_of_them() -> None:
    service = deployment("api", more="replicas: 3").replace("name: http, port: 80", "name: grpc, port: 80")
    found = imported(service, deployment("web", ASKS_RPC))
    assert (
        "web -> api: grpc  # why: env API_ADDR=api:80; gRPC keeps its connection, so each caller asks one" in found.text
    )


def test_a_prometheus_rule_is_an_alert_and_an_alertmanager_config_its_channel() -> None:
    rules = """
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: alerts, namespace: shop}
spec: {groups: [{name: a, rules: [{alert: ApiDown, expr: 'up{job="api"} == 0', for: 5m, labels: {severity: page}}]}]}
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: {name: tell, namespace: shop}
spec: {receivers: [{name: on-call, pagerdutyConfigs: [{routingKey: {name: s, key: k}}]}]}
"""
    found = data(imported(deployment("api"), rules).text)
    assert found["alerts"] == {
        "ApiDown": {
            "metric": "replicas_up",
            "component": "api",
            "below": 1,
            "for": "5m",
            "severity": "critical",
            "notify": ["on-call"],
        }
    }
    assert found["components"]["on-call"] == {"kind": "notification_channel", "technology": "pagerduty", "pages": True}


def test_zones_are_those_that_an_affinity_names() -> None:
    affinity = """affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a, b]}]"""
    assert data(imported(deployment("api", pod=affinity)).text)["components"]["api"]["zones"] == ["a", "b"]


def test_a_spread_over_zones_without_names_is_a_comment() -> None:
    spread = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone}]"
    found = imported(deployment("api", pod=spread))
    assert "it spreads over zones, which are not named" in found.text


def test_an_autoscaler_by_the_length_of_a_queue_and_one_by_what_no_spec_can_say() -> None:
    queue = "{type: External, external: {metric: {name: sqs_messages_visible}, target: {averageValue: 30}}}"
    other = "{type: Pods, pods: {metric: {name: packets}, target: {averageValue: 1k}}}"
    cpu = HPA[HPA.index("[{type: Resource") : HPA.rindex("]") + 1]
    found = imported(deployment("api"), HPA.replace(cpu, f"[{queue}]"))
    assert data(found.text)["components"]["api"]["scaling"]["target"] == 30
    text = imported(deployment("api"), HPA.replace(cpu, f"[{other}]")).text
    assert "HorizontalPodAutoscaler api: it follows packets, which no spec can say" in text


def test_a_probe_that_waits_says_how_long_a_start_may_take_and_annotations_are_links() -> None:
    probe = "image: x\n        readinessProbe: {httpGet: {path: /ok, port: 80}, initialDelaySeconds: 20}"
    text = deployment("api", probe).replace(
        "metadata: {name: api, namespace: shop}",
        "metadata: {name: api, namespace: shop, annotations: {a8r.io/runbook: 'https://wiki.example.org/api?t=1'}}",
        1,
    )
    found = imported(text)
    assert "initialDelaySeconds 20s, so it may take that long to start" in found.text
    assert data(found.text)["components"]["api"]["links"] == {"runbook": "https://wiki.example.org/api"}
