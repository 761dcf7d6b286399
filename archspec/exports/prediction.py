"""What a simulation says of a scenario, in a sentence for each flow."""

from archspec.exports.export import Exporting
from archspec.model import Scenario
from archspec.simulation import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.values import percent


def prediction(exporting: Exporting, scenario: Scenario) -> str:
    """The share of each flow's requests that succeed, its p99, and who is told what."""
    results = simulate(exporting.architecture, SimulationOptions(scenario=scenario.id, seed=exporting.seed))
    told = []
    for flow in results.flows:
        ended = flow.ok + sum(count for _, count in flow.failed)
        told.append(f"{flow.flow}: {percent(flow.ok / ended) if ended else 'nothing'} succeed")
    fired = dict.fromkeys(change.alert for change in results.alerts if change.state == "firing")
    told.append(f"alerts: {', '.join(fired) or 'none'}")
    return f"by archspec, seed {exporting.seed}: {'; '.join(told)}"
