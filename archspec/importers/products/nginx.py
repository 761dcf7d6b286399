"""nginx: what its `proxy_pass` and its like lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archspec.importers import ConfigFile, Configured, Product, Source, units
from archspec.importers.addresses import Address, addresses

_TOKEN = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\$\{\w+\}|[^\s{};"'])+""")
_PASSES = {"proxy_pass": None, "grpc_pass": "grpc", "fastcgi_pass": "fastcgi", "uwsgi_pass": "uwsgi"}
_TIMEOUTS = ("proxy_read_timeout", "grpc_read_timeout", "fastcgi_read_timeout", "uwsgi_read_timeout")
_ALGORITHMS = {"least_conn": "least_connections", "ip_hash": "ip_hash", "hash": "consistent_hash", "random": "random"}


@dataclass(slots=True)
class _Directive:
    """A directive with its words, the block below it, and its line."""

    words: list[str]
    line: int
    block: list["_Directive"] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """A `server` block, or one of `upstream`, with what nginx has in them."""
    text = source.text if len(source.text) < 2**20 else ""
    return (
        re.search(r"^[ \t]*(?:server|upstream[ \t]+\S+)\s*\{", text, re.M) is not None
        and re.search(r"^[ \t]*(?:listen|proxy_pass|server_name|location|server)\b[^{}:\n]*[;{]", text, re.M)
        is not None
    )


def read(found: Configured) -> None:
    """Every pass of every location, upstreams followed."""
    parsed = _parsed(found.source.text)
    upstreams = {each.words[1]: each for each in _walk(parsed) if each.words[0] == "upstream" and len(each.words) > 1}
    variables = {
        each.words[1]: each.words[2] for each in _walk(parsed) if each.words[0] == "set" and len(each.words) > 2
    }
    timeouts = [each for each in _walk(parsed) if each.words[0] in _TIMEOUTS and len(each.words) > 1]
    for each in _walk(parsed):
        if each.words[0] not in _PASSES or len(each.words) < 2:
            continue
        target = re.sub(r"\$\{?(\w+)\}?", lambda match: variables.get(f"${match[1]}", match[0]), each.words[1])
        name = target.partition("://")[2].partition("/")[0] or target.partition("/")[0]
        upstream = upstreams.get(name.partition(":")[0])
        through = f" by upstream {upstream.words[1]}" if upstream is not None else ""
        timeout = units.duration(_with_unit(timeouts[0].words[1])) if len(timeouts) == 1 else None
        for address in _targets(upstream, name):
            scheme = target.partition("://")[0] if "://" in target else None
            protocol = _PASSES[each.words[0]] or ("https" if scheme in ("https", "grpcs") else "http")
            found.asks(address, f"{each.words[0]} {address}{through}", each.line, protocol=protocol, timeout=timeout)
    for upstream in upstreams.values():
        for inside in upstream.block:
            algorithm = _ALGORITHMS.get(inside.words[0])
            found.facts.part(found.owner, "algorithm", algorithm, f"{inside.words[0]} in upstream", inside.line)


def _with_unit(text: str) -> str:
    return f"{text}s" if text.isdigit() else text


def _targets(upstream: _Directive | None, name: str) -> Iterator[Address]:
    if upstream is None:
        if "$" not in name and not name.startswith("unix:"):
            yield from addresses("HOST", name)
        return
    for inside in upstream.block:
        if inside.words[0] == "server" and len(inside.words) > 1 and "backup" not in inside.words:
            yield from addresses("HOST", inside.words[1])


def _parsed(text: str) -> list[_Directive]:
    root = _Directive([], 0)
    open_ = [root]
    words: list[str] = []
    line, at, begun = 1, 0, 1
    for match in _TOKEN.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        token = match[0]
        if token.startswith("#"):
            continue
        if token in ";{":
            if words:
                directive = _Directive(words, begun)
                open_[-1].block.append(directive)
                if token == "{":
                    open_.append(directive)
            words = []
        elif token == "}":
            words = []
            if len(open_) > 1:
                open_.pop()
        else:
            begun = line if not words else begun
            words.append(token.strip("\"'"))
    return root.block


def _walk(directives: list[_Directive]) -> Iterator[_Directive]:
    waiting = list(reversed(directives))
    while waiting:
        each = waiting.pop()
        yield each
        waiting += reversed(each.block)


CONFIG = ConfigFile("nginx", "an nginx configuration", Product("proxy", "nginx"), recognises, read)
