"""Specs in Python: a builder over the model. What it builds is what the same YAML would be.

Fields have the names they have in YAML; a Python keyword gets a trailing underscore (`from_`, `for_`). Where a
field names a component or group, pass it or its id. Times, rates and ratios are texts (`"3ms"`, `"1200/s"`).

>>> with Architecture("Tiny") as tiny:
...     zone = Group("zone-a", kind="zone")
...     viewer, api = Client("viewer"), Server("api", replicas=2, zones=[zone])
...     db = Database("db", technology="postgresql")
...     viewer >> api >> db
...     tiny.flow("read", viewer, call(api, call(db, takes="3ms"), cpu="4ms"), rate="100/s")
Database('db')
Flow('read')
>>> tiny.build().flows["read"].steps[0].cpu
Time(family=<Family.CONSTANT: 'constant'>, parameters=(4000000.0,), text='4ms')
"""

from archspec.dsl.builder import Architecture, Component, Flow, Group, connect
from archspec.dsl.kinds import (
    ArtifactRegistry,
    Cache,
    Cdn,
    Client,
    CodeRepository,
    Database,
    Dns,
    ErrorMonitor,
    External,
    FileStore,
    Gateway,
    LoadBalancer,
    LogService,
    MetricsService,
    NotificationChannel,
    ObjectStore,
    Person,
    ProcessMonitor,
    Queue,
    SearchIndex,
    Server,
    TraceStore,
    Worker,
)
from archspec.dsl.steps import call, parallel, stage, use, work

__all__ = [
    "Architecture",
    "ArtifactRegistry",
    "Cache",
    "Cdn",
    "Client",
    "CodeRepository",
    "Component",
    "Database",
    "Dns",
    "ErrorMonitor",
    "External",
    "FileStore",
    "Flow",
    "Gateway",
    "Group",
    "LoadBalancer",
    "LogService",
    "MetricsService",
    "NotificationChannel",
    "ObjectStore",
    "Person",
    "ProcessMonitor",
    "Queue",
    "SearchIndex",
    "Server",
    "TraceStore",
    "Worker",
    "call",
    "connect",
    "parallel",
    "stage",
    "use",
    "work",
]
