"""`archspec init`."""

import json
from enum import StrEnum
from os.path import abspath, relpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import options
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError
from archspec.values import json_text

if TYPE_CHECKING:
    from archspec.cli.provenance import Provenance


class Template(StrEnum):
    """The first specs to begin with."""

    WEB_APP = "web-app"
    EVENT_DRIVEN = "event-driven"
    FIRST_SERVER = "first-server"


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where to begin; made where it is missing.")]
TemplateOption = Annotated[Template, typer.Option("--template", help="The first spec to begin with.")]
From = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="PATH", help="Begin with what these files of a real system say; . for all of them."),
]

_TEMPLATES = Path(__file__).parent / "templates"
_WORKFLOWS = Path(".github/workflows")


def init(
    folder: Folder = Path(),
    template: TemplateOption = Template.WEB_APP,
    from_: From = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a commented first spec, its schema and a CI workflow. Nothing is overwritten."""
    from archspec.cli.output import write_file
    from archspec.cli.provenance import provenance
    from archspec.language.json_schema import schema
    from archspec.validators import repository_root

    here = Path(abspath(folder))  # noqa: PTH100 - links stay, `..` goes
    root = repository_root(here) or here
    spec = folder / "architecture.yaml"
    inside = here.relative_to(root)
    workflow = _WORKFLOWS / f"{'-'.join(('architecture', *inside.parts))}.yaml"
    source = provenance()
    first, report = _imported(from_) if from_ else ((_TEMPLATES / f"{template.value}.yaml").read_text("utf-8"), ())
    files = {
        spec: first,
        folder / "archspec.schema.json": json_text(schema()),
        Path(root if folder.is_absolute() else relpath(root)) / workflow: _workflow(source, inside / spec.name),
    }
    taken = [file for file in files if file.exists()]
    if taken:
        raise UsageError(f"{taken[0]} is there already; choose another folder, or delete it.")
    terminal = Terminal(quiet)
    for file, content in files.items():
        write_file(file, content)
        terminal.message(f"wrote {file}")
    terminal.message(*report)
    terminal.message(f"the workflow installs archspec from {source.repository} at {source.revision}")
    terminal.message("", "Next:", f"  archspec lint {spec}", f"  archspec build {spec} -o {folder / 'out'}")


def _imported(paths: list[str]) -> tuple[str, tuple[str, ...]]:
    """A spec of what files say, and the report of its import."""
    from archspec.importers.imported import import_files

    found = import_files(paths)
    return f"# yaml-language-server: $schema=./archspec.schema.json\n{found.text}", found.report


def _workflow(source: "Provenance", spec: Path) -> str:
    """The workflow for a spec, named from the repository's root; it installs the archspec that writes it."""
    values = {"@SPEC@": spec.as_posix(), "@REPOSITORY@": source.repository, "@REVISION@": source.revision}
    text = (_TEMPLATES / "workflow.yaml").read_text("utf-8")
    for mark, value in values.items():
        text = text.replace(mark, json.dumps(value.replace("${{", "${{ '${{' }}"), ensure_ascii=False))
    return text
