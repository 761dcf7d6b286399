"""Kubernetes objects as specs: real manifests against what a person wrote from them, and what each object says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from archspec.importers.imported import import_files
from tests.conftest import Golden
from tests.importers.conftest import HERE, Import, data

BOUTIQUE = "GoogleCloudPlatform/microservices-demo/release/kubernetes-manifests.yaml"
SHOP = "microservices-demo/microservices-demo/deploy/kubernetes"


def test_the_boutique_equals_what_a_person_wrote_but_for_what_the_manifests_do_not_say(imported: Import) -> None:
    found, by_hand = data(imported(BOUTIQUE).text), data((HERE / "by_hand/k8s-online-boutique.yaml").read_text())
    for name in ("frontend", "checkoutservice", "shippingservice"):
        assert by_hand["components"][name].pop("drain_time") == "30s"  # a default of Kubernetes: no manifest says it
    assert found["components"]["loadgenerator"].pop("drain_time") == "5s"  # stated, and passed over by hand
    assert found["components"]["loadgenerator"].pop("replicas") == 1
    assert found == by_hand


def test_the_boutique_is_the_same_to_the_byte(imported: Import, golden: Golden) -> None:
    golden(HERE / "expected/online-boutique.yaml", imported(BOUTIQUE).text)


def test_the_policies_of_the_sock_shop_say_who_may_ask_whom(imported: Import) -> None:
    found = data(imported(f"{SHOP}/manifests", f"{SHOP}/manifests-policy").text)["connections"]
    assert sorted(found) == [
        "carts -> carts-db",
        "catalogue -> catalogue-db",
        "front-end -> carts",
        "front-end -> catalogue",
        "front-end -> orders",
        "front-end -> user",
        "orders -> carts",
        "orders -> orders-db",
        "orders -> payment",
        "orders -> shipping",
        "orders -> user",
        "outside -> front-end",
        "queue-master -> rabbitmq",
        "shipping -> rabbitmq",
        "user -> user-db",
    ]


def test_a_policy_that_selects_nothing_is_told(imported: Import) -> None:
    report = imported(f"{SHOP}/manifests", f"{SHOP}/manifests-policy").report
    told = "unresolved: NetworkPolicy cart-access: the selector name=cart selects nothing; carts is meant, it seems"
    assert told in report


def deployment(name: str, container: str = "image: x", more: str = "", pod: str = "", kind: str = "Deployment") -> str:
    return f"""
apiVersion: apps/v1
kind: {kind}
metadata: {{name: {name}, namespace: shop}}
spec:
  {more}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      {pod}
      containers:
      - name: main
        ports: [{{containerPort: 80}}]
        {container}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: shop}}
spec: {{selector: {{app: {name}}}, ports: [{{name: http, port: 80}}]}}
---
"""


Made = Callable[[str], dict[str, Any]]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The data of the spec of one text."""
    monkeypatch.chdir(tmp_path)

    def run(text: str) -> dict[str, Any]:
        Path("all.yaml").write_text(text)
        return data(import_files(["all.yaml"]).text)

    return run


def test_a_stateful_set_of_a_database_has_no_storage_of_its_own(made: Made) -> None:
    claims = "replicas: 3\n  volumeClaimTemplates: [{metadata: {name: data}}]"
    found = made(deployment("db", "image: postgres:16", claims, kind="StatefulSet"))["components"]["db"]
    assert found == {"kind": "database", "technology": "postgresql", "group": "shop", "replicas": 3}


def test_a_claim_of_ones_own_code_is_data_on_its_disk(made: Made) -> None:
    claims = "volumeClaimTemplates: [{metadata: {name: data}}]"
    found = made(deployment("api", "image: x", claims, kind="StatefulSet"))["components"]["api"]
    assert found["local_storage"] == ["data"]


def test_an_argo_rollout_is_a_deployment(made: Made) -> None:
    assert made(deployment("api", more="replicas: 2", kind="Rollout"))["components"]["api"]["replicas"] == 2


def test_an_ingress_with_tls_is_a_balancer_that_is_asked_by_https(made: Made) -> None:
    ingress = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop, annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: "30"}}
spec:
  tls: [{hosts: [a.example]}]
  rules: [{http: {paths: [{path: /, backend: {service: {name: api, port: {number: 80}}}}]}}]
"""
    found = made(deployment("api") + ingress)
    assert found["connections"] == {
        "outside -> web": {"protocol": ["https"]},
        "web -> api": {"protocol": ["http"], "timeout": "30s"},
    }


def test_two_routes_of_one_gateway_are_one_balancer(made: Made) -> None:
    gateway = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate, namespace: shop}
spec: {listeners: [{name: https, protocol: HTTPS, port: 443}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: one, namespace: shop}
spec:
  parentRefs: [{name: gate}]
  rules: [{backendRefs: [{name: api, port: 80}], timeouts: {backendRequest: 2s}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: two, namespace: shop}
spec: {parentRefs: [{name: gate}], rules: [{backendRefs: [{name: rpc, port: 80}]}]}
"""
    assert made(deployment("api") + deployment("rpc") + gateway)["connections"] == {
        "outside -> gate": {"protocol": ["https"]},
        "gate -> api": {"protocol": ["http"], "timeout": "2s"},
        "gate -> rpc": {"protocol": ["grpc"]},
    }


def test_a_route_that_splits_requests_gives_its_balancer_weights(made: Made) -> None:
    gateway = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate, namespace: shop}
spec: {listeners: [{name: http, protocol: HTTP, port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: canary, namespace: shop}
spec:
  parentRefs: [{name: gate}]
  rules:
    - backendRefs: [{name: old, weight: 90}, {name: new, weight: 10}, {name: gone, weight: 0}]
    - backendRefs: [{name: even}, {name: odd}]
"""
    found = made("".join(map(deployment, ("old", "new", "gone", "even", "odd"))) + gateway)
    assert found["components"]["gate"]["algorithm"] == "weighted"
    assert found["components"]["gate"]["weights"] == {"old": 90, "new": 10}
    assert [arrow for arrow in found["connections"] if arrow.startswith("gate")] == [
        f"gate -> {target}" for target in ("old", "new", "even", "odd")
    ]


def test_istio_counts_retries_and_archspec_tries(made: Made) -> None:
    istio = """
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gate, namespace: shop}
spec: {}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: shop}
spec:
  gateways: [gate]
  http: [{route: [{destination: {host: api}}], timeout: 5s, retries: {attempts: 2}}]
"""
    found = made(deployment("api") + istio)["connections"]["gate -> api"]
    assert found == {"protocol": ["http"], "timeout": "5s", "retries": {"attempts": 3}}


HPA = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api, namespace: shop}
spec:
  scaleTargetRef: {kind: Deployment, name: api}
  minReplicas: 2
  maxReplicas: 8
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
"""


def test_an_autoscaler_aims_at_a_share_of_requests_and_archspec_at_one_of_cores(made: Made) -> None:
    sizes = "resources: {requests: {cpu: 250m}, limits: {cpu: 500m}}"
    found = made(deployment("api", f"image: x\n        {sizes}", "replicas: 5") + HPA)["components"]["api"]
    assert found["scaling"] == {"min": 2, "max": 8, "metric": "cpu", "target": "30%"}
    assert (found["cores"], "replicas" in found) == (0.5, False)


def test_without_requests_an_autoscaler_has_no_target(made: Made) -> None:
    found = made(deployment("api") + HPA)["components"]["api"]
    assert found["scaling"] == {"min": 2, "max": 8}


def test_a_scaled_object_follows_the_length_of_a_queue(made: Made) -> None:
    keda = """
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: api, namespace: shop}
spec:
  scaleTargetRef: {name: api}
  minReplicaCount: 1
  maxReplicaCount: 9
  triggers: [{type: aws-sqs-queue, metadata: {queueLength: "20"}}]
"""
    found = made(deployment("api") + keda)["components"]["api"]["scaling"]
    assert found == {"min": 1, "max": 9, "metric": "queue_length", "target": 20}


CRON = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      activeDeadlineSeconds: 7200
      template: {spec: {containers: [{name: a, image: x, env: [{name: API_URL, value: "http://api"}]}]}}
"""


def test_a_cron_job_is_a_job_whose_flow_comes_by_its_schedule(made: Made) -> None:
    found = made(deployment("api") + CRON)
    assert found["components"]["nightly"]["kind"] == "job"
    assert found["connections"] == {"nightly -> api": {"protocol": ["http"]}}
    run = {"from": "nightly", "schedule": "0 0 * * *", "deadline": "2h", "steps": [{"call": ["api"]}]}
    assert found["flows"] == {"nightly-run": run}


@pytest.mark.parametrize(
    "instead", ["suspend: true", "timeZone: Europe/Paris", 'schedule: "0 0 * * 1#1"', 'schedule: "0 0 L * *"']
)
def test_a_clock_that_is_not_the_language_s_is_only_told(made: Made, instead: str) -> None:
    name = instead.partition(":")[0]
    text = CRON.replace(
        '  schedule: "@daily"', f"  {instead}" + ("" if name == "schedule" else '\n  schedule: "@daily"')
    )
    found = made(deployment("api") + text)
    assert found["components"]["nightly"]["kind"] == "job"
    assert "flows" not in found


def test_a_schedule_of_what_asks_nobody_is_told_and_a_job_that_runs_once_left_out(made: Made) -> None:
    once = """
apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: shop}
spec: {template: {spec: {containers: [{name: a, image: x}]}}}
"""
    found = made(deployment("api") + CRON.replace("API_URL", "TEXT").replace("http://api", "a") + "---" + once)
    assert "flows" not in found
    assert list(found["components"]) == ["api", "nightly"]


def test_two_editions_of_one_app_are_one_component(made: Made) -> None:
    canary = deployment("api-canary", more="replicas: 1").replace("{app: api-canary}", "{app: api}")
    stable = deployment("api-stable", more="replicas: 9").replace("{app: api-stable}", "{app: api}")
    assert made(canary + stable)["components"]["api"]["replicas"] == 10


def test_one_name_in_two_namespaces_is_two_components(made: Made) -> None:
    other = deployment("api").replace("namespace: shop", "namespace: bank")
    assert list(made(deployment("api") + other)["components"]) == ["shop-api", "bank-api"]


def test_a_config_map_gives_variables_and_settings_in_files(made: Made) -> None:
    maps = """
apiVersion: v1
kind: ConfigMap
metadata: {name: env, namespace: shop}
data: {DB_URL: "jdbc:postgresql://db:5432/x"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: files, namespace: shop}
data:
  application.yml: |
    users:
      url: http://users:80/api
---
"""
    pod = "volumes: [{name: f, configMap: {name: files}}]"
    api = deployment("api", "image: x\n        envFrom: [{configMapRef: {name: env}}]", pod=pod)
    found = made(maps + api + deployment("db", "image: postgres") + deployment("users"))["connections"]
    assert found == {"api -> db": {"protocol": ["postgresql"]}, "api -> users": {"protocol": ["http"]}}


def test_an_init_container_that_waits_says_an_order(made: Made) -> None:
    wait = "initContainers: [{name: w, image: busybox, command: [sh, -c, 'until nc -z db 5432; do sleep 1; done']}]"
    found = made(deployment("api", pod=wait) + deployment("db", "image: postgres"))["connections"]
    assert found == {"api -> db": {}}


def test_a_list_is_its_items(made: Made) -> None:
    listed = (
        "kind: List\napiVersion: v1\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}]"
    )
    assert list(made(listed)["components"]) == ["a"]


def test_one_object_in_two_files_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(deployment("api", more="replicas: 1"))
    Path("b.yaml").write_text(deployment("api", more="replicas: 2"))
    with pytest.raises(UsageError, match=r"Deployment `api` is declared twice, in a\.yaml:2 and b\.yaml:2; name one"):
        import_files(["a.yaml", "b.yaml"])


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "t.yaml",
            "kind: X\nreplicas: {{ .Values.n }}",
            "is a Helm template; run `helm template . | archspec import -`.",
        ),
        (
            "k.yaml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization",
            "is a kustomization; run `kustomize build . | archspec import -`.",
        ),
        ("s.yaml", "archspec: 1\nname: x", "is a spec already; `archspec lint` judges it."),
        ("e.yaml", "", "is empty; name a file with content."),
        ("b.yaml", "a: [", "cannot be read: line 2: did not find expected node content; mend it there."),
    ],
)
def test_what_is_not_read_is_told_with_the_remedy(
    name: str, text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text)
    with pytest.raises(UsageError) as error:
        import_files([name])
    assert str(error.value) == f"`{name}` {says}"
