"""Sessions of users who stay connected, as a Program has them."""

from collections.abc import Mapping
from typing import assert_never

from archspec.model import Architecture, Family, Flow, Time, held_at
from archspec.simulation import program
from archspec.simulation.loads import law_of

LEAST_WAIT = 10**6
"""A user who does not wait, and is refused in no time at all, would try for ever at one moment: a millisecond."""
MOST_WAITS = 64
"""So many waits are told one by one, unless they stop growing before."""


def session_of(architecture: Architecture, flow: Flow, numbers: Mapping[str, int]) -> program.Session | None:
    """How users of a flow stay connected; None where it has no session."""
    session = flow.session
    if session is None:
        return None
    waits = [session.reconnect.cap(1).nanoseconds or LEAST_WAIT]
    while len(waits) < MOST_WAITS and (wait := session.reconnect.cap(len(waits) + 1).nanoseconds) > waits[-1]:
        waits.append(wait)
    return program.Session(
        lasts=law_of(session.lasts) if session.lasts is not None else None,
        first=_looked_into(session.lasts) if session.lasts is not None else None,
        waits=tuple(waits),
        jitter=session.reconnect.jitter,
        notice=_notice(architecture, flow),
        holds=tuple(numbers[id_] for id_ in held_at(architecture, flow)),
    )


def _notice(architecture: Architecture, flow: Flow) -> int | None:
    """The time-out of the client's own call: whoever does not answer within it is gone."""
    first = next((step for step in flow.steps if step.call), None)
    if first is None:
        return None
    callee = architecture.asked_by(flow.from_, first)[0]
    timeout = architecture.terms(flow.from_, callee, first).timeout
    return timeout.nanoseconds if timeout is not None else None


def _looked_into(lasts: Time) -> program.Law:
    """How long those lives are that are open at any moment: each length as often as it is long."""
    match lasts.family:
        case Family.CONSTANT:
            return law_of(lasts)
        case Family.EXPONENTIAL:
            (mean,) = lasts.parameters
            return _drawn(Family.ERLANG, 2.0, 2 * mean)
        case Family.ERLANG:
            shape, mean = lasts.parameters
            return _drawn(Family.ERLANG, shape + 1, mean * (shape + 1) / shape)
        case Family.LOGNORMAL:
            middle, spread = lasts.parameters
            return _drawn(Family.LOGNORMAL, middle + spread**2, spread)
        case Family.NORMAL | Family.UNIFORM | Family.HYPEREXPONENTIAL | Family.EMPIRICAL:
            raise AssertionError(f"a session does not last {lasts}")
        case _:
            assert_never(lasts.family)


def _drawn(family: Family, *parameters: float) -> program.Law:
    return law_of(Time(family, parameters, family.value))
