"""Architecture as code: lint, draw, trace, simulate and compute a production system.

From Python, describe a system with the names below, or read one with `archspec.load("architecture.yaml")`:

    >>> from archspec import Architecture, Client, Server
    >>> with Architecture("Hello") as hello:
    ...     _ = Client("browser") >> Server("api")
    >>> [edge.name for edge in hello.build().edges]
    ['browser -> api']
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from archspec.dsl import *  # noqa: F403
    from archspec.language import load as load
    from archspec.language import load_text as load_text


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: start-up stays fast."""
    from importlib import import_module  # `from archspec import dsl` would ask this function for `dsl` first

    if name in ("load", "load_text"):
        return getattr(import_module("archspec.language"), name)
    dsl = import_module("archspec.dsl")
    if name == "__all__":
        return [*dsl.__all__, "load", "load_text"]
    if name in dsl.__all__:
        return getattr(dsl, name)
    raise AttributeError(f"module 'archspec' has no attribute {name!r}")
