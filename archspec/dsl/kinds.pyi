"""The kinds of components with their fields.

Written from the model: pytest tests/test_dsl_stub.py --update-goldens
"""

from typing import Unpack

from archspec.dsl.builder import Component
from archspec.dsl.component_fields import (
    AlertRouterFields,
    ArtifactRegistryFields,
    CacheFields,
    CdnFields,
    ClientFields,
    CodeRepositoryFields,
    DashboardFields,
    DatabaseFields,
    DataWarehouseFields,
    DnsFields,
    ErrorMonitorFields,
    ExporterFields,
    ExternalFields,
    FileStoreFields,
    FunctionFields,
    GatewayFields,
    IdentityProviderFields,
    JobFields,
    LoadBalancerFields,
    LoadGeneratorFields,
    LogServiceFields,
    MetricsServiceFields,
    NotificationChannelFields,
    ObjectStoreFields,
    PersonFields,
    ProcessMonitorFields,
    QueueFields,
    SearchIndexFields,
    SecretStoreFields,
    ServerFields,
    ServiceRegistryFields,
    TopicFields,
    TraceStoreFields,
    WorkerFields,
)

__all__ = [
    "AlertRouter",
    "ArtifactRegistry",
    "Cache",
    "Cdn",
    "Client",
    "CodeRepository",
    "Dashboard",
    "DataWarehouse",
    "Database",
    "Dns",
    "ErrorMonitor",
    "Exporter",
    "External",
    "FileStore",
    "Function",
    "Gateway",
    "IdentityProvider",
    "Job",
    "LoadBalancer",
    "LoadGenerator",
    "LogService",
    "MetricsService",
    "NotificationChannel",
    "ObjectStore",
    "Person",
    "ProcessMonitor",
    "Queue",
    "SearchIndex",
    "SecretStore",
    "Server",
    "ServiceRegistry",
    "Topic",
    "TraceStore",
    "Worker",
]

def kind_class(name: str) -> type[Component]: ...

class AlertRouter(Component):
    """Groups alerts and sends them on, such as Alertmanager; `notify` names whom it tells."""

    def __init__(self, id: str, **fields: Unpack[AlertRouterFields]) -> None: ...  # noqa: A002

class ArtifactRegistry(Component):
    """Keeps what a build has made: images, packages."""

    def __init__(self, id: str, **fields: Unpack[ArtifactRegistryFields]) -> None: ...  # noqa: A002

class Cache(Component):
    """Keeps copies, sessions or counters in memory, such as Redis."""

    def __init__(self, id: str, **fields: Unpack[CacheFields]) -> None: ...  # noqa: A002

class Cdn(Component):
    """Caches files near the users."""

    def __init__(self, id: str, **fields: Unpack[CdnFields]) -> None: ...  # noqa: A002

class Client(Component):
    """A browser, app or device of a user; always up."""

    def __init__(self, id: str, **fields: Unpack[ClientFields]) -> None: ...  # noqa: A002

class CodeRepository(Component):
    """Where the code lives and a change begins."""

    def __init__(self, id: str, **fields: Unpack[CodeRepositoryFields]) -> None: ...  # noqa: A002

class Dashboard(Component):
    """Shows figures to people, such as Grafana."""

    def __init__(self, id: str, **fields: Unpack[DashboardFields]) -> None: ...  # noqa: A002

class DataWarehouse(Component):
    """A store for questions over much data, such as Snowflake, BigQuery or Redshift."""

    def __init__(self, id: str, **fields: Unpack[DataWarehouseFields]) -> None: ...  # noqa: A002

class Database(Component):
    """A relational or document database: the system of record."""

    def __init__(self, id: str, **fields: Unpack[DatabaseFields]) -> None: ...  # noqa: A002

class Dns(Component):
    """Turns a name into the address of one of its targets."""

    def __init__(self, id: str, **fields: Unpack[DnsFields]) -> None: ...  # noqa: A002

class ErrorMonitor(Component):
    """Collects exceptions, such as Sentry."""

    def __init__(self, id: str, **fields: Unpack[ErrorMonitorFields]) -> None: ...  # noqa: A002

class Exporter(Component):
    """Shows the figures of something else to a metrics service, such as node-exporter."""

    def __init__(self, id: str, **fields: Unpack[ExporterFields]) -> None: ...  # noqa: A002

class External(Component):
    """Somebody else's system: not ours to replicate or place."""

    def __init__(self, id: str, **fields: Unpack[ExternalFields]) -> None: ...  # noqa: A002

class FileStore(Component):
    """A shared file system."""

    def __init__(self, id: str, **fields: Unpack[FileStoreFields]) -> None: ...  # noqa: A002

class Function(Component):
    """Runs code on demand, an instance for each request: what a cloud calls serverless."""

    def __init__(self, id: str, **fields: Unpack[FunctionFields]) -> None: ...  # noqa: A002

class Gateway(Component):
    """The entry to an API: routes, authenticates, limits."""

    def __init__(self, id: str, **fields: Unpack[GatewayFields]) -> None: ...  # noqa: A002

class IdentityProvider(Component):
    """Says who somebody is and gives out tokens, such as Keycloak or Okta."""

    def __init__(self, id: str, **fields: Unpack[IdentityProviderFields]) -> None: ...  # noqa: A002

class Job(Component):
    """Runs by the clock or once, such as a Kubernetes CronJob; flows begin there, and nobody asks it."""

    def __init__(self, id: str, **fields: Unpack[JobFields]) -> None: ...  # noqa: A002

class LoadBalancer(Component):
    """Spreads requests over the replicas of its targets."""

    def __init__(self, id: str, **fields: Unpack[LoadBalancerFields]) -> None: ...  # noqa: A002

class LoadGenerator(Component):
    """Sends requests to try a system, such as k6 or Locust; flows may begin there, and it is always up."""

    def __init__(self, id: str, **fields: Unpack[LoadGeneratorFields]) -> None: ...  # noqa: A002

class LogService(Component):
    """Keeps log records, such as Loki."""

    def __init__(self, id: str, **fields: Unpack[LogServiceFields]) -> None: ...  # noqa: A002

class MetricsService(Component):
    """Collects metrics and evaluates alerts, such as Prometheus."""

    def __init__(self, id: str, **fields: Unpack[MetricsServiceFields]) -> None: ...  # noqa: A002

class NotificationChannel(Component):
    """Where people are told, such as Slack or PagerDuty."""

    def __init__(self, id: str, **fields: Unpack[NotificationChannelFields]) -> None: ...  # noqa: A002

class ObjectStore(Component):
    """Keeps files as objects under keys, such as S3."""

    def __init__(self, id: str, **fields: Unpack[ObjectStoreFields]) -> None: ...  # noqa: A002

class Person(Component):
    """Somebody who uses, changes or watches the system; always up."""

    def __init__(self, id: str, **fields: Unpack[PersonFields]) -> None: ...  # noqa: A002

class ProcessMonitor(Component):
    """Restarts crashed processes, such as PM2 or systemd."""

    def __init__(self, id: str, **fields: Unpack[ProcessMonitorFields]) -> None: ...  # noqa: A002

class Queue(Component):
    """Keeps messages until a worker has dealt with them."""

    def __init__(self, id: str, **fields: Unpack[QueueFields]) -> None: ...  # noqa: A002

class SearchIndex(Component):
    """An index for full-text or vector search."""

    def __init__(self, id: str, **fields: Unpack[SearchIndexFields]) -> None: ...  # noqa: A002

class SecretStore(Component):
    """Keeps passwords, keys and certificates and gives them to who may have them, such as Vault."""

    def __init__(self, id: str, **fields: Unpack[SecretStoreFields]) -> None: ...  # noqa: A002

class Server(Component):
    """Runs code that answers requests."""

    def __init__(self, id: str, **fields: Unpack[ServerFields]) -> None: ...  # noqa: A002

class ServiceRegistry(Component):
    """Knows which replicas of a service there are and where, such as Consul or Eureka."""

    def __init__(self, id: str, **fields: Unpack[ServiceRegistryFields]) -> None: ...  # noqa: A002

class Topic(Component):
    """Gives each message to every subscriber: each of its steps is one."""

    def __init__(self, id: str, **fields: Unpack[TopicFields]) -> None: ...  # noqa: A002

class TraceStore(Component):
    """Collects spans, such as Jaeger or Tempo."""

    def __init__(self, id: str, **fields: Unpack[TraceStoreFields]) -> None: ...  # noqa: A002

class Worker(Component):
    """Runs code that takes messages from a queue, or works by the clock."""

    def __init__(self, id: str, **fields: Unpack[WorkerFields]) -> None: ...  # noqa: A002
