"""A rule that a team writes into its configuration, without code."""

from archspec.frozen import frozen
from archspec.validators import Severity

DEFAULT_REMEDY = "see why in the configuration."


@frozen
class TeamRule:
    """An expression in CEL that has to be true of every architecture.

    Where `check` is `<section>.all(x, …)`, each element of which it is false is a finding of its own, and `{id}`
    in `message` and `remedy` its id. `place` is where the rule is written, for complaints about it.
    """

    code: str
    check: str
    message: str
    remedy: str = DEFAULT_REMEDY
    severity: Severity = Severity.ERROR
    place: str = ""
