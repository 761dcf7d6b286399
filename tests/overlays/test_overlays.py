"""Overlays write on each card what is known of its component, and nothing where nothing is known."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import archspec
from archspec.cli.main import run
from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Shape
from archspec.renderers import build_scene, find_view, place
from archspec.renderers.overlay import Layer, laid_over
from archspec.renderers.scene import Reading, SceneNode, Tint
from archspec.renderers.svg.diagram import draw
from archspec.validators.config import Config
from archspec.validators.run import judge
from archspec.webpage.gathering.layers import layer_contents
from tests.hostile_labels import TEXTS
from tests.overlays.shop import SPEC, layer


def said(name: str) -> dict[str, tuple[str, Tint]]:
    return {id_: (reading.text, reading.tint) for id_, reading in layer(name).readings.items()}


def test_utilisation_is_that_of_the_fullest_resource():
    found = said("utilisation")
    assert found["api"] == ("cores 25%", Tint.GOOD)
    assert found["db"] == ("slots 30%", Tint.GOOD)


def test_latency_is_the_share_of_the_response():
    assert said("latency") == {"api": ("25% of the time", Tint.FAIR), "db": ("75% of the time", Tint.BAD)}


def test_work_done_at_once_counts_once():
    twice = SPEC.replace("{call: db, takes: 30ms}", "{parallel: [{call: db, takes: 30ms}, {call: db, takes: 30ms}]}")
    assert layer("latency", twice).readings["db"].text == "75% of the time"


def test_availability_is_what_a_component_costs_and_no_figure_where_none_is_known():
    found = said("availability")
    assert found["db"] == ("8 h 46 min / year", Tint.BAD)
    assert found["cache"] == ("no figure", Tint.OTHER)


def test_the_owner_is_its_own_or_the_systems():
    found = said("owner")
    assert found["api"][0] == "Shop team"
    assert found["db"][0] == "Data team"
    assert found["api"][1] is not found["db"][1]


def test_findings_of_a_connection_stand_on_the_card_of_who_asks():
    spec = SPEC.replace("user -> api: https", "user -> api: http")
    assert layer("findings", spec).readings["user"].text == "1 error"


def test_a_card_of_several_says_what_is_said_of_the_worst():
    group = SceneNode("g", "G", Shape.SERVER, members=3)
    scene = build_scene(load_text(SPEC), find_view(load_text(SPEC), None))
    scene = replace(scene, nodes=(replace(group, holds=("api", "db", "cache")),), edges=())
    found = laid_over(scene, layer("latency")).nodes[0].reading
    assert found is not None
    assert found.text == "75% of the time"
    assert found.note.endswith("(of 3 components, 1 like this)")


DRIFTED = Path(__file__).parents[2] / "docs" / "examples" / "drifted.yaml"
RUNNING = Path(__file__).parents[2] / "docs" / "examples" / "running.yaml"


@pytest.fixture(scope="module")
def spans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Spans of a system of which a spec has drifted."""
    folder = tmp_path_factory.mktemp("spans")
    kept = ["--sample-traces", "100", "--sample", "uniform", "--traces-format", "zipkin", "--traces-to"]
    written = [*kept, str(folder / "traces.json"), "-o", str(folder / "report.txt")]
    assert run(["simulate", str(RUNNING), "--duration", "30s", *written, "-q"]) == 0
    return folder / "traces.json"


def test_drift_stands_on_the_cards_that_traces_contradict(spans: Path):
    found = archspec.drift(DRIFTED, spans)
    callers = {each.element.partition(" -> ")[0] for each in found} & set(archspec.load(DRIFTED).components)
    drawn = etree.fromstring(archspec.render(DRIFTED, overlay="drift", traces=spans).data)
    marked = [
        card.get("data-id")
        for card in drawn.xpath("//s:g[@data-id]", namespaces={"s": "http://www.w3.org/2000/svg"})
        if any(code in card[0].text for code in {each.code for each in found})
    ]
    assert marked == sorted(callers, key=list(archspec.load(DRIFTED).components).index)


def test_the_page_has_drift_where_traces_were_given(spans: Path):
    architecture = archspec.load(DRIFTED)
    outcome = judge(architecture, Config())
    found = tuple(archspec.drift(DRIFTED, spans))
    given, without = (layer_contents(architecture, outcome, {}, {}, each) for each in (found, None))
    assert {each.name for each in given} - {each.name for each in without} == {"drift"}


def test_drift_without_traces_is_refused_with_the_remedy(capsys: pytest.CaptureFixture[str]):
    assert run(["render", str(DRIFTED), "--overlay", "drift"]) == 2
    assert "name some with `--traces`" in capsys.readouterr().err


def test_readings_and_legend_are_drawn(golden: Callable[[str, str], None]):
    architecture = load_text(SPEC)
    scene = laid_over(build_scene(architecture, find_view(architecture, None)), layer("latency"))
    golden("tests/overlays/expected/latency.svg", draw(place(scene), with_font=False))


@pytest.mark.parametrize("text", TEXTS)
def test_no_hostile_reading_breaks_a_picture_or_reaches_beyond_its_card(text: str):
    architecture = load_text(SPEC)
    scene = build_scene(architecture, find_view(architecture, None))
    made = Layer("any", {"api": Reading(text, Tint.BAD, note=text)}, layer("owner").keys)
    placed = place(laid_over(scene, made))
    tree = etree.fromstring(draw(placed).encode())
    boxes = tree.xpath("//s:g[@data-id='api']/s:rect", namespaces={"s": "http://www.w3.org/2000/svg"})
    card = next(each.card for each in placed.nodes if each.node.id == "api")
    pill = boxes[-2]  # the last one is the count of replicas
    assert card.x < float(pill.get("x"))
    assert float(pill.get("x")) + float(pill.get("width")) <= card.right


def test_the_face_and_the_command_draw_the_same(tmp_path: Path):
    spec, file = tmp_path / "shop.yaml", tmp_path / "shop.svg"
    spec.write_text(SPEC)
    assert run(["render", str(spec), "--overlay", "findings", "-o", str(file), "-q"]) == 0
    assert archspec.render(spec, overlay="findings").data == file.read_bytes()


def test_an_unknown_overlay_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="`availability`, `drift`, `findings`, `latency`, `owner`, `utilisation`"):
        layer("money")


def test_a_format_without_overlays_says_which_have_them():
    with pytest.raises(UsageError, match="mermaid shows no overlays; choose one of pdf, png, svg"):
        archspec.render(load_text(SPEC), overlay="owner", format="mermaid")


def test_a_sequence_diagram_says_that_it_has_no_cards():
    made = archspec.render(load_text(SPEC), overlay="owner", view="sequence-buy")
    assert made.notes == ("`owner` is laid over cards, and this view is a sequence diagram.",)
