"""How often the intervals that runs print hold the truth: systems whose truth is known, and the count over seeds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import exp, factorial
from pathlib import Path
from statistics import median

from archspec.language import load, load_text
from archspec.model import Architecture, Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Estimate, FlowResult
from archspec.simulation.simulate import simulate
from archspec.simulation.studies.load_level import at_level

RATE = Fraction(100_000, 1800)
"""Requests per second, so that half an hour has 100,000."""
SHOP = Path(__file__).parents[2] / "specs" / "web_shop" / "architecture.yaml"
ASKED_OF_SHOP = "show-product"
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
SPEC = """
archspec: 1
name: M/M/c
components: {{user: {{kind: client}}, desk: {{kind: server, cores: {servers}}}}}
connections: [user -> desk]
flows: {{ask: {{from: user, rate: 1/s, steps: [{{call: desk, cpu: exponential({service}us)}}]}}}}
"""


def queue(servers: int, load_: Fraction) -> Architecture:
    """M/M/c at a utilisation, with `RATE` arrivals per second."""
    service = servers * load_ / RATE * 10**6
    return at_level(
        load_text(SPEC.format(servers=servers, service=service.numerator // service.denominator)), None, RATE
    )


def web_shop() -> Architecture:
    """The shop at a load that gives its busiest flow with an objective `RATE` requests per second."""
    shop = load(str(SHOP))
    rate = shop.flows[ASKED_OF_SHOP].rate
    assert rate is not None
    return at_level(shop, None, RATE / rate.per_second)


def truth_of_queue(servers: int, load_: float) -> dict[str, float]:
    """Mean and percentiles of the response of M/M/c in nanoseconds: service, and with Erlang C's chance a wait.

    Source: L. Kleinrock, Queueing Systems, volume 1 (1975), section 3.5.

    >>> {name: round(time / 1e6, 2) for name, time in truth_of_queue(1, 0.8).items()}
    {'mean': 72.0, 'p50': 49.91, 'p95': 215.69, 'p99': 331.57}
    """
    rate, offered = float(RATE) / 1e9, servers * load_
    serves = rate / offered
    full = offered**servers / factorial(servers) / (1 - load_)
    waits = full / (sum(offered**k / factorial(k) for k in range(servers)) + full)
    leaves = servers * serves - rate

    def beyond(time: float) -> float:
        if abs(leaves - serves) < 1e-9 * serves:
            return exp(-serves * time) * (1 + waits * serves * time)
        late = (leaves * exp(-serves * time) - serves * exp(-leaves * time)) / (leaves - serves)
        return (1 - waits) * exp(-serves * time) + waits * late

    def percentile(share: float) -> float:
        low, high = 0.0, 1000 / leaves
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (low, middle) if beyond(middle) < 1 - share else (middle, high)
        return high

    return {"mean": 1 / serves + waits / leaves, **{name: percentile(share) for name, share in SHARES.items()}}


@dataclass
class Counted:
    """Of so many seeds, how many printed an interval of a figure, in how many it held the truth, and how wide."""

    seeds: int = 0
    printed: int = 0
    held: int = 0
    widths: list[float] = field(default_factory=list)
    """As shares of the truth."""

    def add(self, estimate: Estimate, truth: float) -> None:
        """Count a seed."""
        self.seeds += 1
        if estimate.half_width is not None:
            self.printed += 1
            self.held += abs(estimate.value - truth) <= estimate.half_width
            self.widths.append(estimate.half_width / truth)

    @property
    def width(self) -> float | None:
        """The median width."""
        return median(self.widths) if self.widths else None


def count(
    architecture: Architecture, flow: str, truth: Mapping[str, float], seconds: int, seeds: Iterable[int]
) -> dict[str, Counted]:
    """Run so long with each seed, and count figure by figure."""
    found = {name: Counted() for name in truth}
    for seed in seeds:
        options = SimulationOptions(duration=Duration(seconds * 10**9), seed=seed)
        results = simulate(architecture, options)
        figures = figures_of(next(one for one in results.flows if one.flow == flow))
        for name, counted in found.items():
            counted.add(figures[name], truth[name])
    return found


def figures_of(flow: FlowResult) -> dict[str, Estimate]:
    """Mean and percentiles of a flow."""
    assert flow.latency is not None
    return {"mean": flow.latency.mean, **dict(flow.latency.percentiles)}
