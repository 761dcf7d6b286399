"""No secret leaves the files: planted in every place where one can stand, found in no output."""

import json
from pathlib import Path

import pytest

from archspec.importers.imported import explained, import_files
from archspec.language import load_text
from archspec.validators.config import Config
from archspec.validators.run import judge

SECRET = "S3cr3tPlanted"

COMPOSE = f"""
services:
  api:
    image: "registry.example.com/u:{SECRET}@x/api:1"
    environment:
      DATABASE_URL: "postgres://user:{SECRET}@db:5432/shop?sslpassword={SECRET}"
      MONGO: "mongodb://{SECRET}:{SECRET}@db,db/x?authSource={SECRET}"
      ODD: "redis://user:pa/{SECRET}@cache:6379"
      SLACK: "https://hooks.slack.com/services/T0/B0/{SECRET}"
      STRIPE: "https://api.stripe.com/v1?key={SECRET}"
      NOWHERE: "https://user:{SECRET}@nowhere.internal:8443/{SECRET}"
      DSN: "user:{SECRET}@tcp(db:3306)/shop"
      PASSWORD: "{SECRET}"
      SECRET_HOST: "{SECRET}@db"
      PAIR: "host=db user=x password={SECRET}"
    command: ["serve", "--password", "{SECRET}", "--db=postgres://u:{SECRET}@db/x", "--token={SECRET}"]
    labels: {{"traefik.http.middlewares.auth.basicauth.users": "admin:{SECRET}"}}
    healthcheck: {{test: "curl http://localhost/?token={SECRET}"}}
    env_file: [secret.env]
  git: {{build: "https://{SECRET}@github.com/example/x.git"}}
  db: {{image: postgres, environment: ["POSTGRES_PASSWORD={SECRET}"]}}
  cache: {{image: redis, command: "redis-server --requirepass {SECRET}"}}
  prom: {{image: prom/prometheus, volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml"]}}
  alerts: {{image: prom/alertmanager, volumes: ["./alertmanager.yml:/etc/alertmanager/alertmanager.yml"]}}
  web: {{image: nginx, volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]}}
secrets: {{key: {{environment: "{SECRET}"}}}}
"""
KUBERNETES = f"""
apiVersion: v1
kind: Secret
metadata: {{name: s}}
stringData: {{password: "{SECRET}", DB_URL: "postgres://u:{SECRET}@db:5432/x"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: c}}
data: {{URL: "http://u:{SECRET}@other:80/{SECRET}?x={SECRET}", app.yml: "token: {SECRET}\\nurl: http://{SECRET}@db:5432"}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: pay}}
spec:
  template:
    metadata: {{labels: {{app: pay}}, annotations: {{token: "{SECRET}"}}}}
    spec:
      volumes: [{{name: c, configMap: {{name: c}}}}]
      containers:
      - name: pay
        image: x
        envFrom: [{{secretRef: {{name: s}}}}, {{configMapRef: {{name: c}}}}]
        env:
        - {{name: DB, valueFrom: {{secretKeyRef: {{name: s, key: DB_URL}}}}}}
        - {{name: AUTH, value: "Bearer {SECRET}"}}
        args: ["--dsn", "postgres://u:{SECRET}@missing:5432/x"]
        readinessProbe: {{httpGet: {{path: "/ok?token={SECRET}", port: 80}}}}
"""
TERRAFORM = {
    "terraform_version": "1.9",
    "version": 4,
    "resources": [
        {"mode": "managed", "type": type_, "name": name, "instances": [{"attributes": attributes}]}
        for type_, name, attributes in [
            (
                "aws_db_instance",
                "db",
                {"password": SECRET, "username": SECRET, "engine": "mysql", "endpoint": "d.x:3306"},
            ),
            ("aws_instance", "web", {"user_data": SECRET, "id": "i-1"}),
            ("aws_lambda_function", "f", {"environment": [{"variables": {"U": f"mysql://u:{SECRET}@d.x:3306/y"}}]}),
            ("aws_sqs_queue", "q", {"policy": SECRET, "redrive_policy": SECRET}),
        ]
    ],
}
ARROW = {"sourceId": "2", "destinationId": "1", "description": f"token={SECRET}"}
LINKED = {"description": f"https://u:{SECRET}@h/x", "url": f"https://u:{SECRET}@w.org/?t={SECRET}"}
TAG = {"key": "db.statement", "value": {"stringValue": f"SELECT '{SECRET}'"}}
SPAN = {
    "traceId": "0" * 31 + "1",
    "spanId": "0" * 15 + "1",
    "name": f"GET /a?token={SECRET}",
    "kind": 3,
    "startTimeUnixNano": "1700000000000000000",
    "endTimeUnixNano": "1700000000000005000",
    "attributes": [
        TAG,
        {"key": "url.full", "value": {"stringValue": f"https://u:{SECRET}@pay/charge?key={SECRET}"}},
        {"key": "db.connection_string", "value": {"stringValue": f"mysql://u:{SECRET}@orders-db:3306/x"}},
        {"key": "http.request.header.authorization", "value": {"stringValue": f"Bearer {SECRET}"}},
    ],
}
SERVICE = {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}
TRACES = {"resourceSpans": [{"resource": SERVICE, "scopeSpans": [{"spans": [SPAN]}]}]}
ZIPKIN = [
    {
        "traceId": "2",
        "id": "3",
        "kind": "CLIENT",
        "name": f"select '{SECRET}'",
        "timestamp": 1700000000000000,
        "duration": 5,
        "localEndpoint": {"serviceName": "shop"},
        "remoteEndpoint": {"serviceName": "orders-db"},
        "tags": {"http.url": f"http://u:{SECRET}@x/?{SECRET}", "sql.query": SECRET},
    }
]
CALM = {
    "nodes": [
        {
            "unique-id": name,
            "node-type": "service",
            "name": name,
            "description": f"password: {SECRET}",
            "interfaces": [{"unique-id": "i", "url": f"https://u:{SECRET}@a.org/?t={SECRET}"}],
        }
        for name in ("a", "b")
    ],
    "relationships": [
        {
            "unique-id": "r",
            "description": f"https://u:{SECRET}@b/",
            "relationship-type": {"connects": {"source": {"node": "a"}, "destination": {"node": "b"}}},
        }
    ],
}
BACKSTAGE = f"""
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {{name: c, description: "token={SECRET}", links: [{{url: "https://u:{SECRET}@w.org/?t={SECRET}"}}],
           annotations: {{vault: "{SECRET}"}}}}
spec: {{type: service, lifecycle: production, owner: shop}}
"""
LIKEC4 = {
    "elements": {
        name: {
            "kind": "service",
            "title": name,
            "description": {"txt": f"secret: {SECRET}"},
            "links": [{"url": f"https://u:{SECRET}@w.org/?t={SECRET}"}],
        }
        for name in ("a", "b")
    },
    "relations": {"r": {"source": {"model": "a"}, "target": {"model": "b"}, "title": f"api_key={SECRET}"}},
}
CILIUM = f"""
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {{name: p, annotations: {{token: "{SECRET}"}}}}
spec: {{endpointSelector: {{matchLabels: {{app: pay}}}}, egress: [{{toFQDNs: [{{matchName: api.stripe.com}}],
       toPorts: [{{rules: {{http: [{{headers: ["Authorization: {SECRET}"]}}]}}}}]}}]}}
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: {{name: a}}
spec: {{receivers: [{{name: r, webhookConfigs: [{{url: "https://u:{SECRET}@h/{SECRET}"}}]}}]}}
"""
STRUCTURIZR = {
    "name": "Bank",
    "description": f"Log in with password: {SECRET}",
    "model": {
        "softwareSystems": [
            {"id": "1", "name": "A", **LINKED},
            {"id": "2", "name": "B", "relationships": [ARROW]},
        ]
    },
}
FILES = {
    "compose.yaml": COMPOSE,
    "secret.env": f"API_KEY={SECRET}\nURL=http://u:{SECRET}@cache:6379/{SECRET}\n",
    ".env": f"UNUSED={SECRET}\n",
    "prometheus.yml": f"""
scrape_configs: [{{job_name: a, basic_auth: {{password: "{SECRET}"}}, static_configs: [{{targets: [api]}}]}}]
remote_write: [{{url: "https://u:{SECRET}@api.datadoghq.com/{SECRET}", bearer_token: "{SECRET}"}}]
""",
    "alertmanager.yml": f"""
global: {{smtp_auth_password: "{SECRET}", slack_api_url: "https://hooks.slack.com/{SECRET}"}}
route: {{receiver: a}}
receivers: [{{name: a, pagerduty_configs: [{{routing_key: "{SECRET}"}}], webhook_configs: [{{url: "http://x/{SECRET}"}}]}}]
""",
    "nginx.conf": f"""
server {{ listen 80; location / {{ proxy_set_header Authorization "Bearer {SECRET}";
  proxy_pass http://user:{SECRET}@api:80/{SECRET}?k={SECRET}; }} }}
""",
    "kubernetes.yaml": KUBERNETES,
    "state.tfstate": json.dumps(TERRAFORM),
    "workspace.json": json.dumps(STRUCTURIZR),
    "traces.json": json.dumps(TRACES),
    "zipkin.json": json.dumps(ZIPKIN),
    "calm.json": json.dumps(CALM),
    "catalog-info.yaml": BACKSTAGE,
    "likec4.json": json.dumps(LIKEC4),
    "policies.yaml": f"{KUBERNETES}---{CILIUM}",
    "haproxy.cfg": f"""
backend api
  http-request set-header Authorization "Bearer {SECRET}"
  server one api:80 check
userlist people
  user admin insecure-password {SECRET}
""",
    "kong.yml": f"""
_format_version: "3.0"
services: [{{name: a, url: "http://u:{SECRET}@api:80/{SECRET}"}}]
consumers: [{{username: a, keyauth_credentials: [{{key: "{SECRET}"}}]}}]
""",
    "Caddyfile": f"""
shop.example.com {{
  basic_auth {{
    admin {SECRET}
  }}
  reverse_proxy api:80 {{
    header_up Authorization "Bearer {SECRET}"
  }}
}}
""",
    "envoy.yaml": f"""
static_resources:
  clusters:
  - name: api
    load_assignment:
      endpoints:
      - lb_endpoints: [{{endpoint: {{address: {{socket_address: {{address: api, port_value: 80}}}}}}}}]
    transport_socket: {{typed_config: {{private_key: {{inline_string: "{SECRET}"}}}}}}
""",
}


@pytest.fixture(autouse=True)
def _planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)


ALONE = [name for name in FILES if name not in ("secret.env", ".env", "kubernetes.yaml")]


@pytest.mark.parametrize("file", [*ALONE, "."])
def test_a_planted_secret_is_in_no_output(file: str) -> None:
    found = import_files([file], guess=True, everything=True)
    assert SECRET.lower() not in found.text.lower()
    assert SECRET.lower() not in "\n".join(found.report).lower()
    assert SECRET.lower() not in explained(found.facts).lower()


def test_the_addresses_beside_the_secrets_are_read() -> None:
    assert "- api -> db: " in import_files(["compose.yaml"]).text


def test_the_rule_on_secrets_finds_nothing_in_an_import() -> None:
    judged = judge(load_text(import_files(["."]).text), Config(), "architecture.yaml")
    assert [finding for finding in judged.findings if finding.code == "SEC05"] == []


def test_a_text_that_cannot_be_read_is_not_quoted(tmp_path: Path) -> None:
    from archspec.errors import UsageError

    (tmp_path / "broken.yaml").write_text(f"services: {{a: [{SECRET}")
    with pytest.raises(UsageError) as error:
        import_files(["broken.yaml"])
    assert SECRET not in str(error.value)
