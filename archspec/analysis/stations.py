"""The stations of an architecture under a load: cores and slots, the places of connections, partitions of topics."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archspec.analysis.demand import subscription
from archspec.analysis.nearness import Aimed, Sites, sites_of
from archspec.analysis.passed import Aim, Demand, Demands, Spread
from archspec.analysis.station import Resource, Station, Use
from archspec.model import Architecture, Component, Function, Role, Running, Topic


def stations_of(architecture: Architecture, load: Demands, gone: frozenset[str] = frozenset()) -> Iterator[Station]:
    """The cores and slots of components that a load uses, without those in groups that are gone."""
    for component in architecture.components.values():
        if component.kind_of.role is Role.ACTOR:
            continue
        is_function = isinstance(component, Function)
        for resource in (Resource.INSTANCES,) if is_function else (Resource.CORES, Resource.SLOTS):
            station = _station(architecture, component, resource, load)
            if station is not None:
                yield from placed(architecture, station, load.places[component.id], gone)


def placed(
    architecture: Architecture, station: Station, aims: Mapping[Aim, Demand], gone: frozenset[str]
) -> Iterator[Station]:
    """With where its replicas stand, if that matters; nothing where none is left."""
    if not architecture.prefers_near and not gone:
        yield station
        return
    component = architecture.components[station.component]
    each = sites_of(architecture, component, gone)
    sites: Sites = {site: count * station.shards for site, count in each.items()}
    left = sum(each.values()) * station.shards
    if left:
        held = {place: count for place, count in station.held.items() if place not in gone}
        yield replace(station, replicas=left, held=held, sites=sites, aimed=_aimed(aims, station.resource))


def met_by(station: Station, aims: Mapping[Aim, Demand]) -> Station:
    """The same station where this is all that it is asked."""
    aimed = _aimed(aims, station.resource) if station.sites is not None else ()
    return replace(station, use=used(aims, station.resource), aimed=aimed)


def _aimed(aims: Mapping[Aim, Demand], resource: Resource) -> tuple[Aimed, ...]:
    near = ((aim, _held(demand, resource)) for aim, demand in aims.items())
    return tuple(Aimed(aim.near, busy, aim.spread.is_first) for aim, busy in near if aim.near is not None)


def _station(architecture: Architecture, component: Component, resource: Resource, load: Demands) -> Station | None:
    """Without a stated number a component has the one core that a run gives it, but any number of slots."""
    runs = component if isinstance(component, Running) else None
    stated = (runs.cores if resource is Resource.CORES else runs.slots) if runs else None
    stated = component.concurrency if isinstance(component, Function) else stated
    use = used(load.places.get(component.id, {}), resource)
    if use.busy <= 0 or (stated is None and resource is not Resource.CORES):
        return None
    shards, count = getattr(component, "shards", 1), runs.instances if runs else 1
    return Station(
        component=component.id,
        resource=resource,
        use=use,
        each=float(stated) if stated is not None else 1.0,
        replicas=count * shards,
        shards=shards,
        is_assumed=not component.said(resource.value),
        held=placement(architecture, component, count, shards),
        visits=load.of(component.id).visits,
        spreads=tuple(dict.fromkeys(aim.spread for aim in load.places[component.id])),
    )


def pools_of(architecture: Architecture, load: Demands, gone: frozenset[str] = frozenset()) -> Iterator[Station]:
    """The connections that limit how many calls are under way, of each replica of the caller."""
    for connection in architecture.connections:
        if connection.name not in load.pools or connection.max_concurrent is None:
            continue
        caller = architecture.components[connection.from_]
        count = caller.instances if isinstance(caller, Running) else 1
        aims = load.pools[connection.name]
        use = used(aims, Resource.CONNECTIONS)
        if use.busy > 0:
            pool = Station(
                component=caller.id,
                resource=Resource.CONNECTIONS,
                use=use,
                each=float(connection.max_concurrent),
                replicas=count,
                shards=1,
                is_assumed=False,
                held=placement(architecture, caller, count),
                visits=use.rate,
                connection=connection.name,
                max_wait=connection.max_wait.seconds if connection.max_wait is not None else None,
            )
            yield from placed(architecture, pool, aims, gone)


def partitions_of(architecture: Architecture, load: Demands) -> Iterator[Station]:
    """The partitions of topics, for each subscriber."""
    for topic in architecture.of_kind("topic"):
        assert isinstance(topic, Topic)
        for subscriber in architecture.components if topic.partitions is not None else ():
            name = subscription(topic.id, subscriber)
            use = used(load.pools.get(name, {}), Resource.PARTITIONS)
            if use.busy > 0:
                yield Station(
                    component=topic.id,
                    resource=Resource.PARTITIONS,
                    use=use,
                    each=float(topic.partitions or 1),
                    replicas=1,
                    shards=1,
                    is_assumed=False,
                    held={},
                    visits=use.rate,
                    spreads=(Spread.PULLED,),
                    connection=name,
                )


def used(aims: Mapping[Aim, Demand], resource: Resource) -> Use:
    """What demands together keep busy of a resource."""
    found = Use(0.0, 0.0, 0.0)
    for aim, demand in aims.items():
        found = _with(found, demand, resource, is_first=aim.spread.is_first and aim.near is None)
    return found


def _with(use: Use, demand: Demand, resource: Resource, *, is_first: bool) -> Use:
    if resource is Resource.CORES:
        busy, rate, squared = demand.cpu, demand.jobs, demand.cpu_squared
    else:
        busy, rate, squared = demand.held, demand.visits, demand.held_squared
    return Use(
        use.busy + busy,
        use.rate + rate,
        use.squared + squared,
        use.first + (busy if is_first else 0.0),
        use.first_rate + (rate if is_first else 0.0),
    )


def all_of(aims: Mapping[Aim, Demand]) -> Demand:
    """What is asked over a connection, whoever asks."""
    found = Demand()
    for demand in aims.values():
        found.add(demand)
    return found


def most_replicas(component: Running) -> int:
    """Replicas that load may bring about: the scaler's most where it scales out, else those stated."""
    scaling = component.scaling
    if scaling and scaling.horizontal and scaling.maximum:
        return max(component.instances, scaling.maximum)
    return component.instances


def placement(architecture: Architecture, component: Component, count: int, shards: int = 1) -> dict[str, int]:
    """How many replicas stand in each of a component's zones, `count` of every shard dealt in turn; those with any."""
    places = architecture.zones_of(component)
    held = {place: len(range(index, count, len(places))) for index, place in enumerate(places)}
    return {place: replicas * shards for place, replicas in held.items() if replicas}


def _held(demand: Demand, resource: Resource) -> float:
    return demand.cpu if resource is Resource.CORES else demand.held
