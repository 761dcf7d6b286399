"""Structurizr workspaces as specs."""

import json
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from archspec.importers.imported import import_files
from archspec.importers.importer import Choices
from tests.conftest import Golden
from tests.importers.conftest import HERE, Import, data

RESOURCES = "structurizr/structurizr/structurizr-export/src/test/resources"
BANK = f"{RESOURCES}/big-bank-plc.json"
INVALID = "structurizr/structurizr/structurizr-client/src/test/resources/workspaceValidation"


def test_the_bank_equals_what_a_person_wrote_but_for_tags_of_people_and_the_views(imported: Import) -> None:
    found, by_hand = data(imported(BANK).text), data((HERE / "by_hand/structurizr-big-bank.yaml").read_text())
    assert {name: found["components"][name].pop("tags") for name in ("customer", "supportstaff", "backoffice")} == {
        "customer": ["Customer"],
        "supportstaff": ["Bank-Staff"],
        "backoffice": ["Bank-Staff"],
    }  # by hand only the tags of systems were kept
    assert list(found.pop("views")) == ["SystemLandscape", "SystemContext", "Containers"]  # as the workspace has them
    by_hand.pop("views")
    assert found == by_hand


def test_the_bank_is_the_same_to_the_byte(imported: Import, golden: Golden) -> None:
    golden(HERE / "expected/big-bank.yaml", imported(BANK).text)


def test_another_environment_has_other_replicas(imported: Import) -> None:
    found = data(imported(BANK, choices=Choices(environment="development")).text)["components"]
    assert [found[name].get("replicas") for name in ("webapplication", "apiapplication", "database")] == [1, 1, 1]


def test_infrastructure_stands_before_the_containers(imported: Import) -> None:
    found = data(imported(f"{RESOURCES}/amazon-web-services.json").text)
    assert {name: fields["kind"] for name, fields in found["components"].items()} == {
        "web-application": "server",
        "database-schema": "database",
        "dns-router": "dns",
        "load-balancer": "load_balancer",
    }
    assert found["connections"] == {
        "web-application -> database-schema": {
            "label": "Reads from and writes to",
            "protocol": ["mysql"],
            "encryption": "in_transit",
        },
        "dns-router -> load-balancer": {"protocol": ["https"]},
        "load-balancer -> web-application": {"protocol": ["https"]},
    }
    assert found["components"]["web-application"]["zones"] == ["US-East-1"]


def test_groups_nest_by_the_separator(imported: Import) -> None:
    found = data(imported(f"{RESOURCES}/groups.json").text)["groups"]
    assert {name: group.get("within") for name, group in found.items()} == {
        "d": "group-2-group-3",
        "group-1": None,
        "group-2": None,
        "group-2-group-3": "group-2",
        "group-4": "d",
    }


@pytest.mark.parametrize("system", ["Aaa", "Zzz"])
def test_a_group_of_containers_stands_in_its_system_whatever_both_are_called(system: str, write: Any) -> None:
    container = {"id": "2", "name": "Api", "group": "Middle"}
    systems = [{"id": "1", "name": system, "group": "Middle east", "containers": [container]}]
    write(workspace__json=json.dumps({"name": "x", "model": {"softwareSystems": systems}}))
    groups = data(import_files(["workspace.json"]).text)["groups"]
    assert {name: group.get("within") for name, group in groups.items()} == {
        system.lower(): "middle-east",
        "middle-east": None,
        "middle": system.lower(),
    }


def test_a_view_of_what_is_not_in_the_model_does_no_harm(imported: Import) -> None:
    found = data(imported(f"{INVALID}/ElementReferencedByViewIsMissingFromTheModel.json").text)
    assert len(found["components"]) == 1


@pytest.mark.parametrize("file", ["ChildDeploymentNodeNamesAreNotUnique.json", "ViewKeysAreNotUnique.json"])
def test_a_workspace_without_people_and_systems_is_refused(file: str, imported: Import) -> None:
    with pytest.raises(UsageError, match=r"^nothing in .* became a component; name files of a system that runs\."):
        imported(f"{INVALID}/{file}")


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, model: dict[str, Any], **more: Any) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    Path("w.json").write_text(json.dumps({"name": "W", "model": model, **more}))
    return data(import_files(["w.json"]).text)


def test_things_of_one_name_are_numbered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    systems = [{"id": "1", "name": "Mail"}, {"id": "2", "name": "Mail"}]
    assert list(made(tmp_path, monkeypatch, {"softwareSystems": systems})["components"]) == ["mail", "mail-2"]


def test_a_relationship_of_a_component_is_its_containers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = {"id": "3", "name": "P", "relationships": [{"id": "9", "sourceId": "3", "destinationId": "4"}]}
    containers = [{"id": "2", "name": "A", "components": [part]}, {"id": "4", "name": "B"}]
    system = {"id": "1", "name": "S", "containers": containers}
    assert made(tmp_path, monkeypatch, {"softwareSystems": [system]})["connections"] == {"a -> b": {}}


def test_a_relationship_between_whole_systems_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arrow = [{"id": "9", "sourceId": "1", "destinationId": "3"}]
    whole = {"id": "1", "name": "S", "containers": [{"id": "2", "name": "A"}], "relationships": arrow}
    model = {"softwareSystems": [whole, {"id": "3", "name": "T"}]}
    Path("w.json").write_text(json.dumps({"name": "W", "model": model}))
    assert "unresolved: S -> 3: between whole systems; no container has it" in import_files(["w.json"]).report
