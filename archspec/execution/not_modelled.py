"""What a run leaves out of account, as far as it could matter to this system (engine contract, section 14)."""

from collections.abc import Iterator

from archspec.execution.layout import COMPONENT_CORES, COMPONENT_SIZE, EDGE_CALLEE, EDGE_SIZE
from archspec.execution.program import Compiled
from archspec.model.architecture import Architecture
from archspec.model.traits import Store


def not_modelled(architecture: Architecture, compiled: Compiled, *, alone: bool = False) -> str:
    """One sentence for the notes of a result; of a request that is `alone` nothing that takes load to matter."""
    return f"not modelled: {'; '.join(_left_out(architecture, compiled, alone=alone))}"


def _left_out(architecture: Architecture, compiled: Compiled, *, alone: bool) -> Iterator[str]:
    p = compiled.program
    called = sorted({p.edges[edge + EDGE_CALLEE] for edge in range(0, len(p.edges), EDGE_SIZE)})
    components = [architecture.components[compiled.names.components[row // COMPONENT_SIZE]] for row in called]
    yield "bandwidth, connection set-up, TLS and TCP retransmission (put them into `latency`)"
    if not alone and any(p.components[row + COMPONENT_CORES] >= 0 for row in called):
        yield "shared or preempted cores"
    if not alone and p.checks:
        yield "health checks that queue behind load"
    if not alone and any(component.kind in ("load_balancer", "gateway") for component in components):
        yield "a balancer's passive outlier ejection"
    if any(isinstance(component, Store) and _copies(architecture, component) for component in components):
        yield "stale reads"
    if any(alert.notify for alert in architecture.alerts.values()):
        yield "grouping and inhibition of alerts"


def _copies(architecture: Architecture, store: Store) -> bool:
    """Whether reads of a store may be answered by a copy of what was written."""
    copied = any(
        isinstance(other, Store) and other.replica_of == store.id for other in architecture.components.values()
    )
    return copied or store.instances > 1
