"""`archspec init`."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archspec.cli.options import Quiet
from archspec.cli.terminal import Terminal


class Template(StrEnum):
    """The first specs to begin with."""

    WEB_APP = "web-app"


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where to begin; made where it is missing.")]
TemplateOption = Annotated[Template, typer.Option("--template", help="The first spec to begin with.")]


def init(folder: Folder = Path(), template: TemplateOption = Template.WEB_APP, quiet: Quiet = False) -> None:
    """Begin: write a commented first spec, its editor schema and a CI workflow. Nothing is overwritten."""
    from archspec.cli.output import write_file
    from archspec.errors import UsageError
    from archspec.loading.json_schema import schema

    templates = Path(__file__).parent / "templates"
    files = {
        "architecture.yaml": (templates / f"{template.value}.yaml").read_text("utf-8"),
        "archspec.schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        ".github/workflows/architecture.yaml": (templates / "workflow.yaml").read_text("utf-8"),
    }
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise UsageError(f"{folder / taken[0]} is there already; choose another folder, or delete it.")
    terminal = Terminal(quiet)
    for name, content in files.items():
        write_file(folder / name, content)
        terminal.message(f"wrote {folder / name}")
    spec = folder / "architecture.yaml"
    terminal.message(f"\nNext:\n  archspec lint {spec}\n  archspec build {spec} -o {folder / 'out'}")
