"""HAProxy: the servers of its backends, how one is picked, and how it is checked."""

import re
from typing import Any

from archspec.importers import ConfigFile, Configured, Product, Source, units
from archspec.importers.addresses import addresses, clean_path

_SECTION = re.compile(r"^(global|defaults|frontend|backend|listen|resolvers|peers|userlist)\b")
_ALGORITHMS = {
    "roundrobin": "round_robin",
    "static-rr": "round_robin",
    "leastconn": "least_connections",
    "source": "ip_hash",
    "uri": "consistent_hash",
    "random": "random",
}


def recognises(source: Source) -> bool:
    """A `backend` or `listen` section with a `server` in it."""
    text = source.text if len(source.text) < 2**20 else ""
    return (
        re.search(r"^(?:backend|listen)[ \t]+\S+", text, re.M) is not None
        and re.search(r"^[ \t]+server\s", text, re.M) is not None
    )


def read(found: Configured) -> None:
    """Section by section; what `defaults` says holds where a section says nothing."""
    section, timeout, mode = "", None, "http"
    check: dict[str, Any] = {}
    for number, row in enumerate(found.source.text.splitlines(), 1):
        words = row.split("#")[0].split()
        if not words:
            continue
        if _SECTION.match(row):
            section = words[0]
            continue
        if words[:2] == ["timeout", "server"] and len(words) > 2:
            timeout = units.duration(words[2] if not words[2].isdigit() else f"{words[2]}ms")
        elif words[0] == "mode" and len(words) > 1:
            mode = words[1]
        elif words[0] == "balance" and len(words) > 1:
            found.facts.part(found.owner, "algorithm", _ALGORITHMS.get(words[1]), f"balance {words[1]}", number)
        elif words[:2] == ["option", "httpchk"]:
            path = next((clean_path(word) for word in words[2:] if word.startswith("/")), None)
            check |= {"path": path} if path else {}
        elif words[0] in ("server", "server-template") and section in ("backend", "listen"):
            _server(words, number, mode, timeout, check, found)


def _server(
    words: list[str], line: int, mode: str, timeout: str | None, check: dict[str, Any], found: Configured
) -> None:
    place = next((word for word in words[2:] if ":" in word or word.isidentifier()), "")
    for address in addresses("HOST", place):
        protocol = "http" if mode == "http" else None
        found.asks(address, f"server {words[1]} {address}", line, protocol=protocol, timeout=timeout)
    if "check" in words:
        said = dict(check)
        for word, name in (("inter", "interval"), ("fall", "unhealthy_after"), ("rise", "healthy_after")):
            value = words[words.index(word) + 1] if word in words[:-1] else None
            if value is not None and name == "interval":
                said[name] = units.duration(value if not value.isdigit() else f"{value}ms")
            elif value is not None and units.integer(value):
                said[name] = units.integer(value)
        said = {"interval": "2s", "unhealthy_after": 3, "healthy_after": 2} | said
        found.facts.part(found.owner, "health_check", said, "server … check, with the defaults of HAProxy", line)


CONFIG = ConfigFile("haproxy", "an HAProxy configuration", Product("proxy", "haproxy"), recognises, read)
