"""Every file of the sample gives a spec that loads, or one clear sentence; and 1,000 services are no burden."""

import csv
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.importers.imported import import_files
from archspec.language import load_text
from tests.importers.conftest import DATA

FILES = [row["file"] for row in csv.DictReader((DATA / "ORIGIN.tsv").open(), delimiter="\t")]


@pytest.mark.parametrize("file", FILES)
def test_a_real_file_gives_a_spec_or_a_sentence(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    try:
        found = import_files([file])
    except UsageError as error:
        message = str(error)
    else:
        message = ""
        assert load_text(found.text).components
        unexplained = [line for line in found.text.splitlines() if "->" in line and "why:" not in line]
        assert [line for line in unexplained if not line.lstrip().startswith("#")] == []
    assert message == "" or message[-1] == "."


def test_every_connection_of_the_sample_names_its_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    found = import_files(["supabase/supabase/docker/docker-compose.yml"])
    connections = found.text.partition("connections:\n")[2].splitlines()
    assert [line for line in connections if "# why: " not in line and not line.startswith("  #")] == []


def test_importing_twice_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    shop = "microservices-demo/microservices-demo/deploy/kubernetes"
    once, twice = (import_files([f"{shop}/manifests", f"{shop}/manifests-policy"]).text for _ in range(2))
    assert once == twice


def test_a_thousand_services_are_all_there(tmp_path: Path) -> None:
    rows = ["services:"]
    for number in range(1000):
        url = f"http://svc-{(number * 7 + 1) % 1000}:80"
        rows.append(f"  svc-{number}: {{image: x, environment: {{NEXT_URL: '{url}'}}}}")
    (tmp_path / "compose.yaml").write_text("\n".join(rows))
    found = import_files([str(tmp_path / "compose.yaml")])
    assert found.report[1] == "wrote 1000 components, 1000 connections (1000 stated)"
