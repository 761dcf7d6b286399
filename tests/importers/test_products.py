"""Configurations of known products: edges, health checks, receivers and alerts."""

from pathlib import Path
from typing import Any

import pytest

from archspec.importers.imported import Imported, import_files
from tests.importers.conftest import Import, data

SHOP = "microservices-demo/microservices-demo/deploy/docker-compose"


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, image: str, mount: str, config: str) -> Imported:
    """A project in which `proxy` mounts a configuration, beside `api` (two names) and `web`."""
    monkeypatch.chdir(folder)
    name = mount.rpartition("/")[2]
    Path(name).write_text(config)
    Path("compose.yaml").write_text(f"""
services:
  proxy: {{image: {image}, volumes: ["./{name}:{mount}:ro"]}}
  api: {{image: x, hostname: api-1}}
  web: {{image: y}}
""")
    return import_files(["compose.yaml"])


NGINX = """
upstream backend { least_conn; server api:8080 weight=2; server web:80 backup; }
server {
  listen 80;
  location / { proxy_pass http://backend; proxy_read_timeout 20s; }
  location /s { set $up "web"; proxy_pass https://$up:443/x; }  # a variable
  location /p { proxy_pass "https://api.stripe.com/v1"; }
}
"""
HAPROXY = """
defaults
  mode http
  timeout server 30s
backend b
  balance leastconn
  option httpchk GET /health?token=secret
  server s1 api:8080 check inter 5s fall 2
  server s2 web:80
"""
ENVOY = """
static_resources:
  listeners:
  - filter_chains: [{filters: [{r: {route_config: {virtual_hosts: [{routes: [{route: {
      cluster: one, timeout: 3s, retry_policy: {num_retries: 1}}}]}]}}}]}]
  clusters:
  - name: one
    lb_policy: LEAST_REQUEST
    http2_protocol_options: {}
    circuit_breakers: {thresholds: [{max_requests: 50}]}
    load_assignment:
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: api, port_value: 80}}}}]}]
"""
KONG = """
_format_version: "3.0"
upstreams: [{name: up, targets: [{target: "web:80"}]}]
services:
- {name: a, url: "http://api:8080/v1", read_timeout: 5000, retries: 2}
- {name: b, host: up, protocol: http}
"""
CADDY = """
example.org {
  encode gzip
  reverse_proxy /api/* api:8080 web:80 {
    lb_policy least_conn
  }
}
"""
CASES = {
    "nginx": (
        "nginx:1",
        "/etc/nginx/nginx.conf",
        NGINX,
        {
            "proxy -> api": {"protocol": ["http"], "timeout": "20s"},
            "proxy -> web": {"protocol": ["https"], "timeout": "20s"},
            "proxy -> stripe": {"protocol": ["https"], "timeout": "20s"},
        },
        {"kind": "load_balancer", "technology": "nginx", "algorithm": "least_connections"},
    ),
    "haproxy": (
        "haproxy:3",
        "/usr/local/etc/haproxy/haproxy.cfg",
        HAPROXY,
        {
            "proxy -> api": {"protocol": ["http"], "timeout": "30s"},
            "proxy -> web": {"protocol": ["http"], "timeout": "30s"},
        },
        {
            "kind": "load_balancer",
            "technology": "haproxy",
            "algorithm": "least_connections",
            "health_check": {"interval": "5s", "unhealthy_after": 2, "healthy_after": 2, "path": "/health"},
        },
    ),
    "envoy": (
        "envoyproxy/envoy:v1",
        "/etc/envoy/envoy.yaml",
        ENVOY,
        {"proxy -> api": {"protocol": ["grpc"], "timeout": "3s", "retries": {"attempts": 2}, "max_concurrent": 50}},
        {"kind": "load_balancer", "technology": "envoy", "algorithm": "least_connections"},
    ),
    "kong": (
        "kong:3",
        "/kong/kong.yml",
        KONG,
        {
            "proxy -> api": {"protocol": ["http"], "timeout": "5s", "retries": {"attempts": 3}},
            "proxy -> web": {"protocol": ["http"]},
        },
        {"kind": "gateway", "technology": "kong"},
    ),
    "caddy": (
        "caddy:2",
        "/etc/caddy/Caddyfile",
        CADDY,
        {"proxy -> api": {"protocol": ["http"]}, "proxy -> web": {"protocol": ["http"]}},
        {"kind": "load_balancer", "technology": "caddy", "algorithm": "least_connections"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mounted_configuration_gives_edges(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image, mount, config, connections, proxy = CASES[name]
    found = data(made(tmp_path, monkeypatch, image, mount, config).text)
    assert (found["connections"], found["components"]["proxy"]) == (connections, proxy)


@pytest.mark.parametrize("name", CASES)
def test_a_configuration_by_itself_is_known_by_its_content(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text(CASES[name][2])
    Path("compose.yaml").write_text("services: {api: {image: x}, web: {image: y}}")
    found = data(import_files(["file", "compose.yaml"]).text)["connections"]
    assert f"{name} -> api" in found


def test_a_configuration_by_itself_is_that_of_the_one_service_of_the_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kong.yaml").write_text(KONG)
    Path("compose.yaml").write_text("services: {api: {image: x}, door: {image: kong}}")
    assert list(data(import_files(["kong.yaml", "compose.yaml"]).text)["components"]) == ["door", "api"]


def of_the_shop(imported: Import) -> Imported:
    files = ("docker-compose.yml", "docker-compose.monitoring.yml", "docker-compose.logging.yml")
    return imported(*(f"{SHOP}/{file}" for file in files))


def test_the_jobs_of_prometheus_say_whose_metrics_are_collected(imported: Import) -> None:
    found = data(of_the_shop(imported).text)["components"]
    collected = [name for name, fields in found.items() if fields.get("metrics_to") == ["prometheus"]]
    assert collected == ["edge-router", "catalogue", "carts", "orders", "shipping", "queue-master", "payment", "user"]


def test_the_job_called_frontend_scrapes_the_router_so_nobody_watches_the_front_end(imported: Import) -> None:
    assert "metrics_to" not in data(of_the_shop(imported).text)["components"]["front-end"]


def test_a_logging_driver_leads_to_who_publishes_its_port(imported: Import) -> None:
    found = data(of_the_shop(imported).text)["components"]
    assert (found["front-end"]["logs_to"], found["log-server"]["kind"]) == (["log-server"], "log_service")


def test_a_receiver_of_alertmanager_is_a_channel(imported: Import) -> None:
    found = data(of_the_shop(imported).text)["components"]["email-all"]
    assert found == {"kind": "notification_channel", "technology": "email"}


def test_an_alert_that_no_spec_can_say_is_told(imported: Import) -> None:
    assert "note: alert HighErrorRate: no spec can say its expression; write it by hand" in of_the_shop(imported).report


PROMETHEUS = """
rule_files: [rules.yml]
scrape_configs:
- {job_name: api, static_configs: [{targets: ["api:9090"]}]}
"""
RULES = """
groups:
- name: g
  rules:
  - {alert: ApiDown, expr: 'up{job="api"} == 0', for: 2m, labels: {severity: page}}
  - {alert: Busy, expr: 'sum(rate(work_seconds{job="api"}[5m])) > 3'}
"""
ALERTMANAGER = "route: {receiver: on-call}\nreceivers: [{name: on-call, pagerduty_configs: [{routing_key: SECRETKEY}]}]"


def test_alerts_of_known_shapes_are_written_and_tell_the_only_receiver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"prometheus.yml": PROMETHEUS, "rules.yml": RULES, "alertmanager.yml": ALERTMANAGER}
    for name, text in {**files, "compose.yaml": "services: {api: {image: x}}"}.items():
        Path(name).write_text(text)
    found = import_files(["prometheus.yml", "alertmanager.yml", "compose.yaml"])
    alerts: dict[str, Any] = data(found.text)["alerts"]
    down = {"metric": "replicas_up", "component": "api", "below": 1, "for": "2m", "severity": "critical"}
    assert alerts["ApiDown"] == {**down, "notify": ["on-call"]}
    assert alerts["Busy"] == {"metric": "work_seconds", "component": "api", "above": 3, "notify": ["on-call"]}
    assert data(found.text)["components"]["on-call"]["pages"] is True
    assert "SECRETKEY" not in found.text
