"""Where a block of steps stands while it is compiled."""

from dataclasses import replace

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Flow, Path

MOST_RUNS = 1_000_000
"""Of one step by one request: more would keep a single trace busy for minutes."""


@frozen
class Scene:
    """Where a block of steps is performed: by whom, in which flow, and how it hangs on what is around it."""

    flow: Flow
    caller: str
    outside: bool
    """Whether a client, a person or another's system performs it: these give up after a while, by themselves."""
    parent: int | None
    role: str
    stream: str
    path: Path
    runs: int = 1
    """How often one request may perform the block."""

    def repeated(self, times: int) -> "Scene":
        """The scene of a step that one request may perform so often for each time that it comes here.

        Raises:
            UsageError: that is more often than anybody could want to watch.

        """
        if self.runs * times > MOST_RUNS:
            raise UsageError(
                f"one request of `{self.flow.id}` may perform a step {self.runs * times} times ({MOST_RUNS} at "
                "most); lower `times` or `attempts` on the way to it."
            )
        return replace(self, runs=self.runs * times)

    def within(self, index: int, role: str, parent: int) -> "Scene":
        """The scene of a block inside step `index`, which is operation `parent`."""
        path = (*self.path, index, role)
        return replace(self, parent=parent, role=role, stream=f"{self.stream_of(index)}.{role}", path=path)

    def stream_of(self, index: int) -> str:
        """The name that the draws of a step of the block begin with."""
        return f"{self.stream}.{index}"
