"""Traces to specs: who asks whom, and what each kind of request does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archspec.cli.main import run
from archspec.language import load
from tests.conformance.test_planted import usual
from tests.observation.spans import span, written

TRACES = Path(__file__).parents[1] / "observation" / "social_network.json.gz"
EXPECTED = Path(__file__).parent / "expected" / "compose-post.yaml"


def imported(folder: Path, *resources: dict[str, Any]) -> Path:
    spec = folder / "spec.yaml"
    assert run(["import", str(written(folder, *resources)), "-o", str(spec), "--quiet"]) == 0
    return spec


def test_twenty_traces_of_the_social_network_give_its_flow(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    """Two spans of nginx are one call; what overlaps is parallel; a cache asked in vain goes on to its database."""
    spec = tmp_path / "spec.yaml"
    assert run(["import", str(TRACES), "-o", str(spec), "--quiet"]) == 0
    golden(EXPECTED, spec.read_text().replace(str(TRACES), TRACES.name))


def test_stores_are_named_as_their_callers_name_them_and_hits_are_counted(tmp_path: Path) -> None:
    architecture = load(imported(tmp_path, *usual()))
    assert {id_: each.kind for id_, each in architecture.components.items()} == {
        "outside": "client",
        "api": "server",
        "web": "server",
        "api-redis": "cache",
        "api-mongodb": "database",
    }
    api = architecture.flows["get-users"].steps[0].steps[0]
    assert str(api.steps[0].hit) == "75%"
    assert api.steps[0].on_miss[0].call == ("api-mongodb",)


@pytest.mark.parametrize(("system", "kind"), [("kafka", "topic"), ("rabbitmq", "queue")])
def test_what_keeps_messages_stands_between_producer_and_consumer(tmp_path: Path, system: str, kind: str) -> None:
    traces = [
        each
        for number in range(1, 31)
        for each in (
            span("shop", 1, None, 0, 10, "server", "POST /orders", number),
            span(
                "shop",
                2,
                1,
                2,
                4,
                "producer",
                "orders",
                number,
                messaging__system=system,
                messaging__destination__name="orders",
            ),
            span("packer", 3, 2, 50, 80, "consumer", "pack", number),
        )
    ]
    architecture = load(imported(tmp_path, *traces))
    assert architecture.components["orders"].kind == kind
    assert sorted(each.name for each in architecture.connections) == [
        "orders -> packer",
        "outside -> shop",
        "shop -> orders",
    ]


def test_several_sources_are_joined_by_the_names_of_processes(tmp_path: Path) -> None:
    """Compose knows the product; traces know who asks."""
    compose = tmp_path / "compose.yaml"
    compose.write_text("services:\n  web: {image: shop/web}\n  api: {image: shop/api}\n  users: {image: 'mongo:7'}\n")
    traces = [*usual()]
    for each in traces:
        for attribute in each["scopeSpans"][0]["spans"][0]["attributes"]:
            if attribute == {"key": "db.system", "value": {"stringValue": "mongodb"}}:
                each["scopeSpans"][0]["spans"][0]["attributes"].append(
                    {"key": "server.address", "value": {"stringValue": "users"}}
                )
                break
    spec = tmp_path / "joined.yaml"
    assert run(["import", str(compose), str(written(tmp_path, *traces)), "-o", str(spec), "--quiet"]) == 0
    architecture = load(spec)
    assert architecture.components["users"].technology == "mongodb"
    assert architecture.connection("api", "users") is not None


def test_no_url_of_a_span_leaves_its_file(tmp_path: Path) -> None:
    secret = "hunter2"
    traces = [
        span(
            "web",
            1,
            None,
            0,
            9,
            "server",
            f"GET /reset?token={secret}",
            number,
            http__url=f"http://u:{secret}@web/a?k={secret}",
        )
        for number in range(1, 31)
    ]
    asked = [
        span("web", 2, 1, 2, 5, "client", "call", number, url__full=f"https://u:{secret}@pay.example/x?k={secret}")
        for number in range(1, 31)
    ]
    assert secret not in imported(tmp_path, *traces, *asked).read_text()


def test_a_file_of_other_signals_is_refused_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "metrics.json"
    file.write_text('{"resourceMetrics": []}')
    assert run(["import", str(file)]) == 2
    assert capsys.readouterr().err.startswith(f"archspec: no spans in {file}; known are Hubble's flows, ")
