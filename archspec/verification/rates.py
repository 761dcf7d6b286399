"""How often each flow comes that is verified: by its rate, or as handshakes of its users."""

from archspec.model import Architecture, Duration, Flow, Load, Rate


def rates_of(architecture: Architecture, nominal: Rate | None = None) -> dict[str, Rate]:
    """The flows with a rate and those whose users stay connected, in the order written; empty without any rate.

    With `nominal` every flow has that rate, but for what comes by the clock.
    """
    found: dict[str, Rate] = {}
    for id_, flow in architecture.flows.items():
        rate = nominal if nominal is not None and not flow.comes_by_clock else flow.rate
        if flow.session is not None:
            found[id_] = Rate(flow.session.handshakes)
        elif rate is not None and rate.per_second:
            found[id_] = rate
    return found if any(architecture.flows[id_].session is None for id_ in found) else {}


def load_at(flow: Flow, rate: Rate, until: Duration) -> Load:
    """The load that these rates are; users connect as often as it comes."""
    return Load(until=until) if flow.session is not None else Load(rate=rate, until=until)
