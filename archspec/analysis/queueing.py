"""Response of a station with several servers: M/M/c."""

from math import inf


def erlang_c(servers: int, load: float) -> float:
    """Probability that an arrival has to wait, at `load` = arrival rate × mean service (in servers).

    By the recursion of Erlang B, B(c) = aB(c-1) / (c + aB(c-1)), and C = B / (1 - ρ(1 - B)): stable for any
    number of servers. Source: L. Kleinrock, Queueing Systems, volume 1 (1975), section 3.5.

    >>> round(erlang_c(2, 1.6), 10), round(erlang_c(4, 3.2), 10)
    (0.7111111111, 0.5964324718)
    """
    if load >= servers:
        return 1.0
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
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


def mean_response(servers: int, rate: float, service: float) -> float:
    """Mean time in the station, waiting and service, in seconds.

    >>> round(mean_response(4, 3.2, 1.0), 10), round(mean_response(1, 1.6, 0.5), 10)
    (1.7455405897, 2.5)
    """
    return mean_wait(servers, rate, service) + service
