"""Every format of a stormy shop, as it was read and found right; and what formats say that they cannot express."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

import archspec
from archspec.cli.main import run
from archspec.exports import exports
from archspec.exports.export import Exporting, export
from archspec.exports.metrics.convention import CONVENTIONS
from archspec.exports.settings import Settings, find_settings
from tests.conftest import Golden
from tests.hostile_labels import TEXTS

FOLDER = Path(__file__).parent
STORMY = FOLDER / "stormy.yaml"
SMALL = """archspec: 1
name: Small {{ $labels }}
components: {user: {kind: client}, api: {kind: server}, chat: {kind: notification_channel}}
connections: [user -> api]
flows:
  ask: {from: user, rate: 90/min, steps: [{call: api, takes: 1ms}]}
alerts:
  bad: {metric: success_rate, flow: ask, below: 99%, notify: [chat], description: 'say "{{ $value }}"'}
"""


@pytest.mark.parametrize("name", exports())
def test_a_format_writes_what_was_read_and_found_right(name: str, golden: Golden) -> None:
    written = archspec.export(STORMY, name, scenario="storm")
    told = "".join(f"{note}\n" for note in written.notes)
    folder = FOLDER / "expected"
    golden(folder / exports()[name].file.replace(".py", ".py.txt"), written.text)
    golden(folder / f"{name}.notes.txt", told)


@pytest.mark.parametrize("name", exports())
def test_what_a_team_has_told_of_its_ways_is_kept_to(name: str, golden: Golden) -> None:
    """Loads are sent as a scenario has them; faults are those of every scenario."""
    scenario = "crowd" if name in ("k6", "locust", "prometheus-tests") else None
    written = archspec.export(FOLDER / "told.yaml", name, scenario=scenario, seed=2, config=FOLDER / "told.toml")
    told = "".join(f"note: {note}\n" for note in written.notes) + written.text
    golden(FOLDER / "expected/told" / f"{name}.txt", told)


@pytest.mark.parametrize("name", exports())
def test_what_is_measured_in_no_usual_way_is_left_out_with_a_reason(name: str, golden: Golden) -> None:
    system = archspec.load_text((FOLDER / "odd.yaml").read_text("utf-8"))
    try:
        written = archspec.export(system, name, scenario="hard")
        told = "".join(f"note: {note}\n" for note in written.notes) + written.text
    except archspec.UsageError as error:
        told = f"error: {error}\n"
    golden(FOLDER / "expected/odd" / f"{name}.txt", told)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_metrics_are_asked_for_by_the_names_of_each_convention(convention: str, golden: Golden, tmp_path: Path) -> None:
    """Every query of the rules, and the lines that a test of them feeds in."""
    config = tmp_path / "archspec.toml"
    config.write_text(f'[prometheus]\nconvention = "{convention}"\nversion = 2\nbuckets = [0.05, 0.25, 0.5]\n')
    rules, tests = (
        archspec.export(STORMY, name, scenario="storm", duration="30s", config=config)
        for name in ("prometheus-rules", "prometheus-tests")
    )
    asked = [rule["expr"].strip() for group in yaml.safe_load(rules.text)["groups"] for rule in group["rules"]]
    series = [each["series"] for test in yaml.safe_load(tests.text)["tests"] for each in test["input_series"]]
    lines = [*dict.fromkeys(asked), "", *sorted(set(series)), "", *map(str, rules.notes), ""]
    golden(FOLDER / "expected/conventions" / f"{convention}.txt", "\n".join(lines))


@pytest.mark.parametrize(("load", "sent"), [("5x", 20), ("0.5x", 2)])
def test_a_load_of_the_whole_system_goes_for_each_flow_that_has_a_rate(load: str, sent: int) -> None:
    asked = SMALL.replace("rate: 90/min", "request: GET /, rate: 4/s")
    script = archspec.export(
        archspec.load_text(f"{asked}scenarios: {{rush: {{duration: 4m, load: {load}}}}}\n"), "k6", scenario="rush"
    ).text
    assert f'"rate": {sent}' in script


@pytest.mark.parametrize(("kind", "is_cut_off"), [("zone", True), ("region", False)])
def test_only_a_zone_tells_which_pods_are_cut_off(kind: str, is_cut_off: bool) -> None:
    """By a note where another group, or nothing, does; what else the scenario breaks is written."""
    asked = f"""archspec: 1
name: Places
groups: {{east: {{kind: {kind}}}}}
components: {{user: {{kind: client}}, api: {{kind: server, group: east}}}}
connections: [user -> api]
flows: {{ask: {{from: user, rate: 1/s, steps: [{{call: api}}]}}}}
scenarios:
  cut: {{duration: 1m, faults: [{{at: 1s, for: 5s, partition: east}}, {{at: 9s, for: 5s, fail: api}}]}}
"""
    written = archspec.export(archspec.load_text(asked), "chaos-mesh", scenario="cut")
    assert ("action: partition" in written.text) is is_cut_off
    assert any("`east` is no zone" in str(note) for note in written.notes) is not is_cut_off


def test_there_is_a_format_for_each_file() -> None:
    assert len(exports()) == len(list((FOLDER.parents[1] / "archspec/exports/formats").glob("[!_]*.py"))) == 11


def test_a_file_that_is_current_passes_and_another_does_not(tmp_path: Path) -> None:
    file = tmp_path / "k6.js"
    assert run(["export", str(STORMY), "k6", "-o", str(file)]) == 0
    assert run(["export", str(STORMY), "k6", "--check", str(file)]) == 0
    file.write_text(file.read_text() + "// mine\n")
    assert run(["export", str(STORMY), "k6", "--check", str(file)]) == 1


@pytest.mark.parametrize(
    ("format_", "reason"),
    [
        ("prometheus-rules", "flow ask: it has no `request`"),
        ("k6", "flow ask: it has no `request`"),
        ("alertmanager", "channel chat: a webhook needs an address"),
        ("chaos-mesh", "the spec holds nothing of the kind"),
        ("excel", "there is no export format `excel`"),
    ],
)
def test_what_cannot_be_written_is_said(format_: str, reason: str) -> None:
    with pytest.raises(archspec.UsageError, match=reason):
        archspec.export(archspec.load_text(SMALL), format_)


def test_text_of_a_spec_is_no_template_of_an_alert() -> None:
    asked = SMALL.replace("rate: 90/min", "request: 'GET /a\"b', rate: 90/min")
    rules = yaml.safe_load(archspec.export(archspec.load_text(asked), "prometheus-rules").text)
    (rule,) = rules["groups"][0]["rules"]
    assert rule["annotations"]["description"] == 'say "{{ "{{" }} $value }}"'
    assert 'http_route="/a\\"b"' in rule["expr"]


def test_letters_of_any_script_stay_letters() -> None:
    asked = SMALL.replace("rate: 90/min", "request: GET /, rate: 90/min").replace('say "{{ $value }}"', "Büro 東京")
    assert "Büro 東京" in archspec.export(archspec.load_text(asked), "prometheus-rules").text


def test_a_rate_that_is_no_whole_number_of_seconds_is_one_of_minutes() -> None:
    asked = SMALL.replace("rate: 90/min", "request: GET /, rate: 90/min")
    script = archspec.export(archspec.load_text(asked), "k6").text
    assert '"timeUnit": "1m"' in script
    assert '"rate": 90' in script


def test_a_spike_from_the_start_has_no_stage_before_it() -> None:
    spike = "scenarios: {rush: {duration: 4m, load: {ask: {shape: spike, to: 3/s, at: 0s, for: 1m}}}}\n"
    asked = SMALL.replace("rate: 90/min", "request: GET /, rate: 1/s") + spike
    script = archspec.export(archspec.load_text(asked), "k6", scenario="rush").text
    assert [int(number) for number in re.findall(r'"target": (\d+)', script)] == [3, 1, 1]


def test_python_that_is_written_is_python_whatever_the_spec_is_called() -> None:
    asked = SMALL.replace("rate: 90/min", 'request: "GET /\\"\'\\\\", rate: 90/min')
    ast.parse(archspec.export(archspec.load_text(asked), "locust").text)
    json.loads(archspec.export(archspec.load_text(asked), "grafana").text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[prometheus]\nconvention = "otle"', "`convention` in [prometheus]: input should be"),
        (
            '[prometheus.flows.ask]\nmtach = "x"',
            "`mtach` in [prometheus.flows.ask] is not a key; did you mean `match`?",
        ),
        ("[load]\ntarget = 3", "`target` in [load]: input should be a valid string."),
        ("[prometheus]\nbuckets = [0]", "`0` in [prometheus.buckets]: input should be greater than 0."),
        ("[prometheus]\nbuckets = [inf]", "`0` in [prometheus.buckets]: input should be a finite number."),
        ('[load]\nduration = "soon"', "`duration` in [load]: `soon` is not a duration; write it as `250us`"),
        ('[load]\nduration = "0s"', "`duration` in [load]: 0s is not a time between two moments"),
        ("[chaos.actions]\ndb = 'a \"b'", "`db` in [chaos.actions]: this is not a command; write it as in a shell"),
        ('[chaos.actions]\ndb = ""', "`db` in [chaos.actions]: this is not a command; write it as in a shell"),
        ("prometheus = 3", "`prometheus` in [prometheus]: input should be a valid dictionary"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text(text)
    with pytest.raises(archspec.UsageError) as error:
        find_settings(tmp_path / "a.yaml", None)
    assert message in str(error.value)


def test_settings_do_not_trouble_the_linter(tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text('[prometheus]\nconvention = "istio"\n')
    (tmp_path / "a.yaml").write_text(SMALL)
    assert find_settings(tmp_path / "a.yaml", None) != Settings()
    assert run(["lint", str(tmp_path / "a.yaml"), "--fail-on", "never"]) == 0


def test_a_setting_that_names_nothing_of_the_spec_is_noted(tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text('[prometheus.flows.buyy]\ncomponent = "api"\n')
    written = archspec.export(STORMY, "grafana", config=tmp_path / "archspec.toml")
    assert written.notes[0] == "[prometheus.flows.buyy]: this spec has no `buyy`; did you mean `buy`?"


def parsed(name: str, text: str) -> object:
    """What a format's own readers make of a file."""
    match exports()[name].file.rpartition(".")[2]:
        case "yaml":
            return list(yaml.safe_load_all(text))
        case "json":
            return json.loads(text)
        case "py":
            return ast.parse(text)
        case _:
            return json.loads(text.partition("options = ")[2].partition(";\n")[0])


@pytest.mark.parametrize("hostile", TEXTS)
@pytest.mark.parametrize("name", exports())
def test_no_text_breaks_a_format(name: str, hostile: str) -> None:
    """Neither a title, a description, an owner, a request nor the name of the file."""
    spec = yaml.safe_load(STORMY.read_text())
    spec |= {"name": f"Shop {hostile}", "owner": hostile, "description": hostile}
    spec["flows"]["buy"] |= {"title": hostile, "request": f"GET /{hostile}"}
    spec["alerts"]["slow"] |= {"description": hostile}
    spec["scenarios"]["storm"] |= {"description": hostile, "duration": "30s", "faults": [{"fail": "api-2"}]}
    spec["scenarios"]["storm"]["load"] = {"buy": {"rate": "1x"}, "look": {"rate": "1x"}}
    settings = find_settings(STORMY, STORMY.parent / "archspec.toml")
    actions = settings.chaos.model_copy(update={"actions": {"api-2": ("kubectl", hostile)}})
    settings = settings.model_copy(update={"chaos": actions})
    architecture = archspec.load_text(yaml.safe_dump(spec, allow_unicode=True))
    text, _ = export(exports()[name], Exporting(architecture, f"a\n{hostile}\nb.yaml", settings, "storm"))
    assert parsed(name, text)
    comment = exports()[name].comment
    if comment is not None:
        assert text.splitlines()[0].startswith(f"{comment}written by `archspec export` from a ")


@pytest.mark.parametrize(
    ("system", "group", "own", "job"),
    [
        ("Us", "", "", "Us/api"),
        ("Us", "Them", "", "Them/api"),
        ("Us", "Them", "Me", "Me/api"),
        ("Us", "", "Me", "Me/api"),
    ],
)
def test_a_service_is_named_with_its_nearest_owner(system: str, group: str, own: str, job: str) -> None:
    def of(owner: str) -> str:
        return f", owner: {owner}" if owner else ""

    asked = f"""archspec: 1
name: Owned
owner: {system}
groups: {{team: {{kind: network{of(group)}}}}}
components:
  user: {{kind: client}}
  api: {{kind: server, group: team{of(own)}}}
  chat: {{kind: notification_channel}}
connections: [user -> api]
flows: {{ask: {{from: user, request: GET /, rate: 1/s, steps: [{{call: api}}]}}}}
alerts: {{bad: {{metric: success_rate, flow: ask, below: 99%, notify: [chat]}}}}
"""
    assert f'job="{job}"' in archspec.export(archspec.load_text(asked), "prometheus-rules").text
