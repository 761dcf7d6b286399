"""The page as a whole: safe, self-contained, complete without JavaScript."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from archspec.webpage.document import page
from tests.properties import examples
from tests.webpage.example import content

PLAIN = len(list(html.fromstring(page(content())).iter("script", "style", "img", "a")))
HOSTILE = ["<script>alert(1)</script>", "]]>", "\"'><img src=x onerror=alert(1)>", "</style></script>", "\u202egnp"]


def test_the_page_shows_every_section_in_order() -> None:
    document = html.fromstring(page(content()))
    sections = [section.get("id") for section in document.findall(".//section")]
    assert sections == [
        *("overview", "diagrams", "flows", "findings", "availability", "alerts"),
        *("pipelines", "components", "rules", "files"),
    ]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert page(content()) == page(content())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_spec_becomes_markup(text: str) -> None:
    def tags(document: str) -> list[str]:
        return [element.tag for element in html.fromstring(document).iter() if isinstance(element.tag, str)]

    assert tags(page(content(name=text, label=text))) == tags(page(content()))


@given(st.text(max_size=60))
@examples(60)
def test_any_text_is_shown_without_becoming_markup(text: str) -> None:
    document = html.fromstring(page(content(name=text, label=text)))
    assert len(list(document.iter("script", "style", "img", "a"))) == PLAIN


def test_style_and_script_are_allowed_by_their_hashes_alone() -> None:
    text = page(content())
    policy = html.fromstring(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    engine = {"style": "", "script": " 'wasm-unsafe-eval'"}
    for name in ("style", "script"):
        blocks = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        hashes = [b64encode(sha256(block.encode()).digest()).decode() for block in blocks]
        assert re.findall(rf"{name}-src ([^;]*)", policy) == [
            " ".join(f"'sha256-{each}'" for each in hashes) + engine[name]
        ]


def test_nothing_is_asked_for_from_elsewhere() -> None:
    document = html.fromstring(page(content()))
    sources = document.xpath("//@src | //link/@href | //*[local-name()='image']/@href")
    assert [source for source in sources if not source.startswith("data:")] == []


def test_a_link_with_an_unsafe_scheme_stays_text() -> None:
    document = html.fromstring(page(content()))
    assert [link for link in document.xpath("//a/@href") if "javascript" in link] == []
    assert "bad" in document.get_element_by_id("component-api").text_content()


def test_every_inner_link_has_its_target() -> None:
    document = html.fromstring(page(content()))
    ids = document.xpath("//@id")
    wanted = [link[1:] for link in document.xpath("//a/@href") if link.startswith("#")]
    assert len(ids) == len(set(ids))
    assert [name for name in wanted if name not in ids] == []


def test_a_finding_leads_to_the_page_of_its_rule() -> None:
    document = html.fromstring(page(content()))
    assert document.xpath("//*[@id='finding-1']//a/@href") == ["#rule-AVL01"]
    assert (
        "A component one of whose instances fails requests" in document.get_element_by_id("rule-AVL01").text_content()
    )


def test_the_head_tells_machines_what_the_page_is() -> None:
    head = html.fromstring(page(content())).find("head")
    named = {each.get("name"): each.get("content") for each in head.findall("meta") if each.get("name")}
    assert named["description"] == "How a request for a video is served."
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["color-scheme"] == "light dark"
    assert named["generator"].startswith("archspec ")
    assert head.findtext("title") == content().name
