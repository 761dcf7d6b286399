"""Architecture as code: lint, draw, trace, simulate and compute a production system.

Read a system, or describe it in Python; then ask:

    >>> import archspec
    >>> with archspec.System("Hello") as hello:
    ...     _ = archspec.Client("browser") >> archspec.Server("api")
    >>> archspec.lint(hello, isolated=True).valid
    True
    >>> [edge.name for edge in hello.build().edges]
    ['browser -> api']

`archspec.load("architecture.yaml")` reads a file. `archspec.__all__` lists the names; each is imported when it is asked
for.
"""

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    from importlib import import_module  # `from archspec import face` would ask this function for `face` first

    face = import_module("archspec.face")
    if name == "__all__":
        return face.names()
    place = None if name.startswith("_") else face.place_of(name)
    if place is None:
        raise AttributeError(f"module 'archspec' has no attribute {name!r}")
    return globals().setdefault(name, getattr(import_module(place), name))


def __dir__() -> list[str]:
    return [*globals(), *__getattr__("__all__")]
