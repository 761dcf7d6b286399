"""HTML written safely: texts and attributes are cleaned and escaped on their way in; only `Html` passes as markup."""

from collections.abc import Iterable

from archspec.renderers import clean_text

VOID = frozenset({"meta", "link", "br", "hr", "input", "img", "wbr"})
SAFE_SCHEMES = ("https://", "http://", "mailto:")


class Html(str):
    """Markup that is already safe."""

    __slots__ = ()


Child = str | None


def text(content: str) -> Html:
    """A text as HTML, fit for attributes too.

    >>> text('</script> & "q"')
    '&lt;/script&gt; &amp; &quot;q&quot;'
    """
    safe = clean_text(content).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Html(safe.replace('"', "&quot;").replace("'", "&#39;"))


def preformatted(content: str) -> Html:
    """A text whose blanks count, as HTML; control characters are dropped, line breaks and blanks kept."""
    shown = "\n".join(_blanks(line) for line in content.split("\n"))
    return Html(shown)


def _blanks(line: str) -> str:
    stripped = line.lstrip(" ")
    words = " ".join(text(word) for word in stripped.split(" "))
    return " " * (len(line) - len(stripped)) + words


def join(parts: Iterable[Child], separator: str = "") -> Html:
    """Children one after the other; plain strings among them are escaped."""
    return Html(separator.join(part if isinstance(part, Html) else text(part) for part in parts if part))


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. An attribute that is None or False is left out, True is written bare.

    A trailing underscore of a name is dropped, others become dashes: `class_`, `aria_label`.

    >>> tag("p", "a < b", class_="note", hidden=True)
    '<p class="note" hidden>a &lt; b</p>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


def link(content: Child, href: str, **attributes: str) -> Html:
    """A link out of the page where its scheme is safe, else the bare content.

    >>> link("docs", "javascript:alert(1)")
    'docs'
    """
    if not href.lower().startswith(SAFE_SCHEMES):
        return join([content])
    return tag("a", content, href=href, rel="noreferrer", **attributes)
