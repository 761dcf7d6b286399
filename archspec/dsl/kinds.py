"""One class for each kind of component, made from the kind when it is first asked for.

The fields that they take are in `kinds.pyi`, which is written from the model.

>>> from archspec.dsl import LoadBalancer
>>> LoadBalancer.kind, LoadBalancer.__doc__
('load_balancer', 'Spreads requests over the replicas of its targets.')
"""

from functools import cache

from archspec.discovery import modules
from archspec.dsl.builder import Component

_KINDS = {
    "".join(map(str.capitalize, name.split("_"))): name
    for name in (module.rpartition(".")[2] for module in modules("archspec.model.kinds"))
}
__all__ = list(_KINDS)


@cache
def kind_class(name: str) -> type[Component]:
    """The class of this name.

    Raises:
        AttributeError: no kind has it.

    """
    if name not in _KINDS:
        raise AttributeError(f"there is no kind of component whose class is {name!r}")
    from archspec.model.kind import kinds

    kind = kinds()[_KINDS[name]]
    return type(name, (Component,), {"__module__": "archspec.dsl", "__doc__": kind.summary, "kind": kind.name})
