"""`archspec fmt`."""

from pathlib import Path
from typing import Annotated

import typer

from archspec.cli import options
from archspec.cli.terminal import Terminal
from archspec.errors import SpecError, UsageError
from archspec.frozen import frozen

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Specs, folders, patterns; - for standard input; .py becomes YAML.")
]
Changed = Annotated[
    bool, typer.Option("--changed", help="PATHs are changed files: take those that are part of a spec.")
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]
Expand = Annotated[bool, typer.Option("--expand", help="Write every shorthand in its long form.")]


@frozen
class Formatted:
    """A spec's text with plain line ends, the same formatted, and that as its file would hold it."""

    before: str
    after: str
    content: bytes
    changes: bool


def fmt(
    paths: Paths,
    check: Check = False,
    diff: Diff = False,
    expand: Expand = False,
    changed: Changed = False,
    output: options.Output = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Format specs in place; comments and data stay."""
    from archspec.cli.output import write_file

    files = _files(paths, changed)
    if output is not None and len(files) != 1:
        raise UsageError("-o takes the result of one spec; name one.")
    terminal = Terminal(quiet, no_color)
    different = []
    for name in files:
        formatted = _formatted(name, expand, allow_outside)
        if formatted.changes:
            different.append(name)
        if diff:
            terminal.data(_difference(name, formatted))
        elif check:
            continue
        elif output is not None:
            write_file(output, formatted.content, in_place=output == Path(name))
        elif name == "-" or name.endswith(".py"):
            terminal.verbatim(formatted.after)
        elif formatted.changes:
            write_file(Path(name), formatted.content, in_place=True)
            terminal.message(f"formatted {name}")
    if (check or diff) and different:
        if check:
            terminal.message(*(f"would format {name}" for name in different))
        raise typer.Exit(1)


def _files(paths: list[str], changed: bool) -> list[str]:
    """The files to format: what is named itself; of a folder or a pattern the specs, and what they include."""
    from archspec.cli.spec_paths import affected, parts, spec_paths

    if changed:
        taken = [file for files in affected(paths).values() for file in files]
    else:
        taken = [
            file
            for path in paths
            for spec in spec_paths([path])
            for file in ([spec] if spec == path or spec.endswith(".py") else parts(spec))
        ]
    return list(dict.fromkeys(taken))


def _formatted(name: str, expand: bool, allow_outside: bool) -> Formatted:
    """A spec formatted; a Python spec has no YAML text before."""
    from archspec.language import contents, decode, form_of, plain_ends, standard_input
    from archspec.language.formatter.format import dump, format_text

    if name.endswith(".py"):
        from archspec.language import load

        text = dump(load(name, allow_outside=allow_outside))
        return Formatted("", text, text.encode(), changes=True)
    data = standard_input() if name == "-" else contents(Path(name), allow_outside=allow_outside)
    file = "<stdin>" if name == "-" else name
    text, problems = decode(data, file)
    if problems:
        raise SpecError(problems, {file: text})
    after = format_text(text, file=file, expand=expand)
    content = form_of(data).bytes_of(after)
    return Formatted(plain_ends(text), after, content, content != data)


def _difference(name: str, formatted: Formatted) -> str:
    from difflib import unified_diff

    before, after = formatted.before.splitlines(True), formatted.after.splitlines(True)
    lines = unified_diff(before, after, name, f"{name} (formatted)")
    return "".join(lines)
