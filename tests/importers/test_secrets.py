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
}


@pytest.fixture(autouse=True)
def _planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)


@pytest.mark.parametrize("file", ["compose.yaml", "kubernetes.yaml", "state.tfstate", "workspace.json", "."])
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
