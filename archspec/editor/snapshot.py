"""A spec as it stood at one moment: judged as `archspec lint` judges it, with every place that names an element."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from archspec.editor.buffers import Buffers
from archspec.editor.offers import Names, names_in
from archspec.errors import Problem, Span, SpecError, UsageError
from archspec.frozen import frozen
from archspec.importers.foreign import foreign
from archspec.language import Edit
from archspec.language.memory import Memory
from archspec.language.occurrences import Occurrence, declarations, occurrences
from archspec.language.reader.document import Document, read_bytes
from archspec.language.reader.includes import Tree, built, tree_of
from archspec.language.reader.pieces import Pieces, copied
from archspec.model import Architecture, SourceMap
from archspec.validators import Config, Context, Found, Outcome, Rule, Unknown, checked, find_config, invalid, judge
from archspec.validators.fixing.repair import problem_edits

LATER = frozenset({"availability", "performance", "resilience"})
"""Themes whose rules work figures of the whole system out."""
MANY = 200
"""Components; with fewer one round is soon enough."""
Results = tuple[Found | Unknown, ...]


@dataclass(slots=True)
class Rounds:
    """What the rules found in a spec when it was last judged whole, and what they find now."""

    _before: dict[str, Results] = field(default_factory=dict)
    _now: dict[str, Results] = field(default_factory=dict)

    def first(self, architecture: Architecture) -> Callable[[Rule, Context], Iterable[Found | Unknown]] | None:
        """Checks by which a first round finds what it can, and what figures said before where that still stands.

        None where one round will do.
        """
        self._before, self._now = self._now, {}
        return self._soon if self._before and len(architecture.components) >= MANY else None

    def _soon(self, rule: Rule, context: Context) -> Iterable[Found | Unknown]:
        if rule.theme not in LATER:
            return self.whole(rule, context)
        written = context.architecture.source.keys
        before = self._before.get(rule.code, ())
        return [each for each in before if isinstance(each, Unknown) or each.path[:2] in written]

    def whole(self, rule: Rule, context: Context) -> Results:
        """What a rule finds, worked out once."""
        if rule.code not in self._now:
            self._now[rule.code] = tuple(checked(rule, context))
        return self._now[rule.code]


@frozen(slots=False)
class Snapshot:
    """What is known of a spec. `architecture` is None where it is invalid; `repairs` mend that."""

    root: Path
    outcome: Outcome
    architecture: Architecture | None
    texts: Mapping[str, str]
    """The text of each file that takes part, by the name its spans use."""
    tree: Tree = field(default_factory=lambda: Tree(None, SourceMap(), []), repr=False)
    """What the spec says, as far as it can be read."""
    repairs: tuple[Edit, ...] = ()
    config: Config = field(default_factory=Config)
    analyses: dict[Callable[..., Any], Any] = field(default_factory=dict)
    """What the rules have worked out, by the function that does."""

    def file_named(self, real: Path) -> str | None:
        """The name that spans use of a file that takes part; None where it does not."""
        return next((name for name in self.texts if Path(name).resolve() == real), None)

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every place that names an element; found when it is first asked for."""
        return occurrences(self.tree.data or {}, self.tree.source)

    @cached_property
    def declarations(self) -> tuple[Occurrence, ...]:
        """Those that declare one."""
        return declarations(self.tree.data or {}, self.tree.source)

    @cached_property
    def names(self) -> Names:
        """What the spec declares."""
        return names_in(self.tree.data)

    def names_outside(self, real: Path) -> Names:
        """What the other files of the spec declare."""
        found: dict[str, dict[str, Any]] = {}
        for each in self.declarations if len(self.texts) > 1 else ():
            if Path(each.span.file).resolve() != real:
                found.setdefault(each.section, {})[each.name] = self.names.elements.get(each.section, {}).get(each.name)
        return Names(found)

    def is_current(self, buffers: Buffers) -> bool:
        """Whether every open file that takes part still has the text that was judged."""
        return all(buffers.open.get(Path(name).resolve(), text) == text for name, text in self.texts.items())


@frozen
class Before:
    """What is kept of a spec from one judgement to the next, so that only what was typed is read and made anew."""

    memory: Memory = field(default_factory=Memory)
    rounds: Rounds = field(default_factory=Rounds)
    pieces: dict[str, Pieces] = field(default_factory=dict)

    def read(self, data: bytes, file: str) -> Document:
        """The document in a file's bytes."""
        return read_bytes(data, file, self.pieces.setdefault(file, Pieces()))


def snapshot(
    root: Path, files: Buffers, before: Before | None = None, soon: Callable[[Snapshot], object] | None = None
) -> Snapshot:
    """Read and judge a spec; nothing raises but a defect of archspec itself.

    Where its figures take long, `soon` is told what is found before them: of rules that need them, what they said last.
    """
    name, before = str(root), before or Before()
    try:
        tree = tree_of(root, files, read=before.read)
        readable = (
            tree
            if tree.data is not None
            else tree_of(root, files.mended(tree.problems, before.pieces), read=before.read)
        )
        texts = dict(tree.source.texts)
        try:
            own = replace(tree, data=copied(tree.data))
            architecture = built(own, load_files_in=root.parent, memory=before.memory)
        except SpecError as error:
            repairs = problem_edits(SpecError(error.problems, texts))
            return Snapshot(root, invalid(name, foreign(error)), None, texts, readable, repairs)
        config = find_config(root)
        analyses: dict[Callable[..., Any], Any] = {}
        first = before.rounds.first(architecture)
        if first is not None and soon is not None:
            outcome = judge(architecture, config, name, analyses, first)
            soon(Snapshot(root, outcome, architecture, texts, readable, config=config, analyses=analyses))
        outcome = judge(architecture, config, name, analyses, before.rounds.whole)
    except UsageError as error:  # the root file cannot be read, or the configuration is wrong
        problem = Problem(*_halves(str(error)), Span(name, 1, 1, 1, 1), "config")
        return Snapshot(root, invalid(name, SpecError((problem,), {})), None, {})
    return Snapshot(root, outcome, architecture, texts, readable, config=config, analyses=analyses)


def _halves(text: str) -> tuple[str, str]:
    """Message and remedy of a usage error."""
    message, _, remedy = text.partition("; ")
    return message, remedy or "see the message."
