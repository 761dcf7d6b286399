"""From what a spec says now to what is served, step by step: each may run in a thread of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.errors import ArchspecError, SpecError
from archspec.frozen import frozen
from archspec.webpage.live.edition import Edition, edition
from archspec.webpage.live.work import Work

if TYPE_CHECKING:
    from archspec.model import Architecture
    from archspec.webpage import Picture, Placing


@frozen
class Reading:
    """What reading a spec came to: an architecture, or what is wrong; `files` were read, or looked for in vain."""

    files: frozenset[str]
    architecture: "Architecture | None" = None
    problem: str = ""


def read(spec: Path, *, allow_outside: bool) -> Reading:
    """The spec as it is now."""
    from archspec.language import load
    from archspec.validators import config_files

    files = {str(spec)}
    try:
        files |= {str(path) for path in config_files(spec)}
        if spec.suffix == ".py":  # it may import what stands beside it
            files |= {str(path) for depth in ("*.py", "*/*.py") for path in spec.parent.glob(depth)}
        architecture = load(spec, allow_outside=allow_outside)
        return Reading(frozenset({*files, *architecture.source.texts}), architecture)
    except SpecError as error:
        return Reading(frozenset({*files, *error.sources}), problem=told(error))
    except Exception as error:
        return Reading(frozenset(files), problem=told(error))


def blank(spec: Path, number: int) -> Edition:
    """The page of a spec that has not been read yet."""
    from archspec.webpage.gathering.page import Gathered, empty_page

    return edition(Gathered(empty_page(spec.name), {}), number, is_complete=False)


@frozen
class Renewal:
    """All that a state of a spec asks for. `placing` knows the layouts of before."""

    spec: Path
    architecture: "Architecture"
    placing: "Placing"
    work: Work

    def first_picture(self, before: Edition, view: str, number: int) -> Edition:
        """The edition with the one picture renewed that somebody looks at."""
        from archspec.renderers import views
        from archspec.webpage.gathering.gallery import drawn

        shown = next((each for each in views(self.architecture) if each.id == view), None)
        if shown is None or not self.architecture.components:
            return replace(before, is_complete=False)
        picture = drawn(self.architecture, shown, self.placing, {}).picture
        kept = before.content.pictures or (picture,)
        return self._pictured(before, tuple(picture if each.id == view else each for each in kept), number)

    def every_picture(self, before: Edition, number: int) -> Edition:
        """The edition with all views renewed; what lies within groups comes with the rest of the page."""
        from archspec.webpage.gathering.gallery import every_view

        views = [found.picture for found in every_view(self.architecture, self.work.go_on, self.placing, {})]
        inside = [each for each in before.content.pictures if each.inside in self.architecture.groups]
        return self._pictured(before, (*views, *inside), number)

    def _pictured(self, before: Edition, pictures: tuple["Picture", ...], number: int) -> Edition:
        """The edition with these pictures, drawn without the files beside them: those come with the whole page."""
        files = {each.id: each.files for each in before.content.pictures}
        pictures = tuple(replace(each, files=files.get(each.id, ())) for each in pictures)
        if pictures == before.content.pictures:
            return replace(before, is_complete=False)
        return before.with_pictures(pictures, number)

    def whole_page(self, number: int) -> Edition:
        """The edition of all that is known of the spec."""
        from archspec.validators import find_config, judge
        from archspec.webpage.gathering.page import gather

        analyses: dict[Callable[..., Any], Any] = {}
        outcome = judge(self.architecture, find_config(self.spec), str(self.spec), analyses)
        go_on = self.work.go_on
        go_on()
        gathered = gather(
            self.architecture,
            outcome,
            self.spec.name,
            go_on,
            placing=self.placing,
            analyses=analyses,
            with_bitmaps=False,
            go_on=go_on,
        )
        return edition(gathered, number, is_complete=True)


def told(error: Exception) -> str:
    """An error as a person who looks at the page reads it."""
    match error:
        case SpecError():
            from archspec.reports import spec_error

            return spec_error(error)
        case ArchspecError():
            return str(error)
        case OSError():
            return f"{error.filename or 'a file'}: {error.strerror or error}."
        case _:
            what = f"a defect of archspec itself: {type(error).__name__}: {error}"
            return f"{what}\nPlease report it with the spec; `archspec build` shows it too."
