"""A plain protocol across ground that is not yours.

## What it checks

A connection that is stated to be plain (`encryption: none`, or a protocol such as http, ws, ftp, telnet,
ldap, smtp, mqtt) with a client, a person or an external system at one end, or between two regions. A link
inside, such as a balancer's to its servers or one between two ends in the same private group, and a protocol that
nobody wrote, are not judged. In the strict
set also: between two networks.

## Why

What crosses the internet in the clear can be read and changed by everybody on the way: passwords, sessions,
and what the answer tells the browser to run.

## Bad

```yaml
archspec: 1
name: A postcard
components:
  app: {kind: client}
  api: {kind: server}
connections:
  - app -> api: http
```

## Good

```yaml
archspec: 1
name: A sealed letter
components:
  app: {kind: client}
  api: {kind: server}
connections:
  - app -> api: https
```

## When to ignore it

A link inside a tunnel (VPN, leased line): say `encryption: in_transit` instead.

## Source

[OWASP: transport layer security cheat
sheet](https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html)
"""

from collections.abc import Iterator

from archspec.model import Connection
from archspec.model.protocols import ENCRYPTED
from archspec.validators import Context, Found, Rule, RuleSet, Severity, network_of, region_of

_OUTSIDE = ("client", "person", "external")
_SAFE = {
    "http": "https",
    "ws": "wss",
    "ftp": "sftp",
    "telnet": "ssh",
    "ldap": "ldaps",
    "smtp": "smtps",
    "mqtt": "mqtts",
}


def check(context: Context) -> Iterator[Found]:
    """Plain connections by the ground they cross."""
    for connection in context.architecture.connections:
        if connection.encrypted is False:
            ground = _ground(context, connection)
            if ground:
                plain = next((p for p in connection.protocol if ENCRYPTED.get(p.lower()) is False), None)
                field = "encryption" if connection.encryption == "none" else "protocol"
                how = f"as {plain}" if plain else "in the clear"
                safe = _SAFE.get((plain or "").lower())
                yield Found(
                    ("connections", connection.name, field),
                    f"`{connection.from_}` -> `{connection.to}` crosses {ground} {how}",
                    f"use {safe}." if safe else "encrypt it.",
                )


def _ground(context: Context, connection: Connection) -> str | None:
    """What lies between the ends, None where it is all yours."""
    architecture = context.architecture
    one, other = architecture.components[connection.from_], architecture.components[connection.to]
    if one.kind in _OUTSIDE or other.kind in _OUTSIDE:
        private = [group for group in architecture.enclosing(one.group) if group.trust == "private"]
        is_inside = any(group in private for group in architecture.enclosing(other.group))
        return None if is_inside else "the internet"
    regions = region_of(architecture, one), region_of(architecture, other)
    if None not in regions and regions[0] != regions[1]:
        return "from region to region"
    networks = network_of(architecture, one), network_of(architecture, other)
    if context.strict and None not in networks and networks[0] != networks[1]:
        return "from network to network"
    return None


RULE = Rule(
    code="SEC01",
    name="unencrypted-link",
    theme="security",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
