"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated, Any

import typer

from archspec.cli import completion
from archspec.errors import SpecError, UsageError

Spec = Annotated[
    str, typer.Argument(metavar="SPEC", help="A spec: .yaml, .py (runs its code), or - for standard input.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No messages, only data and errors.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colour (NO_COLOR does the same).")]
Outside = Annotated[bool, typer.Option("--allow-outside", help="Let the spec and its files lie outside its folder.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; default: standard output.")]
Fault = Annotated[
    list[str] | None,
    typer.Option("--fault", metavar="{FAULT}", help="What goes wrong besides the scenario's faults, written as there."),
]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="ID.FIELD=VALUE", help="What-if: a value instead of the spec's.")
]
Traces = Annotated[
    list[str] | None,
    typer.Option("--traces", metavar="FILE", help="For the overlay drift: files, folders or patterns of spans."),
]

Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the draws: the same seed gives the same bytes.")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="This configuration, whatever stands beside a spec.")
]
Isolated = Annotated[
    bool, typer.Option("--isolated", help="No configuration beside the specs counts, nor any `# archspec: ignore`.")
]
Ignore = Annotated[str | None, typer.Option(metavar="RULES", help="Not these.", autocompletion=completion.rules)]
FailOn = Annotated[str | None, typer.Option(help="Exit status 1 from: error (default), warning, info, never.")]
OutputFile = Annotated[Path | None, typer.Option("--output-file", "-o", help="Write there instead.")]
Known = Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out what this file knows.")]
WriteKnown = Annotated[
    Path | None, typer.Option("--write-baseline", metavar="FILE", help="Write all findings as known.")
]
Prune = Annotated[bool, typer.Option("--prune-baseline", help="Take what is stale out of the baseline.")]
JustFailed = Annotated[
    list[str] | None,
    typer.Option(
        "--just-failed",
        metavar="ID",
        help="Down since a moment: nobody has noticed yet.",
        autocompletion=completion.parts,
    ),
]


def format_option(*subjects: str, option: str = "--format", file: str = "-o") -> Any:
    """An option that names a format of one of these subjects; without it the suffix of the file does."""
    from archspec.reports import format_names

    names = tuple(dict.fromkeys(name for subject in subjects for name in format_names(subject)))
    help_ = f"{', '.join(names)}; default: by the suffix of {file}."
    return typer.Option(
        option, *(["-f"] if option == "--format" else []), help=help_, autocompletion=completion.formats(names)
    )


def faults(given: list[str] | None) -> list[Any]:
    """`["{fail: api, at: 20s}"]` as faults of a scenario, to be checked with the spec.

    Raises:
        UsageError: an item is no mapping.
        SpecError: an item is no YAML.

    """
    found = []
    for item in given or ():
        if not item.strip().startswith("{"):
            raise UsageError(f"--fault {item}: write it as in a scenario, such as '{{fail: api, at: 20s, for: 30s}}'.")
        found.append(_value(item.strip(), "--fault"))
    return found


def settings(given: list[str] | None) -> dict[str, Any]:
    """`["api.replicas=6"]` as the settings that a spec is built with.

    Raises:
        UsageError: an item has no `=`.

    """
    from archspec.model import Plain

    found: dict[str, Any] = {}
    for item in given or ():
        key, equals, value = item.partition("=")
        if not equals:
            raise UsageError(f"--set {item}: write it as ID.FIELD=VALUE, such as api.replicas=6.")
        found[key.strip()] = _value(Plain(value.strip()), "--set")
    return found


def _value(text: Any, option: str) -> Any:
    """Lists and mappings as in a spec (`[a, b]`, `{every: 1d}`); all else is a plain scalar."""
    if not str(text).startswith(("[", "{")):
        return text
    from archspec.language import read_text

    document = read_text(f"{text}\n", option)
    if document.problems:
        raise SpecError(document.problems, {option: document.text})
    return document.data
