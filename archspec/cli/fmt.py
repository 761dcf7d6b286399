"""`archspec fmt`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from archspec.cli.options import NoColor, Output, Quiet
from archspec.cli.terminal import Terminal

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Specs, folders, patterns; - for standard input; .py becomes YAML.")
]
Changed = Annotated[
    bool, typer.Option("--changed", help="PATHs are changed files: take those that are part of a spec.")
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]
Expand = Annotated[bool, typer.Option("--expand", help="Write every shorthand in its long form.")]


def fmt(
    paths: Paths,
    check: Check = False,
    diff: Diff = False,
    expand: Expand = False,
    changed: Changed = False,
    output: Output = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Format specs in place: one layout, comments kept, the data unchanged."""
    from archspec.cli.output import write_file
    from archspec.errors import UsageError

    files = _files(paths, changed)
    if output is not None and len(files) != 1:
        raise UsageError("-o takes the result of one spec; name one.")
    terminal = Terminal(quiet, no_color)
    different = []
    for name in files:
        before, after = _formatted(name, expand)
        if before != after:
            different.append(name)
        if diff:
            terminal.data(_difference(name, before, after))
        elif check:
            continue
        elif output is not None:
            write_file(output, after)
        elif name == "-" or name.endswith(".py"):
            terminal.data(after)
        elif before != after:
            write_file(Path(name), after)
            terminal.message(f"formatted {name}")
    if (check or diff) and different:
        if check:
            terminal.message("\n".join(f"would format {name}" for name in different))
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


def _formatted(name: str, expand: bool) -> tuple[str, str]:
    """A spec's text, and the same formatted; a Python spec has no YAML text before."""
    from archspec.errors import UsageError
    from archspec.loading.format import dump, format_text

    if name.endswith(".py"):
        from archspec.loading import load

        return "", dump(load(name))
    if name == "-":
        text = sys.stdin.read()
    else:
        try:
            text = Path(name).read_text("utf-8")
        except OSError as error:
            raise UsageError(f"cannot read {name}: {error.strerror}; check the path.") from None
        except UnicodeDecodeError:
            raise UsageError(f"{name} is no UTF-8 text; save it as UTF-8.") from None
    return text, format_text(text, file=name, expand=expand)


def _difference(name: str, before: str, after: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(before.splitlines(True), after.splitlines(True), name, f"{name} (formatted)")
    return "".join(lines)
