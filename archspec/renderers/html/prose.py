"""The little Markdown that rules are written in, as HTML: headings, paragraphs, lists, code, links."""

import re

from archspec.renderers.html.tags import Html, join, link, preformatted, tag, text

_INLINE = re.compile(
    r"``(?P<double>[^`]+)``|`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*"
    r"|\[(?P<title>[^\]]+)\]\((?P<to>[^)\s]+)\)"
    r"|(?P<bare>https?://[^\s<>()]+[^\s<>().,;:])"
)
_ITEM = re.compile(r"^\s*[-*]\s+")
_FENCE = re.compile(r"^(```+|~~~+)")


def code(content: str, label: str) -> Html:
    """Text as typed, in a box that scrolls."""
    return tag("pre", tag("code", preformatted(content)), class_="code", tabindex=0, role="region", aria_label=label)


def prose(markdown: str, heading: str = "h4") -> Html:
    """A text in blocks, its headings all of one level."""
    return join(_block(kind, lines, heading) for kind, lines in _blocks(markdown))


def _blocks(markdown: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    fence = ""
    for line in markdown.expandtabs(4).splitlines():
        mark = _FENCE.match(line.strip())
        if fence:
            if line.strip().startswith(fence):
                fence = ""
                found.append(("end", []))
            else:
                found[-1][1].append(line)
        elif mark:
            fence = mark[1]
            found.append(("code", []))
        else:
            _plain_line(line, found)
    return [(kind, lines) for kind, lines in found if lines]


def _plain_line(line: str, found: list[tuple[str, list[str]]]) -> None:
    last = found[-1][0] if found else "end"
    indented = line.startswith("    ")
    if not line.strip():
        if last == "indented":
            found[-1][1].append("")
        else:
            found.append(("end", []))
    elif line.startswith("#"):
        found.append(("heading", [line.lstrip("#").strip()]))
    elif set(line.strip()) in ({"-"}, {"="}) and last == "paragraph" and len(found[-1][1]) == 1:
        found[-1] = ("heading", found[-1][1])
    elif last == "indented" and indented:
        found[-1][1].append(line)
    elif _ITEM.match(line):
        _continue("list", _ITEM.sub("", line), found)
    elif last == "list":
        found[-1][1][-1] += " " + line.strip()
    elif indented and last != "paragraph":
        found.append(("indented", [line]))
    else:
        _continue("paragraph", line.strip(), found)


def _continue(kind: str, line: str, found: list[tuple[str, list[str]]]) -> None:
    if found and found[-1][0] == kind:
        found[-1][1].append(line)
    else:
        found.append((kind, [line]))


def _block(kind: str, lines: list[str], heading: str) -> Html:
    match kind:
        case "heading":
            return tag(heading, inline(lines[0]))
        case "code":
            return code("\n".join(lines), "Example")
        case "indented":
            return code("\n".join(line[4:] for line in lines).rstrip(), "Example")
        case "list":
            return tag("ul", *(tag("li", inline(item)) for item in lines))
        case _:
            return tag("p", inline(" ".join(lines)))


def inline(line: str) -> Html:
    """A line with `code`, **strong** and links.

    >>> inline("set `hit` to **90%**")
    'set <code>hit</code> to <strong>90%</strong>'
    """
    parts: list[str] = []
    at = 0
    for found in _INLINE.finditer(line):
        parts += [_spaced(line[at : found.start()]), _marked(found)]
        at = found.end()
    return Html("".join([*parts, _spaced(line[at:])]))


def _spaced(piece: str) -> str:
    """The piece escaped; blanks at its ends, which part it from its neighbours, are kept."""
    before = " " if piece[:1].isspace() else ""
    after = " " if piece.strip() and piece[-1:].isspace() else ""
    return f"{before}{text(piece)}{after}"


def _marked(found: re.Match[str]) -> Html:
    if found["strong"]:
        return tag("strong", found["strong"])
    if found["title"]:
        return link(found["title"], found["to"])
    if found["bare"]:
        return link(found["bare"], found["bare"])
    return tag("code", found["double"] or found["code"])
