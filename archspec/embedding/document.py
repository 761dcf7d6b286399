"""A Markdown file made current: what stands between its markers is replaced, and nothing else of it."""

from collections.abc import Callable
from dataclasses import field

from archspec.embedding.markers import Block, blocks, lines_of
from archspec.errors import Problem, SpecError
from archspec.frozen import frozen

Filled = Callable[[Block], str]


@frozen(slots=False)
class Embedded:
    """A file's text before and after; `pictures` are the files beside it, by path, that it shows."""

    before: str
    after: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def filled(text: str, file: str, content: Filled) -> str:
    """The text with each block's content; line ends are those of the block's own marker.

    Raises:
        SpecError: a marker is wrong, or what comes between two would be read as a marker.

    """
    lines = lines_of(text)
    found = blocks(lines, file)
    made: list[str] = []
    at = 0
    for block in found:
        made += lines[at : block.first]
        end = "\r\n" if lines[block.first - 1].endswith("\r\n") else "\n"
        made += [
            (block.indent + line if line else "") + end
            for line in content(block).replace("\r\n", "\n").rstrip("\n").split("\n")
        ]
        at = block.last
    after = "".join([*made, *lines[at:]])
    if [block.command for block in _read_again(after, file)] != [block.command for block in found]:
        message = "what is embedded would be read as a marker"
        problem = Problem(message, "choose another format, such as `--format text`.", found[0].span, "syntax")
        raise SpecError((problem,), {file: text})
    return after


def _read_again(text: str, file: str) -> tuple[Block, ...]:
    try:
        return blocks(lines_of(text), file)
    except SpecError:
        return ()
