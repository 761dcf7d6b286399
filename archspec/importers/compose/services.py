"""What one service of a Compose project is, and what it has."""

import re
from typing import Any

from archspec.importers import Facts, Hint, Map, at, clean_path, identifier, items, line_of, mapping, tables, units
from archspec.importers.compose.merging import pairs, port, volume_parts, words

_SORTS = (("cache", "cache"), ("log", "logs"), ("upload", "uploads"), ("session", "sessions"))
"""What a volume holds, by a part of its name."""

UNNAMED = "no image and no build: a base file is missing"


def describe(name: str, service: Map, facts: Facts) -> None:
    """Facts on a service as a component."""
    id_ = identifier(name)
    facts.part(id_, Hint.EXISTS, True, origin(service), service.line)
    for key in ("hostname", "container_name"):
        if service.get(key):
            facts.part(id_, Hint.ALIAS, str(service[key]), f"{key} {service[key]}", line_of(service, key))
    for network in mapping(service.get("networks")).values():
        for alias in items(mapping(network).get("aliases")):
            facts.part(id_, Hint.ALIAS, str(alias), f"network alias {alias}", line_of(network, "aliases"))
    _kind(id_, service, facts)
    _copies(id_, service, facts)
    _machine(id_, service, facts)
    _disk(id_, service, facts)
    ports = items(service.get("ports")) + items(service.get("expose"))
    for each in ports:
        facts.part(id_, Hint.LISTENS, port(each)["target"], f"port {port(each)['target']}", line_of(service, "ports"))
    word = None if ports else works_alone(name, command_words(service))
    if word:
        facts.part(id_, Hint.LISTENS, False, f"{origin(service)}, no port, and it is called a {word}", service.line)
    if service.get("stop_grace_period"):
        drain = units.duration(service["stop_grace_period"])
        facts.part(id_, "drain_time", drain, f"stop_grace_period {drain}", line_of(service, "stop_grace_period"))


def origin(service: Map) -> str:
    """Where a service's code comes from."""
    if service.get("image"):
        return f"image {shown_image(str(service['image']))}"
    build = service.get("build")
    folder = mapping(build).get("context", ".") if isinstance(build, dict) else build
    return f"built from {clean_path(str(folder).rpartition('@')[2])}" if folder else UNNAMED


def shown_image(image: str) -> str:
    """An image's name as it is shown: without a registry's host, a digest, and what else may stand round an `@`."""
    parts = image.partition("@sha256:")[0].rpartition("@")[2].split("/")
    return "/".join(parts[-2:])


def product(service: Map) -> tuple[tables.Product, str] | None:
    """What a service is known to be, and by what."""
    image = str(service.get("image") or "")
    known = tables.product_of(image) if image else None
    if known is not None:
        return known, origin(service)
    for mount in mounts(service):
        found = tables.known_file(mount["target"])
        if found is not None:
            return found[0], f"{origin(service)}, mounts {mount['target'].rpartition('/')[2]}"
    environment = pairs(service.get("environment"))
    set_up = tables.set_up_by(environment)
    if set_up is not None and not any(tables.names_a_host(tables.normal_key(key)) for key in environment):
        return set_up[0], f"env {set_up[1]} sets up a {set_up[0].technology}"
    return None


def _kind(id_: str, service: Map, facts: Facts) -> None:
    found = product(service)
    if found is None:
        return
    what, why = found
    line = line_of(service, "image")
    also = {"redis": "; it may as well be a store of record", "valkey": "; it may as well be a store of record"}
    facts.part(id_, "kind", what.kind, why + also.get(what.technology, ""), line)
    facts.part(id_, "technology", what.technology, why, line)


def _copies(id_: str, service: Map, facts: Facts) -> None:
    deploy = mapping(service.get("deploy"))
    for holder, key in ((deploy, "replicas"), (service, "scale")):
        count = units.integer(holder.get(key))
        if count:
            name = "deploy.replicas" if key == "replicas" else "scale"
            facts.part(id_, "replicas", count, f"{name} {count}", line_of(holder, key))
            return


def _machine(id_: str, service: Map, facts: Facts) -> None:
    limits = mapping(at(service, "deploy", "resources", "limits"))
    for holder, key in ((limits, "cpus"), (service, "cpus")):
        cores = units.number(holder.get(key))
        if cores is not None:
            facts.part(id_, "cores", cores, f"cpus {cores}", line_of(holder, key))
            break
    for holder, key in ((limits, "memory"), (service, "mem_limit")):
        memory = units.docker_size(holder.get(key))
        if memory is not None:
            facts.part(id_, "memory", memory, f"{key} {memory}", line_of(holder, key))
            break


def mounts(service: Map) -> list[dict[str, str]]:
    """The volumes of a service: type (`volume`, `bind`, `tmpfs`, `anonymous`), source, target and mode."""
    found = []
    for item in items(service.get("volumes")):
        if isinstance(item, dict):
            given = {key: str(item.get(key) or "") for key in ("type", "source", "target")}
            found.append({**given, "mode": "ro" if units.flag(item.get("read_only")) else "rw"})
            continue
        source, inside, mode = volume_parts(str(item))
        kind = "anonymous" if not inside else "bind" if source[:1] in "./~\\$" or ":" in source else "volume"
        found.append({"type": kind, "source": source, "target": inside or source, "mode": mode})
    return found


def _disk(id_: str, service: Map, facts: Facts) -> None:
    """What it writes to its own disk: data where a volume has a name, temporary files, or for certain nothing."""
    line = line_of(service, "volumes")
    kept = [
        mount["source"]
        for mount in mounts(service)
        if mount["type"] == "volume" and "ro" not in mount["mode"].split(",") and mount["source"]
    ]
    if kept:
        sorts = sorted({next((word for part, word in _SORTS if part in name.lower()), "data") for name in kept})
        facts.part(id_, "local_storage", sorts, f"volume {', '.join(kept)}", line)
    elif service.get("tmpfs"):
        facts.part(id_, "local_storage", ["temporary"], "tmpfs", line_of(service, "tmpfs"))
    elif units.flag(service.get("read_only")) and not service.get("volumes"):
        facts.part(id_, "local_storage", [], "read_only and no volume", line_of(service, "read_only"))


def works_alone(name: str, command: list[str]) -> str | None:
    """The word in a name or a command by which something works without being asked."""
    said = {word for text in (name, *command) for word in re.split(r"[^a-z0-9]+", text.lower())}
    return min(said & set(tables.table("environment")["works"]["words"]), default=None)


def one_shots(services: dict[str, Map]) -> set[str]:
    """The services that others wait for to have ended."""
    return {
        dependency
        for service in services.values()
        for dependency, depended in mapping(service.get("depends_on")).items()
        if mapping(depended).get("condition") == "service_completed_successfully"
    }


def command_words(service: Map) -> list[str]:
    """The words of a service's entrypoint and command."""
    return [*words(service.get("entrypoint")), *words(service.get("command"))]


def technology(service: Map) -> str:
    """The name of a service's product; empty where it is unknown."""
    found: Any = product(service)
    return found[0].technology if found else ""
