"""What is served: the last good page, and what is wrong with the spec now."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.errors import ArchspecError, SpecError

if TYPE_CHECKING:
    from archspec.cli.page.content import Gathered
    from archspec.model.architecture import Architecture

PAGE = "index.html"


@dataclass
class Site:
    """A spec and its page, renewed in two steps: the pictures at once, then all that has to be worked out.

    `version` counts what was shown; `problem` is the text of what is wrong with the spec now, empty where it is fine.
    """

    spec: Path
    allow_outside: bool = False
    version: int = 0
    problem: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    watched: set[Path] = field(default_factory=set)
    _good: "Gathered | None" = None

    def load(self) -> "Architecture | None":
        """The spec as it is now, or None where it is wrong: then `problem` says why, and the last page stays."""
        from archspec.loading import load

        try:
            architecture = load(self.spec, allow_outside=self.allow_outside)
        except ArchspecError as error:
            self.problem = _told(error)
            self.watched |= {self.spec.resolve()}
            return None
        self.problem = ""
        self.watched = {self.spec.resolve(), *(Path(name).resolve() for name in architecture.source.texts)}
        return architecture

    def show_pictures(self, architecture: "Architecture") -> bool:
        """Renew the pictures of the page that stands; False where there is none yet."""
        from archspec.cli.page.pictures import pictured
        from archspec.renderers import views

        if self._good is None:
            return False
        pictures = (
            tuple(pictured(architecture, view) for view in views(architecture)) if architecture.components else ()
        )
        page = replace(
            self._good.page, name=architecture.name, description=architecture.description or "", pictures=pictures
        )
        self._show(replace(self._good, page=page))
        return True

    def show_all(self, architecture: "Architecture") -> None:
        """Renew the whole page."""
        from archspec.cli.page.content import gather
        from archspec.validators.config_file import find_config
        from archspec.validators.run import judge

        outcome = judge(architecture, find_config(self.spec), str(self.spec))
        self._show(gather(architecture, outcome, self.spec.name, lambda _: None, with_bitmaps=False))

    def _show(self, gathered: "Gathered") -> None:
        from archspec.renderers.page.document import page

        self._good = gathered
        self.version += 1
        self.files = {**gathered.files, PAGE: page(gathered.page, live=True).encode()}


def _told(error: ArchspecError) -> str:
    if isinstance(error, SpecError):
        from archspec.cli.frames import spec_error

        return spec_error(error)
    return str(error)
