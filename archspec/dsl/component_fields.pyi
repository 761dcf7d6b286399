"""Keyword arguments of components, along the model's own inheritance.

Written from the model: pytest tests/test_dsl_stub.py --update-goldens
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from archspec.dsl.builder import Component, Group
from archspec.dsl.fields import Backup, HealthCheck, RateLimit, Scaling, Share

class ComponentFields(TypedDict, total=False):
    """A thing with an id that takes part in the system, of any kind."""

    label: str
    """Name in pictures; default: the id."""
    description: str
    """One sentence on what it is for."""
    technology: str
    """Product, such as `postgresql`; picks the icon."""
    owner: str
    """Who answers for it; default: its group's, else the spec's."""
    group: Group | str
    """Where it stands; a zone or host also is its zone."""
    tags: Sequence[str]
    """For views and a team's own rules."""
    links: Mapping[str, str]
    """Runbook, repository, dashboard: name to URL."""

class DependableFields(ComponentFields, total=False):
    """A component that can be up or down: its steady state, from `availability` or `mtbf` and `mttr`."""

    availability: Share
    """Share of time one replica is up; default: always up."""
    mtbf: str
    """Mean time between failures of one replica; with `mttr`."""
    mttr: str
    """Mean time to repair one replica; with `mtbf`."""

class RunningFields(DependableFields, total=False):
    """A component that runs as replicas somewhere."""

    replicas: int
    """Copies at the start (per shard); default 1, or scaling.min."""
    needs: int
    """How many must be up to serve."""
    zones: Sequence[Group | str]
    """Replicas are placed round-robin; default: the nearest zone, host or region."""
    cores: float
    """Per replica; `cpu` queues for them. Default 1 where used."""
    slots: int
    """Requests one replica works on at once; default: no limit."""
    queue_limit: int
    """Requests waiting at one replica before it sheds (503); default: no limit."""
    memory: str
    """Per replica."""
    memory_per_request: str
    """Reserved at admission, out of `memory`; default: 0."""
    scaling: Scaling | Mapping[str, Any]
    """How many replicas there are when the load changes; default: fixed."""
    boot_time: str
    """Until a new replica serves."""
    drain_time: str
    """How long a leaving one may finish."""
    failover_time: str
    """Until callers notice a dead replica, or a store has a new primary."""
    algorithm: Literal[
        "round_robin",
        "least_connections",
        "random",
        "power_of_two",
        "ip_hash",
        "consistent_hash",
        "weighted",
        "priority",
    ]
    """How a replica (of a balancer: its target) is picked; default: round_robin."""
    health_check: HealthCheck | Mapping[str, Any] | Literal["none"]
    """Finds dead replicas; default: none."""
    authentication: Literal["none", "session", "token", "api_key", "password", "certificate", "external"]
    """How callers prove who they are."""
    logs_to: Component | str | Sequence[Component | str]
    """Where it ships its logs."""
    metrics_to: Component | str | Sequence[Component | str]
    """Where its metrics are collected."""
    errors_to: Component | str | Sequence[Component | str]
    """Where it reports exceptions."""
    traces_to: Component | str | Sequence[Component | str]
    """Where it sends spans."""
    supervised_by: Component | str
    """What restarts a crashed process."""

class AlertRouterFields(RunningFields, total=False):
    """Groups alerts and sends them on, such as Alertmanager; `notify` names whom it tells."""

class ArtifactRegistryFields(RunningFields, total=False):
    """Keeps what a build has made: images, packages."""

    immutable: bool
    """A tag never moves."""

class CachingFields(RunningFields, total=False):
    """A cache or a content delivery network."""

    caches: Component | str | Sequence[Component | str]
    """Read-through: on a miss it asks this origin itself."""
    hit: Share
    """Share of calls it answers by itself; default 100%."""
    ttl: str
    """Life of an entry."""
    single_flight: bool
    """Misses of one key under way wait for its outcome."""

class StorageFields(RunningFields, total=False):
    """What keeps data: a store, or a cache."""

    failover: Literal["automatic", "manual", "none"]
    """Who takes over when the primary is down; default none."""
    shards: int
    """Parts of the data, each with `replicas` copies."""
    encryption: Literal["at_rest", "none"]
    """Of what is stored."""

class CacheFields(CachingFields, StorageFields, total=False):
    """Keeps copies, sessions or counters in memory, such as Redis."""

    eviction: Literal["lru", "lfu", "fifo", "none"]
    """Which entry goes when it is full."""
    entries: int
    """With `keys`: how many fit; hits are then simulated."""
    keys: str
    """With `entries`: what is asked for, `zipf(count=… exponent=…)`."""

class RateLimitedFields(RunningFields, total=False):
    """An entry that can refuse what exceeds a rate."""

    rate_limit: RateLimit | Mapping[str, Any]
    """Requests that pass: a rate, or `{rate, burst}`; above it 429."""

class FirewalledFields(RunningFields, total=False):
    """What can filter hostile requests."""

    web_firewall: bool
    """Filters hostile requests."""

class CdnFields(CachingFields, RateLimitedFields, FirewalledFields, total=False):
    """Caches files near the users."""

class ClientFields(ComponentFields, total=False):
    """A browser, app or device of a user; always up."""

class CodeRepositoryFields(DependableFields, total=False):
    """Where the code lives and a change begins."""

class DashboardFields(RunningFields, total=False):
    """Shows figures to people, such as Grafana."""

class StoreFields(StorageFields, total=False):
    """A store of record: database, object store, file store, search index."""

    replica_of: Component | str
    """The store this is a read-only copy of."""
    replication: Literal["synchronous", "asynchronous"]
    """Of a copy, or of a store for all its copies: synchronous makes a write wait for them."""
    when_copy_lost: Literal["block", "continue"]
    """Of a synchronous copy: continue lets writes go on its `failover_time` after its loss; default: block."""
    backup: Backup | Mapping[str, Any] | Literal["none"]
    """Copies kept elsewhere."""
    rpo: str
    """Loss that is accepted (recovery point objective)."""
    rto: str
    """Time to recover that is accepted (recovery time objective)."""

class DataWarehouseFields(StoreFields, total=False):
    """A store for questions over much data, such as Snowflake, BigQuery or Redshift."""

class DatabaseFields(StoreFields, total=False):
    """A relational or document database: the system of record."""

class WeightedFields(RunningFields, total=False):
    """A balancer whose targets can have weights."""

    weights: Mapping[Component | str, float]
    """With `algorithm: weighted`: share of each target; default: equal."""

class DnsFields(WeightedFields, total=False):
    """Turns a name into the address of one of its targets."""

    ttl: str
    """How long callers keep an answer, dead or not."""

class ErrorMonitorFields(RunningFields, total=False):
    """Collects exceptions, such as Sentry."""

class ExporterFields(RunningFields, total=False):
    """Shows the figures of something else to a metrics service, such as node-exporter."""

class ExternalFields(DependableFields, total=False):
    """Somebody else's system: not ours to replicate or place."""

class FileStoreFields(StoreFields, total=False):
    """A shared file system."""

class FunctionFields(DependableFields, total=False):
    """Runs code on demand, an instance for each request: what a cloud calls serverless."""

    concurrency: int
    """Instances at most; above them 429. Each works on one request. Default: no limit."""
    cold_start: str
    """Until a new instance works; default: not known, and taken as no time."""
    idle_after: str
    """How long an instance waits for work, then goes."""
    authentication: Literal["none", "session", "token", "api_key", "password", "certificate", "external"]
    """How callers prove who they are."""
    logs_to: Component | str | Sequence[Component | str]
    """Where it ships its logs."""
    metrics_to: Component | str | Sequence[Component | str]
    """Where its metrics are collected."""
    errors_to: Component | str | Sequence[Component | str]
    """Where it reports exceptions."""
    traces_to: Component | str | Sequence[Component | str]
    """Where it sends spans."""

class HoldingFields(RunningFields, total=False):
    """Clients may stay connected to it."""

    connections: int
    """Sessions that one replica holds at most, beside its `slots`; default: no limit."""

class GatewayFields(WeightedFields, RateLimitedFields, FirewalledFields, HoldingFields, total=False):
    """The entry to an API: routes, authenticates, limits."""

class IdentityProviderFields(RunningFields, total=False):
    """Says who somebody is and gives out tokens, such as Keycloak or Okta."""

class JobFields(RunningFields, total=False):
    """Runs by the clock or once, such as a Kubernetes CronJob; flows begin there, and nobody asks it."""

class LoadBalancerFields(WeightedFields, RateLimitedFields, FirewalledFields, HoldingFields, total=False):
    """Spreads requests over the replicas of its targets."""

    sticky_sessions: bool
    """A client stays on one replica."""

class LoadGeneratorFields(ComponentFields, total=False):
    """Sends requests to try a system, such as k6 or Locust; flows may begin there, and it is always up."""

class LogServiceFields(RunningFields, total=False):
    """Keeps log records, such as Loki."""

    retention: str
    """How long a record is kept."""

class MetricsServiceFields(RunningFields, total=False):
    """Collects metrics and evaluates alerts, such as Prometheus."""

    collects: Sequence[str]
    """What it gets from `metrics_to`."""
    scrape_interval: str
    """Time between two samples."""
    evaluation_interval: str
    """Time between two looks at the alerts; default: the scrape interval."""

class NotificationChannelFields(DependableFields, total=False):
    """Where people are told, such as Slack or PagerDuty."""

    pages: bool
    """Wakes a person."""

class ObjectStoreFields(StoreFields, total=False):
    """Keeps files as objects under keys, such as S3."""

    static_content: bool
    """Serves files that are the same for everybody."""
    versioned: bool
    """Old versions are kept."""

class PersonFields(ComponentFields, total=False):
    """Somebody who uses, changes or watches the system; always up."""

class ProcessMonitorFields(RunningFields, total=False):
    """Restarts crashed processes, such as PM2 or systemd."""

class QueueFields(RunningFields, total=False):
    """Keeps messages until a worker has dealt with them."""

    shards: int
    """Parts of the data, each with `replicas` copies."""
    encryption: Literal["at_rest", "none"]
    """Of what is stored."""
    max_length: int
    """A full queue refuses; default: no limit."""
    dead_letter: Component | str
    """Where a message goes after `max_deliveries`."""
    max_deliveries: int
    """Tries per message."""
    visibility_timeout: str
    """After which an unacknowledged message is delivered again."""

class SearchIndexFields(StoreFields, total=False):
    """An index for full-text or vector search."""

class SecretStoreFields(StoreFields, total=False):
    """Keeps passwords, keys and certificates and gives them to who may have them, such as Vault."""

class ServerFields(RateLimitedFields, HoldingFields, total=False):
    """Runs code that answers requests."""

    stateless: bool
    """Nothing in it outlives a request."""
    sessions_in: Component | str
    """Where sessions live; `local`: in its own memory."""
    local_storage: Sequence[Literal["logs", "data", "uploads", "sessions", "cache", "temporary"]]
    """What it writes to its own disk; empty: nothing."""
    static_content: bool
    """Serves files that are the same for everybody."""

class ServiceRegistryFields(RunningFields, total=False):
    """Knows which replicas of a service there are and where, such as Consul or Eureka."""

class TopicFields(RunningFields, total=False):
    """Gives each message to every subscriber: each of its steps is one."""

    encryption: Literal["at_rest", "none"]
    """Of what is stored."""
    partitions: int
    """Messages of one subscriber that can be in work at once; default: no limit."""
    retention: str
    """After which a message that still waits is gone; default: kept for ever."""
    dead_letter: Component | str
    """Where a message goes after `max_deliveries`."""
    max_deliveries: int
    """Tries per message and subscriber."""
    visibility_timeout: str
    """After which an unacknowledged message is delivered again."""

class TraceStoreFields(RunningFields, total=False):
    """Collects spans, such as Jaeger or Tempo."""

class WorkerFields(RunningFields, total=False):
    """Runs code that takes messages from a queue, or works by the clock."""

    slots: int
    """Messages one replica works on at once; default 1."""
    stateless: bool
    """Nothing in it outlives a message."""
    local_storage: Sequence[Literal["logs", "data", "uploads", "sessions", "cache", "temporary"]]
    """What it writes to its own disk; empty: nothing."""
