"""What a command asks of the floors below: each option arrives there, and what is not given is as it is by default."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

from archspec.cli.main import run
from archspec.model import Duration
from archspec.planning.levers import Kind
from archspec.planning.plan import Options as PlanOptions
from archspec.renderers import Options as PictureOptions
from archspec.renderers import find_fit
from archspec.renderers.themes import find_theme
from archspec.simulation import SimulationOptions, TraceOptions
from archspec.simulation.studies.sweep_plan import Asked, double_faults, single_faults
from archspec.verification.verify import Options as VerifyOptions
from tests.conftest import ROOT

SHOP = (ROOT / "tests/cli/shop.yaml").read_text("utf-8")
Call = tuple[tuple[Any, ...], dict[str, Any]]
Ask = Callable[[str, str], Call]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs a command line up to the call of one function, and gives that call."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/shop.yaml").write_text(SHOP, "utf-8")
    monkeypatch.chdir(tmp_path)

    def asked(target: str, line: str) -> Call:
        calls: list[Call] = []

        def note(*arguments: Any, **named: Any) -> NoReturn:
            calls.append((arguments, named))
            raise SystemExit(0)

        module, _, name = target.rpartition(".")
        monkeypatch.setattr(import_module(module), name, note)
        assert run(line.split(" ")) == 0
        return calls[0]

    return asked


def rate(architecture: Any) -> str:
    return str(architecture.flows["buy"].rate)


OF_A_RUN = [
    ("", {}),
    ("--scenario sale", {"scenario": "sale"}),
    ("--duration 5s", {"duration": Duration.parse("5s")}),
    ("--warm-up 2s", {"warm_up": Duration.parse("2s")}),
    ("--seed 7", {"seed": 7}),
    ("--confidence 99%", {"confidence": 0.99}),
    ("--fail web-1 --fail db", {"fail": ("web-1", "db")}),
    ("--just-failed web --just-failed pages", {"just_failed": ("web", "pages")}),
]
MODES = {
    "archspec.simulation.studies.replications.run_often": "",
    "archspec.simulation.compare": " --compare web.slots=4,8",
    "archspec.simulation.find_capacity": " --find-capacity",
}


@pytest.mark.parametrize("target", MODES)
@pytest.mark.parametrize(("given", "changes"), OF_A_RUN)
def test_a_simulation_is_run_as_asked(target: str, given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    arguments, _ = ask(target, f"simulate in/shop.yaml {given}".strip() + MODES[target])
    assert arguments[1] == replace(SimulationOptions(folder=Path("in")), **changes)


@pytest.mark.parametrize(
    ("given", "changes"),
    [("--precision 2%", {"precision": 0.02}), ("--sample-traces 3", {"keep_requests": True})],
)
def test_a_single_run_has_options_of_its_own(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    arguments, _ = ask("archspec.simulation.studies.replications.run_often", f"simulate in/shop.yaml {given}")
    assert arguments[1] == replace(SimulationOptions(folder=Path("in")), **changes)


@pytest.mark.parametrize("target", list(MODES)[:2])
@pytest.mark.parametrize(
    ("given", "count", "jobs"), [("", 1, -1), (" --replications 3", 3, -1), (" --jobs 2", 1, 2), (" -j 1", 1, 1)]
)
def test_how_often_and_how_many_at_once_arrives(target: str, given: str, count: int, jobs: int, ask: Ask) -> None:
    arguments, _ = ask(target, f"simulate in/shop.yaml{MODES[target]}{given}")
    assert (arguments[2], arguments[4]) == (count, jobs)


@pytest.mark.parametrize("target", MODES)
@pytest.mark.parametrize(
    ("given", "replicas", "offered"),
    [("", 2, "20/s"), (" --load 1.5x", 2, "30/s"), (" --set web.replicas=5", 5, "20/s")],
)
def test_what_is_run_is_the_spec_at_the_load_and_with_the_settings_asked_for(
    target: str, given: str, replicas: int, offered: str, ask: Ask
) -> None:
    (first, *_), _ = ask(target, f"simulate in/shop.yaml{MODES[target]}{given}")
    architectures = [each for _, each in first] if isinstance(first, list) else [first]
    assert {(each.components["web"].replicas, rate(each)) for each in architectures} == {(replicas, offered)}


def test_a_comparison_has_one_variant_for_each_value(ask: Ask) -> None:
    (variants, *_), _ = ask("archspec.simulation.compare", "simulate in/shop.yaml --compare web.replicas=3,6")
    assert [(name, each.components["web"].replicas) for name, each in variants] == [
        ("web.replicas=3", 3),
        ("web.replicas=6", 6),
    ]


def test_a_series_for_prometheus_has_the_limits_of_the_team_and_of_promises(ask: Ask) -> None:
    """The defaults of Prometheus's client libraries, and the half second that `buy` promises, which is one of them."""
    Path("in/archspec.toml").write_text("[prometheus]\nbuckets = [0.1, 0.25]\n")
    line = "simulate in/shop.yaml -f openmetrics-series"
    (_, options, *_), _ = ask("archspec.simulation.studies.replications.run_often", line)
    assert (options.buckets, options.keep_scrapes) == ((100_000_000, 250_000_000, 500_000_000), True)


@pytest.mark.parametrize(
    ("given", "flow", "changes"),
    [
        ("", "buy", {}),
        ("look", "look", {}),
        ("--fail web-1 --fail db", "buy", {"fail": ("web-1", "db")}),
        ("--just-failed web", "buy", {"just_failed": ("web",)}),
        ("--slow db=2x --slow web=1s", "buy", {"slow": ("db=2x", "web=1s")}),
        ("--miss pages", "buy", {"miss": ("pages",)}),
        ("--sample", "buy", {"sample": True}),
        ("--seed 4", "buy", {"seed": 4}),
        ("--number 9", "buy", {"number": 9}),
    ],
)
def test_a_request_is_walked_as_asked(given: str, flow: str, changes: Mapping[str, Any], ask: Ask) -> None:
    arguments, _ = ask("archspec.simulation.trace.trace", f"trace in/shop.yaml {given}".strip())
    assert arguments[1:] == (flow, replace(TraceOptions(), **changes))


@pytest.mark.parametrize("given", ["--fail db", "look", "--just-failed db", "--slow db=2x", "--miss pages", "--sample"])
def test_a_pipeline_takes_the_stages_that_fail_and_nothing_of_a_request(
    given: str, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    line = f"trace in/shop.yaml {given} --pipeline release"
    if given.startswith("--fail"):
        arguments, _ = ask("archspec.simulation.trace_pipeline", line)
        assert arguments[1:] == ("release", ("db",))
    else:
        assert run(line.split(" ")) == 2
        assert capsys.readouterr().err.startswith("archspec: --pipeline walks a change: it takes --fail STAGE")


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--pairs", {"pairs": True}),
        ("--head-room 1.5x", {"head_room": Fraction(3, 2)}),
        ("--seed 3", {"seed": 3}),
        ("--duration 5s", {"duration": Duration.parse("5s")}),
        ("--set web.slots=9 --set db.replicas=2", {"settings": ("web.slots=9", "db.replicas=2")}),
    ],
)
def test_promises_are_verified_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    (architecture, options, _), _ = ask("archspec.verification.verify.verify", f"verify in/shop.yaml {given}".strip())
    assert options == replace(VerifyOptions(file="in/shop.yaml"), **changes)
    assert architecture.components["web"].slots == (9 if changes.get("settings") else 4)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--load 3x", {"level": Fraction(3)}),
        ("--change replicas,slots", {"kinds": (Kind.REPLICAS, Kind.SLOTS)}),
        ("--seed 3", {"seed": 3}),
    ],
)
def test_a_change_is_planned_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    (_, options, _), _ = ask("archspec.planning.plan.plan", f"plan in/shop.yaml {given}".strip())
    assert options == replace(PlanOptions(), **changes)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--scenario sale", {"scenario": "sale"}),
        ("--duration 5s", {"duration": Duration.parse("5s")}),
        ("--warm-up 2s", {"warm_up": Duration.parse("2s")}),
        ("--seed 7", {"seed": 7}),
        ("--replications 4", {"replications": 4}),
    ],
)
def test_each_run_of_a_sweep_is_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    line = f"sweep in/shop.yaml {given}".strip()
    (variants, levels, faults, asked), _ = ask("archspec.simulation.studies.sweep_plan.tasks_of", line)
    assert ([each.settings for each in variants], levels, faults) == ([()], [1], ((),))
    assert asked == replace(Asked(folder=Path("in").absolute()), **changes)


def test_a_sweep_has_the_product_of_its_settings_and_the_loads_and_faults_asked_for(ask: Ask) -> None:
    from archspec.language import load

    target, line = "archspec.simulation.studies.sweep_plan.tasks_of", "sweep in/shop.yaml"
    axes = "--set web.replicas=2,3 --set web.slots=4,8 --load 1x..3x"
    (variants, levels, faults, _), _ = ask(target, f"{line} {axes} --faults all")
    assert [[value for _, value in each.settings] for each in variants] == [
        ["2", "4"],
        ["2", "8"],
        ["3", "4"],
        ["3", "8"],
    ]
    assert (levels, faults) == ([1, 2, 3], single_faults(load("in/shop.yaml")))
    (_, _, pairs, _), _ = ask(target, f"{line} --faults pairs")
    assert pairs == double_faults(load("in/shop.yaml"))


@pytest.mark.parametrize(
    ("given", "runner", "argument"),
    [("", "on_cores", -1), (" --jobs 2", "on_cores", 2), (" --cluster tcp://h:1", "on_cluster", "tcp://h:1")],
)
def test_a_sweep_runs_where_asked(given: str, runner: str, argument: object, ask: Ask) -> None:
    call = ask(f"archspec.simulation.studies.sweep.{runner}", f"sweep in/shop.yaml{given} --duration 1s")
    assert call == ((argument,), {})


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--scale 3", {"scale": 3.0}),
        ("--fit slide", {"fit": find_fit("slide")}),
        ("--fit 400", {"fit": find_fit("400")}),
        ("--theme print", {"theme": find_theme("print", allow_outside=False)}),
        ("--details", {"details": True}),
    ],
)
def test_a_picture_is_drawn_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    (renderer, _, view, options), _ = ask("archspec.renderers.render", f"render in/shop.yaml -f svg {given}".strip())
    assert (renderer.name, view.id, options) == ("svg", "all", replace(PictureOptions(), **changes))


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--scenario sale", {"scenario": "sale"}),
        ("--seed 7", {"seed": 7}),
        ("--duration 5s", {"duration": 5_000_000_000}),
    ],
)
def test_an_export_is_written_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    (chosen, exporting), _ = ask("archspec.exports.export.export", f"export in/shop.yaml k6 {given}".strip())
    assert (chosen.name, exporting.file) == ("k6", "shop.yaml")
    plain = {"scenario": None, "seed": 1, "duration": None}
    assert {name: getattr(exporting, name) for name in plain} == {**plain, **changes}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--no-renames", {"finds_renames": False}),
        ("--view told", {"view": "told"}),
        ("--simulate all --simulate sale", {"simulated": ["all", "sale"]}),
    ],
)
def test_two_versions_are_held_against_each_other_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    Path("b.yaml").write_text(SHOP, "utf-8")
    line = f"diff in/shop.yaml b.yaml {given}".strip()
    (before, after, _), named = ask("archspec.difference.difference.difference", line)
    assert ([each.name for each in (before, after)], named.pop("say") is not None) == (["in/shop.yaml", "b.yaml"], True)
    assert named == {"finds_renames": True, "notes": (), "view": None, "simulated": (), **changes}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--from compose", {"format_": "compose"}),
        ("--guess", {"guess": True}),
        ("--all", {"everything": True}),
        ("--environment live", {"choices": ("live", ())}),
        ("--profile a --profile b", {"choices": (None, ("a", "b"))}),
    ],
)
def test_files_of_a_real_system_are_read_as_asked(given: str, changes: Mapping[str, Any], ask: Ask) -> None:
    arguments, named = ask("archspec.importers.imported.import_files", f"import x.yaml y {given}".strip())
    assert arguments == (["x.yaml", "y"], b"")
    choices = named.pop("choices")
    asked = {**named, "choices": (choices.environment, choices.profiles)}
    assert asked == {"format_": None, "guess": False, "everything": False, "choices": (None, ()), **changes}


@pytest.mark.parametrize("command", ["drift", "calibrate"])
@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ("", {}),
        ("--min-traces 3", {"min_traces": 3}),
        ("--sampled 20%", {"sampled": "20%"}),
        ("--sampled 100%", {"sampled": "100%"}),
        ("--tail-sampled", {"tail_sampled": True}),
        ("--map names.toml", {"names": {"backend": "web"}}),
        ("--config names.toml", {"names": {"backend": "web"}}),
    ],
)
def test_traces_are_judged_as_asked(
    command: str, given: str, changes: Mapping[str, Any], ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("names.toml").write_text('[lint]\n[traces]\nnames = {"backend" = "web"}\n')
    monkeypatch.setattr("archspec.observation.observe.observe", lambda *_: None)
    target = {"drift": "archspec.conformance.judge.drift", "calibrate": "archspec.conformance.calibration.calibrate"}
    (_, _, settings, *_), _ = ask(target[command], f"{command} in/shop.yaml t.json {given}".strip())
    found = {name: getattr(settings, name) for name in ("names", "min_traces", "tail_sampled")}
    sampled = None if settings.sampled is None else str(settings.sampled)
    plain = {"names": {}, "min_traces": 20, "tail_sampled": False, "sampled": None}
    assert {**found, "sampled": sampled} == {**plain, **changes}


@pytest.mark.parametrize(
    ("given", "flow", "absorbs"), [("", None, False), (" --flow look", "look", False), (" --absorb", None, True)]
)
def test_figures_are_calibrated_as_asked(
    given: str, flow: str | None, absorbs: bool, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archspec.observation.observe.observe", lambda *_: None)
    line = f"calibrate in/shop.yaml t.json{given}"
    (*_, only), named = ask("archspec.conformance.calibration.calibrate", line)
    assert (only, named) == (flow, {"absorb": absorbs})


@pytest.mark.parametrize("command", ["drift", "calibrate"])
def test_traces_are_read_from_the_moment_asked_for(command: str, ask: Ask) -> None:
    line = f"{command} in/shop.yaml a.json b"
    (files, _, begin), _ = ask("archspec.observation.observe.observe", line)
    assert (files, begin) == (["a.json", "b"], 0)
    (_, _, begin), _ = ask("archspec.observation.observe.observe", f"{line} --since 2026-01-02")
    assert begin == 1_767_312_000 * 10**9
