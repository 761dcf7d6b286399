"""Which component of a spec it is that spans speak of."""

from collections.abc import Mapping
from functools import cached_property

from archspec.conformance.settings import TraceSettings
from archspec.language import closest
from archspec.model import Architecture
from archspec.observation import Observation, Party

_ALSO_CALLED = {"postgres": "postgresql", "mongo": "mongodb", "mysql8": "mysql"}


class Names:
    """Names in spans and the components that they mean.

    By the team's map; else the id, in any case and with `_` for `-`; else another name of the process (its host); of
    a host's name the first part. A store that is told by its product alone is the one of that product that the caller
    is connected to, where there is one.
    """

    def __init__(self, architecture: Architecture, observation: Observation, settings: TraceSettings) -> None:
        self._architecture, self._settings = architecture, settings
        self._also: Mapping[str, frozenset[str]] = observation.services

    def component(self, party: Party, caller: str | None = None) -> str | None:
        """The id of a component; None where nothing leads to one."""
        if party.name is not None:
            return self._named(party.name)
        candidates = self.candidates(party, caller)
        return candidates[0] if len(candidates) == 1 else None

    def candidates(self, party: Party, caller: str | None) -> tuple[str, ...]:
        """Components of the product that a nameless party is, among those that the caller is connected to."""
        connections = self._architecture.edges
        return tuple(each.to for each in connections if each.from_ == caller and self._is_of(each.to, party.system))

    def alike(self, party: Party) -> str | None:
        """A component that may be meant by a name that leads to none, with what speaks for it."""
        if party.name is None:
            return None
        short = _short(party.name)
        found = next((id_ for id_ in self._architecture.components if _short(id_) == short), None)
        return found or closest(party.name, self._architecture.components)

    def _named(self, name: str) -> str | None:
        if name in self._settings.names:
            return self._settings.names[name]
        for each in (name, *sorted(self._also.get(name, ()))):
            if (found := self._by_id.get(_plain(each))) is not None:
                return found
            if "." in each and (found := self._by_id.get(_plain(each.partition(".")[0]))) is not None:
                return found
        return None

    @cached_property
    def _by_id(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for id_ in self._architecture.components:
            found.setdefault(_plain(id_), id_)
        return found

    def _is_of(self, id_: str, system: str | None) -> bool:
        component = self._architecture.components[id_]
        words = {component.kind, _product(component.technology or ""), _product(id_.rpartition("-")[2])}
        return system is not None and _product(system) in words


def _plain(name: str) -> str:
    return name.replace("_", "-").casefold()


def _short(name: str) -> str:
    return _plain(name).removesuffix("-service").removesuffix("service").removesuffix("-svc")


def _product(name: str) -> str:
    word = name.casefold().replace("_", "")
    return _ALSO_CALLED.get(word, word)
