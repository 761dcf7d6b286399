"""Each argument of a function arrives on the floors below, and what is not given is as it is by default."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import archspec
from archspec.importers import Choices
from archspec.model import Duration
from archspec.planning.levers import Kind
from archspec.planning.plan import Options as PlanOptions
from archspec.renderers import Options as PictureOptions
from archspec.renderers import find_fit
from archspec.renderers.themes import find_theme
from archspec.simulation import SimulationOptions, TraceOptions
from archspec.simulation.studies.sweep_plan import Asked
from archspec.validators import Severity
from archspec.verification.verify import Options as VerifyOptions
from tests.conftest import ROOT

SHOP = (ROOT / "tests/cli/shop.yaml").read_text("utf-8")
Given = Mapping[str, Any]
Call = tuple[tuple[Any, ...], dict[str, Any]]
Ask = Callable[..., Call]


class HeardError(Exception):
    """What is asked for has been heard, and is not done."""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Calls a function up to the call of another one below, and gives that call."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/shop.yaml").write_text(SHOP, "utf-8")
    monkeypatch.chdir(tmp_path)

    def asked(target: str, function: Callable[..., Any], *arguments: Any, **named: Any) -> Call:
        calls: list[Call] = []

        def note(*arguments: Any, **named: Any) -> None:
            calls.append((arguments, named))
            raise HeardError

        module, _, name = target.rpartition(".")
        monkeypatch.setattr(import_module(module), name, note)
        with pytest.raises(HeardError):
            function(*arguments, **named)
        return calls[0]

    return asked


OF_A_RUN: list[tuple[Given, Given]] = [
    ({}, {}),
    ({"scenario": "sale"}, {"scenario": "sale"}),
    ({"duration": "5s"}, {"duration": Duration.parse("5s")}),
    ({"duration": 0.25}, {"duration": Duration.parse("250ms")}),
    ({"warm_up": 2}, {"warm_up": Duration.parse("2s")}),
    ({"seed": 7}, {"seed": 7}),
    ({"confidence": 0.99}, {"confidence": 0.99}),
]
RUNS: dict[str, tuple[Callable[..., Any], Given]] = {
    "archspec.simulation.studies.replications.run_often": (archspec.simulate, {}),
    "archspec.simulation.compare": (archspec.compare, {"settings": {"web.slots": [4, 8]}}),
    "archspec.simulation.find_capacity": (archspec.find_capacity, {}),
}


@pytest.mark.parametrize("target", RUNS)
@pytest.mark.parametrize(("given", "changes"), OF_A_RUN)
def test_a_system_is_run_as_asked(target: str, given: Given, changes: Given, ask: Ask) -> None:
    function, more = RUNS[target]
    arguments, _ = ask(target, function, "in/shop.yaml", **more, **given)
    assert arguments[1] == replace(SimulationOptions(folder=Path("in")), **changes)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({"precision": 0.02}, {"precision": 0.02}),
        ({"sample_traces": 1}, {"keep_requests": True}),
        ({"fail": "db"}, {"fail": ("db",)}),
        ({"fail": ["db", "web-1"]}, {"fail": ("db", "web-1")}),
        ({"just_failed": "pages"}, {"just_failed": ("pages",)}),
    ],
)
def test_a_single_run_has_arguments_of_its_own(given: Given, changes: Given, ask: Ask) -> None:
    target = "archspec.simulation.studies.replications.run_often"
    arguments, _ = ask(target, archspec.simulate, "in/shop.yaml", **given)
    assert arguments[1] == replace(SimulationOptions(folder=Path("in")), **changes)


def hear(share: float) -> None:
    """A progress."""


@pytest.mark.parametrize("target", list(RUNS)[:2])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (1, None, -1)),
        ({"replications": 3}, (3, None, -1)),
        ({"jobs": 2}, (1, None, 2)),
        ({"progress": hear}, (1, hear, -1)),
    ],
)
def test_how_often_how_many_at_once_and_who_hears_of_it(
    target: str, given: Given, expected: tuple[Any, ...], ask: Ask
) -> None:
    function, more = RUNS[target]
    arguments, _ = ask(target, function, "in/shop.yaml", **more, **given)
    assert arguments[2:] == expected


def test_a_load_is_a_factor_of_all_rates(ask: Ask) -> None:
    target = "archspec.simulation.studies.replications.run_often"
    (architecture, *_), _ = ask(target, archspec.simulate, "in/shop.yaml", load=1.5)
    assert str(architecture.flows["buy"].rate) == "30/s"


def test_a_comparison_has_a_variant_for_each_system_and_combination(ask: Ask) -> None:
    systems = {"one": "in/shop.yaml", "two": archspec.load("in/shop.yaml")}
    settings = {"web.slots": [4, 8], "web.replicas": [3]}
    (variants, *_), _ = ask("archspec.simulation.compare", archspec.compare, systems, settings)
    assert [(name, each.components["web"].slots, each.components["web"].replicas) for name, each in variants] == [
        ("one, web.slots=4, web.replicas=3", 4, 3),
        ("one, web.slots=8, web.replicas=3", 8, 3),
        ("two, web.slots=4, web.replicas=3", 4, 3),
        ("two, web.slots=8, web.replicas=3", 8, 3),
    ]


@pytest.mark.parametrize(
    ("given", "flow", "changes"),
    [
        ({}, "buy", {}),
        ({"flow": "look"}, "look", {}),
        ({"fail": "web-1"}, "buy", {"fail": ("web-1",)}),
        ({"just_failed": ["web", "db"]}, "buy", {"just_failed": ("web", "db")}),
        ({"slow": "db=2x"}, "buy", {"slow": ("db=2x",)}),
        ({"miss": "pages"}, "buy", {"miss": ("pages",)}),
        ({"sample": True}, "buy", {"sample": True}),
        ({"seed": 4}, "buy", {"seed": 4}),
        ({"number": 9}, "buy", {"number": 9}),
    ],
)
def test_a_request_is_walked_as_asked(given: Given, flow: str, changes: Given, ask: Ask) -> None:
    arguments, _ = ask("archspec.simulation.trace.trace", archspec.trace, "in/shop.yaml", **given)
    assert arguments[1:] == (flow, replace(TraceOptions(), **changes))


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"scenario": "sale"}, {"scenario": "sale"}),
        ({"duration": 5}, {"duration": Duration.parse("5s")}),
        ({"warm_up": "2s"}, {"warm_up": Duration.parse("2s")}),
        ({"seed": 7}, {"seed": 7}),
        ({"replications": 4}, {"replications": 4}),
    ],
)
def test_each_run_of_a_sweep_is_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    target = "archspec.simulation.studies.sweep_plan.tasks_of"
    (variants, levels, faults, asked), _ = ask(target, archspec.sweep, "in/shop.yaml", **given)
    assert ([each.settings for each in variants], levels, faults) == ([()], [1], ((),))
    assert asked == replace(Asked(folder=Path("in").absolute()), **changes)


@pytest.mark.parametrize(
    ("given", "place"),
    [({}, (None, None)), ({"results": "kept"}, (Path("kept"), None)), ({"progress": hear}, (None, hear))],
)
def test_a_sweep_keeps_its_runs_where_asked(given: Given, place: tuple[Any, ...], ask: Ask) -> None:
    (tasks, _, *rest), _ = ask("archspec.simulation.studies.sweep.sweep", archspec.sweep, "in/shop.yaml", **given)
    assert (len(tasks), tuple(rest)) == (1, place)


@pytest.mark.parametrize(
    ("given", "runner", "argument"),
    [({}, "on_cores", -1), ({"jobs": 2}, "on_cores", 2), ({"cluster": "tcp://h:1"}, "on_cluster", "tcp://h:1")],
)
def test_a_sweep_runs_where_asked(given: Given, runner: str, argument: object, ask: Ask) -> None:
    call = ask(f"archspec.simulation.studies.sweep.{runner}", archspec.sweep, "in/shop.yaml", **given)
    assert call == ((argument,), {})


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"pairs": True}, {"pairs": True}),
        ({"head_room": 1.5}, {"head_room": Fraction(3, 2)}),
        ({"seed": 3}, {"seed": 3}),
        ({"duration": "5s"}, {"duration": Duration.parse("5s")}),
    ],
)
def test_promises_are_verified_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    target = "archspec.verification.verify.verify"
    (_, options, progress), _ = ask(target, archspec.verify, "in/shop.yaml", **given, progress=hear)
    assert (options, progress) == (replace(VerifyOptions(file="in/shop.yaml"), **changes), hear)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"load": 3}, {"level": Fraction(3)}),
        ({"change": ["replicas", "slots"]}, {"kinds": (Kind.REPLICAS, Kind.SLOTS)}),
        ({"seed": 3}, {"seed": 3}),
    ],
)
def test_a_change_is_planned_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    (_, options), _ = ask("archspec.planning.plan.plan", archspec.plan, "in/shop.yaml", **given)
    assert options == replace(PlanOptions(), **changes)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"scale": 3.0}, {"scale": 3.0}),
        ({"fit": "slide"}, {"fit": find_fit("slide")}),
        ({"theme": "print"}, {"theme": find_theme("print")}),
        ({"details": True}, {"details": True}),
    ],
)
def test_a_picture_is_drawn_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    (renderer, _, view, options), _ = ask("archspec.renderers.render", archspec.render, "in/shop.yaml", **given)
    assert (renderer.name, view.id, options) == ("svg", "all", replace(PictureOptions(), **changes))


@pytest.mark.parametrize(
    ("given", "format_name", "view"),
    [
        ({"format": "dot"}, "dot", "all"),
        ({"to": "x.png"}, "png", "all"),
        ({"to": "x.png", "format": "dot"}, "dot", "all"),
        ({"view": "flow-look"}, "svg", "flow-look"),
    ],
)
def test_a_format_is_named_or_that_of_the_file(given: Given, format_name: str, view: str, ask: Ask) -> None:
    (renderer, _, chosen, _), _ = ask("archspec.renderers.render", archspec.render, "in/shop.yaml", **given)
    assert (renderer.name, chosen.id) == (format_name, view)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"scenario": "sale"}, {"scenario": "sale"}),
        ({"seed": 7}, {"seed": 7}),
        ({"duration": "5s"}, {"duration": 5_000_000_000}),
    ],
)
def test_an_export_is_written_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    (chosen, exporting), _ = ask("archspec.exports.export.export", archspec.export, "in/shop.yaml", "k6", **given)
    assert (chosen.name, exporting.file) == ("k6", "shop.yaml")
    plain = {"scenario": None, "seed": 1, "duration": None}
    assert {name: getattr(exporting, name) for name in plain} == {**plain, **changes}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"renames": False}, {"finds_renames": False}),
        ({"view": "told"}, {"view": "told"}),
        ({"simulate": ["all"]}, {"simulated": ["all"]}),
    ],
)
def test_two_versions_are_held_against_each_other_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    Path("b.yaml").write_text(SHOP, "utf-8")
    target = "archspec.face.differences.difference"
    (before, after, _), named = ask(target, archspec.diff, "in/shop.yaml", "b.yaml", **given)
    assert [each.name for each in (before, after)] == ["in/shop.yaml", "b.yaml"]
    assert named == {"finds_renames": True, "notes": (), "view": None, "simulated": (), **changes}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"format": "compose"}, {"format_": "compose"}),
        ({"guess": True}, {"guess": True}),
        ({"everything": True}, {"everything": True}),
        ({"environment": "live"}, {"choices": Choices("live", ())}),
        ({"profiles": ["a", "b"]}, {"choices": Choices(None, ("a", "b"))}),
    ],
)
def test_files_of_a_real_system_are_read_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    arguments, named = ask("archspec.importers.imported.import_files", archspec.import_files, "x.yaml", **given)
    assert arguments == (["x.yaml"],)
    assert named == {"format_": None, "guess": False, "everything": False, "choices": Choices(None, ()), **changes}


@pytest.mark.parametrize("function", [archspec.drift, archspec.calibrate])
@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"min_traces": 3}, {"min_traces": 3}),
        ({"sampled": 0.2}, {"sampled": "20%"}),
        ({"sampled": 1}, {"sampled": "100%"}),
        ({"tail_sampled": True}, {"tail_sampled": True}),
        ({"config": "names.toml"}, {"names": {"backend": "web"}}),
    ],
)
def test_traces_are_judged_as_asked(
    function: Callable[..., Any], given: Given, changes: Given, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("names.toml").write_text('[lint]\n[traces]\nnames = {"backend" = "web"}\n')
    monkeypatch.setattr("archspec.observation.observe.observe", lambda *_, since: None)
    targets = {
        archspec.drift: "archspec.conformance.judge.drift",
        archspec.calibrate: "archspec.conformance.calibration.calibrate",
    }
    (_, _, settings, *_), _ = ask(targets[function], function, "in/shop.yaml", ["t.json"], **given)
    found = {name: getattr(settings, name) for name in ("names", "min_traces", "tail_sampled")}
    sampled = None if settings.sampled is None else str(settings.sampled)
    plain = {"names": {}, "min_traces": 20, "tail_sampled": False, "sampled": None}
    assert {**found, "sampled": sampled} == {**plain, **changes}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"select": "AVL01"}, {"select": ("AVL01",)}),
        ({"select": ["AVL01", "DOC"]}, {"select": ("AVL01", "DOC")}),
        ({"extend_select": "strict"}, {"extend_select": ("strict",)}),
        ({"ignore": ["AVL01"]}, {"ignore": ("AVL01",)}),
        ({"fail_on": "info"}, {"fail_on": Severity.INFO}),
        ({"isolated": True}, {"suppressions": False}),
        ({"config": "mine.toml"}, {"ignore": ("AVL02",)}),
    ],
)
def test_a_system_is_judged_as_asked(given: Given, changes: Given, ask: Ask) -> None:
    Path("mine.toml").write_text('[lint]\nignore = ["AVL02"]\n')
    (_, config, file), _ = ask("archspec.validators.judge", archspec.lint, "in/shop.yaml", **given)
    plain = {"select": None, "extend_select": (), "ignore": (), "fail_on": Severity.ERROR, "suppressions": True}
    assert {name: getattr(config, name) for name in plain} == {**plain, **changes}
    assert file == "in/shop.yaml"


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (lambda: archspec.plan("in/shop.yaml"), "Plan('Shop', load=1, change="),
        (lambda: archspec.analyze("in/shop.yaml"), "Analysis('Shop'"),
        (lambda: archspec.lint("in/shop.yaml"), "Findings('in/shop.yaml'"),
        (lambda: archspec.diff("in/shop.yaml", "in/shop.yaml"), "Difference('in/shop.yaml' to 'in/shop.yaml': "),
        (lambda: archspec.verify("in/shop.yaml", duration=1), "Verification('Shop', {"),
        (lambda: archspec.simulate("in/shop.yaml", duration=1), "Simulation('Shop'"),
        (lambda: archspec.find_capacity("in/shop.yaml", duration=1), "Capacity('Shop'"),
        (lambda: archspec.compare("in/shop.yaml", {"web.slots": [4, 8]}, duration=1), "Comparison('Shop', variants="),
        (lambda: archspec.sweep("in/shop.yaml", duration=1), "Sweep(1 points, 1 runs)"),
        (lambda: archspec.render("in/shop.yaml", format="dot"), "Picture("),
        (lambda: archspec.export("in/shop.yaml", "k6"), "Exported('k6', "),
        (lambda: archspec.trace("in/shop.yaml"), "Trace("),
        (lambda: archspec.trace_pipeline("in/shop.yaml", "release"), "Delivery("),
    ],
)
def test_a_result_says_in_one_line_what_it_is(made: Callable[[], Any], text: str, ask: Ask) -> None:
    assert ask
    said = repr(made())
    assert said.startswith(text)
    assert len(said) < 200


def test_with_head_room_a_flow_is_said_once_at_the_load_that_is_declared(ask: Ask) -> None:
    assert ask
    found = archspec.verify("in/shop.yaml", duration=1, head_room=1.5)
    assert [(flow.flow, flow.load) for flow in found.flows] == [("buy", 1.0), ("buy", 1.5)]
    assert repr(found).count("buy: ") == 1
