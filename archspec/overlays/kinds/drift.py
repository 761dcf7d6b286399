"""What traces contradict about each component."""

from archspec.errors import UsageError
from archspec.overlays import Overlay, Subject
from archspec.overlays.kinds.findings import layer_of_findings
from archspec.renderers import Layer


def layer(subject: Subject) -> Layer:
    """Findings of drift by component; those of a connection stand on the card of who asks.

    Raises:
        UsageError: no traces were given.

    """
    if subject.drifted is None:
        raise UsageError("the overlay `drift` is told by traces: name some with `--traces`.")
    return layer_of_findings("drift", subject, subject.drifted, "archspec drift")


OVERLAY = Overlay("drift", "what traces contradict of each", layer, needs_traces=True)
