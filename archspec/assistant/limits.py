"""How long a tool may take, how much it may be given, and how a mistake reaches the assistant."""

import time
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread
from mcp.server.mcpserver.exceptions import ToolError

from archspec.errors import ArchspecError, UsageError

LARGEST_SPEC = 2**20
"""Bytes of a spec that is given as a text, or written."""
LONGEST_CALL = 60.0
"""Seconds."""
LONGEST_RUN = 600.0
"""Simulated seconds."""
MOST_PIXELS = 2000
"""The longer side of a bitmap."""

P = ParamSpec("P")
T = TypeVar("T")


def bounded(work: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """The same in a thread, given up after `LONGEST_CALL`; what archspec says of a mistake is told to the assistant."""

    @wraps(work)
    async def called(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            with anyio.fail_after(LONGEST_CALL):
                return await anyio.to_thread.run_sync(partial(work, *arguments, **named), abandon_on_cancel=True)
        except TimeoutError:
            raise ToolError(_TOO_LONG) from None
        except (ArchspecError, OSError) as error:
            raise ToolError(str(error)) from None
        except RecursionError:
            raise ToolError("the spec is nested too deeply; flatten it.") from None

    return called


def deadline() -> Callable[[float], None]:
    """What a run is told its progress by, so that it ends when nobody waits for it any more."""
    end = time.monotonic() + LONGEST_CALL

    def told(_: float) -> None:
        if time.monotonic() > end:
            raise UsageError(_TOO_LONG)

    return told


def simulated(duration: str) -> str:
    """A duration that a run may have.

    Raises:
        UsageError: it is no duration, or longer than `LONGEST_RUN`.

    """
    from archspec.model import Duration

    try:
        seconds = Duration.parse(duration).nanoseconds / 1e9
    except ValueError as error:
        raise UsageError(f"duration {duration!r}: {error}; write 90s or 5m.") from None
    if seconds > LONGEST_RUN:
        raise UsageError(f"duration {duration!r} is longer than the {LONGEST_RUN / 60:g}m that a tool may run.")
    return duration


def without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """A result without what is too long for an assistant to read."""
    return {name: value for name, value in values.items() if name not in names}


_TOO_LONG = (
    f"this took longer than {LONGEST_CALL:g} seconds; ask for less: a shorter duration, one flow, a smaller view."
)
