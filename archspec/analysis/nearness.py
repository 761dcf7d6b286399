"""Where calls come from and where they go, when connections prefer whom is near: the nearest tier that has anybody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archspec.frozen import frozen
from archspec.model import Architecture, Component, Prefer, Running
from archspec.model.nearness import Site, Tier, site_of

Sites = Mapping[Site, float]
"""How many replicas stand where, or which share of something is there."""


@frozen
class Near:
    """Who asks from where, and up to where somebody counts as near."""

    prefer: Prefer
    origin: Site


def sites_of(
    architecture: Architecture, component: Component, gone: frozenset[str] = frozenset(), count: int | None = None
) -> dict[Site, int]:
    """How many replicas of a component (of each shard) stand where, without those in groups that are gone.

    `count` is how many there are, else those at the start; what is no replica of the system cannot be gone. Replicas
    of what has no shards can be gone by name.
    """
    found: dict[Site, int] = {}
    for stand in stands_of(architecture, component, count):
        left = stand.replicas if not isinstance(component, Running) else _left(component, stand, gone)
        if left:
            found[stand.site] = found.get(stand.site, 0) + left
    return found


def _left(component: Running, stand: "Stand", gone: frozenset[str]) -> int:
    if not gone:
        return stand.replicas
    if not gone.isdisjoint(stand.domains):
        return 0
    by_name = gone if getattr(component, "shards", 1) == 1 else ()
    return stand.replicas - sum(f"{component.id}-{number}" in by_name for number in stand.numbers)


@frozen
class Stand:
    """So many replicas that stand in the same place, and so in the same groups."""

    site: Site
    domains: tuple[str, ...]
    numbers: range

    @property
    def replicas(self) -> int:
        """How many they are."""
        return len(self.numbers)


def stands_of(architecture: Architecture, component: Component, count: int | None = None) -> Iterator[Stand]:
    """Where the replicas of a component (of each shard) stand, in the order of the first of each place."""
    if count is None:
        count = component.instances if isinstance(component, Running) else 1
    places = max(1, len(architecture.zones_of(component)))
    for number in range(1, min(count, places) + 1):
        site, domains = site_of(architecture, component, number), architecture.domains_of(component, number)
        yield Stand(site, domains, range(number, count + 1, places))


def shares(sites: Sites) -> dict[Site, float]:
    """The share that each place has of all replicas."""
    total = sum(sites.values())
    return {site: count / total for site, count in sites.items()} if total else {}


def nearest(sites: Sites, near: Near) -> dict[Site, float]:
    """The places of the nearest tier that has replicas."""
    tiers = {site: near.origin.tier(near.prefer, site) for site, count in sites.items() if count > 0}
    least = min(tiers.values(), default=Tier.ANYWHERE)
    return {site: sites[site] for site, tier in tiers.items() if tier == least}


def nearest_tier(sites: Sites, origin: Site, prefer: Prefer | None) -> Tier:
    """How near the nearest replica stands."""
    return min((origin.tier(prefer, site) for site, count in sites.items() if count > 0), default=Tier.ANYWHERE)


def nearest_of(
    architecture: Architecture, caller: str, via: str | None, options: Sequence[str], origin: Site, gone: frozenset[str]
) -> tuple[str, ...]:
    """Of several components those that are nearest, each as near as its nearest replica over its own connection."""
    tiers = {}
    for id_ in options:
        pool = [architecture.components[id_], *architecture.copies_of(id_)]
        prefer = architecture.link(caller, id_, via).prefer
        tiers[id_] = min(nearest_tier(sites_of(architecture, each, gone), origin, prefer) for each in pool)
    return tuple(id_ for id_ in options if tiers[id_] == min(tiers.values()))


@frozen
class Aimed:
    """What keeps those busy that are near to some callers: all of them alike, or (`is_first`) the first of them."""

    near: Near
    busy: float
    is_first: bool


def loads(sites: Sites, spread: float, first: float, aimed: Iterable[Aimed]) -> dict[Site, float]:
    """What keeps the fullest replica of each place busy: `spread` over all alike, `first` on the very first alone."""
    total = sum(sites.values())
    found = dict.fromkeys(sites, spread / total)
    found[next(iter(sites))] += first
    for each in aimed:
        tier = nearest(sites, each.near)
        if each.is_first:
            found[next(iter(tier))] += each.busy
            continue
        for site in tier:
            found[site] += each.busy / sum(tier.values())
    return found


def losses(sites: Sites, lost: float) -> Iterator[dict[Site, float]]:
    """What may be left without so many replicas: taken from one place as far as it has them, then from the largest."""
    for place in sites if lost else list(sites)[:1]:
        left, more = dict(sites), lost
        for site in (place, *sorted(sites, key=lambda each: -sites[each])):
            taken = min(left[site], more)
            left[site], more = left[site] - taken, more - taken
        yield {site: count for site, count in left.items() if count > 0}
