"""A directive for Sphinx: `extensions = ["archspec.integrations.sphinx"]`, then

    .. archspec:: architecture.yaml
       :view: overview

The path is relative to the page (or, with a leading `/`, to the source folder). HTML gets the SVG, other builders
a bitmap. Without a path, the directive's content is the spec.
"""

import re
from os.path import relpath
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import only
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from archspec import __version__
from archspec.integrations.picture import Picture, PictureError, picture


class ArchspecDirective(SphinxDirective):
    """Draws one view of a spec."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"view": directives.unchanged, "alt": directives.unchanged}  # noqa: RUF012 - Sphinx's own shape

    def run(self) -> list[nodes.Node]:
        """The picture for each kind of builder, since all of them read the same document; or an error at the line."""
        if self.arguments and self.content:
            raise self.error("the directive has both a path and a spec in itself; take one out.")
        spec = Path(self.env.relfn2path(self.arguments[0])[1]) if self.arguments else None
        text, page, project = "\n".join(self.content), self.env.docname, Path(self.env.srcdir)
        try:
            drawn = picture(spec, text, self.options.get("view"), page=page, project=project)
        except PictureError as error:
            self._depend(error.files)
            raise self.error(str(error)) from None
        self._depend(drawn.files)
        ids = re.sub(r"\W+", "-", f"archspec-{page}-{self.env.new_serialno('archspec')}")
        figure = f'<figure class="archspec">{drawn.svg(ids)}</figure>'
        return [
            only("", nodes.raw("", figure, format="html"), expr="html"),
            only("", self._image(drawn), expr="not html"),
        ]

    def _depend(self, files: tuple[Path, ...]) -> None:
        for file in files:
            self.env.note_dependency(str(file))

    def _image(self, drawn: Picture) -> nodes.image:
        from hashlib import sha256

        bitmap = drawn.png()
        folder = Path(self.env.app.doctreedir) / "archspec"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{sha256(bitmap).hexdigest()[:16]}.png"
        file.write_bytes(bitmap)
        uri = "/" + relpath(file, self.env.srcdir)
        return nodes.image(uri=uri, alt=self.options.get("alt", drawn.view.title))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("archspec", ArchspecDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
