"""Calls that others have counted: Istio's proxies, Cilium's Hubble."""

import json
from pathlib import Path
from typing import Any

from archspec.observation.observe import observe
from tests.conformance.simulated import judged

SPEC = """
archspec: 1
name: Shop
components:
  browser: {kind: client}
  web: {kind: server}
  api: {kind: server}
connections: [browser -> web]
"""


def counted(folder: Path, text: str) -> dict[tuple[str, str], tuple[float, float]]:
    file = folder / "counts"
    file.write_text(text)
    return {pair: (each.calls, each.failed) for pair, each in observe([str(file)]).counted.items()}


def proxied(reporter: str, source: str, target: str, code: str, *values: float) -> dict[str, Any]:
    metric = {"__name__": "istio_requests_total", "reporter": reporter, "source_workload": source}
    metric |= {"destination_workload": target, "response_code": code, "request_protocol": "http"}
    return {"metric": metric, "values": [[1000 + 60 * at, str(value)] for at, value in enumerate(values)]}


def test_of_both_proxies_of_a_call_the_askers_count_is_taken(tmp_path: Path) -> None:
    result = [
        proxied("source", "istio-ingress", "web", "200", 0, 40),
        proxied("source", "web", "api", "200", 0, 90),
        proxied("source", "web", "api", "503", 0, 10),
        proxied("destination", "web", "api", "200", 0, 90),
        proxied("source", "unknown", "web", "200", 0, 7),
    ]
    answer = json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}})
    assert counted(tmp_path, answer) == {
        ("istio-ingress", "web"): (40, 0),
        ("web", "api"): (100, 10),
        ("user", "web"): (7, 0),
    }


def test_a_proxys_text_is_read_and_a_host_outside_of_the_mesh_is_named(tmp_path: Path) -> None:
    labels = 'reporter="source",source_workload="web",destination_workload="unknown",response_code="200"'
    text = (
        "# TYPE istio_requests_total counter\n"
        f'istio_requests_total{{{labels},destination_service_name="api.stripe.com"}} 12\n'
        'istio_tcp_connections_opened_total{reporter="source",source_workload="web",destination_workload="db"} 3\n'
        "istio_build 1\n"
    )
    assert counted(tmp_path, text) == {("web", "api.stripe.com"): (12, 0), ("web", "db"): (3, 0)}


def packet(source: str, target: str, **changed: Any) -> str:
    flow = {
        "time": "2026-11-30T08:00:00Z",
        "verdict": "FORWARDED",
        "l4": {"TCP": {"source_port": 43210, "destination_port": 80, "flags": {"SYN": True}}},
        "source": {
            "namespace": "shop",
            "pod_name": f"{source}-x",
            "workloads": [{"name": source, "kind": "Deployment"}],
        },
        "destination": {"namespace": "shop", "workloads": [{"name": target, "kind": "Deployment"}]},
        "Type": "L3_L4",
        "traffic_direction": "EGRESS",
        "is_reply": False,
        **changed,
    }
    return json.dumps({"flow": flow, "node_name": "one"}) + "\n"


def test_of_the_packets_of_a_connection_the_first_counts_where_it_leaves(tmp_path: Path) -> None:
    flags = {"TCP": {"flags": {"ACK": True, "PSH": True}}}
    text = (
        packet("web", "api")
        + packet("web", "api", traffic_direction="INGRESS")
        + packet("api", "web", is_reply=True, l4={"TCP": {"flags": {"SYN": True, "ACK": True}}})
        + packet("web", "api", l4=flags)
        + packet("web", "spy", verdict="DROPPED")
        + packet("web", "", destination={"labels": ["reserved:world"]}, destination_names=["api.stripe.com."])
        + packet("web", "api", l7={"type": "REQUEST", "http": {"method": "GET"}}, verdict="FORWARDED")
    )
    assert counted(tmp_path, text) == {("web", "api"): (2, 0), ("web", "api.stripe.com"): (1, 0)}


def test_counts_of_a_mesh_are_held_against_a_spec(tmp_path: Path) -> None:
    file = tmp_path / "flows.json"
    file.write_text(packet("web", "api") * 5)
    assert [finding.message for finding in judged(SPEC, observe([str(file)]))] == [
        "`web` asks `api` in 5 calls, and no connection says so"
    ]
