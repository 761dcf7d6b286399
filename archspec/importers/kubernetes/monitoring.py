"""Who collects the metrics of a workload."""

from archspec.importers.importer import Reading
from archspec.importers.kubernetes.asking import Asking
from archspec.importers.kubernetes.objects import Object
from archspec.importers.reasons import Facts
from archspec.importers.stating import Network


def monitoring(id_: str, workload: Object, asking: Asking, network: Network, facts: Facts, reading: Reading) -> None:
    """The files of known products that a workload has mounted from ConfigMaps."""
