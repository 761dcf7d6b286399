"""What hangs on an element of the spec, in words."""

from archspec.frozen import frozen


@frozen
class StandingContent:
    """What flows lose with an element, said once for all `flows` (ids) of which it is the same.

    `alone` says what fails with one of its parts alone, `cost` how much longer the flow would be up in a year if the
    costliest of them never failed; both are empty where there is nothing to say. `cuts` are the smallest sets of parts,
    one of its own among them, whose failure together fails requests; `more` of them are only counted.
    """

    flows: tuple[str, ...]
    alone: str
    cost: str
    cuts: tuple[str, ...]
    more: int
