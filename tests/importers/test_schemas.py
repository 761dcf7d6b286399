"""Foreign documents are held against their published schemas; what does not fit is told without its value."""

from pathlib import Path

import pytest

from archspec.importers.imported import import_files
from tests.importers.conftest import DATA


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("image: x, prots: ['80:80']", "services.api: unknown key prots"),
        ("image: 7", "services.api.image: must be string"),
        ("image: x, stop_grace_period: [1]", "services.api.stop_grace_period: must be string"),
        ("image: x, environment: hunter22", "services.api.environment: does not fit (oneOf)"),
    ],
)
def test_what_does_not_fit_the_schema_of_compose_is_told(
    fields: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("compose.yaml").write_text(f"services:\n  api: {{{fields}}}\n")
    report = import_files(["compose.yaml"]).report
    assert [line for line in report if "schema" in line] == [f"note: not as Compose's schema has it: {says}"]
    assert "hunter22" not in "".join(report)


def test_real_projects_fit_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    files = sorted(str(path) for path in Path().rglob("*compose*.y*ml") if "logging" not in path.name)
    reports = [line for file in files if "ui.yml" not in file for line in import_files([file]).report]
    assert (len(files) > 20, [line for line in reports if "schema" in line]) == (True, [])


DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec: {selector: {matchLabels: {app: api}}, replicas: REPLICAS, template: {spec: {containers: [{name: a, IMAGE}]}}}
"""
COMPONENT = """
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: api}
spec: {type: service, lifecycle: production, OWNER}
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DEPLOYMENT.replace("REPLICAS", "2").replace("IMAGE", "image: x"), None),
        (
            DEPLOYMENT.replace("REPLICAS", "many").replace("IMAGE", "image: x"),
            "Deployment api is not as Kubernetes' schema has it: spec.replicas: must be integer or null",
        ),
        (
            DEPLOYMENT.replace("REPLICAS", "2").replace("IMAGE", "imgae: hunter22"),
            "Deployment api is not as Kubernetes' schema has it: spec.template.spec.containers.0: unknown key imgae",
        ),
        (COMPONENT.replace("OWNER", "owner: shop"), None),
        (
            COMPONENT.replace("OWNER", "system: 7"),
            "component:default/api is not as Backstage's schema has it: spec.system: must be string",
        ),
        (
            COMPONENT.replace(", OWNER", ""),
            "component:default/api is not as Backstage's schema has it: spec: needs owner",
        ),
    ],
)
def test_what_does_not_fit_the_schema_of_its_makers_is_told(
    text: str, says: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("all.yaml").write_text(text)
    told = [line for line in import_files(["all.yaml"]).report if "schema" in line]
    assert (told[:1], "hunter22" in str(told)) == ([f"note: {says}"] if says else [], False)


@pytest.mark.parametrize("folder", ["GoogleCloudPlatform/microservices-demo/release", "backstage"])
def test_real_manifests_and_entities_fit_their_schemas(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    reports = import_files([folder]).report
    assert [line for line in reports if "schema" in line] == []
