"""Each command has its function, which gives the figures that the command gives."""

import json
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from keyword import iskeyword
from pathlib import Path
from typing import Any

import pytest

import archspec
from archspec.cli.main import COMMANDS, run
from tests.conformance.simulated import traced
from tests.conformance.test_planted import SPEC, usual
from tests.observation.spans import written

SHOP = str(Path(__file__).parents[2] / "docs" / "examples" / "shop.yaml")
RISKY = str(Path(__file__).parents[2] / "docs" / "examples" / "risky.yaml")
FUNCTIONS = {
    "analyze": "analyze",
    "build": "page",
    "calibrate": "calibrate",
    "diff": "diff",
    "drift": "drift",
    "export": "export",
    "fmt": "to_yaml",
    "import": "import_files",
    "lint": "lint",
    "render": "render",
    "rule": "rules",
    "schema": "schema",
    "technologies": "technologies",
    "simulate": "simulate",
    "sweep": "sweep",
    "trace": "trace",
    "verify": "verify",
    "plan": "plan",
}
ONLY_COMMANDS = {
    "embed",  # works on texts that name commands
    "mcp",  # gives the other functions to an assistant
    "init",  # writes a project's first files
    "lsp",  # talks with an editor until that ends
    "serve",  # runs until it is stopped
}

SPECS = {"spec", "paths", "system", "base", "head", "flow", "code"}
"""What is read; a function is given it first."""
ONLY_OF_COMMANDS = {
    *("allow_outside", "changed", "no_color", "python", "quiet"),  # what is read, and how it is told
    *("check", "exit_code"),  # the exit status: of a value a program asks itself
    *("figure", "format", "output", "output_file", "output_format", "statistics"),  # what is written, and where
    *("epoch", "traces_format", "traces_to"),  # and of traces
    *("prune_baseline", "show_config", "watch", "write", "write_baseline"),  # a person's
}
ELSEWHERE = {
    ("calibrate", "diff"): "Calibration.texts",
    ("calibrate", "map_"): "calibrate.config",
    ("diff", "at"): "diff.base",
    ("diff", "fail_on"): "Difference",
    ("diff", "no_renames"): "diff.renames",
    ("drift", "diff"): "Finding.adds",
    ("drift", "fix"): "Finding.adds",
    ("drift", "map_"): "drift.config",
    ("fmt", "diff"): "to_yaml",
    ("import", "diff"): "ImportedSpec.diff",
    ("import", "explain"): "ImportedSpec.explanation",
    ("import", "from_"): "import_files.format",
    ("import", "profile"): "import_files.profiles",
    ("lint", "diff"): "Fixes.diff",
    ("lint", "fix"): "fixes",
    ("lint", "unsafe_fixes"): "fixes.unsafe",
    ("render", "list_views"): "Architecture.views",
    ("rule", "everything"): "rules",
    ("simulate", "compare"): "compare",
    ("simulate", "fault"): "changed",
    ("simulate", "find_capacity"): "find_capacity",
    ("sweep", "set_"): "sweep.settings",
    ("trace", "pipeline"): "trace_pipeline",
    **{
        (command, "set_"): "changed"
        for command in ("analyze", "build", "render", "simulate", "trace", "verify", "plan")
    },
    **{
        (command, "set_"): "changed"
        for command in ("analyze", "build", "export", "render", "simulate", "trace", "verify")
    },
}
"""Where an option of a command is found that its function does not have under the same name."""


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command writes to standard output."""

    def told(*arguments: str) -> str:
        assert run(list(arguments)) in (0, 1)
        return capsys.readouterr().out

    return told


def test_each_command_has_its_function() -> None:
    assert set(COMMANDS) == {*FUNCTIONS, *ONLY_COMMANDS}
    assert [name for name in FUNCTIONS.values() if not callable(getattr(archspec, name))] == []


def parameters(function: Callable[..., Any]) -> set[str]:
    return set(signature(function).parameters)


def stands(place: str) -> bool:
    """Whether the face has a name, a parameter of a function or a field of a result."""
    name, _, part = place.partition(".")
    found = getattr(archspec, name)
    if not part:
        return True
    return part in (found.__annotations__ if isinstance(found, type) else parameters(found))


@pytest.mark.parametrize("command", FUNCTIONS)
def test_a_function_takes_what_its_command_takes(command: str) -> None:
    """Options that it has under another name, or not at all, are told above, and no others."""
    name = f"{command}_" if iskeyword(command) else command
    options = parameters(getattr(import_module(f"archspec.cli.{name}"), name)) - SPECS - ONLY_OF_COMMANDS
    elsewhere = {option: place for (of, option), place in ELSEWHERE.items() if of == command}
    assert options - parameters(getattr(archspec, FUNCTIONS[command])) == set(elsewhere)
    assert [place for place in elsewhere.values() if not stands(place)] == []


def test_lint_finds_what_the_command_finds(told: Any) -> None:
    report = json.loads(told("lint", RISKY, "--select", "strict", "--format", "json"))
    found = archspec.lint(RISKY, select="strict")
    assert [(f.code, f.severity.value, f.element, f.message) for f in found] == [
        (f["rule"], f["severity"], f["element"], f["message"]) for f in report["findings"]
    ]
    assert len(found) == 5


def test_lint_takes_the_mistakes_of_an_invalid_spec_as_findings_too(tmp_path: Path, told: Any) -> None:
    spec = tmp_path / "wrong.yaml"
    spec.write_text("{archspec: 1, name: Wrong, components: {api: {kind: sever}}}")
    found = archspec.lint(spec)
    assert (found.valid, found.fails, [finding.code for finding in found]) == (False, True, ["schema"])


def test_diff_finds_what_the_command_finds(told: Any) -> None:
    before, after = (str(Path(SHOP).with_name(f"{name}.yaml")) for name in ("before", "after"))
    assert archspec.diff(before, after).to_dict() == json.loads(told("diff", before, after, "--format", "json"))


def test_lint_leaves_out_what_a_baseline_knows(tmp_path: Path, told: Any) -> None:
    known = tmp_path / "known.json"
    told("lint", RISKY, "--select", "strict", "--write-baseline", str(known))
    assert [finding.code for finding in archspec.lint(RISKY, select="strict", baseline=known)] == []


def test_fixes_are_those_of_the_command(tmp_path: Path, told: Any) -> None:
    spec = tmp_path / "slip.yaml"
    parts = "components: {web: {kind: client}, checkout: {kind: server}}"
    spec.write_text(f"archspec: 1\nname: Slip\n{parts}\nconnections:\n  - web -> chekout\n")
    made = archspec.fixes(spec)
    assert made.diff == told("lint", str(spec), "--fix", "--diff")
    assert "  - web -> checkout\n" in made.texts[str(spec)]
    assert "web -> chekout" in spec.read_text()
    told("lint", str(spec), "--fix")
    assert spec.read_text() == made.texts[str(spec)]


def test_drift_finds_what_the_command_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec, traces = tmp_path / "shop.yaml", written(tmp_path, *usual())
    spec.write_text(SPEC.replace("  - web -> api\n", ""))
    assert run(["drift", str(spec), str(traces), "--format", "json"]) == 1
    shown = capsys.readouterr()
    found = archspec.drift(spec, traces)
    assert [(f.code, f.element, f.message) for f in found] == [
        (f["rule"], f["element"], f["message"]) for f in json.loads(shown.out)["findings"]
    ]
    assert ([f.code for f in found], found.fails) == (["DRF01"], True)
    assert [line for line in found.notes if line not in shown.err] == []
    assert not archspec.drift(spec, [traces], ignore="DRF01", sampled=0.5, tail_sampled=True).fails


def test_drift_is_judged_as_the_configuration_beside_the_spec_says(tmp_path: Path) -> None:
    spec, traces = tmp_path / "shop.yaml", written(tmp_path, *usual())
    spec.write_text(SPEC.replace("  - web -> api\n", ""))
    (tmp_path / "archspec.toml").write_text('[lint]\nignore = ["DRF01"]\n')
    assert [finding.code for finding in archspec.drift(spec, traces)] == []
    (tmp_path / "archspec.toml").write_text('[lint]\nfail-on = "never"\n')
    assert not archspec.drift(spec, traces).fails


def test_a_picture_shows_the_drift_that_traces_show(tmp_path: Path) -> None:
    spec, traces = tmp_path / "shop.yaml", written(tmp_path, *usual())
    spec.write_text(SPEC.replace("  - web -> api\n", ""))
    plain = archspec.render(spec, overlay="findings").text
    assert "DRF01" in archspec.render(spec, overlay="drift", traces=traces).text
    assert "DRF01" not in plain


def test_calibrate_takes_the_figures_that_the_command_takes(tmp_path: Path, told: Any) -> None:
    spec, traces = tmp_path / "one.yaml", traced(tmp_path, ONE, count=100, duration="10s")
    spec.write_text(ONE.replace("exponential(10ms)", "2ms"))
    command = json.loads(told("calibrate", str(spec), str(traces), "--format", "json"))
    made = archspec.calibrate(spec, traces)
    assert [(f.figure, f.verdict, f.calibrated) for f in made.figures] == [
        (f["figure"], f["verdict"], f["calibrated"]) for f in command["figures"]
    ]
    theirs = command["flows"][0]
    for figure in ("measured_p50", "measured_p95", "modelled_p50", "modelled_p95"):
        assert getattr(made.flow("ask"), figure) == pytest.approx(theirs[f"{figure}_ms"] / 1e3)
    calibrated = archspec.load_text(made.texts[str(spec)]).flows["ask"].steps[0]
    assert 0.005 < calibrated.cpu.median / 1e9 < 0.009  # ln 2 of 10 ms is 6.9 ms


def test_analyze_computes_what_the_command_computes(told: Any) -> None:
    assert archspec.analyze(SHOP).to_dict() == json.loads(told("analyze", SHOP, "--format", "json"))["report"]


def test_trace_walks_as_the_command_does(told: Any) -> None:
    command = json.loads(told("trace", SHOP, "order-book", "--fail", "payments", "--format", "json"))
    walked = archspec.trace(SHOP, "order-book", fail="payments")
    assert (walked.status, walked.degraded, walked.end) == (command["status"], True, command["end_ms"] / 1e3)
    first = command["calls"][0]
    second = first["calls"][0]
    assert walked.calls[1].parent == walked.calls[0].number == first["number"]
    assert (walked.calls[1].component, walked.calls[1].arrived) == ("api", second["arrived_ms"] / 1e3)
    assert {verdict.alert: verdict.fires for verdict in walked.alerts} == {
        verdict["alert"]: verdict["fires"] for verdict in command["alerts"]
    }


def test_trace_pipeline_walks_a_change_as_the_command_does(told: Any) -> None:
    command = json.loads(told("trace", SHOP, "--pipeline", "release", "--fail", "image", "--format", "json"))
    walked = archspec.trace_pipeline(SHOP, "release", fail=["image"])
    assert (walked.failed, walked.deployed) == ("image", False)
    assert [(s.name, s.state, s.start, s.end) for s in walked.stages] == [
        (s["name"], s["state"], s["start_s"], s["end_s"]) for s in command["stages"]
    ]


def test_simulate_gives_the_figures_of_the_command(told: Any) -> None:
    asked = ("--duration", "2s", "--seed", "3", "--replications", "2", "-j", "1")
    command = json.loads(told("simulate", SHOP, *asked, "--format", "json"))
    made = archspec.simulate(SHOP, duration="2s", seed=3, replications=2, jobs=1)
    assert (made.duration, made.warm_up) == (command["duration_s"], command["warm_up_s"]) == (2.0, 0.2)
    for name, flow in command["flows"].items():
        mine = made.flow(name)
        assert (mine.offered, mine.ok, mine.success) == (flow["offered"], flow["ok"], flow["success"])
        assert mine.latency.p99 == pytest.approx(flow["latency_ms"]["p99"]["value"] / 1e3, abs=1e-9)
        assert mine.latency.half_width.mean == pytest.approx(flow["latency_ms"]["mean"]["half_width"] / 1e3)
    for name, component in command["components"].items():
        theirs = made.component(name)
        assert theirs.calls == component["calls"]
        assert theirs.core_utilisation == component["core_utilisation"]
        assert theirs.mean_wait == (component["mean_wait_ms"] and pytest.approx(component["mean_wait_ms"] / 1e3))
    assert [(queue.queue, queue.published) for queue in made.queues] == [
        (name, queue["published"]) for name, queue in command["queues"].items()
    ]


def test_compare_gives_the_differences_of_the_command(told: Any) -> None:
    asked = ("--duration", "2s", "--compare", "api.replicas=2,4", "-j", "1")
    command = json.loads(told("simulate", SHOP, *asked, "--format", "json"))
    made = archspec.compare(SHOP, {"api.replicas": [2, 4]}, duration=2, jobs=1)
    assert list(made.variants) == ["api.replicas=2", "api.replicas=4"]
    found = {(row["variant"], row["flow"]): row["p99_ms"]["difference"]["value"] for row in command["rows"]}
    for row in made.flows:
        assert row.p99.difference == pytest.approx(found[row.variant, row.flow] / 1e3)


def test_find_capacity_finds_the_edge_of_the_command(tmp_path: Path, told: Any) -> None:
    spec = tmp_path / "one.yaml"
    spec.write_text(ONE)
    asked = ("--find-capacity", "--duration", "5s", "--format", "json")
    command = json.loads(told("simulate", str(spec), *asked))
    found = archspec.find_capacity(spec, duration=5)
    assert found.holds is not None
    assert found.breaks is not None
    assert (found.holds.level, found.breaks.level) == (command["holds"]["level"], command["breaks"]["level"])
    assert found.holds.level < 5 < found.breaks.level * 1.2


def test_sweep_runs_what_the_command_runs(tmp_path: Path) -> None:
    spec, table = tmp_path / "one.yaml", tmp_path / "table.csv"
    spec.write_text(ONE)
    asked = ["--set", "api.cores=1,2", "--load", "1x,1.5x", "--duration", "2s", "-j", "1", "-q", "-o", str(table)]
    assert run(["sweep", str(spec), *asked]) == 0
    made = archspec.sweep(spec, {"api.cores": [1, 2]}, load=[1, 1.5], duration="2s", jobs=1)
    rows = [line.split(",") for line in table.read_text().splitlines()]
    columns = made.runs.columns()
    assert columns["api.cores"] == [1, 1, 2, 2]
    for name in ("offered", "ok"):
        assert columns[name] == [int(row[rows[0].index(name)]) for row in rows[1:]]
    p99 = [float(row[rows[0].index("p99_ms")]) / 1e3 for row in rows[1:]]
    assert columns["p99"] == pytest.approx(p99)
    assert [point.p99 for point in made.points] == pytest.approx(p99)


def test_render_draws_what_the_command_draws(tmp_path: Path) -> None:
    assert run(["render", SHOP, "--view", "order", "-o", str(tmp_path / "order.mmd"), "-q"]) == 0
    made = archspec.render(SHOP, tmp_path / "mine.mmd", view="order")
    assert made.data == (tmp_path / "order.mmd").read_bytes() == (tmp_path / "mine.mmd").read_bytes()
    assert (made.view, made.format) == ("order", "mermaid")


def test_page_gathers_what_build_gathers(tmp_path: Path) -> None:
    spec = tmp_path / "one.yaml"
    spec.write_text(ONE)
    assert run(["build", str(spec), "-o", str(tmp_path / "theirs"), "-q"]) in (0, 1)
    made = archspec.page(spec, tmp_path / "mine")
    assert {path: (tmp_path / "theirs" / path).read_bytes() for path in made.files} == made.files
    assert (tmp_path / "mine" / "index.html").read_text() == made.html


def test_to_yaml_formats_as_the_command_does(told: Any) -> None:
    bookshop = str(Path(SHOP).with_name("bookshop.py"))
    assert archspec.to_yaml(bookshop) == told("fmt", bookshop)
    assert archspec.to_yaml(SHOP) == Path(SHOP).read_text()


def test_import_files_writes_what_the_command_writes(tmp_path: Path, told: Any) -> None:
    (tmp_path / "compose.yaml").write_text("services: {api: {image: 'nginx:1.27', ports: ['80:80']}}")
    made = archspec.import_files(tmp_path)
    assert made.text == told("import", str(tmp_path))
    assert list(made.load().components) == ["outside", "api"]
    assert made.explanation == told("import", str(tmp_path), "--explain")


def test_import_files_adds_to_a_spec_what_the_command_adds(tmp_path: Path, told: Any) -> None:
    compose, spec = tmp_path / "compose.yaml", tmp_path / "spec.yaml"
    compose.write_text("services: {api: {image: 'nginx:1.27'}, db: {image: 'postgres:17'}}")
    spec.write_text("archspec: 1\nname: Kept\ncomponents:\n  api: {kind: gateway}\n  old: {kind: server}\n")
    made = archspec.import_files(compose, update=spec)
    assert made.diff == told("import", str(compose), "--diff", str(spec))
    assert (made.added, made.in_no_file) == (("component db (image postgres:17)",), ("old",))
    told("import", str(compose), "--update", str(spec))
    assert made.text == spec.read_text()


def test_schema_is_that_of_the_command(told: Any) -> None:
    assert archspec.schema() == json.loads(told("schema"))


def test_rules_are_those_of_the_command(told: Any) -> None:
    command = json.loads(told("rule", "--format", "json"))
    assert [(rule.code, rule.summary) for rule in archspec.rules()] == [(r["code"], r["summary"]) for r in command]


ONE = """
archspec: 1
name: One
components: {user: {kind: client}, api: {kind: server, cores: 1}}
connections: [user -> api]
flows:
  ask: {from: user, rate: 20/s, objective: {p99: 300ms}, steps: [{call: api, cpu: exponential(10ms)}]}
"""
