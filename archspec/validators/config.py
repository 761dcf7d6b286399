"""How a team wants its architectures judged: what `pyproject.toml` or `archspec.toml` says."""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import did_you_mean
from archspec.validators import Rule, Severity
from archspec.validators.parameters import Parameters
from archspec.validators.team.rule import TeamRule


@frozen
class Config:
    """Settings of the linter. `select` of None means the set that the spec names in `lint` (default: `default`).

    `severity` maps selectors to a severity; a code wins over its theme, a theme over a set. `fail_on` is the
    mildest severity that fails a run (None: nothing does). Patterns of `per_path_ignores` are relative to `folder`,
    where the configuration was found.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity | None = Severity.ERROR
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: Parameters = field(default_factory=Parameters)
    team_rules: tuple[TeamRule, ...] = ()
    """Rules of the team's own, as expressions."""
    more_rules: tuple[Rule, ...] = field(default=(), compare=False)
    """Rules from Python files that the command line names."""
    suppressions: bool = True
    """Whether `# archspec: ignore` in a spec counts."""
    folder: Path = Path()
    file: Path | None = None
    """The file it was read from; None where there is none."""

    def overridden(
        self,
        select: tuple[str, ...] | None = None,
        extend_select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        fail_on: str | None = None,
    ) -> "Config":
        """The same with the command line's wishes: `select` replaces, the others add.

        Raises:
            UsageError: `fail_on` is no severity and not `never`.

        """
        words = [severity.value for severity in Severity]
        if fail_on not in (None, "never", *words):
            remedy = did_you_mean(str(fail_on), (*words, "never"), f"write {', '.join(words)} or never.")
            raise UsageError(f"--fail-on {fail_on} is not a severity; {remedy}")
        limit = self.fail_on if fail_on is None else None if fail_on == "never" else Severity(fail_on)
        return replace(
            self,
            select=self.select if select is None else select,
            extend_select=(*self.extend_select, *extend_select) if select is None else extend_select,
            ignore=(*self.ignore, *ignore),
            fail_on=limit,
        )

    def ignored_at(self, path: Path) -> tuple[str, ...]:
        """Selectors that are ignored in a file."""
        if not self.per_path_ignores:
            return ()
        from fnmatch import fnmatch
        from os.path import relpath

        name = Path(relpath(path, self.folder)).as_posix()
        return tuple(
            selector
            for pattern, selectors in self.per_path_ignores.items()
            if fnmatch(name, pattern)
            for selector in selectors
        )
