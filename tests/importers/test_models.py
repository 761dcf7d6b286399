"""Models of other tools: CALM, Backstage and LikeC4; and this project's own exports of them, read back."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from archspec.importers.imported import Imported, import_files
from archspec.language import load, load_text
from archspec.model import Architecture, View
from archspec.renderers import build_scene, render, renderer_for
from tests.conftest import ROOT
from tests.importers.conftest import Import, data

CALM = "finos/architecture-as-code"
SIGN_UP = f"{CALM}/cli/test_fixtures/getting-started/STEP-3/conference-signup-with-flow.arch.json"


def test_calm_nodes_are_components_and_what_holds_them_a_group(imported: Import) -> None:
    found = data(imported(SIGN_UP).text)
    assert {name: (fields["kind"], fields.get("group")) for name, fields in found["components"].items()} == {
        "conference-website": ("client", None),
        "load-balancer": ("load_balancer", "k8s-cluster"),
        "attendees": ("server", "k8s-cluster"),
        "attendees-store": ("database", "k8s-cluster"),
    }


def test_calm_protocols_say_what_is_spoken_and_whether_it_is_encrypted(imported: Import) -> None:
    found = data(imported(SIGN_UP).text)["connections"]
    assert found["load-balancer -> attendees"] == {"label": "Forward", "protocol": ["mtls"], "encryption": "in_transit"}
    assert found["attendees -> attendees-store"]["protocol"] == ["sql"]


def test_a_calm_flow_is_a_flow(imported: Import) -> None:
    flow = data(imported(SIGN_UP).text)["flows"]["flow-conference-signup"]
    assert (flow["from"], flow["steps"][0]["call"]) == ("conference-website", ["load-balancer"])
    assert flow["steps"][0]["steps"][0]["steps"][0]["call"] == ["attendees-store"]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("calm/getting-started/conference-signup.pattern.json", "a pattern; `calm generate -p` makes an architecture"),
        ("calm/architecture/calm.timeline.json", "a timeline; name the architectures that its moments lead to"),
        ("calm-models/src/test/resources/test-architecture-nonstandard-ids.json", "it has no node with a `unique-id`"),
    ],
)
def test_a_calm_file_without_nodes_says_what_it_is(file: str, says: str, imported: Import) -> None:
    with pytest.raises(UsageError) as error:
        imported(f"{CALM}/{file}")
    assert says in str(error.value)


def of_calm(folder: Path, nodes: list[dict[str, Any]], relationships: list[dict[str, Any]]) -> Imported:
    file = folder / "a.json"
    file.write_text(json.dumps({"nodes": nodes, "relationships": relationships}))
    return import_files([str(file)])


def node(name: str, sort: str) -> dict[str, Any]:
    return {"unique-id": name, "node-type": sort, "name": name, "description": name}


def test_who_subscribes_to_a_queue_is_sent_to(tmp_path: Path) -> None:
    ends = {"source": {"node": "mail"}, "destination": {"node": "event queue"}}
    arrow = {"unique-id": "r", "description": "Subscribes to", "relationship-type": {"connects": ends}}
    found = of_calm(tmp_path, [node("mail", "service"), node("event queue", "database")], [arrow])
    assert list(data(found.text)["connections"]) == ["event-queue -> mail"]
    assert 'turned round, since the arrow leads with the message; was "Subscribes to"' in found.text


def test_a_calm_architecture_says_what_it_is_called_and_what_it_is_for(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"title": "Shop", "description": "Sells books.", "nodes": [node("a", "service")]}))
    found = load_text(import_files([str(file)]).text)
    assert (found.name, (found.description or "").splitlines()[0]) == ("Shop", "Sells books.")


def test_a_relationship_in_its_oldest_form_is_read(tmp_path: Path) -> None:
    arrow = {"unique-id": "r", "relationship-type": {"connects": {"source": "a", "destination": "b"}}}
    found = of_calm(tmp_path, [node("a", "service"), node("b", "service")], [arrow])
    assert list(data(found.text)["connections"]) == ["a -> b"]


def test_an_arrow_to_what_is_not_declared_is_told(tmp_path: Path) -> None:
    arrow = {"unique-id": "r", "relationship-type": {"connects": {"source": "a", "destination": "b"}}}
    found = of_calm(tmp_path, [node("a", "service")], [arrow])
    assert "unresolved: a -> b: b is not declared" in found.report


@pytest.mark.parametrize(
    ("parts", "found", "unresolved"),
    [
        (["b"], ["a -> b"], []),
        (["b", "c"], [], ["unresolved: a -> whole: whole is a whole, and no part of it is named"]),
    ],
)
def test_an_arrow_to_a_whole_of_one_part_is_one_to_the_part(
    parts: list[str], found: list[str], unresolved: list[str], tmp_path: Path
) -> None:
    holds = {"unique-id": "h", "relationship-type": {"composed-of": {"container": "whole", "nodes": parts}}}
    ends = {"source": {"node": "a"}, "destination": {"node": "whole"}}
    arrow = {"unique-id": "r", "relationship-type": {"connects": ends}}
    nodes = [node("a", "service"), node("whole", "system"), *(node(part, "service") for part in parts)]
    made = of_calm(tmp_path, nodes, [holds, arrow])
    assert list(data(made.text).get("connections", ())) == found
    assert [line for line in made.report if line.startswith("unresolved")] == unresolved


def test_backstage_entities_are_components_of_their_system(imported: Import) -> None:
    found = data(imported("backstage/backstage").text)
    assert found["name"] == "Artist Engagement Portal"
    assert found["connections"] == {"www-artist -> artist-lookup": {}, "artist-lookup -> artists-db": {}}
    assert found["components"]["artists-db"] == {
        "kind": "database",
        "description": "Stores artist details",
        "owner": "team-a",
        "group": "artist-engagement-portal",
    }


def test_who_consumes_an_api_asks_who_provides_it(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text("""
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: Shop, annotations: {x: y}}
spec: {type: service, consumesApis: [Pay]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: bank, namespace: money, links: [{title: Runbook, url: "https://u:pw@wiki.example.org/run?token=T"}]}
spec: {type: service, providesApis: [default/pay]}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: pay}
spec: {type: grpc}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: kit}
spec: {type: library}
""")
    found = import_files([str(tmp_path / "catalog.yaml")])
    assert data(found.text)["connections"] == {"Shop -> bank": {"protocol": ["grpc"]}}
    assert data(found.text)["components"]["bank"]["links"] == {"Runbook": "https://wiki.example.org/run"}
    assert "left out: kit: a library runs in what uses it" in found.report


LIKEC4 = {
    "projectId": "shop",
    "elements": {
        "customer": {"kind": "actor", "title": "Customer", "style": {"shape": "person"}},
        "cloud": {"kind": "system", "title": "Shop"},
        "cloud.ui": {"kind": "webapp", "title": "Web", "style": {"shape": "browser"}},
        "cloud.api": {"kind": "service", "title": "API", "technology": "Go", "description": {"txt": "Answers."}},
        "cloud.db": {"kind": "db", "title": "Orders", "technology": "PostgreSQL 16"},
    },
    "relations": {
        "1": {"source": {"model": "customer"}, "target": {"model": "cloud.ui"}, "title": "uses"},
        "2": {"source": {"model": "cloud.ui"}, "target": {"model": "cloud.api"}, "technology": "HTTPS"},
        "3": {"source": {"model": "cloud.api"}, "target": {"model": "cloud.db"}, "title": "reads"},
    },
    "views": {
        "order": {
            "_type": "dynamic",
            "title": "Order",
            "steps": [
                {"source": "cloud.ui", "target": "cloud.api", "title": "POST /orders"},
                {"source": "cloud.api", "target": "cloud.db", "title": "insert"},
                {"source": "cloud.db", "target": "cloud.api", "isBackward": True},
            ],
        }
    },
}


def test_likec4_elements_are_components_and_its_dynamic_views_flows(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(json.dumps(LIKEC4))
    found = data(import_files([str(tmp_path / "model.json")]).text)
    assert found["components"] == {
        "customer": {"kind": "person", "label": "Customer"},
        "ui": {"kind": "client", "label": "Web"},
        "api": {"kind": "server", "label": "API", "technology": "Go", "description": "Answers.", "group": "cloud"},
        "db": {"kind": "database", "label": "Orders", "technology": "postgresql", "group": "cloud"},
    }
    assert found["connections"] == {
        "customer -> ui": {"label": "uses"},
        "ui -> api": {"protocol": ["https"]},
        "api -> db": {"label": "reads"},
    }
    assert found["flows"]["order"]["steps"] == [
        {"call": ["api"], "does": "POST /orders", "steps": [{"call": ["db"], "does": "insert"}]}
    ]


COMPILER = ROOT / "tests/tools/node_modules/.bin/likec4"
SYSTEMS = sorted(str(spec.parent.relative_to(ROOT / "specs")) for spec in (ROOT / "specs").rglob("architecture.yaml"))


def structure(file: Path) -> tuple[set[str], set[str]]:
    """Components and connections of what is read back."""
    found = data(import_files([str(file)]).text)
    return set(found["components"]), set(found["connections"])


def drawn(architecture: Architecture, view: View) -> tuple[set[str], set[str]]:
    """Those that a view shows, which is what is exported."""
    scene = build_scene(architecture, view)
    return {node.id for node in scene.nodes}, {f"{edge.source} -> {edge.target}" for edge in scene.edges}


@pytest.mark.parametrize("format_", ["structurizr-json", "calm"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_an_export_read_back_has_the_same_structure(system: str, format_: str, tmp_path: Path) -> None:
    architecture, view = load(ROOT / "specs" / system / "architecture.yaml"), View(id="all")
    (tmp_path / "export.json").write_bytes(render(renderer_for(format_), architecture, view).data)
    assert structure(tmp_path / "export.json") == drawn(architecture, view)


@pytest.mark.parsers
@pytest.mark.skipif(not COMPILER.exists(), reason="npm tools are not installed: see .ci/run")
def test_what_likec4_exports_of_our_models_has_the_same_structure(tmp_path: Path) -> None:
    """LikeC4's own compiler stands between. A LikeC4 file numbers its elements, as the view has them."""
    view = View(id="all")
    for system in ("first_server", "web_shop"):
        architecture = load(ROOT / "specs" / system / "architecture.yaml")
        folder = tmp_path / system.replace("/", "-")
        folder.mkdir()
        (folder / "model.c4").write_bytes(render(renderer_for("likec4"), architecture, view).data)
        command = [str(COMPILER), "export", "json", "--skip-layout", "-o", str(folder / "model.json"), str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        names = {f"n{number}": node.id for number, node in enumerate(build_scene(architecture, view).nodes)}
        components, connections = structure(folder / "model.json")
        ends = [each.split(" -> ") for each in connections]
        renamed = {names[each] for each in components}, {f"{names[one]} -> {names[two]}" for one, two in ends}
        assert renamed == drawn(architecture, view)
