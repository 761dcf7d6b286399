"""What a Compose file says of services: who reaches whom by which name, where they stand, and what is left out."""

from collections.abc import Callable

import pytest

from archspec.importers.imported import import_files
from archspec.language import load_text
from tests.importers.conftest import data


def connections(text: str) -> list[str]:
    return [each.name for each in load_text(text).connections]


@pytest.mark.parametrize(
    "named",
    [
        "",
        "hostname: store",
        "container_name: store",
        "networks: {default: {aliases: [other, store]}}",
    ],
)
def test_a_service_is_reached_by_each_of_its_names(named: str, write: Callable[..., None]) -> None:
    host = "store" if named else "db"
    write(
        compose__yaml="services:\n"
        f"  web: {{image: x, environment: {{URL: 'postgres://{host.upper()}:5432/x'}}}}\n"
        f"  db: {{image: 'postgres:16', {named}}}\n"
    )
    assert connections(import_files(["compose.yaml"]).text) == ["web -> db"]


def test_a_link_is_a_name_too_and_no_name_of_another_is_lost(write: Callable[..., None]) -> None:
    write(
        compose__yaml="services:\n"
        "  web: {image: x, links: ['db:store', 'cache:db', gone:x], environment: {URL: 'postgres://store:5432/x'}}\n"
        "  api: {image: x, environment: {URL: 'postgres://db:5432/x'}}\n"
        "  db: {image: 'postgres:16'}\n"
        "  cache: {image: 'redis:7'}\n"
    )
    found = connections(import_files(["compose.yaml"]).text)
    assert "web -> db" in found
    assert "api -> db" in found
    assert "api -> cache" not in found


@pytest.mark.parametrize(
    ("service", "report"),
    [
        ("{image: x, scale: 0}", "job: it is scaled to 0"),
        ("{image: x, deploy: {replicas: 0}}", "job: it is scaled to 0"),
        ("{command: x}", "service job has neither image nor build: name its base file before this one"),
        ("{image: x, profiles: [debug]}", "job (profile debug): its profile is off; turn it on with --profile"),
    ],
)
def test_what_does_not_run_is_left_out_and_told(service: str, report: str, write: Callable[..., None]) -> None:
    write(compose__yaml=f"services:\n  web: {{image: 'nginx:1'}}\n  job: {service}\n")
    made = import_files(["compose.yaml"])
    assert list(data(made.text)["components"]) == ["web"]
    assert any(report in line for line in made.report)


def test_what_others_wait_for_to_end_runs_once(write: Callable[..., None]) -> None:
    write(
        compose__yaml="services:\n  migrate: {image: x}\n"
        "  web: {image: 'nginx:1', depends_on: {migrate: {condition: service_completed_successfully}}}\n"
    )
    made = import_files(["compose.yaml"])
    assert list(data(made.text)["components"]) == ["web"]
    assert any("migrate: it runs once, and others wait for its end" in line for line in made.report)


def test_two_names_of_one_id_are_one_component(write: Callable[..., None]) -> None:
    write(compose__yaml="services:\n  a.b: {image: 'nginx:1'}\n  a-b: {image: 'nginx:1'}\n")
    made = import_files(["compose.yaml"])
    assert list(data(made.text)["components"]) == ["a-b"]
    assert any("services a.b and a-b have one id, a-b, and are one component here" in line for line in made.report)


NETWORKS = """
services:
  web: {image: 'nginx:1', networks: WEB}
  db: {image: 'postgres:16', networks: [back]}
networks: {front: {}, back: {internal: true}}
"""


def test_where_each_service_stands_in_one_network_these_are_groups(write: Callable[..., None]) -> None:
    write(compose__yaml=NETWORKS.replace("WEB", "{front: {}}"))
    found = data(import_files(["compose.yaml"]).text)
    assert found["groups"]["back"] == {"kind": "network", "trust": "private"}
    assert found["groups"]["front"] == {"kind": "network"}
    assert {id_: part["group"] for id_, part in found["components"].items()} == {"web": "front", "db": "back"}


def test_where_one_stands_in_several_these_are_tags(write: Callable[..., None]) -> None:
    write(compose__yaml=NETWORKS.replace("WEB", "[default, front, back]"))
    found = data(import_files(["compose.yaml"]).text)
    assert "groups" not in found
    assert {id_: part.get("tags") for id_, part in found["components"].items()} == {
        "web": ["front", "back"],
        "db": ["back"],
    }


def test_the_network_that_nobody_names_is_no_group(write: Callable[..., None]) -> None:
    write(compose__yaml="services:\n  web: {image: 'nginx:1'}\n  db: {image: 'postgres:16', networks: [default]}\n")
    assert "groups" not in data(import_files(["compose.yaml"]).text)


@pytest.mark.parametrize(
    "told",
    [
        "PUBLIC_URL: 'http://db:8080'",
        "NO_PROXY: 'http://db:8080'",
        "SITE_URL: 'http://elsewhere:80'",
        "API_URL: 'http://localhost:8080'",
        "API_URL: 'http://127.0.0.53:8080'",
    ],
)
def test_an_address_of_its_own_or_of_nobody_asks_nobody(told: str, write: Callable[..., None]) -> None:
    write(
        compose__yaml="services:\n"
        f"  web: {{image: x, environment: {{{told}, STORE: 'postgres://db:5432/x'}}}}\n"
        "  db: {image: 'postgres:16'}\n"
    )
    found = import_files(["compose.yaml"])
    assert connections(found.text) == ["web -> db"]
    assert sorted(data(found.text)["components"]) == ["db", "web"]
    assert "8080" not in found.text


@pytest.mark.parametrize(
    ("service", "asked"),
    [
        ("env_file: web.env", ["web -> db"]),
        ("env_file: [gone.env, web.env]", ["web -> db"]),
        ("env_file: [{path: web.env, required: false}]", ["web -> db"]),
        ("env_file: web.env, environment: {DATABASE_URL: 'postgres://other:5432/x'}", ["web -> other"]),
        ("env_file: gone.env", []),
    ],
)
def test_an_address_in_a_file_of_the_environment_is_asked_unless_the_service_says_otherwise(
    service: str, asked: list[str], write: Callable[..., None]
) -> None:
    write(
        compose__yaml="services:\n"
        f"  web: {{image: x, {service}}}\n"
        "  db: {image: 'postgres:16'}\n"
        "  other: {image: 'postgres:16'}\n",
        web__env="DATABASE_URL=postgres://db:5432/x\n",
    )
    assert connections(import_files(["compose.yaml"]).text) == asked


def test_a_file_that_only_includes_others_is_a_compose_file(write: Callable[..., None]) -> None:
    inner = "services:\n  web: {image: x, environment: {URL: 'postgres://db:5432/x'}}\n  db: {image: 'postgres:16'}\n"
    write(compose__yaml="include: [inner.yaml]\n", inner__yaml=inner)
    assert connections(import_files(["compose.yaml"]).text) == ["web -> db"]


@pytest.mark.parametrize("name", ["a.yaml", "z.yaml"])
def test_what_another_file_says_otherwise_is_told_whatever_it_is_called(name: str, write: Callable[..., None]) -> None:
    labels = "{matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}"
    write(
        **{name.replace(".", "__"): "services:\n  web: {image: nginx, deploy: {replicas: 3}}\n"},
        k8s__yaml="apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
        f"spec: {{replicas: 2, selector: {labels}, spec: {{containers: [{{name: web, image: nginx}}]}}}}}}\n",
    )
    found = import_files(["k8s.yaml", name]).text
    assert "replicas: 2}" in found
    assert f"but {name} says 3" in found
