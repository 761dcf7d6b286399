"""What happens to the system by the clock."""

from archspec.execution.program import Program
from archspec.execution.state import World


def happen(p: Program, w: World, action: int, what: int) -> None:
    """Placeholder replaced below."""
