"""Service registry."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class ServiceRegistry(Running):
    """Knows which replicas of a service there are and where, such as Consul or Eureka."""

    kind: Literal["service_registry"] = "service_registry"


KIND = Kind(
    "service_registry",
    "Service registry",
    Role.COMPUTE,
    Shape.SERVER,
    ServiceRegistry,
    other_names=("registry", "discovery", "service_discovery", "consul", "eureka", "zookeeper", "etcd"),
)
