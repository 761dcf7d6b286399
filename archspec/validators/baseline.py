"""Baselines: findings that are known already, so that only new ones count."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.plain_file import read_plain_file
from archspec.validators import Finding
from archspec.validators.outcome import Outcome, Run
from archspec.values import json_text

Key = tuple[str, str, str]
"""Spec (relative to the baseline's folder), rule, element: not the line, which moves."""


@frozen
class Baseline:
    """How often each rule is known to speak on each element. `file` is where it is kept."""

    file: Path
    known: Mapping[Key, int]

    def without_known(self, run: Run) -> tuple[Run, "Baseline"]:
        """The run without what is known, and the stale rest: entries of these specs that nothing matches any more."""
        left = Counter(self.known)
        outcomes = []
        for outcome in run.outcomes:
            kept = [finding for finding in outcome.findings if not self._take(outcome, finding, left)]
            outcomes.append(replace(outcome, findings=tuple(kept)))
        judged = {self._spec(outcome) for outcome in run.outcomes if outcome.valid}
        stale = {key: count for key, count in left.items() if count > 0 and key[0] in judged}
        return Run(tuple(outcomes), run.rules), Baseline(self.file, stale)

    def without(self, stale: "Baseline") -> "Baseline":
        """The same without the stale entries."""
        left = Counter(self.known)
        left.subtract(stale.known)
        return Baseline(self.file, {key: count for key, count in left.items() if count > 0})

    def _take(self, outcome: Outcome, finding: Finding, left: Counter[Key]) -> bool:
        key = (self._spec(outcome), finding.code, finding.element)
        if not outcome.valid or left[key] < 1:
            return False
        left[key] -= 1
        return True

    def _spec(self, outcome: Outcome) -> str:
        return _relative(outcome.file, self.file)

    @property
    def text(self) -> str:
        """As it is kept in a file: JSON, sorted, one entry for each rule and element."""
        entries = [
            {"spec": spec, "rule": rule, "element": element, "count": count}
            for (spec, rule, element), count in sorted(self.known.items())
        ]
        return json_text({"archspec-baseline": 1, "findings": entries})


def baseline_of(run: Run, file: Path) -> Baseline:
    """All findings of the valid specs of a run, as known."""
    keys = Counter(
        (_relative(outcome.file, file), finding.code, finding.element)
        for outcome in run.outcomes
        if outcome.valid
        for finding in outcome.findings
    )
    return Baseline(file, dict(keys))


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        UsageError: it is missing or no baseline.

    """
    try:
        data: Any = json.loads(read_plain_file(file, within=file.parent))
        known = {(str(e["spec"]), str(e["rule"]), str(e["element"])): _count(e["count"]) for e in data["findings"]}
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; write it with --write-baseline {file}.") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(f"{file} is not a baseline; write it anew with --write-baseline {file}.") from None
    return Baseline(file, known)


def _count(value: object) -> int:
    """How often a finding is known: a whole number above 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(value)
    return value


def _relative(spec: str, file: Path) -> str:
    if spec.startswith("<") or spec == "-":
        return spec
    return Path(relpath(spec, file.parent)).as_posix()
