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

    def graft(self, other: "SourceMap", at: Path, to: Path) -> None:
        """Take over the spans that `other` has below `at`, as if they stood below `to`."""
        size = len(at)
        for mine, theirs in ((self.keys, other.keys), (self.values, other.values)):
            mine.update({to + path[size:]: span for path, span in list(theirs.items()) if path[:size] == at})
