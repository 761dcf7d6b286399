"""Whose metrics are collected, as the objects beside the workloads say it."""

from pathlib import Path

import pytest

from archspec.importers.imported import import_files
from tests.importers.conftest import data
from tests.importers.test_kubernetes import deployment

PROMETHEUS = deployment("prometheus", "image: prom/prometheus:v2")
SERVICE_MONITOR = """
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: apis, namespace: shop}
spec: {selector: {matchLabels: LABELS}}
"""
POD_MONITOR = """
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: pods, namespace: shop}
spec: {selector: {matchLabels: {app: web}}}
"""


def collected(folder: Path, *texts: str) -> dict[str, str | None]:
    """By component whom its metrics go to."""
    (folder / "all.yaml").write_text("---\n".join(texts))
    found = data(import_files(["all.yaml"]).text)["components"]
    return {id_: ", ".join(part.get("metrics_to", ())) or None for id_, part in found.items() if id_ != "prometheus"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def labelled(name: str, labels: str) -> str:
    """A workload whose Service has labels of its own."""
    return deployment(name).replace(
        f"kind: Service\nmetadata: {{name: {name}, namespace: shop}}",
        f"kind: Service\nmetadata: {{name: {name}, namespace: shop, labels: {labels}}}",
    )


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("{team: a}", {"api": "prometheus", "web": "prometheus", "db": None}),
        ("{team: a, tier: back}", {"api": "prometheus", "web": None, "db": None}),
        ("{team: z}", {"api": None, "web": None, "db": None}),
        ("{}", {"api": None, "web": None, "db": None}),
    ],
)
def test_a_monitor_of_services_collects_from_those_with_all_its_labels(
    labels: str, found: dict[str, str | None], folder: Path
) -> None:
    parts = labelled("api", "{team: a, tier: back}"), labelled("web", "{team: a}"), deployment("db")
    assert collected(folder, PROMETHEUS, *parts, SERVICE_MONITOR.replace("LABELS", labels)) == found


def test_a_monitor_of_pods_collects_from_those_it_selects(folder: Path) -> None:
    found = collected(folder, PROMETHEUS, deployment("api"), deployment("web"), POD_MONITOR)
    assert found == {"api": None, "web": "prometheus"}


@pytest.mark.parametrize(("scrape", "found"), [("'true'", "prometheus"), ("'True'", "prometheus"), ("'false'", None)])
def test_pods_may_ask_for_it_themselves(scrape: str, found: str | None, folder: Path) -> None:
    labels = "metadata: {labels: {app: api}}"
    asking = f"metadata: {{labels: {{app: api}}, annotations: {{prometheus.io/scrape: {scrape}}}}}"
    assert collected(folder, PROMETHEUS, deployment("api").replace(labels, asking)) == {"api": found}


@pytest.mark.parametrize("stores", [[], [PROMETHEUS, deployment("other", "image: prom/prometheus:v2")]])
def test_where_it_is_not_clear_who_collects_nothing_is_said(stores: list[str], folder: Path) -> None:
    found = collected(folder, *stores, deployment("web"), POD_MONITOR)
    assert found["web"] is None
