"""Compose files mean what `docker compose config` makes of them: cases from the specification, one by one."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.importers.compose.interpolation import Variables, read_env
from archspec.importers.compose.merging import merged, pairs, port, volume_parts
from archspec.importers.compose.project import Project, project
from archspec.importers.documents import documents
from archspec.importers.source import Source
from tests.properties import examples


def made(folder: Path, files: dict[str, str], first: list[str], profiles: tuple[str, ...] = ()) -> Project:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return project([Source(name, folder / name) for name in first], profiles)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("$A", "one"),
        ("${A}", "one"),
        ("${A}-${A}", "one-one"),
        ("${U}", ""),
        ("${U:-two}", "two"),
        ("${U-two}", "two"),
        ("${E:-two}", "two"),
        ("${E-two}", ""),
        ("${A:-two}", "one"),
        ("${A:+three}", "three"),
        ("${E:+three}", ""),
        ("${E+three}", "three"),
        ("${U+three}", ""),
        ("${A:?must}", "one"),
        ("${U:?must}", ""),
        ("${U:-${A}}", "one"),
        ("${U:-${V:-deep}}", "deep"),
        ("${A:+${U:-x}y}", "xy"),
        ("$$A", "$A"),
        ("$${A}", "${A}"),
        ("a$", "a$"),
        ("${", "${"),
        ("${A", "${A"),
        ("$1", "$1"),
        ("$A.b", "one.b"),
        ("${U:-http://h:80/p}", "http://h:80/p"),
    ],
)
def test_a_variable_reads_as_compose_reads_it(text: str, becomes: str) -> None:
    assert Variables({"A": "one", "E": ""}).text(text) == becomes


def test_a_variable_in_a_key_stays() -> None:
    assert Variables({"A": "x"}).filled(documents("$A: $A")[0]) == {"$A": "x"}


def test_an_unset_variable_is_noted_and_empty(tmp_path: Path) -> None:
    found = made(tmp_path, {"a.yaml": "services: {a: {image: 'x:$TAG'}}"}, ["a.yaml"])
    assert found.services["a"]["image"] == "x:"
    assert found.notes == ["a.yaml: not set, and so empty: TAG; set them in .env, or pipe in `docker compose config`"]


def test_the_env_file_beside_the_first_file_sets_variables(tmp_path: Path) -> None:
    found = made(tmp_path, {".env": "TAG=7", "a.yaml": "services: {a: {image: 'x:$TAG'}}"}, ["a.yaml"])
    assert found.services["a"]["image"] == "x:7"


def test_each_file_is_interpolated_before_they_are_merged(tmp_path: Path) -> None:
    files = {
        ".env": "N=V",
        "a.yaml": "services: {a: {image: x, labels: [k=$$N]}}",
        "b.yaml": "services: {a: {tty: true}}",
    }
    assert made(tmp_path, files, ["a.yaml", "b.yaml"]).services["a"]["labels"] == ["k=$N"]


@pytest.mark.parametrize(
    ("below", "above", "becomes"),
    [
        ("command: [a, b]", "command: [c]", {"command": ["c"]}),
        ("entrypoint: a", "entrypoint: b", {"entrypoint": "b"}),
        (
            "healthcheck: {test: [a], interval: 1s}",
            "healthcheck: {test: [b]}",
            {"healthcheck": {"test": ["b"], "interval": "1s"}},
        ),
        ("environment: {A: 1, B: 2}", "environment: {B: 3}", {"environment": {"A": "1", "B": "3"}}),
        ("environment: [A=1]", "environment: {B: 3}", {"environment": {"A": "1", "B": "3"}}),
        ("environment: [A=1, B=2]", "environment: [B=3]", {"environment": {"A": "1", "B": "3"}}),
        ("labels: [a=1]", "labels: {b: 2}", {"labels": {"a": "1", "b": "2"}}),
        ("dns: [1.1.1.1]", "dns: [8.8.8.8]", {"dns": ["1.1.1.1", "8.8.8.8"]}),
        ("expose: ['1']", "expose: ['1', '2']", {"expose": ["1", "2"]}),
        ("ports: ['80:80']", "ports: ['80:80']", {"ports": ["80:80"]}),
        ("ports: ['80:80']", "ports: ['81:80']", {"ports": ["80:80", "81:80"]}),
        ("ports: ['80:80']", "ports: ['80:80/udp']", {"ports": ["80:80", "80:80/udp"]}),
        (
            "ports: ['80:80']",
            "ports: [{target: 80, published: '80'}]",
            {"ports": [{"target": "80", "published": "80"}]},
        ),
        ("volumes: ['one:/x']", "volumes: ['two:/x']", {"volumes": ["two:/x"]}),
        ("volumes: ['one:/x']", "volumes: ['one:/y']", {"volumes": ["one:/x", "one:/y"]}),
        (
            "depends_on: [b]",
            "depends_on: {c: {condition: service_healthy}}",
            {"depends_on": {"b": {}, "c": {"condition": "service_healthy"}}},
        ),
        ("networks: [n]", "networks: {m: {aliases: [q]}}", {"networks": {"n": {}, "m": {"aliases": ["q"]}}}),
        (
            "deploy: {replicas: 1, mode: replicated}",
            "deploy: {replicas: 2}",
            {"deploy": {"replicas": "2", "mode": "replicated"}},
        ),
        ("logging: {driver: a, options: {x: 1}}", "logging: {driver: b}", {"logging": {"driver": "b"}}),
        (
            "logging: {driver: a, options: {x: 1}}",
            "logging: {options: {y: 2}}",
            {"logging": {"driver": "a", "options": {"x": "1", "y": "2"}}},
        ),
        ("ports: ['80:80']", "ports: !reset []", {}),
        ("ports: ['80:80']", "ports: !override ['81:81']", {"ports": ["81:81"]}),
        ("environment: {A: 1, B: 2}", "environment: {A: !reset null}", {"environment": {"B": "2"}}),
        ("environment: {A: 1}", "environment: !override {B: 2}", {"environment": {"B": "2"}}),
        ("image: y", "image: z", {"image": "z"}),
        ("stop_grace_period: 1s", "tty: true", {"stop_grace_period": "1s", "tty": "true"}),
    ],
)
def test_two_files_merge_as_the_specification_says(below: str, above: str, becomes: Any, tmp_path: Path) -> None:
    lower = below if below.startswith("image") else f"image: x\n    {below}"
    files = {"a.yaml": f"services:\n  a:\n    {lower}", "b.yaml": f"services:\n  a:\n    {above}"}
    found = made(tmp_path, files, ["a.yaml", "b.yaml"]).services["a"]
    assert found == {"image": "x", **becomes}


def test_a_file_may_extend_a_service_of_its_own(tmp_path: Path) -> None:
    text = "services: {base: {image: x, environment: {A: 1}}, a: {extends: base, environment: {B: 2}}}"
    assert made(tmp_path, {"a.yaml": text}, ["a.yaml"]).services["a"] == {
        "image": "x",
        "environment": {"A": "1", "B": "2"},
    }


def test_a_chain_of_files_is_extended_from_the_far_end(tmp_path: Path) -> None:
    files = {
        "a.yaml": "services: {a: {extends: {file: sub/b.yaml, service: b}, command: [c]}}",
        "sub/b.yaml": "services: {b: {extends: {file: c.yaml, service: c}, command: [b], tty: true}}",
        "sub/c.yaml": "services: {c: {image: x, command: [a]}}",
    }
    found = made(tmp_path, files, ["a.yaml"]).services["a"]
    assert found == {"image": "x", "command": ["c"], "tty": "true"}


def test_a_service_that_extends_itself_is_told(tmp_path: Path) -> None:
    text = "services: {a: {image: x, extends: b}, b: {image: y, extends: a}}"
    assert made(tmp_path, {"a.yaml": text}, ["a.yaml"]).notes[0] == "service a extends itself, by way of b"


def test_an_extended_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = "services: {a: {image: x, extends: {file: no.yaml, service: b}}}"
    assert made(tmp_path, {"a.yaml": text}, ["a.yaml"]).notes == ["service a extends b of no.yaml, which is not there"]


def test_yaml_merges_and_anchors_are_followed(tmp_path: Path) -> None:
    text = "x-common: &c {image: x, tty: true}\nservices: {a: {<<: *c, tty: false}, b: {<<: [*c, {init: true}]}}"
    found = made(tmp_path, {"a.yaml": text}, ["a.yaml"]).services
    assert found == {"a": {"image": "x", "tty": "false"}, "b": {"image": "x", "tty": "true", "init": "true"}}


def test_a_service_with_a_profile_runs_only_with_it(tmp_path: Path) -> None:
    files = {"a.yaml": "services: {a: {image: x}, b: {image: y, profiles: [debug]}}"}
    off, on = made(tmp_path, files, ["a.yaml"]), made(tmp_path, files, ["a.yaml"], ("debug",))
    assert (list(off.services), off.inactive, list(on.services)) == (["a"], ["b (profile debug)"], ["a", "b"])


def test_an_included_project_stands_in_its_own_folder(tmp_path: Path) -> None:
    files = {
        "a.yaml": "include: [sub/b.yaml]\nservices: {a: {image: x}}",
        "sub/b.yaml": "services: {b: {image: 'y:$TAG'}}",
        "sub/.env": "TAG=3",
    }
    found = made(tmp_path, files, ["a.yaml"])
    assert {name: service["image"] for name, service in found.services.items()} == {"a": "x", "b": "y:3"}


def test_an_include_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = made(tmp_path, {"a.yaml": "include: [b.yaml]\nservices: {a: {image: x}}"}, ["a.yaml"])
    assert found.notes == ["the included file b.yaml is not there"]


def test_a_file_of_the_first_version_is_its_services(tmp_path: Path) -> None:
    assert list(made(tmp_path, {"a.yaml": "web: {image: x}\ndb: {image: y}"}, ["a.yaml"]).services) == ["web", "db"]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("6379", ("", "", "6379", "tcp")),
        ("3000-3005", ("", "", "3000-3005", "tcp")),
        ("8000:8000", ("", "8000", "8000", "tcp")),
        ("127.0.0.1:8001:8001", ("127.0.0.1", "8001", "8001", "tcp")),
        ("127.0.0.1::5000", ("127.0.0.1", "", "5000", "tcp")),
        ("6060:6060/udp", ("", "6060", "6060", "udp")),
        ("[::1]:80:80", ("[::1]", "80", "80", "tcp")),
    ],
)
def test_a_short_port_reads_as_its_long_form(short: str, long: tuple[str, ...]) -> None:
    assert tuple(port(short).values()) == long


@pytest.mark.parametrize(
    ("short", "parts"),
    [
        ("data:/var/lib", ("data", "/var/lib", "")),
        ("./conf:/etc/x:ro", ("./conf", "/etc/x", "ro")),
        ("/var/lib", ("/var/lib", "", "")),
        ("C:\\x:/y", ("C:\\x", "/y", "")),
    ],
)
def test_a_short_volume_has_its_parts(short: str, parts: tuple[str, str, str]) -> None:
    assert volume_parts(short) == parts


def test_an_env_file_has_quotes_comments_and_exports() -> None:
    assert read_env("# c\nexport A='a b'\nB=1 # one\nC=\n") == {"A": "a b", "B": "1", "C": ""}


NAMES = st.sampled_from(["A", "B", "C", "D"])
VALUES = st.sampled_from(["1", "2", "x y", "http://h:80"])
VARIABLES = st.dictionaries(NAMES, VALUES, max_size=4)
SERVICE_PATH = ("services", "a")


def as_list(variables: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in variables.items()]


@examples(60)
@given(VARIABLES, VARIABLES, st.booleans(), st.booleans())
def test_variables_merge_alike_whether_they_are_lists_or_mappings(
    below: dict[str, str], above: dict[str, str], list_below: bool, list_above: bool
) -> None:
    lower, upper = as_list(below) if list_below else below, as_list(above) if list_above else above
    assert pairs(merged(lower, upper, "environment", SERVICE_PATH)) == {**below, **above}


@examples(60)
@given(*[st.lists(st.sampled_from(["80:80", "81:80", "80:80/udp", "127.0.0.1:80:80", "9000"]), max_size=5)] * 2)
def test_a_port_is_published_once_however_often_it_is_said(below: list[str], above: list[str]) -> None:
    found = merged(below, above, "ports", SERVICE_PATH)
    assert [tuple(port(each).values()) for each in found] == list(
        dict.fromkeys(tuple(port(each).values()) for each in [*below, *above])
    )


@examples(60)
@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=3), max_size=3))
def test_a_file_laid_over_itself_is_itself(data: dict[str, dict[str, str]]) -> None:
    assert merged(data, data) == data
