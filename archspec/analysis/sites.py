"""The calls of a request that may meet a part whose death is not known yet, and how much of their traffic does."""

from collections.abc import Iterator, Sequence
from math import comb

from archspec.analysis.crowds import fewer_than
from archspec.analysis.expression import Cause, Variable
from archspec.analysis.nearness import stands_of
from archspec.analysis.request_tree import Branch, Call, Exchange, Node, Nothing, Repeated
from archspec.frozen import frozen
from archspec.model import Algorithm, Architecture, Component, Prefer, Running, ends_of_name
from archspec.model import Site as Place
from archspec.model.attempts import Failure, FailureCause, replica_algorithm

MANY = 1000
"""Of more candidates it is only said that a try meets a dead one as often as one is dead."""


@frozen
class Site:
    """A call, its `mark` in the structure (None where that is not read), how often at most a request comes here.

    `again` says whether somebody further up may try it again, with another choice.
    """

    call: Call
    mark: Variable | None
    times: int
    again: bool


@frozen
class Dead:
    """What is dead and not known to be: one replica of a component, or a group with `replicas` of it.

    One replica stands for all `alike` ones: their shares are added up.
    """

    component: Component
    replicas: int
    alike: int
    has_primary: bool
    is_silent: bool
    group: str | None = None


@frozen
class Shares:
    """Share of the traffic that meets a dead part and is not saved; of a component, the replicas together."""

    least: float
    most: float


def sites_of(node: Node, times: int = 1, *, again: bool = False, is_read: bool = True) -> Iterator[Site]:
    """Every call in a node. Of several components that may be asked, the structure follows the first."""
    match node:
        case Nothing():
            return
        case Repeated(more, inner) | Branch(inner, more):
            yield from sites_of(inner, times * more, again=again, is_read=is_read)
        case Call(options):
            mark = Variable(f"{node.name}: meets nobody dead", Cause.MISHAP, node.name) if is_read else None
            yield Site(node, mark, times, again)
            for place, option in enumerate(options):
                tried = option.exchange.attempts
                more_often = again or (tried.most > 1 and tried.idempotent)
                follows = is_read and len(options) == 1 and place == 0
                yield from sites_of(option.exchange.does, times, again=more_often, is_read=follows)
        case Exchange():
            yield from sites_of(node.does, times, again=again, is_read=is_read)
        case _:
            for inner in node.inner:
                yield from sites_of(inner, times, again=again, is_read=is_read)


def shares_of(architecture: Architecture, site: Site, place: int, dead: Dead, candidates: int, tries: int) -> Shares:
    """What meets the dead replicas of one option of a call.

    Of n candidates with j dead, m tries that avoid those tried before never fail for m > j, and for fewer with
    C(j, m) / C(n, m) where they are drawn at random, up to j / n in turn.
    """
    exchange, component = site.call.options[place].exchange, dead.component
    if candidates <= dead.replicas:
        return Shares(0.0, 0.0)
    if exchange.asks_primary:
        is_met = float(dead.has_primary and component.id == exchange.callee)
        return _seen(site, Shares(is_met, is_met))
    if tries > dead.replicas:
        return Shares(0.0, 0.0)
    if any(_prefer(architecture, option.exchange) for option in site.call.options):
        found = [
            _seen_from(architecture, site.call, place, dead, origin) for origin in _origins(architecture, site, dead)
        ]
        least = 0.0 if tries > 1 else min((each.least for each in found), default=0.0)
        return _seen(site, Shares(least, max((each.most for each in found), default=0.0)))
    of_option = _of_option(site.call, range(len(site.call.options)), place)
    pool = sum(map(architecture.count, pool_of(architecture, exchange)))
    inside = _of_replicas(replica_algorithm(architecture, exchange.caller, exchange.callee), dead, pool)
    least = 0.0 if tries > 1 else of_option.least * inside.least
    return _seen(site, Shares(least, of_option.most * inside.most))


def several_dead(architecture: Architecture, site: Site, candidates: int, late: float) -> Iterator[Shares]:
    """What a call meets that tries again, where as many are dead at once as it has tries: j of n are, by a binomial.

    Told exactly where one component's replicas are drawn at random; all of them dead is no matter of choice.
    """
    tries = min(tries_of(option.exchange, silent=False) for option in site.call.options)
    exchange = site.call.options[0].exchange
    if tries < 2 or not late or candidates <= tries or exchange.asks_primary:
        return
    one = len(site.call.options) == 1
    at_random = one and replica_algorithm(architecture, exchange.caller, exchange.callee) == "random"
    if candidates > MANY:
        yield Shares(0.0, late * site.times)
        return
    most = 0.0
    for dead in range(tries, candidates):
        often = fewer_than(dead + 1, candidates, late) - fewer_than(dead, candidates, late)
        most += often * (comb(dead, tries) / comb(candidates, tries) if at_random else dead / candidates)
    yield Shares(most if at_random and not site.again else 0.0, most * site.times)


def tries_of(exchange: Exchange, *, silent: bool) -> int:
    """Attempts that a call makes before it fails, where each meets a dead part."""
    cause = FailureCause.TIMEOUT if silent else FailureCause.REFUSED
    return exchange.attempts.most if exchange.attempts.tries_again_after(Failure(cause, None)) else 1


def pool_of(architecture: Architecture, exchange: Exchange) -> list[Component]:
    """Whose replicas may be chosen: a store's copies answer reads, and take over by themselves where it says so."""
    component = architecture.components[exchange.callee]
    if exchange.asks_primary and getattr(component, "failover", None) != "automatic":
        return [component]
    return [component, *architecture.copies_of(component.id)]


def _seen(site: Site, shares: Shares) -> Shares:
    """With what further tries may save and more rounds may add."""
    return Shares(0.0 if site.again else shares.least, shares.most * site.times)


def _prefer(architecture: Architecture, exchange: Exchange) -> Prefer | None:
    _, _, via = ends_of_name(exchange.connection)
    return architecture.link(exchange.caller, exchange.callee, via).prefer


def _origins(architecture: Architecture, site: Site, dead: Dead) -> list[Place]:
    """From where the call is made while the part is dead."""
    caller = architecture.components[site.call.options[0].exchange.caller]
    outside = not isinstance(caller, Running)
    return [stand.site for stand in stands_of(architecture, caller) if outside or dead.group not in stand.domains]


def _seen_from(architecture: Architecture, call: Call, place: int, dead: Dead, origin: Place) -> Shares:
    """What meets the dead ones of the calls from one place: those of the nearest tier only."""
    tiers = []
    for option in call.options:
        prefer, pool = _prefer(architecture, option.exchange), pool_of(architecture, option.exchange)
        sites = (stand.site for each in pool for stand in stands_of(architecture, each))
        tiers.append(min(origin.tier(prefer, site) for site in sites))
    near = [number for number, tier in enumerate(tiers) if tier == min(tiers)]
    if place not in near:
        return Shares(0.0, 0.0)
    exchange = call.options[place].exchange
    prefer, tier = _prefer(architecture, exchange), tiers[place]
    tried = [
        (each is dead.component, stand)
        for each in pool_of(architecture, exchange)
        for stand in stands_of(architecture, each)
        if origin.tier(prefer, stand.site) == tier
    ]
    met = [own and dead.group in (None, *stand.domains) for own, stand in tried]
    replicas = sum(stand.replicas for (_, stand), is_met in zip(tried, met, strict=True) if is_met)
    if not replicas:
        return Shares(0.0, 0.0)
    one = dead.group is None
    here = Dead(dead.component, 1 if one else replicas, replicas if one else 1, met[0], dead.is_silent, dead.group)
    algorithm = replica_algorithm(architecture, exchange.caller, exchange.callee)
    inside = _of_replicas(algorithm, here, sum(stand.replicas for _, stand in tried))
    of_option = _of_option(call, near, place)
    return Shares(of_option.least * inside.least, of_option.most * inside.most)


def _of_option(call: Call, among: Sequence[int], place: int) -> Shares:
    """How much of the traffic one of several components gets; who keeps an answer comes back late to a dead one."""
    count = len(among)
    if count == 1:
        return Shares(1.0, 1.0)
    match call.algorithm:
        case "round_robin" | "random":
            return Shares(0.0 if call.remembers else 1 / count, 1 / count)
        case "weighted":
            share = call.options[place].weight / sum(call.options[number].weight for number in among)
            return Shares(share, share)
        case "priority":
            return Shares(float(place == among[0]), float(place == among[0]))
        case "least_connections" | "power_of_two" | "ip_hash" | "consistent_hash" | None:
            return Shares(0.0, 1.0)


def _of_replicas(algorithm: Algorithm, dead: Dead, pool: int) -> Shares:
    """How much of a component's traffic meets the dead ones.

    One that refuses at once looks idle to whoever counts connections and draws more than its share, up to all; a
    silent one looks busy and draws less.
    """
    share, most = dead.alike * dead.replicas / pool, float(dead.alike)
    match algorithm:
        case "round_robin" | "random" | "weighted":
            return Shares(share, share)
        case "priority":
            return Shares(1.0, 1.0) if dead.has_primary else Shares(0.0, 0.0)
        case "least_connections" | "power_of_two":
            return Shares(0.0, share) if dead.is_silent else Shares(share, most)
        case "ip_hash" | "consistent_hash":
            return Shares(0.0, most)
