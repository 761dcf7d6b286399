"""Architecture as code: lint, draw, trace, simulate and compute a production system.

From Python, describe a system with the names below, or read one with `archspec.load("architecture.yaml")`:

    >>> from archspec import Client, Server, System
    >>> with System("Hello") as hello:
    ...     _ = Client("browser") >> Server("api")
    >>> [edge.name for edge in hello.build().edges]
    ['browser -> api']
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:  # type checkers and editors see every name; a program imports what it asks for, when it asks
    from archspec.dsl import *  # noqa: F403
    from archspec.face import *  # noqa: F403
else:

    def __getattr__(name):
        from importlib import import_module  # `from archspec import dsl` would ask this function for `dsl` first

        if name == "__all__":
            return sorted({*import_module("archspec.dsl").__all__, *import_module("archspec.face").__all__})
        if not name.startswith("_"):
            for room in ("archspec.dsl", "archspec.face"):
                if name in import_module(room).__all__:
                    return getattr(import_module(room), name)
        raise AttributeError(f"module 'archspec' has no attribute {name!r}")

    def __dir__():
        return [*__getattr__("__all__"), "__version__"]
