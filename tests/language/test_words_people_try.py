"""Words that people try have a remedy that leads on."""

import pytest

from archspec.cli.main import run
from archspec.errors import SpecError, UsageError
from archspec.language import load_text
from archspec.renderers.icons import technologies


def remedy(spec: str) -> str:
    with pytest.raises(SpecError) as caught:
        load_text(f"archspec: 1\nname: Words\n{spec}\n")
    (problem,) = caught.value.problems
    return problem.remedy


@pytest.mark.parametrize(
    ("word", "leads_to"),
    [
        ("lambda", "`kind: function`"),
        ("serverless", "`kind: function`"),
        ("vault", "write `kind: secret_store`"),
        ("warehouse", "`"),
        ("firewall", "`web_firewall: true`"),
        ("waf", "`web_firewall: true`"),
        ("message_broker", "write `kind: "),
        ("event_bus", "write `kind: "),
        ("scheduler", "write `kind: "),
        ("container", "write what runs in it"),
        ("pod", "write what runs in it"),
        ("read_replica", "`replica_of`"),
        ("sidecar", "`latency` of the connection"),
        ("region", "under `groups`"),
        ("Availability Zone", "under `groups`"),
    ],
)
def test_a_word_for_a_kind_leads_on(word: str, leads_to: str) -> None:
    assert leads_to in remedy(f"components: {{x: {{kind: {word}}}}}")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("instances: 3", "write `replicas`."),
        ("depends_on: [y]", "write it under `connections`, as `asks -> answers`."),
        ("title: Shop", "write `label`."),
        ("threads: 8", "write `slots`."),
        ("cpus: 2", "write `cores`."),
        ("sla: 99%", "write `availability`."),
        ("mttf: 30d", "write `mtbf`."),
        ("min_replicas: 2", "write `scaling`."),
        ("az: a", "write `zones`."),
        ("region: eu", "write `group`."),
        ("max_connections: 500", "write `connections`."),
        ("timeout: 3s", "it belongs to the call: write it on the connection, or on a step."),
        ("qps: 30", "load is the `rate` of a flow."),
        ("stateful: true", "write the opposite: `stateless: false` for `stateful: true`, and vice versa."),
    ],
)
def test_a_word_for_a_field_leads_on(fields: str, expected: str) -> None:
    assert remedy(f"components: {{x: {{kind: server, {fields}}}}}") == expected


SYSTEM = """components: {{u: {{kind: client}}, s: {{kind: server}}}}
connections: [u -> s: {{timeout: 1s{connection}}}]
flows: {{f: {{from: u{flow}, steps: [{{call: s{step}}}]}}}}
"""


@pytest.mark.parametrize(
    ("where", "fields", "expected"),
    [
        ("connection", "pool: 10", "write `max_concurrent`."),
        ("connection", "pool_timeout: 1s", "write `max_wait`."),
        ("connection", "max_connections: 10", "write `max_concurrent`."),
        ("connection", "deadline: 1s", "write `timeout`."),
        ("connection", "retry: {attempts: 2}", "write `retries`."),
        ("connection", "delay: 2ms", "write `latency`."),
        ("connection", "tls: true", "write `encryption`."),
        ("connection", "bandwidth: 1Gbps", "sizes of messages are not modelled: put their time into `latency`."),
        ("flow", "slo: 99%", "write `objective`."),
        ("flow", "rps: 30", "write `rate`."),
        ("flow", "cron: 0 4 * * *", "write `schedule`."),
        ("flow", "interval: 5m", "write `every`."),
        ("flow", "method: GET", "write `request`."),
        ("step", "duration: 3ms", "write `takes`."),
        ("step", "probability: 3%", "write `chance`."),
        ("step", "hit_ratio: 90%", "write `hit`."),
        ("step", "on_error: []", "write `fallback`."),
        ("step", "count: 3", "write `times`."),
        ("step", "async: true", "write `wait: false`."),
    ],
)
def test_a_word_leads_on_where_it_was_tried(where: str, fields: str, expected: str) -> None:
    tried = {**dict.fromkeys(("connection", "flow", "step"), ""), where: f", {fields}"}
    assert remedy(SYSTEM.format(**tried)) == expected


def test_a_group_stands_within_another() -> None:
    assert remedy("groups: {eu: {kind: region}, a: {kind: zone, group: eu}}") == "write `within`."


def test_a_technology_is_found_by_a_part_of_its_name() -> None:
    assert [icon.name for icon in technologies("rabbit")] == ["Rabbitmq"]
    assert len(technologies()) > 1000


def test_a_near_miss_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="did you mean `postgresql`"):
        technologies("postgress")
    assert run(["technologies", "postgress"]) == 2
    assert "did you mean `postgresql`?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("field", "leads_to"),
    [
        ("replicas: 3", "`concurrency`"),
        ("slots: 3", "`concurrency`"),
        ("scaling: {min: 1, max: 3}", "`concurrency`"),
        ("queue_limit: 5", "answered 429"),
        ("cores: 2", "a core of its own"),
        ("zones: [a]", "the `group`"),
        ("algorithm: random", "drop it"),
    ],
)
def test_a_field_of_replicas_on_a_function_leads_on(field: str, leads_to: str) -> None:
    assert leads_to in remedy(f"groups: {{a: {{kind: zone}}}}\ncomponents: {{x: {{kind: function, {field}}}}}")
