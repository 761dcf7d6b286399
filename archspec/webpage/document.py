"""The HTML document: head, policy, style, sections. It asks for nothing from anywhere."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from gzip import compress
from hashlib import sha256

from archspec.renderers import Html, font_faces, join, tag
from archspec.renderers.assets import asset
from archspec.simulation.engine import WASM
from archspec.webpage.album import Album
from archspec.webpage.content import PageContent, Picture
from archspec.webpage.data import data, views
from archspec.webpage.elements import files, section
from archspec.webpage.sections.components import components
from archspec.webpage.sections.diagrams import diagrams
from archspec.webpage.sections.findings import findings, rules
from archspec.webpage.sections.flows import flows
from archspec.webpage.sections.navigation import navigation
from archspec.webpage.sections.overview import figures, overview
from archspec.webpage.sections.pipelines import pipelines

AVAILABILITY = "From what each flow needs, exact or between bounds: steady state of every part, zones as common causes."
CAPACITY = "From the rates of the flows and the work of each step (utilisation law)."
ALERTS = "What is watched, when it is wrong, and who is told."


def page(content: PageContent, *, live: int | None = None) -> str:
    """The page as one HTML text. Served, it has a number, listens at `events` beside it and renews itself in place."""
    album = Album()
    body = _body(content, album)
    css, js = style_sheet(album.dark_rules), script()
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy(css, js, live=live is not None)),
        _live(live) if live is not None else None,
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=f"archspec {content.version}"),
        tag("meta", name="description", content=content.description) if content.description else None,
        tag("title", content.name),
        tag("link", rel="icon", href="data:,"),
        tag("style", Html(css)),
    )
    whole = tag("body", body, _packed("data", data(content)), *_engine(content.walks), tag("script", Html(js)))
    return f"<!doctype html>\n{tag('html', head, whole, lang='en')}\n"


def _engine(walks: str) -> tuple[Html, ...]:
    """The engine and what it walks, where there is a flow."""
    if not walks:
        return ()
    engine = tag("script", Html(packed_engine()), type="application/gzip", id="archspec-engine")
    return _packed("walks", walks), engine


def _packed(name: str, text: str) -> Html:
    """A text for the viewer, of a type that no browser runs or shows."""
    return tag("script", Html(packed(text.encode("utf-8", "replace"))), type="application/gzip", id=f"archspec-{name}")


def diagrams_alone(pictures: tuple[Picture, ...], number: int) -> str:
    """The section of diagrams as a document of its own, with which a served page renews its pictures first."""
    album = Album("fresh-")
    body = diagrams(pictures, album)
    told = tag("script", Html(views(pictures)), type="application/json", id="archspec-views")
    style = tag("style", Html(dark_style(album.dark_rules)), id="fresh-style")
    return f"<!doctype html>\n{tag('html', tag('head', _live(number), style), tag('body', album.sprite, body, told))}\n"


def _live(number: int) -> Html:
    return tag("meta", name="archspec-live", content="events", data_number=str(number))


def policy(css: str, js: str, *, live: bool) -> str:
    """What the page may load: itself, with the engine in it.

    A live page hears of changes, and takes the style of its renewed self.
    """
    style = "'unsafe-inline'" if live else f"'{_hash(css)}'"
    connect = "connect-src 'self'; " if live else ""
    return (
        f"default-src 'none'; style-src {style}; script-src '{_hash(js)}' 'wasm-unsafe-eval'; {connect}"
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    """The content's name in a Content-Security-Policy."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _body(content: PageContent, album: Album) -> Html:
    main = [
        overview(content),
        diagrams(content.pictures, album),
        flows(content.flows),
        findings(content) if content.is_judged else None,
        figures("availability", "Availability", AVAILABILITY, content.availability),
        figures("capacity", "Capacity", CAPACITY, content.capacity),
        figures("alerts", "Alerts", ALERTS, (content.alerts,) if content.alerts else ()),
        pipelines(content.pipelines),
        components(content),
        rules(content.rules),
        section("files", "Files", "Everything on this page, for other tools.", files(content.files))
        if content.files
        else None,
    ]
    made = tag(
        "footer",
        tag("p", f"Written by archspec {content.version}" + (f" from {content.spec}." if content.spec else ".")),
    )
    return join(
        [
            tag("a", "Skip to the content", href="#overview", class_="skip"),
            tag("a", "Skip to the picture", href="#diagrams", class_="skip"),
            album.sprite,
            tag("div", _aside(content), tag("main", *main, made), class_="frame"),
        ]
    )


def _aside(content: PageContent) -> Html:
    brand = tag("a", content.name, href="#overview", class_="brand")
    return tag("aside", brand, navigation(content), class_="aside")


def script() -> str:
    """JavaScript fit to stand inside an element: it holds no end tag."""
    return asset("viewer.js").decode().replace("</script", "<\\/script")


def packed(content: bytes) -> str:
    """Base64 of gzip, which names no time, so that the same content gives the same text."""
    return b64encode(compress(content, mtime=0)).decode()


@cache
def packed_engine() -> str:
    """The module that Python runs too."""
    return packed(WASM.read_bytes())


SHEETS = ("tokens", "base", "layout", "parts", "tables", "sections", "print")


def style_sheet(dark_rules: Mapping[str, str]) -> str:
    """All CSS of the page. `dark_rules`: declarations by selector for pictures on a dark page."""
    sheets = "\n".join(asset(f"page/{name}.css").decode() for name in SHEETS)
    viewer = asset("viewer.css").decode()
    return "\n".join((font_faces(), sheets, viewer, dark_style(dark_rules)))


def dark_style(rules: Mapping[str, str]) -> str:
    """The dark colours where the system asks for them, and where the reader chose them."""
    by_system = "".join(f':root:not([data-theme="light"]) {name}{{{body}}}' for name, body in rules.items())
    by_choice = "".join(f':root[data-theme="dark"] {name}{{{body}}}' for name, body in rules.items())
    return f"@media screen and (prefers-color-scheme:dark){{{by_system}}}@media screen{{{by_choice}}}"
