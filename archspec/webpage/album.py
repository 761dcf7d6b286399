"""Our SVG documents inside one HTML page: ids kept apart, icons embedded once, dark colours by the page's choice."""

import re
from dataclasses import dataclass, field

from archspec.renderers import Html, number

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_DARK = re.compile(r"@media \(prefers-color-scheme:dark\)\{((?:[^{}]*\{[^{}]*\})*)\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SYMBOL = re.compile(r'<symbol id="([^"]*)"([^>]*)>(.*?)</symbol>', re.DOTALL)
_DEFINITIONS = re.compile(r"<defs>\s*</defs>|<defs/>")
_IDENTIFIER = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r' ((?:xlink:)?href|aria-labelledby|aria-describedby)="([^"]*)"|url\(#([^)"]*)\)')
_ROOT_SIZE = re.compile(r'(<svg\b[^>]*?) width="([0-9.]+)" height="([0-9.]+)"')
SCALE = 1.25
_XML_HEADER = re.compile(r"^\s*<\?xml[^>]*\?>\s*")


@dataclass
class Album:
    """The pictures of one page. Embed each, then write `sprite` and `dark_rules` once.

    Ids begin with `mark`, which keeps apart the pictures of two albums on one page.
    """

    mark: str = ""
    _symbols: dict[str, str] = field(default_factory=dict)
    _rules: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def embed(self, svg: str) -> Html:
        """The picture as an inline element, a little larger than by itself, as texts on a page are."""
        self._count += 1
        prefix = f"{self.mark}p{self._count}-"
        svg = _XML_HEADER.sub("", svg)
        for style in _STYLE.findall(svg):
            self._remember(style)
        svg = _STYLE.sub("", svg)
        shared: dict[str, str] = {}
        svg = _SYMBOL.sub(lambda found: self._share(found, shared), svg)
        svg = _IDENTIFIER.sub(lambda found: f' id="{prefix}{found[1]}"', svg)
        svg = _REFERENCE.sub(lambda found: _redirect(found, prefix, shared), svg)
        svg = _DEFINITIONS.sub("", svg)
        return Html(_ROOT_SIZE.sub(_larger, svg, count=1).strip())

    @property
    def sprite(self) -> Html:
        """Every icon used, once, in a picture of no size."""
        if not self._symbols:
            return Html("")
        symbols = "".join(f'<symbol id="{id_}"{content}</symbol>' for content, id_ in self._symbols.items())
        return Html(f'<svg class="sprite" width="0" height="0" aria-hidden="true">{symbols}</svg>')

    @property
    def dark_rules(self) -> dict[str, str]:
        """Declarations by selector that hold on a dark page."""
        return dict(sorted(self._rules.items()))

    def _remember(self, style: str) -> None:
        for block in _DARK.findall(style):
            for selectors, declarations in _RULE.findall(block):
                self._rules[selectors.strip()] = declarations.strip()

    def _share(self, found: re.Match[str], shared: dict[str, str]) -> str:
        content = f"{found[2]}>{found[3]}"
        shared[found[1]] = self._symbols.setdefault(content, f"{self.mark}icon-{len(self._symbols) + 1}")
        return ""


def _larger(found: re.Match[str]) -> str:
    width, height = (number(float(size) * SCALE) for size in found.group(2, 3))
    return f'{found[1]} width="{width}" height="{height}"'


def _redirect(found: re.Match[str], prefix: str, shared: dict[str, str]) -> str:
    if found[3] is not None:
        return f"url(#{prefix}{found[3]})"
    name, value = found[1], found[2]
    if name.startswith("aria"):
        return f' {name}="{" ".join(prefix + word for word in value.split())}"'
    if not value.startswith("#"):
        return found[0]
    return f' {name}="#{shared.get(value[1:], prefix + value[1:])}"'
