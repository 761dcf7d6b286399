"""Specs in Python: a builder over the model. What it builds is what the same YAML would be.

Fields have the names they have in YAML; a Python keyword gets a trailing underscore (`from_`, `for_`). Where a
field names a component or group, pass it or its id. Times, rates and ratios are texts (`"3ms"`, `"1200/s"`).

>>> from archspec import Client, Database, Server
>>> with System("Tiny") as tiny:
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

from typing import TYPE_CHECKING

from archspec.dsl import kinds
from archspec.dsl.builder import Component, Flow, Group, System, connect
from archspec.dsl.steps import call, parallel, stage, use, work

if TYPE_CHECKING:
    from archspec.dsl.kinds import *  # noqa: F403

Architecture = System
"""What `System` was called once."""
__all__ = ["Component", "Flow", "Group", "System", "call", "connect", "parallel", "stage", "use", "work"]
__all__ += kinds.__all__

if not TYPE_CHECKING:  # type checkers read the stub, and so see a slip in a name
    __getattr__ = kinds.kind_class
