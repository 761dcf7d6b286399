"""Caddy: what `reverse_proxy` leads to."""

import re

from archspec.importers import ConfigFile, Configured, Product, Source
from archspec.importers.addresses import addresses

_ALGORITHMS = {
    "round_robin": "round_robin",
    "least_conn": "least_connections",
    "random": "random",
    "ip_hash": "ip_hash",
    "random_choose": "power_of_two",
    "uri_hash": "consistent_hash",
}


def recognises(source: Source) -> bool:
    """A site's block with one of Caddy's own directives."""
    text = source.text if len(source.text) < 2**20 else ""
    return re.search(
        r"^[ \t]*(?:reverse_proxy|php_fastcgi|file_server|encode|handle_path)\b[^;\n]*$", text, re.M
    ) is not None and (re.search(r"^[^\s#{][^\n;]*\{[ \t]*$", text, re.M) is not None)


def read(found: Configured) -> None:
    """Every upstream of every `reverse_proxy`, on its line or by `to` in its block."""
    inside = False
    for number, row in enumerate(found.source.text.splitlines(), 1):
        words = row.split("#")[0].split()
        if not words:
            continue
        if words[0] in ("reverse_proxy", "php_fastcgi"):
            inside = words[-1] == "{"
        elif words[0] == "}":
            inside = False
        if words[0] in ("reverse_proxy", "php_fastcgi") or (inside and words[0] == "to"):
            for word in words[1:]:
                if word[0] in "/@*{" or word.startswith("unix/"):
                    continue
                for address in addresses("HOST", re.sub(r"^(h2c|srv\+https?)://", "http://", word)):
                    protocol = "fastcgi" if words[0] == "php_fastcgi" else address.scheme or "http"
                    found.asks(address, f"{words[0]} {address}", number, protocol=protocol)
        elif inside and words[0] == "lb_policy" and len(words) > 1:
            found.facts.part(found.owner, "algorithm", _ALGORITHMS.get(words[1]), f"lb_policy {words[1]}", number)


CONFIG = ConfigFile("caddy", "a Caddyfile", Product("proxy", "caddy"), recognises, read)
