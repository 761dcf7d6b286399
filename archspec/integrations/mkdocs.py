"""A fence for MkDocs (and every Markdown tool that uses pymdownx.superfences).

In `mkdocs.yml`:

    markdown_extensions:
      - pymdownx.superfences:
          custom_fences:
            - name: archspec
              class: archspec
              format: !!python/name:archspec.integrations.mkdocs.fence
              validator: !!python/name:archspec.integrations.mkdocs.validator

In a page, a spec of its own, or a file (relative to the page; with a leading `/`, to the folder of the pages) and a
view:

    ```archspec
    {archspec: 1, name: Tiny, components: {api: {kind: server}}}
    ```

    ```archspec spec="../specs/video_platform/architecture.yaml" view="overview"
    ```
"""

import re
from pathlib import Path
from typing import Any

from archspec.frozen import frozen

_OPTIONS = ("spec", "view")


def validator(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any) -> bool:
    """Take `spec` and `view`.

    Raises:
        SuperFencesException: another option is given.

    """
    unknown = [key for key in inputs if key not in _OPTIONS]
    if unknown:
        raise _failure(
            f"{_Page.of(md).name}: the fence `archspec` has no option `{unknown[0]}`; it takes spec and view."
        )
    options |= inputs
    return True


def fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any) -> str:
    """The picture as HTML. An invalid spec fails the build with the message that `archspec lint` gives.

    Raises:
        SuperFencesException: there is no picture. Any other kind would be swallowed, and the page built without it.

    """
    from archspec.integrations.picture import PictureError, picture

    page = _Page.of(md)
    spec = page.path(str(options["spec"])) if options.get("spec") else None
    if spec is not None and source.strip():
        raise _failure(f"{page.name}: the fence `archspec` has both `spec` and a spec in itself; take one out.")
    try:
        drawn = picture(spec, source, options.get("view"), page=page.name, project=page.project)
    except PictureError as error:
        page.watch(error.files)
        raise _failure(f"{page.name}: {error}") from None
    page.watch(drawn.files)
    return f'<figure class="{css_class}">{drawn.svg(page.new_ids())}</figure>'


@frozen
class _Page:
    """What is known of the page that a fence stands in: with MkDocs its file, else nothing."""

    markdown: Any
    name: str
    folder: Path
    pages: Path
    project: Path
    config: Any = None

    @classmethod
    def of(cls, markdown: Any) -> "_Page":
        # MkDocs tells its extensions of the page by this treeprocessor alone
        known = markdown.treeprocessors["relpath"] if "relpath" in markdown.treeprocessors else None  # noqa: SIM401
        if known is None:
            return cls(markdown, "the page", Path(), Path(), Path())
        file, config = known.file, known.config
        pages = Path(config.docs_dir)
        project = Path(config.config_file_path).parent if config.config_file_path else pages
        return cls(markdown, file.src_uri, (pages / file.src_uri).parent, pages, project, config)

    def path(self, name: str) -> Path:
        """The file that a page calls so."""
        return self.pages / name.lstrip("/") if name.startswith("/") else self.folder / name

    def watch(self, files: tuple[Path, ...]) -> None:
        """Let `mkdocs serve` build anew where one changes."""
        if self.config is not None:
            self.config.watch += [str(file) for file in files if str(file) not in self.config.watch]

    def new_ids(self) -> str:
        """What the ids of the page's next picture begin with."""
        self.markdown.archspec_pictures = getattr(self.markdown, "archspec_pictures", 0) + 1
        return re.sub(r"\W+", "-", f"archspec-{self.name}-{self.markdown.archspec_pictures}")


def _failure(message: str) -> Exception:
    """What stops the build with this sentence: superfences lets its own exception through, MkDocs ends with its own."""
    from pymdownx.superfences import SuperFencesException

    stops: type[Exception] = SuperFencesException
    try:
        from mkdocs.exceptions import BuildError

        stops = type("NoPictureError", (SuperFencesException, BuildError), {})
    except ImportError:
        pass  # another tool than MkDocs
    return stops(message)
