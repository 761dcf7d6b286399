"""Tools that judge a spec and mend it: check, explain, fix, write."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

import archspec
from archspec.assistant import given
from archspec.errors import Problem, SpecError, UsageError
from archspec.validators import Finding


class Mistake(TypedDict):
    """Something to mend: a mistake for which the spec cannot be read, or what a rule finds."""

    code: str
    severity: str
    message: str
    remedy: str
    element: str
    file: str
    line: int
    column: int


class Checked(TypedDict):
    """What was found; `clean` where there is nothing to mend."""

    valid: bool
    clean: bool
    findings: list[Mistake]
    suppressed: int
    not_judged: list[str]


Select = Annotated[
    str | None,
    Field(description="Codes, themes or sets of rules in place of the usual: `AVL01`, `security`, `production`."),
]


def check(
    spec: given.SpecText = None,
    path: given.SpecPath = None,
    set: given.Settings = None,  # noqa: A002 - the command's word
    select: Select = None,
) -> Checked:
    """Read a spec and judge it: mistakes in it, else what the rules find, each with its place and its remedy."""
    try:
        found = archspec.lint(given.architecture(spec, path, set), select=select)
    except SpecError as error:
        return Checked(
            valid=False,
            clean=False,
            findings=[_of_problem(each) for each in error.problems],
            suppressed=0,
            not_judged=[],
        )
    return Checked(
        valid=found.valid,
        clean=len(found) == 0,
        findings=[_of_finding(each) for each in found],
        suppressed=len(found.suppressed),
        not_judged=[f"{each.subject} of {each.element}" if each.element else each.subject for each in found.not_judged],
    )


def _of_problem(problem: Problem) -> Mistake:
    return _mistake(problem, "error", "spec")


def _of_finding(finding: Finding) -> Mistake:
    return _mistake(finding, finding.severity.value, finding.element)


def _mistake(found: Problem | Finding, severity: str, element: str) -> Mistake:
    span = found.span
    return Mistake(
        code=found.code,
        severity=severity,
        message=found.message,
        remedy=found.remedy,
        element=element,
        file=span.file if span else "",
        line=span.line if span else 0,
        column=span.column if span else 0,
    )


def explain(rule: Annotated[str, Field(description="A rule's code: `AVL01`.")]) -> str:
    """The page of a rule: what it checks, why, a bad and a good spec, when to ignore it."""
    from archspec.language import named

    return named("rule", rule.upper(), {each.code: each for each in archspec.rules()}).page


class Fixed(TypedDict):
    """What would mend a spec; nothing is written."""

    texts: dict[str, str]
    diff: str


Unsafe = Annotated[bool, Field(description="Also what rules would add, with figures that somebody has to think about.")]


def fix(spec: given.SpecText = None, path: given.SpecPath = None, unsafe: Unsafe = False) -> Fixed:
    """What mends slips in ids, idle suppressions and layout: the new text of each file that changes, and the diff."""
    if path is not None and spec is None:
        made = archspec.fixes(given.spec_place(path), unsafe=unsafe)
        return Fixed(texts=dict(made.texts), diff=made.diff)
    from archspec.validators import find_config
    from archspec.validators.fixing.repair import repair_broken, repair_valid

    try:
        repair = repair_valid(given.architecture(spec, path), find_config(Path(given.TEXT)), given.TEXT, unsafe=unsafe)
    except SpecError as error:
        repair = repair_broken(error)
    return _laid_out(given.limited(spec or ""), repair.after.get(given.TEXT))


def _laid_out(before: str, mended: str | None) -> Fixed:
    import difflib

    from archspec.language.formatter.format import format_text

    after = mended or before
    with suppress(SpecError):  # what cannot be read as YAML keeps its layout
        after = format_text(after, given.TEXT)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), given.TEXT, given.TEXT
    )
    return Fixed(texts={given.TEXT: after} if after != before else {}, diff="".join(lines))


class Written(TypedDict):
    """The file that was written."""

    path: str
    bytes: int


def write(
    path: Annotated[str, Field(description="A YAML file, relative to the server's folder.")],
    text: Annotated[str, Field(description="Its whole new text.")],
) -> Written:
    """Write a spec's file below the folder that the server was started in, whole or not at all."""
    from archspec.whole_file import replace_whole

    target = Path(given.spec_place(path)).resolve()
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder `{Path(path).parent}`; name one that is there.")
    if target.exists() and not target.is_file():
        raise UsageError(f"`{path}` is not a plain file; name another.")
    data = given.limited(text).encode()
    replace_whole(target, data)
    return Written(path=path, bytes=len(data))
