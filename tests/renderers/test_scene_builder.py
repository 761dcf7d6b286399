"""Views show what they are asked for, drawn from the model."""

from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language import load, load_text
from archspec.model import Architecture, View
from archspec.renderers import build_scene, find_view, render, renderers, views
from archspec.renderers.scene import EdgeStyle, Scene
from archspec.renderers.scene_builder import build_scene as build

VIDEO = Path(__file__).parents[2] / "specs" / "video_platform" / "architecture.yaml"
SPECS = sorted(VIDEO.parents[1].glob("*/architecture.yaml"))

SHOP = """
archspec: 1
name: Shop
groups:
  region: {kind: region}
  zone-a: {kind: zone, within: region}
  zone-b: {kind: zone, within: region}
  net: {kind: network, trust: private, within: region}
components:
  viewer: {kind: client}
  lb: {kind: load_balancer, zones: [zone-a, zone-b], replicas: 2}
  api:
    {kind: server, replicas: 3, group: net, zones: [zone-a, zone-b], logs_to: logs, metrics_to: metrics, tags: [core]}
  jobs: {kind: queue, group: net}
  worker: {kind: worker, group: net}
  db: {kind: database, group: net, label: Orders, technology: postgresql}
  pay: {kind: external}
  logs: {kind: log_service}
  metrics: {kind: metrics_service}
  slack: {kind: notification_channel}
  dev: {kind: person}
  code: {kind: code_repository}
connections:
  - viewer -> lb: https
  - lb -> api: {protocol: http, timeout: 2s}
  - api -> db: {label: reads orders, access: read}
  - api -> jobs
  - jobs -> worker
  - api -> pay: https
  - dev -> code
flows:
  order:
    from: viewer
    steps:
      - call: lb
        steps:
          - call: api
            steps: [{call: db, does: save}, {call: jobs, does: publish, steps: [{call: worker}]}]
alerts:
  slow: {metric: p99, flow: order, above: 1s, notify: [slack]}
  down: {metric: success_rate, flow: order, below: 95%, notify: [slack]}
pipelines:
  release:
    source: code
    by: dev
    trigger: push to main
    notify: [slack]
    stages:
      - {name: unit tests, kind: test, takes: 4m}
      - {name: production, kind: deploy, targets: [api, worker], strategy: rolling}
"""


@pytest.fixture(scope="module")
def shop() -> Architecture:
    return load_text(SHOP)


def shown(architecture: Architecture, **fields: object) -> Scene:
    return build_scene(architecture, View.model_validate({"id": "v", **fields}))


def ids(scene: Scene) -> list[str]:
    return [node.id for node in scene.nodes]


def arrows(scene: Scene) -> list[str]:
    return [f"{edge.source} -> {edge.target}" for edge in scene.edges]


def test_the_structure_leaves_out_what_watches_and_what_delivers(shop: Architecture):
    assert ids(shown(shop)) == ["viewer", "lb", "api", "jobs", "worker", "db", "pay"]


def test_the_line_of_each_edge_follows_from_its_ends(shop: Architecture):
    styles = {f"{e.source} -> {e.target}": e.style for e in shown(shop, include=["kind:server", "near:api"]).edges}
    assert styles == {
        "lb -> api": EdgeStyle.REQUEST,
        "api -> db": EdgeStyle.REQUEST,
        "api -> jobs": EdgeStyle.ASYNCHRONOUS,
        "api -> pay": EdgeStyle.REQUEST,
        "api -> logs": EdgeStyle.TELEMETRY,
        "api -> metrics": EdgeStyle.TELEMETRY,
    }


def test_telemetry_in_a_structure_is_faint(shop: Architecture):
    scene = shown(shop, include=["near:api"])
    assert [edge.target for edge in scene.edges if edge.muted] == ["logs", "metrics"]


def test_an_edge_says_its_label_else_its_protocol(shop: Architecture):
    labels = {edge.target: edge.label for edge in shown(shop).edges}
    assert (labels["db"], labels["api"], labels["jobs"]) == ("reads orders", "http", "")


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ("db", ["db"]),
        ("kind:server", ["api"]),
        ("tag:core", ["api"]),
        ("group:net", ["api", "jobs", "worker", "db"]),
        ("group:zone-a", ["lb", "api"]),
        ("near:jobs", ["api", "jobs", "worker"]),
        ("flow:order", ["viewer", "lb", "api", "jobs", "worker", "db"]),
        ("pipeline:release", ["api", "worker", "slack", "dev", "code"]),
    ],
)
def test_a_selector_chooses(shop: Architecture, selector: str, chosen: list[str]):
    assert ids(shown(shop, include=[selector])) == chosen


def test_what_is_excluded_goes(shop: Architecture):
    assert ids(shown(shop, include=["group:net"], exclude=["kind:worker", "db"])) == ["api", "jobs"]


def test_a_line_is_excluded_and_its_ends_stay(shop: Architecture):
    fields = {"include": ["group:net", "pay"], "exclude": ["api -> db", "* -> kind:external"]}
    scene = shown(shop, **fields)
    assert (ids(scene), arrows(scene)) == (["api", "jobs", "worker", "db", "pay"], ["api -> jobs", "jobs -> worker"])


def test_a_box_bundles_no_line_that_is_excluded(shop: Architecture):
    scene = shown(shop, include=["lb", "group:net"], exclude=["lb -> api"], collapse=["net"])
    assert arrows(scene) == []


def test_a_view_of_one_flow_numbers_its_calls(shop: Architecture):
    scene = shown(shop, include=["flow:order"])
    assert [(edge.step, edge.source, edge.target, edge.label) for edge in scene.edges] == [
        ("1", "viewer", "lb", "https"),
        ("2", "lb", "api", "http"),
        ("3", "api", "db", "save"),
        ("4", "api", "jobs", "publish"),
        ("5", "jobs", "worker", ""),
    ]


def test_a_collapsed_group_is_one_box_with_its_edges_joined(shop: Architecture):
    scene = shown(shop, collapse=["net"])
    box = next(node for node in scene.nodes if node.id == "net")
    assert (box.members, box.description) == (4, "api, jobs, worker, Orders")
    assert arrows(scene) == ["viewer -> lb", "lb -> net", "net -> pay"]


def test_the_observability_view_shows_telemetry_and_who_is_told(shop: Architecture):
    scene = shown(shop, kind="observability")
    assert arrows(scene) == ["api -> logs", "api -> metrics", "metrics -> slack"]
    assert [edge.label for edge in scene.edges] == ["", "", "2 alerts"]


def test_the_delivery_view_walks_from_the_person_to_the_servers(shop: Architecture):
    scene = shown(shop, kind="delivery", include=["pipeline:release"])
    assert arrows(scene) == [
        "code -> release.1",
        "release.1 -> release.2",
        "release.2 -> api",
        "release.2 -> worker",
        "release.2 -> slack",
        "dev -> code",
    ]
    assert [node.label for node in scene.nodes if node.boundary] == ["unit tests", "production"]


def test_the_deployment_view_has_a_card_per_zone(shop: Architecture):
    scene = shown(shop, kind="deployment")
    assert [(n.id, n.boundary, n.replicas) for n in scene.nodes if n.boundary and "." in n.id] == [
        ("lb.zone-a", "zone-a", 1),
        ("lb.zone-b", "zone-b", 1),
        ("api.zone-a", "zone-a", 2),
        ("api.zone-b", "zone-b", 1),
    ]
    assert "lb.zone-a -> api.zone-a" in arrows(scene)
    assert "lb.zone-a -> api.zone-b" not in arrows(scene)


ZONES = """
archspec: 1
name: Zones
groups:
  here: {kind: region}
  there: {kind: region}
  a: {kind: zone, within: here}
  b: {kind: zone, within: here}
  c: {kind: zone, within: there}
components:
  api: {kind: server, replicas: 3, zones: [a, b, c]}
  db: {kind: database, replicas: 3, zones: [a, b, c]}
  files: {kind: object_store, replicas: 2, zones: [b, c]}
connections:
  - api -> db%s
  - {from: api, to: files, prefer: same_region}
"""


@pytest.mark.parametrize(
    ("prefer", "tip", "said"),
    [
        ("", "also to b, c", "Lines within a zone stand for calls to other zones too, where their tips say so."),
        (": {prefer: same_region}", "also to b", "where their tips say so."),
        (": {prefer: same_zone}", "", ""),
    ],
)
def test_a_line_within_a_zone_says_to_which_others_its_calls_go(prefer: str, tip: str, said: str):
    scene = shown(load_text(ZONES % prefer), kind="deployment")
    assert next(edge for edge in scene.edges if edge.target == "db.a").description == tip
    assert scene.description.endswith(said)


def test_who_prefers_what_is_near_asks_no_replica_further_away():
    scene = shown(load_text(ZONES % ""), kind="deployment")
    assert [each for each in arrows(scene) if "files" in each] == [
        "api.a -> files.b",
        "api.b -> files.b",
        "api.c -> files.c",
    ]


def test_a_spec_without_views_gets_sensible_ones(shop: Architecture):
    assert [(view.id, view.kind, view.title) for view in views(shop)] == [
        ("overview", "structure", "Shop"),
        ("flow-order", "structure", "order"),
        ("deployment", "deployment", "Where the replicas stand"),
        ("observability", "observability", "Who watches what"),
        ("delivery", "delivery", "How a change travels"),
    ]


@pytest.mark.parametrize(
    ("flows", "found"), [(0, ["overview"]), (8, ["overview", *(f"flow-f{n}" for n in range(8))]), (9, ["overview"])]
)
def test_each_of_a_few_flows_has_a_view_and_of_many_none(flows: int, found: list[str]):
    each = ", ".join(f"f{number}: {{from: app, steps: [{{call: api}}]}}" for number in range(flows))
    parts = "components: {app: {kind: client}, api: {kind: server}}\nconnections: [app -> api]\n"
    assert [view.id for view in views(load_text(f"archspec: 1\nname: A\n{parts}flows: {{{each}}}\n"))] == found


def test_a_spec_with_views_gets_its_own():
    assert [view.id for view in views(load(VIDEO))] == ["overview", "delivery", "observability", "deployment"]


def test_a_flow_can_be_asked_for_by_name_beside_the_views():
    assert find_view(load(VIDEO), "flow-sign-in").title == "Sign in"


def test_an_unknown_view_is_refused_with_those_there_are(shop: Architecture):
    with pytest.raises(UsageError, match="`overview`, `flow-order`, `deployment`, `observability`, `delivery`"):
        find_view(shop, "nothing")


def test_a_view_that_shows_nothing_says_so(shop: Architecture):
    assert shown(shop, include=["tag:none"]).notes == (
        "view v shows nothing: none of its selectors chooses a component.",
    )


def crowd(count: int) -> Architecture:
    groups = "".join(f"  g{index}: {{kind: team}}\n" for index in range(count // 10))
    components = "".join(f"  c{index}: {{kind: server, group: g{index // 10}}}\n" for index in range(count))
    links = "".join(f"  - c{index} -> c{index + 1}\n" for index in range(count - 1))
    return load_text(f"archspec: 1\nname: Crowd\ngroups:\n{groups}components:\n{components}connections:\n{links}")


def test_forty_components_are_shown_one_by_one():
    assert len(shown(crowd(40)).nodes) == 40


def test_more_are_drawn_as_their_groups_and_a_note_says_so():
    scene = shown(crowd(50))
    assert ids(scene) == ["g0", "g1", "g2", "g3", "g4"]
    assert scene.notes[0].startswith("50 components are more than a picture can show")


def test_a_caller_can_ask_for_all_of_them():
    assert len(build(crowd(50), View.model_validate({"id": "v"}), limit=None).nodes) == 50


def test_notes_of_scene_and_format_are_handed_on():
    output = render(renderers()["mermaid"], crowd(50), View.model_validate({"id": "v"}))
    assert len(output.notes) == 2


def test_a_sequence_view_is_drawn_as_a_sequence_diagram(shop: Architecture):
    view = View.model_validate({"id": "v", "kind": "sequence", "include": ["flow:order"]})
    assert render(renderers()["svg"], shop, view).data.count(b"data-step=") == 9
    assert "sequenceDiagram" in render(renderers()["mermaid"], shop, view).data.decode()


def test_a_format_without_sequence_diagrams_shows_the_flow_numbered(shop: Architecture):
    view = View.model_validate({"id": "v", "kind": "sequence", "include": ["flow:order"]})
    assert "3. save" in render(renderers()["dot"], shop, view).data.decode()


def test_a_view_of_everything_says_what_it_leaves_out():
    architecture = load(Path(__file__).parent / "specs" / "kinds-left-out.yaml")
    shown = {view.id: build_scene(architecture, view) for view in architecture.views.values()}
    assert [node.id for node in shown["all"].nodes] == ["build"]
    assert shown["all"].notes == ("view all leaves out `nexus`, `git`; `include` says what a view shows.",)
    assert shown["named"].notes == ()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_every_component_is_in_a_view_of_everything_or_named_as_left_out(spec: Path):
    architecture = load(spec)
    for kind in ("structure", "deployment"):
        view = View(id="all", kind=kind)
        scene = build(architecture, view, limit=None)
        shown = {node.id.partition(".")[0] for node in scene.nodes}
        left_out = [id_ for id_ in architecture.components if id_ not in shown]
        named = [id_ for id_ in left_out if any(f"`{id_}`" in note for note in scene.notes)]
        assert named == left_out[:6]


FRAMED = """
archspec: 1
name: Framed
groups: {g: {kind: cluster}, inner: {kind: team, within: g}}
components:
  a: {kind: server}
  b: {kind: server, group: g}
  c: {kind: server, group: inner}
connections: [a -> g: grpc]
flows: {f: {from: a, steps: [{call: c}, {call: b}]}}
views:
  whole: {}
  box: {collapse: [g]}
  inner-box: {collapse: [inner]}
  without: {exclude: [a -> g]}
  steps: {include: ["flow:f"]}
"""


def framed(view: str) -> list[tuple[str, str, str]]:
    architecture = load_text(FRAMED)
    return [(edge.source, edge.target, edge.frame) for edge in build(architecture, architecture.views[view]).edges]


def test_an_arrow_to_a_group_ends_at_its_frame_once() -> None:
    assert framed("whole") == [("a", "b", "g")]


def test_an_arrow_to_a_collapsed_group_ends_at_its_box() -> None:
    assert framed("box") == [("a", "g", "")]
    assert framed("inner-box") == [("a", "b", "g")]


def test_an_arrow_to_a_group_can_be_left_out() -> None:
    assert framed("without") == []


def test_a_view_of_a_flow_draws_the_calls_that_an_arrow_to_a_group_stands_for() -> None:
    assert framed("steps") == [("a", "c", ""), ("a", "b", "")]


NAMED = """
archspec: 1
name: Named
components: {a: {kind: server}, b: {kind: server}}
connections: [a -> b: {name: amqp}, a -> b: {name: http, label: asks}]
views: {both: {}, one: {exclude: [a -> b via http]}}
"""


def test_two_connections_of_one_pair_are_two_arrows() -> None:
    architecture = load_text(NAMED)
    scenes = [build(architecture, architecture.views[view]) for view in ("both", "one")]
    assert [[edge.label for edge in scene.edges] for scene in scenes] == [["amqp", "asks"], ["amqp"]]
