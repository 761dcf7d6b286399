"""What is written for Prometheus and Alertmanager, by their own tools (Debian: prometheus, prometheus-alertmanager)."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import archspec
from archspec.exports.export import Exporting, Notes
from archspec.exports.metrics.alert_rules import rule_file
from archspec.exports.metrics.convention import CONVENTIONS
from archspec.exports.metrics.rule_tests import RULES, rule_tests
from archspec.exports.names import yaml_text
from archspec.exports.settings import Prometheus, Settings
from archspec.language import load, load_text

pytestmark = [
    pytest.mark.parsers,
    pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed: apt install prometheus"),
]
ROOT = Path(__file__).parents[2]
STORMY = Path(__file__).parent / "stormy.yaml"
SPECS = sorted(path for path in ROOT.glob("specs/*/architecture.yaml"))
LIMITS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 1.0)


def exporting(spec: Path, convention: str, scenario: str | None = None, seed: int = 1) -> Exporting:
    settings = Settings(prometheus=Prometheus(convention=convention, version=2, buckets=LIMITS))
    return Exporting(load(str(spec)), spec.name, settings, scenario, seed)


def promtool(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        ["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def check_states(asked: Exporting, folder: Path) -> tuple[int, int]:
    """Have Prometheus say each alert's state at each evaluation; gives how many states there were, how many active."""
    rules, tests = rule_file(asked, Notes()), rule_tests(asked, Notes(), every=True)
    assert rules is not None
    if tests is None:
        return 0, 0
    (folder / RULES).write_text(yaml_text(rules))
    (folder / "tests.yaml").write_text(yaml_text(tests))
    promtool("test", "rules", "tests.yaml", folder=folder)
    states = tests["tests"][0]["promql_expr_test"]
    return len(states), sum(bool(state["exp_samples"]) for state in states)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("spec", [STORMY, *SPECS], ids=lambda path: path.parent.name)
def test_rules_of_every_spec_are_rules(spec: Path, convention: str, tmp_path: Path) -> None:
    rules = rule_file(exporting(spec, convention), Notes())
    if rules is not None:
        (tmp_path / RULES).write_text(yaml_text(rules))
        assert "SUCCESS" in promtool("check", "rules", RULES, folder=tmp_path)


@pytest.mark.parametrize(("convention", "states"), [("archspec", 1594), ("otel", 954), ("istio", 310), ("spring", 954)])
def test_prometheus_has_each_alert_of_a_storm_as_archspec_has_it(convention: str, states: int, tmp_path: Path) -> None:
    assert check_states(exporting(STORMY, convention, "storm"), tmp_path)[0] == states


def test_the_file_of_tests_that_a_team_gets_passes(tmp_path: Path) -> None:
    for name in ("prometheus-rules", "prometheus-tests"):
        file = tmp_path / f"{name}.yaml"
        archspec.export(STORMY, name, file, scenario="storm", config=STORMY.parent / "archspec.toml")
    promtool("test", "rules", "prometheus-tests.yaml", folder=tmp_path)


@pytest.mark.parametrize(
    ("spec", "scenario"),
    [(spec, scenario) for spec in SPECS if archspec.load(spec).alerts for scenario in [*archspec.load(spec).scenarios]],
    ids=lambda value: value.parent.name if isinstance(value, Path) else value,
)
def test_alerts_of_every_scenario_are_those_of_prometheus(spec: Path, scenario: str, tmp_path: Path) -> None:
    assert check_states(exporting(spec, "archspec", scenario), tmp_path)[0] > 0


SERVICE = """archspec: 1
name: Random
components:
  user: {{kind: client}}
  api: {{kind: server, replicas: 2, cores: 1}}
  db: {{kind: database, cores: 1}}
  metrics: {{kind: metrics_service, scrape_interval: {scrape}s, evaluation_interval: {evaluation}s}}
connections: [user -> api -> db]
flows:
  ask:
    from: user
    rate: {rate}/s
    objective: {{success: 99%}}
    steps: [{{call: api, cpu: exponential(20ms), steps: [{{call: db, takes: exponential(10ms), timeout: 300ms}}]}}]
alerts:
{alerts}
scenarios:
  trouble:
    duration: {minutes}m
    faults:
      - {{errors: api, by: {share}%, at: 2m, for: 90s}}
      - {{slow: db, by: 15x, at: 5m, for: 2m}}
      - {{fail: api-1, at: 8m, for: 1m}}
"""


def alerts(chance: random.Random, count: int) -> Iterator[str]:
    """Alerts whose limits no share of so few requests meets exactly."""
    for number in range(count):
        metric, of, side, limit = chance.choice(
            [
                ("success_rate", "flow: ask", "below", f"{chance.uniform(80, 99.9):.7f}%"),
                ("burn_rate", "flow: ask", "above", f"{chance.uniform(1, 20):.7f}x"),
                ("request_rate", "flow: ask", chance.choice(["below", "above"]), f"{chance.uniform(8, 22):.7f}/s"),
                ("p99", "flow: ask", "above", chance.choice(["100ms", "250ms", "400ms"])),
                ("p50", "flow: ask", chance.choice(["below", "above"]), chance.choice(["25ms", "50ms"])),
                ("cpu", "component: api", "above", f"{chance.uniform(5, 40):.7f}%"),
                ("replicas_up", "component: api", "below", "2"),
                ("failures", "component: api", "above", f"{chance.uniform(0.1, 5):.7f}/s"),
                ("requests", "component: db", "below", f"{chance.uniform(8, 20):.7f}/s"),
            ]
        )
        over = chance.sample(["1m", "2m", "3m", "150s", "62s", "187s"], chance.choice([1, 1, 2]))
        held = f"for: {chance.choice([0, 15, 45, 60, 120])}s, keep_firing_for: {chance.choice([0, 0, 30, 60, 100])}s"
        yield f"  a{number}: {{metric: {metric}, {of}, {side}: {limit}, over: [{', '.join(over)}], {held}}}"


@pytest.mark.parametrize("seed", range(10))
def test_thirty_random_timelines_are_those_of_prometheus(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    text = SERVICE.format(
        scrape=chance.choice([10, 15, 20]),
        evaluation=chance.choice([10, 15, 30]),
        rate=chance.choice([12, 17]),
        minutes=12,
        share=chance.choice([3, 10, 40]),
        alerts="\n".join(alerts(chance, 30)),
    )
    asked = replace(exporting(STORMY, "archspec", "trouble", seed), architecture=load_text(text))
    states, active = check_states(asked, tmp_path)
    assert states > 500
    assert 100 < active < states - 100


def test_queries_of_the_dashboard_and_the_objectives_are_promql(tmp_path: Path) -> None:
    board = json.loads(archspec.export(STORMY, "grafana").text)
    queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    sloth = yaml.safe_load(archspec.export(STORMY, "sloth").text)
    for each in sloth["slos"]:
        queries += [query.replace("{{.window}}", "5m") for query in each["sli"]["events"].values()]
    rules = [
        {"record": f"a:b:c{number}", "expr": query.replace("$__rate_interval", "5m").replace("$__range", "1h")}
        for number, query in enumerate(queries)
    ]
    (tmp_path / RULES).write_text(yaml_text({"groups": [{"name": "all", "rules": rules}]}))
    assert f"{len(queries)} rules found" in promtool("check", "rules", RULES, folder=tmp_path)
    assert len(queries) == 31


def test_the_course_of_a_run_becomes_the_history_of_a_server(tmp_path: Path) -> None:
    from archspec.cli.main import run

    series = str(tmp_path / "series.om")
    asked = ["--scenario", "storm", "-f", "openmetrics-series", "--epoch", "1700000000", "-q"]
    assert run(["simulate", str(STORMY), *asked, "-o", series]) == 0
    promtool("tsdb", "create-blocks-from", "openmetrics", series, "data", folder=tmp_path)
    (tmp_path / "data/wal").mkdir()
    dumped = promtool(
        "tsdb", "dump", "--match", '{__name__="archspec_requests_total",flow="buy"}', "data", folder=tmp_path
    )
    lines = dumped.splitlines()
    assert len(lines) == 2 * 161  # good and failed, at each scrape of forty minutes
    assert lines[-1].endswith(str((1_700_000_000 + 2400) * 1000))


@pytest.mark.skipif(
    shutil.which("amtool") is None, reason="amtool is not installed: apt install prometheus-alertmanager"
)
@pytest.mark.parametrize(
    ("alert", "told"),
    [("failures", "pagerduty,slack"), ("slow", "slack"), ("quick", "ops"), ("gone", "pagerduty"), ("unknown", "null")],
)
def test_alertmanager_tells_those_whom_the_spec_names(alert: str, told: str, tmp_path: Path) -> None:
    archspec.export(STORMY, "alertmanager", tmp_path / "alertmanager.yaml")
    subprocess.run(["amtool", "check-config", "alertmanager.yaml"], cwd=tmp_path, check=True, capture_output=True)
    asked = ["amtool", "config", "routes", "test", "--config.file=alertmanager.yaml", f"alertname={alert}"]
    labels = ["archspec=stormy-shop"]
    done = subprocess.run([*asked, *labels], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == told
