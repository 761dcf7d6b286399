"""One class for each kind of component; the fields they take are in `kinds.pyi`, made from the model."""

from archspec.dsl.builder import Component


class ArtifactRegistry(Component):
    """Keeps what a build has made: images, packages."""

    kind = "artifact_registry"


class Cache(Component):
    """Keeps copies, sessions or counters in memory, such as Redis."""

    kind = "cache"


class Cdn(Component):
    """Caches files near the users."""

    kind = "cdn"


class Client(Component):
    """A browser, app or device of a user; always up."""

    kind = "client"


class CodeRepository(Component):
    """Where the code lives and a change begins."""

    kind = "code_repository"


class Database(Component):
    """A relational or document database: the system of record."""

    kind = "database"


class Dns(Component):
    """Turns a name into the address of one of its targets."""

    kind = "dns"


class ErrorMonitor(Component):
    """Collects exceptions, such as Sentry."""

    kind = "error_monitor"


class External(Component):
    """Somebody else's system: not ours to replicate or place."""

    kind = "external"


class FileStore(Component):
    """A shared file system."""

    kind = "file_store"


class Gateway(Component):
    """The entry to an API: routes, authenticates, limits."""

    kind = "gateway"


class LoadBalancer(Component):
    """Spreads requests over the replicas of its targets."""

    kind = "load_balancer"


class LogService(Component):
    """Keeps log records, such as Loki."""

    kind = "log_service"


class MetricsService(Component):
    """Collects metrics and evaluates alerts, such as Prometheus."""

    kind = "metrics_service"


class NotificationChannel(Component):
    """Where people are told, such as Slack or PagerDuty."""

    kind = "notification_channel"


class ObjectStore(Component):
    """Keeps files as objects under keys, such as S3."""

    kind = "object_store"


class Person(Component):
    """Somebody who uses, changes or watches the system; always up."""

    kind = "person"


class ProcessMonitor(Component):
    """Restarts crashed processes, such as PM2 or systemd."""

    kind = "process_monitor"


class Queue(Component):
    """Keeps messages until a worker has dealt with them."""

    kind = "queue"


class SearchIndex(Component):
    """An index for full-text or vector search."""

    kind = "search_index"


class Server(Component):
    """Runs code that answers requests."""

    kind = "server"


class TraceStore(Component):
    """Collects spans, such as Jaeger or Tempo."""

    kind = "trace_store"


class Worker(Component):
    """Runs code that takes messages from a queue, or works by the clock."""

    kind = "worker"
