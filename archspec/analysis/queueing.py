"""Waiting at a station of several servers with one queue: M/M/c, and bounds for M/G/c.

Arrivals are at random (Poisson). A service is told by its mean and its squared coefficient of variation (variance
over squared mean): 0 is constant, 1 exponential.
"""

from math import inf, sqrt

SERVERS = 10_000
"""Of more servers than this M/M/c is not worked out: the bounds are then those that need no work."""


def erlang_b(servers: int, load: float) -> float:
    """The share of arrivals that find all servers busy and go, at `load` = arrival rate × mean service (in servers).

    Only the mean of the service matters (A. K. Erlang, 1917; B. A. Sevastyanov, 1957). By recursion over the servers.

    >>> round(erlang_b(1, 1.0), 3), round(erlang_b(10, 5.0), 4)
    (0.5, 0.0184)
    """
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Probability that an arrival has to wait, at `load` = arrival rate × mean service (in servers).

    By the recursion of Erlang B, B(c) = aB(c-1) / (c + aB(c-1)), and C = B / (1 - ρ(1 - B)): stable for any
    number of servers. Source: L. Kleinrock, Queueing Systems, volume 1 (1975), section 3.5.

    >>> round(erlang_c(2, 1.6), 10), round(erlang_c(4, 3.2), 10)
    (0.7111111111, 0.5964324718)
    """
    if load >= servers:
        return 1.0
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def mean_wait(servers: int, rate: float, service: float) -> float:
    """Mean time in the queue of M/M/c in seconds; infinite where the load reaches the servers.

    >>> round(mean_wait(2, 1.6, 1.0), 10)
    1.7777777778
    """
    load = rate * service
    if load >= servers:
        return inf
    return erlang_c(servers, load) * service / (servers - load)


def wait_of_one(rate: float, service: float, variation: float) -> float:
    """Mean time in the queue of M/G/1, exactly (Pollaczek-Khinchine): ρ·S·(1 + cv²) / 2(1 - ρ).

    >>> round(wait_of_one(80, 0.01, 1.0), 9), round(wait_of_one(80, 0.01, 0.0), 9)
    (0.04, 0.02)
    """
    load = rate * service
    return inf if load >= 1 else load * service * (1 + variation) / (2 * (1 - load))


def constant_wait(servers: int, rate: float, service: float) -> float:
    """Mean time in the queue of M/D/c: half of that of M/M/c, and a little more.

    Source: G. Cosmetatos, Some approximate equilibrium results for the multi-server queue M/G/r, Operational Research
    Quarterly 27 (1976).

    >>> round(constant_wait(1, 80, 0.01), 9), round(constant_wait(2, 160, 0.01), 6)
    (0.02, 0.00901)
    """
    load = rate * service / servers
    factor = 1 + (1 - load) * (servers - 1) * (sqrt(4 + 5 * servers) - 2) / (16 * load * servers) if load else 1.0
    return factor * mean_wait(servers, rate, service) / 2


def most_wait(servers: int, rate: float, service: float, variation: float) -> float:
    """An upper bound of the mean time in the queue of M/G/c.

    A common queue waits no longer than arrivals dealt to the servers at random (R. Wolff, An upper bound for
    multi-channel queues, 1977). Where the service varies no more than an exponential one, M/M/c waits longer (D.
    Stoyan, Comparison Methods for Queues, 1983); else (1 + cv²) × M/D/c is, by all that is known, as long as it can
    get (V. Gupta et al., On the inapproximability of M/G/K, Queueing Systems 64, 2010).

    >>> round(most_wait(2, 160, 0.01, 1.0), 9), round(most_wait(2, 160, 0.01, 3.0), 9)
    (0.017777778, 0.036039349)
    """
    dealt = wait_of_one(rate / servers, service, variation)
    if servers == 1 or servers > SERVERS or dealt == inf:
        return dealt
    if variation <= 1:
        return min(dealt, mean_wait(servers, rate, service))
    return min(dealt, (1 + variation) * constant_wait(servers, rate, service))


def least_wait(servers: int, rate: float, service: float, variation: float) -> float:
    """A lower bound of the same: M/D/c waits at least half of what M/M/c does.

    Source: G. Cosmetatos, Approximate explicit formulae for the average queueing time in M/D/c (1975), whose factor
    on that half is never below 1. Exact for one server and for exponential service.

    >>> round(least_wait(2, 160, 0.01, 1.0), 9), round(least_wait(2, 160, 0.01, 0.0), 9)
    (0.017777778, 0.008888889)
    """
    if servers == 1:
        return wait_of_one(rate, service, variation)
    if servers > SERVERS:
        return 0.0
    is_exponential = abs(variation - 1) < 1e-9
    return mean_wait(servers, rate, service) * (1.0 if is_exponential else 0.5)
