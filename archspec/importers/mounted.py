"""Files of known products that a service mounts: their edges, receivers and alerts belong to the service."""

from archspec.importers.compose.project import Project
from archspec.importers.documents import Map
from archspec.importers.importer import Reading
from archspec.importers.reasons import Facts
from archspec.importers.stating import Network


def read_mounted(id_: str, service: Map, project: Project, network: Network, facts: Facts, reading: Reading) -> None:
    """The facts of every known file that a service has mounted and that lies beside its Compose file."""
