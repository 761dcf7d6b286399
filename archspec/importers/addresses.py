"""Hosts in texts: the addresses that variables, arguments and settings hold, without what is secret in them."""

import re
from collections.abc import Iterator

from archspec.frozen import frozen
from archspec.importers.tables import names_a_host, normal_key

_LONGEST = 10_000
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?"
_IS_HOST = re.compile(_HOST)
_URL = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]*)://([^\s\"'`<>|;)]*)")
_HOST_PORT = re.compile(rf"(?<![\w.@/:%-])({_HOST}):(\d{{2,5}})(?![\w.:-])")
_IN_BRACKETS = re.compile(rf"\b(?:tcp|udp)\(({_HOST}):?(\d+)?\)")
_HOST_IS = re.compile(rf"\b(?:host|server|data source)\s*=\s*(?:tcp:)?({_HOST})(?:[,:](\d+))?", re.IGNORECASE)
_AFTER_AT = re.compile(rf"@({_HOST})(?::(\d+))?")


@frozen
class Address:
    """A host that a text names; `clear` where the text is an address for sure, and no bare word."""

    host: str
    port: str | None = None
    scheme: str | None = None

    def __str__(self) -> str:
        """`scheme://host:port`, as far as it is known: what can be shown to everybody."""
        scheme = f"{self.scheme}://" if self.scheme else ""
        return f"{scheme}{self.host}{f':{self.port}' if self.port else ''}"


def addresses(key: str, value: str) -> tuple[Address, ...]:
    """The addresses in the value of a variable, each once.

    >>> [str(one) for one in addresses("DB", "postgres://user:secret@db:5432/shop?x=1")]
    ['postgres://db:5432']
    >>> [str(one) for one in addresses("KAFKA_BROKERS", "kafka1:9092,kafka2:9092")]
    ['kafka1:9092', 'kafka2:9092']
    >>> addresses("POSTGRES_USER", "user"), [str(one) for one in addresses("REDIS_HOST", "cache")]
    ((), ['cache'])
    """
    return tuple(dict.fromkeys(_found(normal_key(key), value[:_LONGEST].strip())))


def _found(key: str, value: str) -> Iterator[Address]:
    rest = value
    for match in _URL.finditer(value):
        rest = rest.replace(match[0], " ")
        yield from _of_url(match[1].lower().removeprefix("jdbc:"), match[2])
    for pattern in (_IN_BRACKETS, _HOST_IS):
        for match in pattern.finditer(rest):
            yield Address(match[1].lower(), match[2])
        rest = pattern.sub(" ", rest)
    if "@" in rest:
        for match in _AFTER_AT.finditer(rest):
            yield Address(match[1].lower(), match[2])
        return  # what stands before it may be a password
    for match in _HOST_PORT.finditer(rest):
        if not match[1].isdigit():
            yield Address(match[1].lower(), match[2])
    if names_a_host(key):
        for word in value.split(","):
            if _IS_HOST.fullmatch(word.strip()) and not word.strip().replace(".", "").isdigit():
                yield Address(word.strip().lower())


def _of_url(scheme: str, rest: str) -> Iterator[Address]:
    """The hosts of a URL: several parted by commas, each with or without its port, after any user and password."""
    authority = rest.rpartition("@")[2] if "@" in rest else rest
    authority = re.split(r"[/?#\\]", authority, maxsplit=1)[0]
    for part in authority.split(","):
        host, _, port = part.strip().partition(":")
        if _IS_HOST.fullmatch(host) and (not port or port.isdigit()):
            yield Address(host.lower(), port or None, scheme)


def in_words(words: list[str]) -> Iterator[tuple[str, Address]]:
    """The addresses in the words of a command, each with the flag that it stands behind.

    >>> [(flag, str(one)) for flag, one in in_words(["serve", "--redis-host", "cache", "--db=tcp://db:99"])]
    [('--redis-host', 'cache'), ('--db', 'tcp://db:99')]
    """
    flag = ""
    for word in words:
        name, equals, value = word.partition("=")
        if equals and re.fullmatch(r"-{0,2}[\w.-]+", name):
            for found in addresses(name, value):
                yield name, found
            flag = ""
        elif word.startswith("-"):
            flag = word
        else:
            for found in addresses(flag or "argument", word):
                yield flag, found
            flag = ""


def clean_path(path: str) -> str:
    """The path of a URL without its query, in which a token may stand."""
    return re.split(r"[?#]", path, maxsplit=1)[0]
