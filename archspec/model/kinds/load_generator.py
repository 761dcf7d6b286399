"""Load generator."""

from typing import Literal

from archspec.model import Component, Kind, Role, Shape


class LoadGenerator(Component):
    """Sends requests to try a system, such as k6 or Locust; flows may begin there, and it is always up."""

    kind: Literal["load_generator"] = "load_generator"


KIND = Kind(
    "load_generator",
    "Load generator",
    Role.ACTOR,
    Shape.DEVICE,
    LoadGenerator,
    is_asked=False,
    other_names=("load_test", "load_tester", "traffic_generator"),
)
