"""Compose files, of every version, and what `docker compose config` prints."""

from collections.abc import Sequence

from archspec.importers import Choices, Facts, Importer, Map, Network, Reading, Source, system_name
from archspec.importers.compose.asking import Asking
from archspec.importers.compose.project import Project, project
from archspec.importers.compose.services import UNNAMED, describe, mounts, one_shots, origin, technology
from archspec.importers.facts import Section, Subject, identifier
from archspec.importers.mounted import mounted_sources, read_mounted
from archspec.importers.schema_checks import MOST_CHECKED, misfits
from archspec.importers.units import flag, items, line_of, mapping

_SERVICE_KEYS = frozenset({"image", "build", "extends"})


def recognises(source: Source) -> bool:
    """`services:` with services below it; in the first version services alone."""

    def fits(document: Map) -> bool:
        if {"archspec", "apiVersion", "kind", "Resources"} & set(document):
            return False
        services = document.get("services", document)
        if "include" in document and "services" not in document:
            return True
        inside = [each for each in mapping(services).values() if isinstance(each, dict)]
        if "services" in document:
            return isinstance(services, dict) and len(inside) == len(
                [each for each in services.values() if each is not None]
            )
        return bool(inside) and len(inside) == len(services) and all(_SERVICE_KEYS & set(each) for each in inside)

    return source.first(fits)


def read(sources: Sequence[Source], choices: Choices) -> Reading:
    """The services of one project, with the files of known products that lie beside it."""
    made = project(sources, choices.profiles)
    reading = Reading(name=made.name or system_name(sources[0].path))
    declared = made.services
    ended = one_shots(declared)
    services = {name: service for name, service in declared.items() if _is_there(name, service, ended, reading)}
    network = Network(_names(services))
    reading.notes += _same_ids(services)
    asking = Asking(made, network, services)
    by_file: dict[str, Facts] = {}
    read_facts: list[Facts] = []
    for name, service in services.items():
        facts = by_file.setdefault(service.file, Facts(service.file or sources[0].name))
        describe(name, service, facts)
        asking.facts_of(name, service, facts)
        read_facts += read_mounted(identifier(name), _mounted(service, made), reading, technology(service))
    if by_file:
        _networks(made, services, next(iter(by_file.values())))
    reading.facts = [fact for facts in (*by_file.values(), *read_facts) for fact in facts.found]
    reading.read = {"services": len(services), **reading.read}
    reading.unresolved += dict.fromkeys(network.unresolved)
    reading.notes += made.notes
    if len(declared) <= MOST_CHECKED:
        reading.notes += [f"not as Compose's schema has it: {each}" for each in misfits("compose-spec", made.data)]
    reading.left_out += [f"{name}: its profile is off; turn it on with --profile" for name in made.inactive]
    return reading


def _is_there(name: str, service: Map, ended: set[str], reading: Reading) -> bool:
    """Whether a service is one that runs; else the report says why not."""
    if origin(service) == UNNAMED and not service.get("extends"):
        reading.notes.append(f"service {name} has neither image nor build: name its base file before this one")
        return False
    if name in ended:
        reading.left_out.append(f"{name}: it runs once, and others wait for its end")
        return False
    if str(mapping(service.get("deploy")).get("replicas", "")) == "0" or str(service.get("scale", "")) == "0":
        reading.left_out.append(f"{name}: it is scaled to 0")
        return False
    return True


def _same_ids(services: dict[str, Map]) -> list[str]:
    """A line for each service whose name, as an id, is another's."""
    first: dict[str, str] = {}
    return [
        f"services {first[identifier(name)]} and {name} have one id, {identifier(name)}, and are one component here"
        for name in services
        if first.setdefault(identifier(name), name) != name
    ]


def _mounted(service: Map, made: Project) -> dict[str, Source]:
    """The files beside the Compose file that a service has mounted, by the paths that they are mounted at."""
    found: dict[str, Source] = {}
    for mount in mounts(service):
        place = made.beside(mount["source"]) if mount["type"] == "bind" else None
        if place is not None:
            found |= mounted_sources(str(place), mount["target"])
    declared = mapping(made.data.get("configs"))
    for item in items(service.get("configs")):
        name = str(mapping(item).get("source", "")) if isinstance(item, dict) else str(item)
        place = made.beside(str(mapping(declared.get(name)).get("file", "")))
        if place is not None:
            found |= mounted_sources(str(place), str(mapping(item).get("target") or place.name))
    return found


def _names(services: dict[str, Map]) -> dict[str, str]:
    """Ids by every name that a service is reached by; its own name goes first."""
    names = {name.lower(): identifier(name) for name in services}
    for name, service in services.items():
        aliases = [service.get("hostname"), service.get("container_name")]
        for network in mapping(service.get("networks")).values():
            aliases += items(mapping(network).get("aliases"))
        for alias in aliases:
            if alias:
                names.setdefault(str(alias).lower(), identifier(name))
    for service in services.values():
        for link in items(service.get("links")):
            target, _, alias = str(link).partition(":")
            if alias and target.lower() in names:
                names.setdefault(alias.lower(), names[target.lower()])
    return names


def _networks(made: Project, services: dict[str, Map], facts: Facts) -> None:
    """A group for each network, where every service stands in exactly one."""
    declared = mapping(made.data.get("networks"))
    joined = {name: list(_networks_of(service)) for name, service in services.items()}
    if not all(len(networks) == 1 for networks in joined.values()):
        for name, networks in joined.items():
            tags = [identifier(each) for each in networks if each != "default"]
            facts.part(identifier(name), "tags", tags or None, "networks", line_of(services[name], "networks"))
        return
    if {each for networks in joined.values() for each in networks} == {"default"}:
        return
    for name, (network,) in ((name, tuple(networks)) for name, networks in joined.items()):
        group = Subject(Section.GROUPS, identifier(network))
        line = line_of(services[name], "networks")
        facts.add(group, "kind", "network", f"network {network}", line)
        if flag(mapping(declared.get(network)).get("internal")):
            facts.add(group, "trust", "private", f"network {network} is internal", line_of(declared, network))
        facts.part(identifier(name), "group", identifier(network), f"network {network}", line)


def _networks_of(service: Map) -> list[str]:
    networks = service.get("networks")
    if isinstance(networks, dict):
        return list(networks)
    return [str(each) for each in items(networks)] or ["default"]


IMPORTER = Importer("compose", "a Compose file", recognises, read)
