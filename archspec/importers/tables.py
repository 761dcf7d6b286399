"""What is known of products: the tables in `tables/*.toml`, read once."""

import re
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from archspec.frozen import frozen
from archspec.importers.facts import identifier

_FOLDER = Path(__file__).parent / "tables"


@frozen
class Product:
    """What something is: a kind of the language, or a word of kinds.toml; and the product's name."""

    kind: str
    technology: str


@frozen
class Translation:
    """The kind of the language that a word stands for; `left_out` says why it is not written, where it is not."""

    kind: str
    left_out: str | None = None


@cache
def table(name: str) -> dict[str, Any]:
    """One of the data files, by its name without ending."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def _images() -> dict[str, Product]:
    return {
        name: Product(kind, technology)
        for kind, technologies in table("images").items()
        if isinstance(technologies, dict)
        for technology, names in technologies.items()
        for name in names
    }


def image_name(image: str) -> str:
    """The last part of an image's name, without registry, tag and digest.

    >>> image_name("docker.io:5000/bitnami/redis:7@sha256:ab"), image_name("mongo")
    ('redis', 'mongo')
    """
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0].lower()


@cache
def product_of(image: str) -> Product | None:
    """What an image is known to be.

    >>> product_of("docker.io/bitnami/postgresql-repmgr:16-alpine")
    Product(kind='database', technology='postgresql')
    >>> product_of("example/redis-consumer") is None
    True
    """
    known, words = _images(), table("images")
    tried = [image_name(image)]
    for name in tried:
        if name in known:
            return known[name]
        tried += [name.removesuffix(end) for end in words["endings"] if name.endswith(end)]
        tried += [name.removeprefix(start) for start in words["beginnings"] if name.startswith(start)]
    return None


def translated(kind: str) -> Translation:
    """A kind as the language has it."""
    found = table("kinds").get(kind)
    return Translation(kind) if found is None else Translation(found["kind"], found.get("left_out"))


def normal_key(key: str) -> str:
    """The name of a variable, setting or argument, as the tables have it.

    >>> normal_key("--redis-host"), normal_key("spring.data.mongodb.uri")
    ('REDIS_HOST', 'SPRING_DATA_MONGODB_URI')
    """
    return key.lstrip("-").replace("-", "_").replace(".", "_").upper()


def fits(key: str, patterns: Iterable[str]) -> bool:
    """Whether a normal key fits one of the patterns."""
    return any(fnmatchcase(key, pattern) for pattern in patterns)


def names_a_host(key: str) -> bool:
    """Whether the whole value under such a key is a host."""
    return any(key == end or key.endswith(f"_{end}") for end in table("environment")["host_endings"])


def is_own_address(key: str) -> bool:
    """Whether an address under such a key is the program's own."""
    return fits(key, table("environment")["own_address"])


def telemetry_field(key: str) -> str | None:
    """The field that such a key fills: `traces_to`, `metrics_to`, `logs_to`, `errors_to`."""
    fields = table("environment")["fields"]
    return next((field for field, patterns in fields.items() if fits(key, patterns)), None)


def use_of(key: str) -> str | None:
    """The kind of what such a key names, where the key says what it is used for."""
    uses = table("environment")["uses"]
    return next((kind for kind, patterns in uses.items() if fits(key, patterns)), None)


def set_up_by(keys: Iterable[str]) -> tuple[Product, str] | None:
    """The database that such variables set up in their own container, and the variable that says so."""
    given = set(keys)
    for technology, names in table("environment")["sets_up"].items():
        for name in names:
            if name in given:
                return Product("database", technology), name
    return None


def listening(port: str) -> Product | None:
    """What listens on a port, as a last resort."""
    found = table("ports")["listens"].get(port)
    return Product(found["kind"], found["technology"]) if found else None


def protocol_of(word: str | None) -> str | None:
    """The protocol of an address's scheme, or of a port's name (`http-metrics`, `tcp-redis`).

    >>> protocol_of("tcp-redis"), protocol_of("grpc"), protocol_of("main")
    ('redis', 'grpc', None)
    """
    known = table("ports")["protocols"]
    if not word:
        return None
    first = word.removeprefix("tcp-").partition("-")[0]
    found = known.get(word, known.get(first, known.get(word.partition("+")[0])))
    return str(found) if found else None


def protocol_in(text: str | None) -> str | None:
    """The protocol that a few words on a relationship name.

    >>> protocol_in("JSON/HTTPS"), protocol_in("SQL/TCP"), protocol_in("Telephone")
    ('https', 'sql', None)
    """
    known = table("ports")["protocols"]
    words = re.split(r"[^a-z0-9+]+", (text or "").lower())
    found = [str(known[word]) for word in words if word in known]
    return found[-1] if found else None


@cache
def _words() -> tuple[tuple[str, str], ...]:
    return tuple((word, kind) for kind, row in table("words").items() for word in row["words"])


def kind_in(*texts: str | None, without: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """The kind that tags, types and technologies say, the first text first, and the word that says it.

    >>> kind_in("Amazon Web Services - RDS", "x"), kind_in("Oracle Database Schema"), kind_in("Java")
    (('database', 'rds'), ('database', 'database'), None)
    """
    for text in texts:
        said = " ".join(re.split(r"[^a-z0-9-]+", (text or "").lower()))
        for word, kind in _words():
            if kind not in without and f" {word} " in f" {said} ":
                return kind, word
    return None


@cache
def _technologies() -> dict[str, str]:
    known = {name: each.technology for name, each in _images().items()}
    return known | {technology: technology for technology in known.values()}


def technology_in(text: str) -> str | None:
    """The product of a store that a technology names.

    >>> technology_in("Oracle Database Schema"), technology_in("Java and Spring MVC")
    ('oracle', None)
    """
    words = re.split(r"[^a-z0-9]+", text.lower())
    return next((_technologies()[word] for word in words if word in _technologies()), None)


def is_nobody(host: str) -> bool:
    """Whether a host means the machine itself, or nothing."""
    return host in table("hosts")["nobody"]["names"] or host.startswith("127.")


def public_host(host: str) -> tuple[str, str] | None:
    """The id and the name of who answers at a known public host."""
    for pattern, name in table("hosts")["external"].items():
        if fnmatchcase(host, pattern):
            return identifier(name).lower(), name
    return None


def known_file(path: str) -> tuple[Product, str] | None:
    """What a component is that has a file mounted there, and the name of the file's reader."""
    for pattern, found in table("files").items():
        if fnmatchcase(path, f"*/{pattern}") or path == pattern:
            return Product(found["kind"], found["technology"]), found["reader"]
    return None
