"""`archspec lint --fix`: mend specs in place, or show the difference."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.errors import SpecError

if TYPE_CHECKING:
    from archspec.cli.terminal import Terminal
    from archspec.validators import Config
    from archspec.validators.fixing.repair import Repair

_ROUNDS = 5
"""What one round mends can show what the next one does: an id that is right now, and its rule."""


def fix(specs: "dict[str, Config]", *, unsafe: bool, allow_outside: bool, terminal: "Terminal") -> None:
    """Mend every YAML spec in place, its formatting last."""
    for spec, config in specs.items():
        if not _is_file(spec):
            continue
        for _ in range(_ROUNDS):
            repair = _repair(spec, config, unsafe, allow_outside)
            written = _write(repair)
            for file in written:
                terminal.message(f"mended {file}", *_changes(repair.before[file], repair.after[file]))
            if not written:
                break
        for file in _write(_formatting(spec)):
            terminal.message(f"formatted {file}")


def difference(specs: "dict[str, Config]", *, unsafe: bool, allow_outside: bool) -> str:
    """What one round of `fix` and its formatting would change, as a unified diff."""
    return "".join(
        unified(repair_of(spec, config, unsafe=unsafe, allow_outside=allow_outside)) for spec, config in specs.items()
    )


def repair_of(spec: str, config: "Config", *, unsafe: bool, allow_outside: bool) -> "Repair":
    """What one round of `fix` and its formatting would make of a spec; nothing of one that is no YAML file."""
    from archspec.validators.fixing.repair import Repair

    if not _is_file(spec):
        return Repair({}, {})
    repair = _repair(spec, config, unsafe, allow_outside)
    layout = _formatting(spec, repair.after.get(spec))
    return Repair({**layout.before, **repair.before}, {**repair.after, **layout.after})


def write_added(repair: "Repair", terminal: "Terminal") -> None:
    """Write what findings add to a spec, and tell each line."""
    repair = _with_plain_ends(repair)
    for file in _write(repair):
        terminal.message(f"mended {file}", *_changes(repair.before[file], repair.after[file]))


def show_added(repair: "Repair", terminal: "Terminal") -> int:
    """Show what that would be as a unified diff, and give the exit status: 1 where there is something."""
    text = unified(_with_plain_ends(repair))
    terminal.data(text)
    return 1 if text else 0


def unified(repair: "Repair") -> str:
    """A repair as a unified diff."""
    parts: list[str] = []
    for file, text in repair.before.items():
        old, new = text.splitlines(keepends=True), repair.after[file].splitlines(keepends=True)
        parts += difflib.unified_diff(old, new, file, file)
    return "".join(part if part.endswith("\n") else f"{part}\n\\ No newline at end of file\n" for part in parts)


def _is_file(spec: str) -> bool:
    return spec != "-" and not spec.endswith(".py")


def _repair(spec: str, config: "Config", unsafe: bool, allow_outside: bool) -> "Repair":
    from archspec.language import load
    from archspec.validators.fixing.repair import repair_broken, repair_valid

    try:
        architecture = load(spec, allow_outside=allow_outside)
    except SpecError as error:
        return _with_plain_ends(repair_broken(error))
    return _with_plain_ends(repair_valid(architecture, config, spec, unsafe=unsafe))


def _with_plain_ends(repair: "Repair") -> "Repair":
    from archspec.language import plain_ends
    from archspec.validators.fixing.repair import Repair

    before, after = ({file: plain_ends(text) for file, text in each.items()} for each in (repair.before, repair.after))
    return Repair(before, after)


def _formatting(spec: str, text: str | None = None) -> "Repair":
    """The layout of a spec, or of the text that it will have; its line ends are plain."""
    from archspec.language import decode, plain_ends
    from archspec.language.formatter.format import format_text
    from archspec.validators.fixing.repair import Repair

    if text is None:
        text, problems = decode(_contents(spec), spec)
        if problems:
            return Repair({}, {})
    text = plain_ends(text)
    try:
        return Repair({spec: text}, {spec: format_text(text, spec)})
    except SpecError:
        return Repair({}, {})


def _contents(file: str) -> bytes:
    """The bytes of a file that was read before, and may be by the same leave."""
    from archspec.language import contents

    return contents(Path(file), allow_outside=True)


def _changes(before: str, after: str) -> list[str]:
    """The lines that went and the lines that came, each with its number."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            lines += [f"{number + 1:>5} - {old[number]}" for number in range(old_from, old_to)]
            lines += [f"{number + 1:>5} + {new[number]}" for number in range(new_from, new_to)]
    return lines


def _write(repair: "Repair") -> list[str]:
    """Write what changes; the files that did."""
    from archspec.cli.output import write_file
    from archspec.language import form_of

    changed = [file for file, text in repair.before.items() if repair.after[file] != text]
    for file in changed:
        form = form_of(_contents(file))
        write_file(Path(file), form.bytes_of(repair.after[file]), in_place=True)
    return changed
