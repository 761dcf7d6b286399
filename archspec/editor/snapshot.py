"""A spec as it stood at one moment: judged as `archspec lint` judges it, with every place that names an element."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archspec.editor.buffers import Buffers
from archspec.editor.offers import Names, names_in
from archspec.errors import Problem, Span, SpecError, UsageError
from archspec.importers.foreign import foreign
from archspec.language.edits import Edit
from archspec.language.occurrences import Occurrence, occurrences
from archspec.language.reader.includes import built, tree_of
from archspec.model.architecture import Architecture
from archspec.validators.config import Config
from archspec.validators.config_file import find_config
from archspec.validators.fixing.problems import problem_edits
from archspec.validators.outcome import Outcome, invalid
from archspec.validators.run import judge


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of a spec. `architecture` is None where it is invalid; `repairs` mend that."""

    root: Path
    outcome: Outcome
    architecture: Architecture | None
    occurrences: tuple[Occurrence, ...]
    names: Names
    texts: Mapping[str, str]
    """The text of each file that takes part, by the name its spans use."""
    repairs: tuple[Edit, ...] = ()
    config: Config = field(default_factory=Config)
    analyses: dict[Callable[..., Any], Any] = field(default_factory=dict)
    """What the rules have worked out, by the function that does."""

    def file_named(self, real: Path) -> str | None:
        """The name that spans use of a file that takes part; None where it does not."""
        return next((name for name in self.texts if Path(name).resolve() == real), None)

    def names_outside(self, real: Path) -> Names:
        """What the other files of the spec declare."""
        found: dict[str, dict[str, Any]] = {}
        for each in self.occurrences:
            if each.declares and Path(each.span.file).resolve() != real:
                found.setdefault(each.section, {})[each.name] = self.names.elements.get(each.section, {}).get(each.name)
        return Names(found)

    def is_current(self, buffers: Buffers) -> bool:
        """Whether every open file that takes part still has the text that was judged."""
        return all(buffers.open.get(Path(name).resolve(), text) == text for name, text in self.texts.items())


def snapshot(root: Path, files: Buffers) -> Snapshot:
    """Read and judge a spec; nothing raises but a defect of archspec itself."""
    name = str(root)
    try:
        tree = tree_of(root, files)
        readable = tree if tree.data is not None else tree_of(root, files.mended())
        named = occurrences(readable.data, readable.source) if readable.data is not None else ()
        names, texts = names_in(readable.data), dict(tree.source.texts)
        try:
            architecture = built(tree, load_files_in=root.parent)
        except SpecError as error:
            repairs = problem_edits(SpecError(error.problems, texts))
            return Snapshot(root, invalid(name, foreign(error)), None, named, names, texts, repairs)
        config = find_config(root)
        analyses: dict[Callable[..., Any], Any] = {}
        outcome = judge(architecture, config, name, analyses)
    except UsageError as error:  # the root file cannot be read, or the configuration is wrong
        problem = Problem(*_halves(str(error)), Span(name, 1, 1, 1, 1), "config")
        return Snapshot(root, invalid(name, SpecError((problem,), {})), None, (), Names(), {})
    return Snapshot(root, outcome, architecture, named, names, texts, config=config, analyses=analyses)


def _halves(text: str) -> tuple[str, str]:
    """Message and remedy of a usage error."""
    message, _, remedy = text.partition("; ")
    return message, remedy or "see the message."
