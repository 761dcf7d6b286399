"""Every kind of component has exactly the fields that the language gives it."""

import pytest

from archspec.model import Role
from archspec.model.kind import kinds
from tests.model.specs import mistakes, spec

EVERY = ["label", "description", "technology", "owner", "group", "tags", "links"]
DEPENDABLE = [*EVERY, "availability", "mtbf", "mttr"]
RUNNING = [
    *DEPENDABLE,
    *[
        "replicas",
        "needs",
        "zones",
        "cores",
        "slots",
        "queue_limit",
        "memory",
        "memory_per_request",
        "scaling",
        "boot_time",
        "drain_time",
    ],
    *[
        "failover_time",
        "algorithm",
        "health_check",
        "authentication",
        "logs_to",
        "metrics_to",
        "errors_to",
        "traces_to",
        "supervised_by",
    ],
]
STORE = ["failover", "shards", "encryption", "replica_of", "replication", "when_copy_lost", "backup", "rpo", "rto"]
FIELDS = {
    "person": EVERY,
    "client": EVERY,
    "external": DEPENDABLE,
    "notification_channel": [*DEPENDABLE, "pages"],
    "code_repository": DEPENDABLE,
    "dns": [*RUNNING, "weights", "ttl"],
    "load_balancer": [*RUNNING, "weights", "rate_limit", "connections", "web_firewall", "sticky_sessions"],
    "gateway": [*RUNNING, "weights", "rate_limit", "connections", "web_firewall"],
    "cdn": [*RUNNING, "caches", "hit", "ttl", "single_flight", "rate_limit", "web_firewall"],
    "cache": [
        *RUNNING,
        *["caches", "hit", "ttl", "single_flight", "failover", "shards", "encryption", "eviction", "entries", "keys"],
    ],
    "server": [*RUNNING, "rate_limit", "connections", "stateless", "sessions_in", "local_storage", "static_content"],
    "function": [
        *DEPENDABLE,
        *[
            "concurrency",
            "cold_start",
            "idle_after",
            "authentication",
            "logs_to",
            "metrics_to",
            "errors_to",
            "traces_to",
        ],
    ],
    "worker": [*RUNNING, "stateless", "local_storage"],
    "database": [*RUNNING, *STORE],
    "file_store": [*RUNNING, *STORE],
    "search_index": [*RUNNING, *STORE],
    "object_store": [*RUNNING, *STORE, "static_content", "versioned"],
    "queue": [
        *RUNNING,
        *["shards", "encryption", "max_length", "dead_letter", "max_deliveries", "visibility_timeout"],
    ],
    "topic": [
        *RUNNING,
        *["encryption", "partitions", "retention", "dead_letter", "max_deliveries", "visibility_timeout"],
    ],
    "job": RUNNING,
    "data_warehouse": [*RUNNING, *STORE],
    "identity_provider": RUNNING,
    "service_registry": RUNNING,
    "secret_store": [*RUNNING, *STORE],
    "load_generator": EVERY,
    **dict.fromkeys(("dashboard", "exporter", "alert_router"), RUNNING),
    "log_service": [*RUNNING, "retention"],
    "metrics_service": [*RUNNING, "collects", "scrape_interval", "evaluation_interval"],
    "error_monitor": RUNNING,
    "trace_store": RUNNING,
    "process_monitor": RUNNING,
    "artifact_registry": [*RUNNING, "immutable"],
}


def test_the_kinds_are_those_of_the_language() -> None:
    assert set(kinds()) == set(FIELDS)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_kind_has_exactly_its_fields(name: str) -> None:
    fields = {field.alias or key for key, field in kinds()[name].model.model_fields.items()}
    assert fields == {"id", "kind", *FIELDS[name]}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_says_what_it_means(name: str) -> None:
    model = kinds()[name].model
    silent = {key for key, field in model.model_fields.items() if not field.description}
    assert silent <= {"kind", "links"}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_kind_needs_no_field_but_itself(name: str) -> None:
    assert spec(f"components: {{x: {{kind: {name}}}}}\n").components["x"].kind_of is kinds()[name]


@pytest.mark.parametrize(
    ("kind", "defaults"),
    [
        ("server", {"replicas": 1, "needs": 1, "slots": None, "static_content": False, "boot_time": "30s"}),
        ("server", {"drain_time": "30s", "failover_time": "30s", "stateless": None, "chooses_by": "round_robin"}),
        ("worker", {"slots": 1}),
        ("dns", {"ttl": "1m"}),
        ("cache", {"eviction": "lru", "single_flight": False, "hit": None, "shards": 1}),
        ("database", {"failover": None, "fails_over": False, "backup": None, "shards": 1}),
        ("queue", {"max_deliveries": 5, "visibility_timeout": "30s", "max_length": None, "shards": 1}),
        ("metrics_service", {"collects": ("cpu", "memory", "network"), "scrape_interval": "15s"}),
        ("load_balancer", {"sticky_sessions": False, "web_firewall": None}),
        ("notification_channel", {"pages": False}),
    ],
)
def test_what_is_not_said_has_its_default(kind: str, defaults: dict[str, object]) -> None:
    part = spec(f"components: {{x: {{kind: {kind}}}}}\n").components["x"]
    found = {name: getattr(part, name) for name in defaults}
    assert {name: str(value) if str(value)[-1:] in "sm" else value for name, value in found.items()} == defaults


def test_roles_gather_kinds_for_rules() -> None:
    roles = {role: [kind.name for kind in kinds().values() if kind.role is role] for role in Role}
    assert roles[Role.ACTOR] == ["client", "load_generator", "person"]
    assert roles[Role.ROUTER] == ["dns", "gateway", "load_balancer"]
    assert roles[Role.STORE] == [
        "data_warehouse",
        "database",
        "file_store",
        "object_store",
        "search_index",
        "secret_store",
    ]
    assert roles[Role.COMPUTE] == ["function", "identity_provider", "job", "server", "service_registry", "worker"]


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("redis", "write `kind: cache`."),
        ("API", "write `kind: server`."),
        ("kafka", "write `kind: topic`."),
        ("rabbitmq", "write `kind: queue`."),
        ("databse", "did you mean `database`?"),
        ("load-balancer", "did you mean `load_balancer`?"),
    ],
)
def test_another_name_for_a_kind_leads_to_the_kind(kind: str, remedy: str) -> None:
    found = mistakes(f"components: {{x: {{kind: {kind}}}}}\n")
    assert found == [(f"`{kind}` is not a kind of component", remedy)]
