"""Names that a package gives: each is imported when it is asked for, so that nobody pays for the others."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def by_need(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package; `places` has the names, divided by blanks, that each of its modules gives.

    Type checkers know them from the package's stub, which is written from that table.
    """
    homes = {name: f"{package}.{place}" for place, names in places.items() for name in names.split()}

    def given(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return given
