"""A directive for Sphinx: `extensions = ["archspec.integrations.sphinx"]`, then

    .. archspec:: architecture.yaml
       :view: overview

The path is relative to the page (or, with a leading `/`, to the source folder). HTML gets the SVG, other builders
a bitmap. Without a path, the directive's content is the spec.
"""

from os.path import relpath
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from archspec import __version__


class ArchspecDirective(SphinxDirective):
    """Draws one view of a spec."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"view": directives.unchanged, "alt": directives.unchanged}  # noqa: RUF012 - Sphinx's own shape

    def run(self) -> list[nodes.Node]:
        """The picture, or an error at the directive's line."""
        from archspec.errors import ArchspecError
        from archspec.integrations.picture import inline_svg

        spec = self._spec()
        try:
            picture = inline_svg(spec, "\n".join(self.content), self.options.get("view"))
        except ArchspecError as error:
            raise self.error(str(error)) from None
        if self.env.app.builder.format == "html":
            return [nodes.raw("", f'<figure class="archspec">{picture}</figure>', format="html")]
        return [self._image(picture)]

    def _spec(self) -> Path | None:
        if not self.arguments:
            return None
        relative, absolute = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        return Path(absolute)

    def _image(self, picture: str) -> nodes.image:
        from hashlib import sha256

        from archspec.renderers.bitmap import bitmap

        folder = Path(self.env.app.doctreedir) / "archspec"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{sha256(picture.encode()).hexdigest()[:16]}.png"
        file.write_bytes(bitmap(picture, 2.0))
        return nodes.image(uri="/" + relpath(file, self.env.srcdir), alt=self.options.get("alt", ""))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("archspec", ArchspecDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
