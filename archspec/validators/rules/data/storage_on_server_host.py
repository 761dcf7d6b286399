"""A store on the machine that runs the code.

## What it checks

A database, file store, object store or search index that stands in the same group of kind `host` as a server
or worker. A cache may: what it holds can be had again.

## Why

Code and data then share one disk, one memory and one fate: a full log partition stops the database, a leak in
the code starves it, the machine cannot be replaced by a new one, and a second server has no data.

## Bad

```yaml
archspec: 1
name: All on one box
groups:
  box: {kind: host}
components:
  api: {kind: server, group: box}
  db: {kind: database, group: box}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: One box each
groups:
  box: {kind: host}
  vault: {kind: host}
components:
  api: {kind: server, group: box}
  db: {kind: database, group: vault}
connections:
  - api -> db
```

## When to ignore it

A device in the field, where there is one machine and the data are copied away.

## Source

[DigitalOcean: 5 common server
setups](https://www.digitalocean.com/community/tutorials/5-common-server-setups-for-your-web-application)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity, hosts, placed_at

_STORES = ("database", "data_warehouse", "file_store", "object_store", "secret_store", "search_index")


def check(context: Context) -> Iterator[Found]:
    """Stores on a host that runs a server or worker."""
    architecture = context.architecture
    places = context.once(hosts)
    runs_code: dict[str, str] = {}
    for component in architecture.of_kind("server", "worker"):
        for host in places.get(component.id, ()):
            runs_code.setdefault(host, component.id)
    for store in architecture.of_kind(*_STORES):
        shared = sorted(places.get(store.id, frozenset()) & runs_code.keys())
        if shared:
            yield Found(
                placed_at(store),
                f"`{store.id}` shares host {shared[0]} with `{runs_code[shared[0]]}`: one disk failure takes both",
                "move it to its own host.",
                element=store.id,
            )


RULE = Rule(
    code="DAT01",
    name="storage-on-server-host",
    theme="data",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
