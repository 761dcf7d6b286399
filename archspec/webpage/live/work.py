"""Work that a newer save makes idle."""


class SupersededError(Exception):
    """The text that this was for has been saved anew: nobody waits for it any more."""


class Work:
    """All that one state of the spec asks for. It may be dropped at any time, from another thread than does it."""

    def __init__(self) -> None:
        self.is_dropped = False

    def drop(self) -> None:
        """Let it end before its next step."""
        self.is_dropped = True

    def go_on(self, _: str = "") -> None:
        """What is called before each step.

        Raises:
            SupersededError: it has been dropped.

        """
        if self.is_dropped:
            raise SupersededError
