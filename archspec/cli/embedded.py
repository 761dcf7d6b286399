"""The commands that a Markdown file names, run beside it, and what they say put into it."""

import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.embedding.content import arguments_of, content
from archspec.embedding.document import Embedded, filled
from archspec.embedding.markers import Block
from archspec.embedding.request import Request, request
from archspec.errors import ArchspecError, DefectError, Problem, SpecError, UsageError
from archspec.plain_file import read_plain_file
from archspec.validators import repository_root


def embedded(path: Path, *, python: bool) -> Embedded:
    """A file with all that it asks for; nothing is written yet.

    Raises:
        SpecError: a marker is wrong, or its command fails; each with its place.
        UsageError: the file cannot be read.

    """
    try:
        text = read_plain_file(path, within=path.parent).decode()
    except UnicodeDecodeError:
        raise UsageError(f"`{path}` is not a text in UTF-8; save it as one.") from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}; check its name.") from None
    folder = path.parent
    work = _Work(folder, repository_root(path) or folder, python)
    after = filled(text, str(path), lambda block: work.content(block, text))
    return Embedded(text, after, work.pictures)


@dataclass(slots=True)
class _Work:
    folder: Path
    within: Path
    python: bool
    pictures: dict[str, bytes] = field(default_factory=dict)

    def content(self, block: Block, text: str) -> str:
        try:
            asked = request(block.command, self.folder, self.within, python=self.python)
            told = self._picture(asked) if asked.output is not None else _run(arguments_of(asked), self.folder)
            return content(asked, told, lambda: _title(asked, self.folder))
        except DefectError:
            raise
        except ArchspecError as error:
            first, more = str(error).partition("\n")[0], str(error).count("\n")
            message, _, remedy = first.partition("; ")
            rest = f" ({more} more mistakes)" if more else ""
            problem = Problem(f"{message}{rest}", remedy or "change the marker's command.", block.span, "syntax")
            raise SpecError((problem,), {block.span.file: text}) from None

    def _picture(self, asked: Request) -> str:
        """Draws into a file that is looked at, and written where it belongs only when all has succeeded."""
        assert asked.output is not None
        name = asked.output
        if not (self.folder / name).parent.is_dir():
            raise UsageError(f"there is no folder for `{name}`; make it.")
        if name in self.pictures:
            raise UsageError(f"`{name}` is written by two markers; choose another name.")
        if Path(name).suffix not in (".svg", ".png"):
            raise UsageError(f"`{name}` is not a picture that Markdown shows; end its name with .svg or .png.")
        with TemporaryDirectory() as place:
            drawn = Path(place).resolve() / Path(name).name
            words = [str(drawn) if word == name else word.replace(f"={name}", f"={drawn}") for word in asked.arguments]
            _run(arguments_of(replace(asked, arguments=tuple(words))), self.folder)
            self.pictures[name] = drawn.read_bytes()
        return ""


def _run(arguments: list[str], folder: Path) -> str:
    """What a command writes to standard output, run in a folder; findings (status 1) are no failure."""
    from archspec.cli.main import application

    out = StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(StringIO()):
        try:
            application(arguments)(arguments, standalone_mode=False, prog_name="archspec")
        except ArchspecError:
            raise
        except Exception as error:
            said = getattr(error, "format_message", None)
            if said is None:
                raise
            raise UsageError(f"{said()}; `archspec {arguments[0]} --help` lists what it takes.") from None
    sys.stdout.flush()
    return out.getvalue()


def _title(asked: Request, folder: Path) -> str:
    """What the picture shows, for whom it cannot be seen."""
    from archspec.language import load
    from archspec.renderers import find_view

    words = asked.arguments
    named = [word.removeprefix("--view=") for word in words if word.startswith("--view=")]
    named += [value for option, value in pairwise(words) if option == "--view"]
    with chdir(folder):
        return find_view(load(asked.spec), named[-1] if named else None).title
