"""What a run leaves out of account, as far as it could matter to this system."""

from collections.abc import Iterator

from archspec.model import Architecture, Store
from archspec.simulation.names import Compiled


def not_modelled(architecture: Architecture, compiled: Compiled, *, alone: bool = False) -> str:
    """One sentence for the notes of a result; of a request that is `alone` nothing that takes load to matter."""
    return f"not modelled: {'; '.join(_left_out(architecture, compiled, alone=alone))}"


def _left_out(architecture: Architecture, compiled: Compiled, *, alone: bool) -> Iterator[str]:
    connections = compiled.system.connections
    called = sorted({connection.to for connection in connections})
    components = [architecture.components[compiled.components[number]] for number in called]
    yield "bandwidth, connection set-up, TLS and TCP retransmission (put them into `latency`)"
    if not alone and any(compiled.system.components[number].cores is not None for number in called):
        yield "shared or preempted cores"
    if not alone and any(connection.check is not None for connection in connections):
        yield "health checks that queue behind load"
    if not alone and any(component.kind in ("load_balancer", "gateway") for component in components):
        yield "a balancer's passive outlier ejection"
    if not alone and any(getattr(component, "partitions", None) for component in components):
        yield "what an order by key within a partition costs"
    if any(isinstance(component, Store) and _copies(architecture, component) for component in components):
        yield "stale reads"
    if any(alert.notify for alert in architecture.alerts.values()):
        yield "grouping and inhibition of alerts"


def _copies(architecture: Architecture, store: Store) -> bool:
    """Whether reads of a store may be answered by a copy of what was written."""
    return bool(architecture.copies_of(store.id)) or store.instances > 1
