"""Mermaid's C4 container diagram."""

from archspec.renderers.c4 import lines
from archspec.renderers.formats.mermaid import quoted
from archspec.renderers.renderer import FromScene, Options, Output, Renderer
from archspec.renderers.scene import Scene
from archspec.renderers.text import clean


def _mermaid_c4(scene: Scene, options: Options) -> Output:
    title = quoted(scene.title)[1:-1]
    head = ["C4Container", *([f"title {title}"] if clean(scene.title) else [])]
    notes = ("mermaid-c4 shows no icons, no stacks of replicas and no styles of lines.",)
    return Output(("\n".join([*head, *lines(scene, quoted)]) + "\n").encode(), notes)


RENDERER = Renderer(
    "mermaid-c4", (".c4.mmd",), "text/vnd.mermaid", "a C4 container diagram for Mermaid", FromScene(_mermaid_c4)
)
