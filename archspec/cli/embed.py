"""`archspec embed`: pictures, tables and traces in Markdown, kept current between markers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import options

if TYPE_CHECKING:
    from archspec.embedding.document import Embedded

Files = Annotated[
    list[str], typer.Argument(metavar="FILE…", help="Markdown files with `<!-- archspec: … -->` in them.")
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]
Python = Annotated[bool, typer.Option("--python", help="Let markers name .py specs, too (runs their code).")]


def embed(
    files: Files,
    check: Check = False,
    diff: Diff = False,
    python: Python = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Keep pictures and tables in Markdown up to date."""
    from archspec.cli.embedded import embedded
    from archspec.cli.output import write_file
    from archspec.cli.terminal import Terminal

    terminal = Terminal(quiet, no_color)
    made = {Path(name): embedded(Path(name), python=python) for name in files}  # all, before anything is written
    changed = False
    for path, found in made.items():
        stale = _stale(path, found)
        changed = changed or bool(stale)
        if diff and found.before != found.after:
            terminal.data(_difference(str(path), found))
        if check or diff:
            terminal.message(*(f"would change {name}" for name in stale))
            continue
        for name, content in stale.items():
            write_file(name, content, in_place=name == path)
            terminal.message(f"wrote {name}")
    return 1 if changed and (check or diff) else 0


def _stale(path: Path, found: "Embedded") -> "dict[Path, bytes]":
    """What is to be written: the pictures that are not as they would be drawn, and the file itself."""
    pictures = {path.parent / name: content for name, content in found.pictures.items()}
    stale = {name: content for name, content in pictures.items() if _bytes(name) != content}
    return stale if found.before == found.after else {**stale, path: found.after.encode()}


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _difference(name: str, found: "Embedded") -> str:
    from difflib import unified_diff

    before, after = found.before.splitlines(True), found.after.splitlines(True)
    return "".join(unified_diff(before, after, name, f"{name} (current)"))
