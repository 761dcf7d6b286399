"""The SVG is one well-formed document that nothing in a spec can break out of, and looks right without CSS."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import etree

from archspec.model import Shape
from archspec.renderers.layout.place import place
from archspec.renderers.scene import Link, Scene, SceneEdge, SceneNode
from archspec.renderers.svg.diagram import draw
from archspec.renderers.theme import DEFAULT, Colour, Theme
from tests.properties import examples
from tests.renderers.scenes_for_tests import HOSTILE, scenes, small_scene

SVG = {"s": "http://www.w3.org/2000/svg"}


def tree_of(scene: Scene) -> etree._Element:
    return etree.fromstring(draw(place(scene)).encode())


@examples(30)
@given(scenes())
def test_any_scene_gives_a_well_formed_document_without_scripts(scene: Scene):
    tree = tree_of(scene)
    tags = {etree.QName(node).localname for node in tree.iter() if isinstance(node.tag, str)}
    assert tags <= {"svg", "title", "desc", "style", "defs", "symbol", "image", "use", "g", "a", "rect", "path", "text"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_label_stays_text(text: str):
    scene = Scene("hostile", text, (SceneNode("a", text, Shape.SERVER, text, text, text),), (), (), text)
    tree = tree_of(scene)
    assert tree.xpath("//s:script | //s:b", namespaces=SVG) == []
    assert len(tree.xpath("//s:g[@data-id='a']", namespaces=SVG)) == 1


def test_a_label_of_300_characters_is_shown_short_and_told_in_full():
    tree = tree_of(Scene("long", "t", (SceneNode("a", "x" * 300, Shape.SERVER),)))
    shown = ["".join(node.itertext()) for node in tree.xpath("//s:g[@data-id='a']/s:text", namespaces=SVG)]
    assert shown == ["x" * 29 + "…"]
    assert tree.xpath("string(//s:g[@data-id='a']/s:title)", namespaces=SVG) == "x" * 300


def test_only_addresses_of_known_schemes_become_links():
    bad = SceneNode("a", "a", Shape.SERVER, links=(Link("x", "javascript:alert(1)"),))
    good = SceneNode("b", "b", Shape.SERVER, links=(Link("runbook", "https://example.com/?a=1&b=2"),))
    tree = tree_of(Scene("links", "t", (bad, good)))
    assert tree.xpath("//s:a/@href", namespaces=SVG) == ["https://example.com/?a=1&b=2"]


def test_it_names_itself_for_screen_readers():
    tree = tree_of(small_scene())
    assert (tree.get("role"), tree.get("aria-labelledby")) == ("img", "small-title small-desc")
    assert tree.xpath("string(s:title)", namespaces=SVG) == "A small system"
    assert tree.xpath("string(s:desc)", namespaces=SVG) == (
        "Who asks whom. 4 components, 3 connections: viewer to lb; lb to api; api to db."
    )


def test_an_icon_is_embedded_once_however_often_it_is_used():
    nodes = tuple(SceneNode(f"n{index}", "cache", Shape.CACHE, "Cache", "redis") for index in range(3))
    tree = tree_of(Scene("icons", "t", nodes))
    assert len(tree.xpath("//s:image", namespaces=SVG)) == 1
    assert tree.xpath("//s:use/@href", namespaces=SVG) == ["#icons-icon-onprem-inmemory-redis"] * 3


def test_a_technology_without_an_icon_gets_our_own_glyph():
    tree = tree_of(Scene("own", "t", (SceneNode("a", "a", Shape.QUEUE, "Queue", "in-house thing"),)))
    assert tree.xpath("//s:image", namespaces=SVG) == []
    assert len(tree.xpath("//s:g[@data-id='a']/s:path[@class='as-glyph-queue']", namespaces=SVG)) == 1


def test_replicas_are_a_stack_with_their_count():
    tree = tree_of(small_scene())
    assert tree.xpath("//s:g[@data-id='api']/s:text/text()", namespaces=SVG) == ["API", "Server", "×4"]
    assert len(tree.xpath("//s:g[@data-id='api']/s:rect[contains(@class, 'as-layer')]", namespaces=SVG)) == 2


def test_the_line_tells_the_kind_of_edge():
    tree = tree_of(small_scene())
    lines = tree.xpath("//s:g[@data-source]", namespaces=SVG)
    assert [(g.get("data-style"), g.find("s:path", SVG).get("stroke-dasharray")) for g in lines] == [
        ("request", None),
        ("request", None),
        ("asynchronous", "7 4"),
    ]


def test_a_muted_edge_is_faint():
    edges = tuple(replace(edge, muted=True) for edge in small_scene().edges)
    tree = tree_of(replace(small_scene(), edges=edges))
    assert tree.xpath("//s:g[@data-source]/@opacity", namespaces=SVG) == ["0.45"] * 3


def test_a_step_is_numbered_on_its_plate():
    edges = (SceneEdge("viewer", "lb", label="ask", step="1"),)
    tree = tree_of(replace(small_scene(), edges=edges))
    assert tree.xpath("//s:g[@data-layer='labels']/s:text/text()", namespaces=SVG) == ["1", "ask"]


def test_every_colour_of_the_dark_page_is_set_in_the_style_sheet():
    svg = draw(place(small_scene()))
    used = {name for names in re.findall(r'class="([a-z_ -]+)"', svg) for name in names.split()}
    assert used == set(re.findall(r"\.(as-[a-z_-]+)\{", svg))


def test_the_plain_picture_has_no_style_sheet_and_no_variables():
    plain = draw(place(small_scene()), adapts=False, with_font=False)
    assert "<style" not in plain
    assert "var(" not in plain
    assert "class=" not in plain


def test_the_same_scene_gives_the_same_bytes():
    assert draw(place(small_scene())) == draw(place(small_scene()))


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs(theme: Theme) -> dict[str, tuple[Colour, Colour]]:
    grounds = {"page": theme.page, "card": theme.card, "plate": theme.plate}
    found = {f"text on {name}": (theme.text, ground) for name, ground in grounds.items()}
    found |= {f"faint text on {name}": (theme.faint_text, ground) for name, ground in grounds.items()}
    found |= {f"glyph of {shape.name}": (theme.tone(shape).ink, theme.tone(shape).ground) for shape in Shape}
    found |= {"badge": (theme.badge_text, theme.badge), "failure": (theme.bad.ink, theme.page)}
    return found | {"step": (theme.page, theme.request)}


def test_text_meets_wcag_aa_on_light_and_dark_pages():
    too_faint = {
        (name, tone): round(contrast(getattr(a, tone), getattr(b, tone)), 2)
        for name, (a, b) in pairs(DEFAULT).items()
        for tone in ("light", "dark")
        if contrast(getattr(a, tone), getattr(b, tone)) < 4.5
    }
    assert too_faint == {}


def test_a_label_that_nearly_all_arrows_have_is_said_once_below_the_picture():
    ids = [f"s{index}" for index in range(6)]
    nodes = tuple(SceneNode(id_, id_, Shape.SERVER) for id_ in ("a", *ids))
    edges = tuple(SceneEdge("a", id_, label="grpc" if id_ != "s5" else "redis") for id_ in ids)
    tree = tree_of(Scene("usual", "t", nodes, edges))
    words = ["".join(node.itertext()) for node in tree.xpath("//s:text", namespaces=SVG)]
    assert ("grpc" in words, "redis" in words) == (False, True)
    assert "request: grpc unless it says otherwise (5 of 6)" in words
