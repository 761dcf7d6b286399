"""What a command gives, as Markdown."""

import re
from collections.abc import Callable
from urllib.parse import quote

from archspec.embedding.request import Request

_AS_IT_IS = frozenset({"markdown"})
_LANGUAGES = frozenset({"mermaid", "json", "dot", "csv"})
_RUN = re.compile(r"`{3,}")


def arguments_of(request: Request) -> list[str]:
    """The command line as it is run: without colours; a picture that goes to no file is a Mermaid diagram."""
    shown = ["--no-color"] + (["--quiet"] if request.command != "rule" else [])
    if request.command == "render" and request.format is None and request.output is None:
        shown += ["--format", "mermaid"]
    return [*request.arguments, *shown]


def content(request: Request, told: str, title: Callable[[], str]) -> str:
    """The lines between the markers: an image, Markdown, or a fence that nothing in it closes."""
    if request.output is not None:
        words = " ".join(re.sub(r"([\\\[\]<>])", r"\\\1", title()).split())
        return f"![{words}]({quote(request.output, safe='/._-~')})\n"
    if request.format in _AS_IT_IS:
        return told
    language = request.format or ("mermaid" if request.command == "render" else "text")
    fence = "`" * max(3, 1 + max(map(len, _RUN.findall(told)), default=0))
    ended = told if told.endswith("\n") or not told else f"{told}\n"
    return f"{fence}{language if language in _LANGUAGES else 'text'}\n{ended}{fence}\n"
