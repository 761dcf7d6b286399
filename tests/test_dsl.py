"""Specs in Python build what the same YAML would be."""

import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from archspec import (
    Cache,
    Client,
    Database,
    Group,
    LoadBalancer,
    Queue,
    Server,
    System,
    Worker,
    call,
    connect,
    dsl,
    load,
    load_text,
    parallel,
    stage,
    use,
    work,
)
from archspec.errors import Span, SpecError, UsageError
from archspec.model import architecture as model
from archspec.model.kind import kinds

YAML = """
archspec: 1
name: Video platform
owner: Video team
defaults: {server: {replicas: 2}, connections: {timeout: 1s}}
groups:
  region: {kind: region}
  zone-a: {kind: zone, within: region}
components:
  viewer: {kind: client, label: Browser or app}
  lb: {kind: load_balancer, group: region, technology: nginx, weights: {api: 2}}
  api: {kind: server, group: zone-a, sessions_in: sessions, zones: [zone-a]}
  sessions: {kind: cache}
  metadata: {kind: database}
  jobs: {kind: queue}
  worker: {kind: worker}
connections:
  - viewer -> lb
  - lb -> api
  - api -> [sessions, metadata]
  - api -> jobs: {protocol: amqp, timeout: 2s}
flows:
  watch:
    from: viewer
    rate: 10/s
    objective: {success: 99.9%, p99.9: 1s}
    steps:
      - call: lb
        steps:
          - call: api
            cpu: 4ms
            steps:
              - parallel: [{call: sessions, takes: 1ms}, {call: metadata, status: {404: 2%}}]
                needs: 1
              - {cpu: 2ms, does: render}
              - {call: jobs, wait: false, steps: [{call: worker}]}
  again: {from: viewer, steps: [{flow: watch}]}
alerts:
  slow: {metric: p99, flow: watch, above: 300ms, for: 5m}
pipelines:
  release: {trigger: push, stages: [{name: unit, kind: test}, {name: live, kind: deploy, targets: [api]}]}
views:
  overview: {include: ["flow:watch"]}
scenarios:
  peak: {load: {watch: 2x}, faults: [{at: 10s, fail: zone-a, for: 5s}]}
"""


def video() -> model.Architecture:
    """The same as `YAML`."""
    with System("Video platform", owner="Video team") as video:
        video.defaults("server", replicas=2)
        video.defaults("connections", timeout="1s")
        with Group("region", kind="region") as region:
            zone = Group("zone-a", kind="zone")
        viewer = Client("viewer", label="Browser or app")
        lb = LoadBalancer("lb", group=region, technology="nginx", weights={"api": 2})
        with zone:
            api = Server("api", sessions_in="sessions", zones=[zone])
        sessions, metadata = Cache("sessions"), Database("metadata")
        jobs, worker = Queue("jobs"), Worker("worker")
        viewer >> lb >> api >> [sessions, metadata]
        connect(api, jobs, protocol="amqp", timeout="2s")
        watch = video.flow(
            "watch",
            viewer,
            call(
                lb,
                call(
                    api,
                    parallel(call(sessions, takes="1ms"), call(metadata, status={404: "2%"}), needs=1),
                    work(cpu="2ms", does="render"),
                    call(jobs, call(worker), wait=False),
                    cpu="4ms",
                ),
            ),
            rate="10/s",
            objective={"success": "99.9%", "p99.9": "1s"},
        )
        video.flow("again", viewer, use(watch))
        video.alert("slow", metric="p99", flow=watch, above="300ms", for_="5m")
        video.pipeline("release", stage("unit", "test"), stage("live", "deploy", targets=[api]), trigger="push")
        video.view("overview", include=["flow:watch"])
        video.scenario("peak", load={"watch": "2x"}, faults=[{"at": "10s", "fail": zone, "for_": "5s"}])
    return video.build()


@pytest.fixture
def system() -> Iterator[System]:
    with System("Test") as made:
        yield made


def mistakes(system: System) -> list[tuple[str, str]]:
    """What is wrong, and the line of this file that it points at."""
    with pytest.raises(SpecError) as caught:
        system.build()
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return [(found.message, lines[found.span.line - 1].strip()) for found in caught.value.problems if found.span]


def test_python_and_yaml_give_the_same_architecture() -> None:
    assert video() == load_text(YAML)


def test_the_python_spec_is_the_yaml_spec_it_stands_beside() -> None:
    specs = Path(__file__).parents[1] / "specs"
    assert load(specs / "python_dsl" / "architecture.py") == load(specs / "scaled_out" / "architecture.yaml")


def test_there_is_a_class_for_every_kind_with_the_kinds_own_sentence() -> None:
    classes = {name: getattr(dsl, name) for name in dsl.__all__ if hasattr(getattr(dsl, name), "kind")}
    expected = {kind.model.__name__: (name, kind.summary) for name, kind in kinds().items()}
    assert {name: (made.kind, made.__doc__) for name, made in classes.items() if name != "Component"} == expected


def test_the_class_of_a_kind_is_found_again_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(LoadBalancer)) is LoadBalancer


def test_a_component_stands_in_the_group_it_is_made_in(system: System) -> None:
    with Group("outer", kind="network"), Group("inner", kind="network"):
        Server("api")
        Server("other", group="outer")
    built = system.build()
    assert (built.groups["inner"].within, built.components["api"].group) == ("outer", "inner")
    assert built.components["other"].group == "outer"


def test_a_group_stands_in_the_one_that_it_says_or_in_none(system: System) -> None:
    with Group("outer", kind="network"):
        Group("inner", kind="network")
        Group("beside", kind="network", within="far")
    Group("far", kind="network")
    Server("api")
    built = system.build()
    assert {id_: group.within for id_, group in built.groups.items()} == {
        "outer": None,
        "inner": "outer",
        "beside": "far",
        "far": None,
    }
    assert built.components["api"].group is None


def test_an_arrow_gives_what_it_points_to(system: System) -> None:
    first, second, third = Server("first"), Server("second"), Server("third")
    assert (first >> second) is second
    assert (first >> [second, third]) == [second, third]
    assert repr(first) == "Server('first')"


def test_lists_stand_for_their_members_on_either_side(system: System) -> None:
    first, second, third, fourth = (Server(name) for name in ("first", "second", "third", "fourth"))
    assert (first >> [second, third] >> fourth) is fourth
    assert [edge.name for edge in system.build().edges] == [
        "first -> second",
        "first -> third",
        "second -> fourth",
        "third -> fourth",
    ]


def test_a_star_imports_the_builder_and_the_loader() -> None:
    names: dict[str, object] = {}
    exec("from archspec import *", names)
    assert {"Architecture", "System", "Server", "call", "load", "load_text"} <= set(names)


def test_a_field_that_is_none_is_not_said(system: System) -> None:
    Server("api", label=None, replicas=2)
    assert system.build().components["api"].model_fields_set == {"id", "kind", "replicas"}


def test_only_keywords_of_python_lose_their_underscore(system: System) -> None:
    Server("api_")
    LoadBalancer("lb", weights={"api_": 2})
    assert list(system.build().components["lb"].model_dump()["weights"]) == ["api_"]


def test_a_handle_stands_for_its_id_wherever_one_belongs(system: System) -> None:
    api, zone = Server("api"), Group("zone", kind="zone")
    LoadBalancer("lb", weights={api: 2}, group=zone, zones=(zone,))
    read = system.flow("read", api, call(api))
    system.scenario("peak", load={read: "2x"}, faults=[{"fail": api}])
    data, _ = system.as_spec()
    assert data["components"]["lb"] == {
        "kind": "load_balancer",
        "group": "zone",
        "weights": {"api": 2},
        "zones": ["zone"],
    }
    assert data["scenarios"]["peak"] == {"load": {"read": "2x"}, "faults": [{"fail": "api"}]}
    assert data["flows"]["read"] == {"from": "api", "steps": [{"call": "api"}]}


def test_settings_go_over_what_was_declared(system: System) -> None:
    Server("api", replicas=2)
    assert system.build({"api.replicas": 6}).components["api"].model_dump()["replicas"] == 6
    assert system.build().components["api"].model_dump()["replicas"] == 2


def test_a_mistake_points_at_the_line_that_made_it(system: System) -> None:
    Server("api", replicas=0)
    Server("web", replcas=2)
    assert mistakes(system) == [
        ("0 is below 1", 'Server("api", replicas=0)'),
        ("a server has no field `replcas`", 'Server("web", replcas=2)'),
    ]


def test_a_part_is_found_at_the_whole_of_the_line_that_made_it(system: System) -> None:
    system.defaults("server", replicas=2)
    api = Server("api")
    Client("viewer") >> api
    system.flow("read", "viewer", call(api))
    _, source = system.as_spec()
    for places in (source.keys, source.values):
        assert {path: text_at(source.texts, span) for path, span in places.items()} == {
            (): 'with System("Test") as made:',
            ("defaults", "server"): 'system.defaults("server", replicas=2)',
            ("components", "api"): 'api = Server("api")',
            ("components", "viewer"): 'Client("viewer") >> api',
            ("connections", 0): 'Client("viewer") >> api',
            ("flows", "read"): 'system.flow("read", "viewer", call(api))',
            ("flows", "read", "steps", 0): 'system.flow("read", "viewer", call(api))',
        }


def text_at(texts: Mapping[str, str], span: Span) -> str:
    assert span.end_line == span.line
    return texts[span.file].splitlines()[span.line - 1][span.column - 1 : span.end_column - 1]


def test_what_is_handed_out_is_a_copy(system: System) -> None:
    Server("api")
    data, source = system.as_spec()
    data["components"].clear()
    source.keys.clear()
    assert list(system.build().components) == ["api"]
    assert system.as_spec()[1].keys != {}


def test_what_runs_without_a_file_has_no_line() -> None:
    made: dict[str, System] = {}
    exec("from archspec import System\nmade['it'] = System('Typed')", {"made": made})
    assert made["it"].as_spec()[1].keys == {}


def test_a_file_is_named_from_the_present_folder_where_it_lies_below(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(__file__)
    monkeypatch.chdir(here.parent)
    Server("near")
    monkeypatch.chdir(tmp_path)
    Server("far")
    keys = system.as_spec()[1].keys
    assert [keys["components", id_].file for id_ in ("near", "far")] == [here.name, str(here)]


def test_defaults_are_added_to_those_before(system: System) -> None:
    system.defaults("server", replicas=2)
    system.defaults("server", cores=4)
    Server("api")
    assert system.as_spec()[0]["defaults"] == {"server": {"replicas": 2, "cores": 4}}


def test_each_part_gives_a_handle_by_its_name(system: System) -> None:
    made = [
        system.flow("read", "viewer"),
        system.alert("slow", metric="p99"),
        system.pipeline("release"),
        system.view("all"),
        system.scenario("peak"),
    ]
    assert list(map(repr, made)) == [
        "Flow('read')",
        "Named('slow')",
        "Named('release')",
        "Named('all')",
        "Named('peak')",
    ]


def test_a_wrong_connection_and_a_wrong_call_point_at_their_lines(system: System) -> None:
    viewer, api = Client("viewer"), Server("api")
    viewer >> api
    connect(api, "nobody")
    system.flow("read", viewer, call("nowhere"))
    assert mistakes(system) == [
        ("`nobody` is not declared", 'connect(api, "nobody")'),
        ("`nowhere` is not declared", 'system.flow("read", viewer, call("nowhere"))'),
    ]


def test_a_wrong_step_points_at_its_own_line(system: System) -> None:
    viewer, api = Client("viewer"), Server("api")
    system.flow(
        "read",
        viewer,
        call(
            api,
            parallel(
                call("nowhere"),
                work(cpu="4ms"),
            ),
        ),
    )
    system.flow(
        "write",
        viewer,
        call(
            api,
            work(cpu="4"),
        ),
    )
    system.pipeline(
        "release",
        stage("unit", "test"),
        stage("live", "deply"),
    )
    assert mistakes(system) == [
        ("`nowhere` is not declared", 'call("nowhere"),'),
        ("`4` is not a duration: it has no unit", 'work(cpu="4"),'),
        ("`deply` is not a value of `kind`", 'stage("live", "deply"),'),
    ]


def test_an_id_is_declared_once(system: System) -> None:
    Server("api")
    with pytest.raises(UsageError, match=r"has 'api' twice, first at .*test_dsl\.py:\d+:5; rename one of them\."):
        Server("api")


def test_components_are_made_inside_an_architecture() -> None:
    with pytest.raises(UsageError, match="nothing is under construction"):
        Server("api")


def test_a_python_spec_imports_and_does_not_include() -> None:
    with pytest.raises(UsageError, match="cannot include YAML files; import a module instead"):
        System("Test", include=["other.yaml"])  # type: ignore[arg-type]


def test_after_its_block_an_architecture_is_no_longer_under_construction() -> None:
    with System("One"):
        pass
    with pytest.raises(UsageError, match="nothing is under construction"):
        connect("a", "b")
