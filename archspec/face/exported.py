"""`archspec.export`: a spec's alerts, objectives, loads and faults for other tools."""

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.face.given import SystemLike, architecture_of, file_of, keep_from, place_of
from archspec.frozen import frozen
from archspec.printable import Syntax, harmless_text

if TYPE_CHECKING:
    from archspec.face.runs import Time


@frozen
class Exported:
    """What was written for another tool. `notes` say what the format could not express."""

    format: str
    text: str
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Exported({self.format!r}, {len(self.text)} characters)"


def export(
    system: SystemLike,
    format: str,  # noqa: A002 - the command's word
    to: str | PathLike[str] | None = None,
    *,
    scenario: str | None = None,
    seed: int = 1,
    duration: "Time | None" = None,
    config: str | PathLike[str] | None = None,
) -> Exported:
    """Write a system's alerts, objectives, loads or faults for another tool, as `archspec export` does.

    `scenario`, `seed` and `duration` are those of the run that is foretold, sent or made; `config` is the file that
    says how the system is measured (default: `archspec.toml`, looked for from the spec upwards). The file `to` is
    written where one is named.

    Raises:
        UsageError: there is no such format or scenario, or nothing of the system can be written in it.

    """
    from archspec.cli.output import write_file
    from archspec.exports import export_for, find_settings
    from archspec.exports.export import Exporting
    from archspec.exports.export import export as exported
    from archspec.face.runs import time_of

    chosen, architecture, file = export_for(format), architecture_of(system), file_of(system)
    length = None if duration is None else time_of("duration", duration)
    exporting = Exporting(
        architecture,
        "standard input" if file == "<stdin>" else Path(file).name,
        find_settings(place_of(system), None if config is None else Path(fspath(config))),
        scenario,
        seed,
        None if length is None else length.nanoseconds,
    )
    content, notes = exported(chosen, exporting)
    text = harmless_text(content, Syntax.PLAIN)
    if to is not None:
        keep_from(Path(fspath(to)), architecture)
        write_file(Path(fspath(to)), text)
    return Exported(chosen.name, text, notes)
