"""What a span's attributes say, by OpenTelemetry's semantic conventions, old and new, and those of their elders."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from archspec.observation.span import ObservedSpan, Party, Side

_NAMES = ("k8s.deployment.name", "service.namespace", "hostname", "host.name", "container.name")
"""Further names of a process, of which one may be what a spec calls it."""
_STATUS = ("http.response.status_code", "http.status_code")
_METHOD = ("http.request.method", "http.method")
_URL = ("url.full", "http.url", "url.path", "http.target", "http.path")
_DATABASE = ("db.system.name", "db.system", "db.type")
_HOST = ("server.address", "net.peer.name", "db.connection_string", "http.host")
_DESTINATION = ("messaging.destination.name", "messaging.destination", "kafka.topic", "message_bus.destination")
FLOW = "archspec.flow"
WAITED = "archspec.waited_ns"
UNTIMED = "archspec.time_unknown"
ATTEMPT = "archspec.attempt"
_OTHER = (
    *("peer.service", "remote.service", "messaging.system", "rpc.service", "http.route", "error.type", "error"),
    *("service.name", "sampler.type", "sampler.param", "aws.service", "telemetry.sdk.language"),
    *(FLOW, WAITED, UNTIMED, ATTEMPT),
)
WANTED = frozenset((*_NAMES, *_STATUS, *_METHOD, *_URL, *_DATABASE, *_HOST, *_DESTINATION, *_OTHER))
"""The keys that are read; a format need not keep others."""

_PRODUCTS = ("mongodb", "mongo", "redis", "memcached", "postgresql", "postgres", "mysql", "mariadb", "cassandra")
_PRODUCT_IN_NAME = re.compile(rf"(?:^|[_\W])({'|'.join(_PRODUCTS)})(?:[_\W].*)?[_\W]client$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\[?[0-9a-fA-F]*:[0-9a-fA-F:.]+\]?|localhost")
_SECRETS = re.compile(r"[?#]\S*|(?<=//)[^/@\s]*@|'[^']*'|\"[^\"]*\"")
"""A query, a user with a password, a literal of a statement."""
_NUMBERED = re.compile(r"(?<![A-Za-z0-9])(?:\d+|[0-9a-fA-F]{8,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27})(?![A-Za-z0-9])")


class Face(NamedTuple):
    """All that is alike in the spans of one operation: kept once, however many spans there are."""

    service: str
    also: tuple[str, ...]
    operation: str
    side: Side
    asks: bool
    answers: bool
    failed: bool
    status: int | None
    request: str | None
    """Method and route, or path, of what was asked by HTTP."""
    peer: Party | None
    """Who is asked, as the asking side names them."""
    messaging: bool
    flow: str | None
    cause: str | None
    attempt: int | None
    timed: bool
    sampled: float | None
    """Share of traces that the tracer says it keeps, drawn at random when a trace begins."""


def face_of(span: ObservedSpan) -> Face:
    """What the span has in common with others of its operation."""
    found = span.attributes
    status = _number(_first(found, _STATUS))
    return Face(
        span.service,
        tuple(dict.fromkeys(str(found[key]) for key in _NAMES if key in found and found[key] != span.service)),
        without_numbers(span.name),
        span.side,
        span.side in (Side.CLIENT, Side.PRODUCER),
        span.side in (Side.SERVER, Side.CONSUMER),
        span.failed or (status is not None and (status >= 500 or status == 429)),
        status,
        _request(span.name, found),
        peer_of(span),
        "messaging.system" in found or _first(found, _DESTINATION) is not None,
        _text(found.get(FLOW)),
        _text(found.get("error.type")),
        _number(found.get(ATTEMPT)),
        UNTIMED not in found,
        _share(found),
    )


def peer_of(span: ObservedSpan) -> Party | None:
    """Who the span asks, by what it says itself: the surest attribute first, its name last."""
    found = span.attributes
    named = _text(_first(found, ("peer.service", "remote.service")))
    system = _product(_text(_first(found, _DATABASE)))
    messages = _text(found.get("messaging.system"))
    if named is not None and messages is None:
        return Party(named, system)
    if span.side is Side.SERVER or span.side is Side.INTERNAL:
        return None
    if system is not None:
        return Party(_host(found), system)
    if messages is not None or _first(found, _DESTINATION) is not None:
        return Party(_text(_first(found, _DESTINATION)) or named, messages or "message_queue")
    if span.side is Side.CLIENT and (host := _text(found.get("rpc.service")) or _host(found) or _of_url(found)):
        return Party(host.rpartition("/")[2])
    if "aws.service" in found:
        return Party(str(found["aws.service"]).lower(), "aws")
    product = _PRODUCT_IN_NAME.search(span.name)
    return Party(None, _product(product[1].lower())) if product else None


@lru_cache(maxsize=50_000)
def without_numbers(name: str) -> str:
    """A name in which ids are `{id}`, so that one operation has one name; without what may be a secret.

    >>> without_numbers("GET /users/4711/posts?token=x"), without_numbers("api2 v1"), without_numbers("http://u:p@web/a")
    ('GET /users/{id}/posts', 'api2 v1', 'http://web/a')
    """
    return _NUMBERED.sub("{id}", _SECRETS.sub("", name[:500])[:200])


def _request(name: str, found: Mapping[str, object]) -> str | None:
    method = _text(_first(found, _METHOD))
    route = _text(found.get("http.route")) or _path(_text(_first(found, _URL)))
    if route is None and method is not None and name.startswith("/"):
        route = without_numbers(name)
    if route is not None:
        return f"{method or ''} {route}".strip()
    first, blank, rest = name.partition(" ")
    return without_numbers(name) if blank and first.isupper() and rest.startswith("/") else None


def _path(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return without_numbers(urlsplit(url).path or "/")
    except ValueError:
        return None


def _of_url(found: Mapping[str, object]) -> str | None:
    url = _text(_first(found, ("url.full", "http.url")))
    try:
        return _named(urlsplit(url).hostname) if url else None
    except ValueError:
        return None


def _host(found: Mapping[str, object]) -> str | None:
    """The host that is asked, where it has a name and not a number."""
    text = _text(_first(found, _HOST))
    if text is None:
        return None
    if "://" in text:
        try:
            return _named(urlsplit(text).hostname)
        except ValueError:
            return None
    return _named(text.rpartition("@")[2].partition("/")[0].partition(":")[0])


def _named(host: str | None) -> str | None:
    return None if not host or _ADDRESS.fullmatch(host) else host


def _product(name: str | None) -> str | None:
    return {"mongo": "mongodb", "postgres": "postgresql"}.get(name, name) if name else None


def _share(found: Mapping[str, object]) -> float | None:
    if found.get("sampler.type") == "const":
        return 1.0
    try:
        share = float(str(found["sampler.param"])) if found.get("sampler.type") == "probabilistic" else 0.0
    except (KeyError, ValueError):
        return None
    return share if 0 < share <= 1 else None


def _first(found: Mapping[str, object], keys: tuple[str, ...]) -> object:
    for key in keys:
        if key in found:
            return found[key]
    return None


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None


def _number(value: object) -> int | None:
    try:
        return int(str(value)) if value is not None else None
    except ValueError:
        return None
