"""One class for each kind of component, made from the kind when it is first asked for.

The fields that they take are in `kinds.pyi`, which is written from the model.

>>> from archspec.dsl import LoadBalancer
>>> LoadBalancer.kind, LoadBalancer.__doc__
('load_balancer', 'Spreads requests over the replicas of its targets.')
"""

from functools import cache

from archspec.dsl.builder import Component
from archspec.model.kind import kinds

_KINDS = {"".join(map(str.capitalize, name.split("_"))): name for name in kinds()}
__all__ = list(_KINDS)


@cache
def kind_class(name: str) -> type[Component]:
    """The class of this name.

    Raises:
        AttributeError: no kind has it.

    """
    if name not in _KINDS:
        raise AttributeError(f"there is no kind of component whose class is {name!r}")
    kind = kinds()[_KINDS[name]]
    return type(name, (Component,), {"__module__": "archspec.dsl", "__doc__": kind.summary, "kind": kind.name})
