"""Mermaid's C4 container diagram."""

from archspec.renderers import FromScene, Options, Output, Renderer, Scene, clean, toward_cards
from archspec.renderers.c4 import lines
from archspec.renderers.formats.mermaid import entities

_AS_TEXT = "\ufe0e"
"""Asks that the character before it be written as a letter, and not as a picture: it has no width of its own."""
_WRITTEN = {"<": "#lt;", ">": "#gt;", "&": "#amp;", '"': "”"} | {char: char + _AS_TEXT for char in "#%\\"}


def _quoted(text: str) -> str:
    """The text in quotes. Of an element Mermaid shows all entities but three as they are written, so what has a meaning
    loses it by a selector that has no width, and a quotation mark becomes a curly one.
    """
    return f'"{"".join(_WRITTEN.get(char, char) for char in clean(text))}"'


def _mermaid_c4(scene: Scene, options: Options) -> Output:
    head = ["C4Container", *([f"title {entities(scene.title)}"] if clean(scene.title) else [])]
    notes = ("mermaid-c4 shows no icons, no stacks of replicas and no styles of lines.",)
    return Output(
        ("\n".join([*head, *lines(scene, _quoted)]) + "\n").encode(), (*notes, *toward_cards(scene, "mermaid-c4"))
    )


RENDERER = Renderer(
    "mermaid-c4", (".c4.mmd",), "text/vnd.mermaid", "a C4 container diagram for Mermaid", FromScene(_mermaid_c4)
)
