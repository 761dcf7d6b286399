"""What each way of calling means for the success of a request."""

import pytest

from archspec.analysis.availability import Availability
from archspec.analysis.structure import Structures, _is_tried_again
from archspec.language import load_text
from tests.analysis.specs import spec

TWO = "x: {kind: server, availability: 90%}, y: {kind: server, availability: 80%}"
CACHE = "cache: {kind: cache, availability: 90%}, db: {kind: database, availability: 80%}"

STEPS = {
    "a sequence needs both": (TWO, "{call: x}, {call: y}", 0.72),
    "a chain needs both": (TWO, "{call: x, steps: [{call: y}]}", 0.72),
    "parallel calls need all": (TWO, "{parallel: [{call: x}, {call: y}]}", 0.72),
    "parallel calls with needs 1 need either": (TWO, "{parallel: [{call: x}, {call: y}], needs: 1}", 0.98),
    "a list needs either": (TWO, "{call: [x, y]}", 0.98),
    "an optional call needs nothing": (TWO, "{call: x}, {call: y, optional: true}", 0.9),
    "a call that is not waited for needs nothing": (TWO, "{call: x}, {call: y, wait: false}", 0.9),
    "a fallback stands in": (TWO, "{call: x, fallback: [{call: y}]}", 0.98),
    "a fallback covers what the call needs in turn": (
        TWO + ", z: {kind: server, availability: 50%}",
        "{call: x, steps: [{call: z}], fallback: [{call: y}]}",
        1 - 0.55 * 0.2,
    ),
    "a chance needs it for its share": (TWO, "{call: x}, {call: y, chance: 25%}", 0.9 * (0.75 + 0.25 * 0.8)),
    "a chance of nothing needs nothing": (TWO, "{call: x}, {call: y, chance: 0%}", 0.9),
    "the same part twice counts once": (TWO, "{call: x}, {call: x}", 0.9),
    "a read-through cache must work, hit or miss": (
        CACHE.replace("cache,", "cache, caches: db,", 1),
        "{call: cache, hit: 50%, on_miss: [{call: db}]}",
        0.9 * (0.5 + 0.5 * 0.8),
    ),
    "a dead cache-aside is a miss": (
        CACHE,
        "{call: cache, hit: 50%, on_miss: [{call: db}]}",
        0.9 * (0.5 + 0.5 * 0.8) + 0.1 * 0.8,
    ),
    "a hit ratio that is not given counts as all hits": (
        CACHE.replace("cache,", "cache, caches: db,", 1),
        "{call: cache, on_miss: [{call: db}]}",
        0.9,
    ),
    "what hangs below a queue is not needed": (
        "q: {kind: queue, availability: 90%}, w: {kind: worker, availability: 10%}",
        "{call: q, steps: [{call: w}]}",
        0.9,
    ),
    "a log service is not needed": (
        "x: {kind: server}, logs: {kind: log_service, availability: 1%}",
        "{call: logs}",
        1.0,
    ),
    "an answer of 500 is a failure": ("x: {kind: server}", "{call: x, status: {500: 10%}}", 0.9),
    "an answer of 503 is tried again": (
        "x: {kind: server}",
        "{call: x, status: {503: 10%}, retries: {attempts: 2}}",
        0.99,
    ),
    "an answer of 404 is a success": ("x: {kind: server, availability: 100%}", "{call: x, status: 404}", 1.0),
    "after a 404 nothing more is needed": (TWO, "{call: x, status: {404: 50%}}, {call: y}", 0.9 * (0.5 + 0.5 * 0.8)),
    "a 404 of an optional call ends nothing": (
        TWO,
        "{call: x, optional: true, status: 404}, {call: y}",
        0.8,
    ),
    "a 404 that only misses meet ends only those": (
        TWO + ", " + CACHE.replace("90%", "100%").replace("80%", "100%"),
        "{call: cache, hit: 50%, on_miss: [{call: db, status: 404}]}, {call: y}",
        0.5 + 0.5 * 0.8,
    ),
}


@pytest.mark.parametrize("case", STEPS)
def test_step(case: str) -> None:
    components, steps, expected = STEPS[case]

    assert Availability(spec(components, steps)).of_flow("f").value == pytest.approx(expected, abs=1e-12)


STORES = {
    "a write needs the first replica": ("replicas: 2", "{call: db}", 0.9),
    "a write to a store that fails over needs any": ("replicas: 2, failover: automatic", "{call: db}", 0.99),
    "a read needs any replica": ("replicas: 2", "{call: db, access: read}", 0.99),
    "one shard is like any other": ("shards: 3", "{call: db}", 0.9),
    "all shards are needed": ("shards: 3", "{call: db, shards: all}", 0.729),
}


@pytest.mark.parametrize("case", STORES)
def test_store(case: str) -> None:
    fields, steps, expected = STORES[case]

    architecture = spec(f"db: {{kind: database, availability: 90%, {fields}}}", steps)

    assert Availability(architecture).of_flow("f").value == pytest.approx(expected, abs=1e-12)


def test_a_copy_answers_reads_but_no_writes() -> None:
    components = "db: {kind: database, availability: 90%}, copy: {kind: database, replica_of: db, availability: 90%}"

    assert Availability(spec(components, "{call: db, access: read}")).of_flow("f").value == pytest.approx(0.99)
    assert Availability(spec(components, "{call: db}")).of_flow("f").value == pytest.approx(0.9)


def test_a_link_can_be_down_and_can_lose_messages_both_ways() -> None:
    link = "[{from: app, to: x, availability: 90%, loss: 10%, timeout: 1s, retries: {attempts: 2}}]"
    architecture = spec("x: {kind: server}", "{call: x}", connections=link)

    assert Availability(architecture).of_flow("f").value == pytest.approx(0.9 * (1 - 0.19**2), abs=1e-12)


def test_steps_of_another_flow_are_followed() -> None:
    architecture = load_text(
        f"{{archspec: 1, name: T, components: {{app: {{kind: client}}, {TWO}}}, flows: {{"
        "f: {from: app, steps: [{call: x, steps: [{flow: g}]}]}, g: {from: app, steps: [{call: y}]}}}"
    )

    assert Availability(architecture).of_flow("f").value == pytest.approx(0.72)


def test_every_enclosing_group_takes_its_replicas_down() -> None:
    groups = "{r: {kind: region, availability: 90%}, a: {kind: zone, within: r}, n: {kind: network, availability: 80%}}"
    architecture = spec("x: {kind: server, replicas: 2, zones: [a], group: n}", "{call: x}", groups=groups)

    assert Availability(architecture).of_flow("f").value == pytest.approx(0.72)


def test_millions_of_replicas_are_no_work() -> None:
    architecture = spec("x: {kind: server, replicas: 1000000000, needs: 900000000, availability: 99%}", "{call: x}")

    assert Availability(architecture).of_flow("f").value == 1.0


def test_a_flow_needs_the_component_that_begins_it_where_that_runs_inside() -> None:
    parts = "components: {w: {kind: worker, availability: 90%}, db: {kind: database, availability: 80%}}"
    flows = "flows: {f: {from: w, steps: [{call: db}]}, g: {from: w, steps: [{cpu: 1ms}]}}"
    architecture = load_text(f"archspec: 1\nname: Test\n{parts}\nconnections: [w -> db]\n{flows}\n")

    found = {flow: Availability(architecture).of_flow(flow).value for flow in ("f", "g")}

    assert found == {"f": pytest.approx(0.72), "g": pytest.approx(0.9)}


def test_a_write_to_a_cache_needs_the_cache_and_not_what_a_miss_would_ask() -> None:
    components = "ca: {kind: cache, availability: 90%}, db: {kind: database, availability: 80%}"
    step = "{call: ca, access: ACCESS, hit: 50%, on_miss: [{call: db}]}"
    architecture = {access: spec(components, step.replace("ACCESS", access)) for access in ("read", "write")}

    found = {access: Availability(each).of_flow("f").value for access, each in architecture.items()}

    assert found == {"read": pytest.approx(0.9 * 0.5 + 0.8 * (1 - 0.9 * 0.5)), "write": pytest.approx(0.9)}


@pytest.mark.parametrize(
    ("step", "drawn_again"),
    [
        ("{call: api}", False),
        ("{call: api, times: 3}", False),
        ("{call: api, chance: 50%}", False),
        ("{call: api, chance: 50%, times: 3}", False),  # drawn once, done three times
        ("{call: api, times: 3, steps: [{call: db, chance: 50%}]}", True),
        ("{call: api, times: 1, steps: [{call: db, chance: 50%}]}", False),
        ("{parallel: [{call: api, times: 2, steps: [{call: db, chance: 50%}]}, {call: db}]}", True),
        ("{parallel: [{call: api, steps: [{call: db, chance: 50%}]}, {call: db}]}", False),
    ],
)
def test_what_is_done_several_times_draws_its_chances_anew(step: str, *, drawn_again: bool) -> None:
    spec = f"""
archspec: 1
name: Again
components: {{user: {{kind: client}}, api: {{kind: server, replicas: 2}}, db: {{kind: database, replicas: 2}}}}
connections: ["user -> [api, db]", api -> db]
flows: {{ask: {{from: user, steps: [{step}]}}}}
"""
    assert _is_tried_again(Structures(load_text(spec)).request("ask")) is drawn_again
