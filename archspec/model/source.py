"""Where each thing in an Architecture was written: positions travel with the model, so that any stage can point."""

from dataclasses import dataclass, field

from archspec.errors import Span

Path = tuple[str | int, ...]
"""The way to a value: `("components", "api", "replicas")`, `("flows", "watch", "steps", 0, "call")`,
`("connections", "api -> db", "timeout")`."""


@dataclass
class SourceMap:
    """Spans of keys and values by path, and the text of every file that takes part.

    An Architecture built without a text (or a path nobody wrote) answers with the nearest enclosing span,
    or None.
    """

    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """The text of each file, by the name its spans use."""
    entries: dict[Path, str] = field(default_factory=dict)
    """The text of each entry that was read by itself, every key in it with a value: while it stays, so does what is
    made of it.
    """

    def value(self, path: Path) -> Span | None:
        """The span of the value at `path`, else of the nearest thing around it."""
        return self.values.get(path) or (self.key(path) if path else None)

    def key(self, path: Path) -> Span | None:
        """The span of the key at `path` (a list's item: the item), else of the nearest thing around it."""
        while path:
            span = self.keys.get(path) or self.values.get(path)
            if span is not None:
                return span
            path = path[:-1]
        return self.values.get(())

    def said(self, path: Path) -> bool:
        """Whether somebody wrote a value at exactly this path."""
        return path in self.values

    def graft(self, value: object, at: Path, to: Path) -> None:
        """Let the spans of `value` and of all inside it, which stand at `at`, also stand at `to`."""
        waiting = [(value, at, to)]
        while waiting:
            value, at, to = waiting.pop()
            for spans in (self.keys, self.values):
                if at in spans:
                    spans[to] = spans[at]
            if isinstance(value, dict):
                waiting += [(item, (*at, key), (*to, key)) for key, item in value.items()]
            elif isinstance(value, (list, tuple)):
                waiting += [(item, (*at, index), (*to, index)) for index, item in enumerate(value)]
