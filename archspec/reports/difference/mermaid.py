"""Both versions as a Mermaid flowchart, which GitHub and GitLab draw in a comment."""

from archspec.difference.difference import Difference
from archspec.difference.picture import scenes
from archspec.renderers import FromScene, Options, renderer_for
from archspec.reports import Report, Subject


def mermaid(difference: Difference) -> str:
    """What the SVG shows, with a class for each mark and its sign in the labels."""
    source = renderer_for("mermaid").source
    assert isinstance(source, FromScene)
    return source.run(scenes(difference)[2], Options()).data.decode()


REPORT = Report("mermaid", Subject.DIFFERENCE, (".mmd", ".mermaid"), mermaid)
