"""A view of a spec for documentation tools: what they show, and what it was made of."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.errors import ArchspecError, SpecError, UsageError
from archspec.frozen import frozen
from archspec.validators import repository_root

if TYPE_CHECKING:
    from archspec.model import Architecture, View


class PictureError(ArchspecError):
    """There is no picture: one sentence on why. `files` are those that a remedy may change."""

    def __init__(self, sentence: str, files: tuple[Path, ...]) -> None:
        super().__init__(sentence)
        self.files = files


@frozen
class Picture:
    """One view of an architecture. `files` are what it was made of: where one changes, it is to be made anew."""

    architecture: "Architecture"
    view: "View"
    files: tuple[Path, ...]

    def svg(self, ids: str) -> str:
        """The markup for an HTML page; its ids begin with `ids`, which no other on that page may."""
        from archspec.renderers import Options, render, renderer_for

        return render(renderer_for("svg"), self.architecture, self.view, Options(part_of_page=ids)).data.decode()

    def png(self) -> bytes:
        """The bitmap for a page of another kind."""
        from archspec.renderers import render, renderer_for

        return render(renderer_for("png"), self.architecture, self.view).data


def picture(spec: Path | None, text: str, view: str | None, *, page: str, project: Path) -> Picture:
    """The view of the spec in a file, else in the text that stands in a page.

    `project` is a folder of the documentation; a spec is taken from its repository, or from below it.

    Raises:
        PictureError: the spec is invalid, stands elsewhere, or has no such view.

    """
    from archspec.language import load, load_text
    from archspec.renderers import find_view

    try:
        if spec is not None:
            _check_place(spec, repository_root(project) or project)
        architecture = load(spec, python=False) if spec is not None else load_text(text, f"the spec in {page}")
        files = _files(architecture.source.texts)
        return Picture(architecture, find_view(architecture, view), files)
    except SpecError as error:
        raise PictureError(_sentence(error, spec), _files(error.sources)) from None
    except UsageError as error:
        raise PictureError(str(error), (spec,) if spec is not None else ()) from None


def _check_place(spec: Path, project: Path) -> None:
    if not spec.resolve().is_relative_to(project.resolve()):
        raise UsageError(f"`{spec}` is outside of {project}; take a spec from within it.")


def _files(names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(path.absolute() for name in names if (path := Path(name)).is_file())


def _sentence(error: SpecError, spec: Path | None) -> str:
    first, more = str(error).partition("\n")[0], len(error.problems) - 1
    rest = (
        f"; `archspec lint {spec}` shows {more} more."
        if spec is not None
        else f" ({more} more mistake{'s' * (more > 1)})."
    )
    return f"{first.removesuffix('.')}{rest}" if more else first
