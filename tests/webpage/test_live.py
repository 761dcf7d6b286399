"""What is served of a spec at a moment, step by step."""

import asyncio
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import ArchspecError, SpecError
from archspec.language import load, load_text
from archspec.webpage.gathering.gallery import FORMATS, drawn
from archspec.webpage.gathering.placing import Placing
from archspec.webpage.live.edition import PAGE, PICTURES, Edition
from archspec.webpage.live.live import Live
from archspec.webpage.live.renewal import Renewal, blank, read, told
from archspec.webpage.live.server import contents
from archspec.webpage.live.work import SupersededError, Work

SPEC = """archspec: 1
name: Shop
components: {user: {kind: client}, api: {kind: server}}
connections: [user -> api]
views: {all: {}, front: {title: The front, include: [api]}}
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(SPEC)
    return path


def renewal(spec: Path, text: str = SPEC) -> Renewal:
    spec.write_text(text)
    return Renewal(spec, load(spec), Placing(), Work())


def titles(edition: Edition) -> list[str]:
    return [picture.title for picture in edition.content.pictures]


def state(edition: Edition) -> tuple[int, int, bool]:
    return edition.page, edition.pictures, edition.is_complete


def test_before_a_spec_is_read_its_page_is_blank_and_being_worked_on(spec: Path) -> None:
    edition = blank(spec, 7)
    assert state(edition) == (7, 7, False)
    assert (edition.content.name, edition.content.is_judged, list(edition.files)) == ("shop.yaml", False, [PAGE])
    assert b'data-number="7"' in edition.files[PAGE]


def test_a_whole_page_is_complete_and_tells_where_news_come_from(spec: Path) -> None:
    edition = renewal(spec).whole_page(9)
    assert state(edition) == (9, 9, True)
    assert (edition.content.name, titles(edition)) == ("Shop", ["all", "The front"])
    assert sorted(edition.files) == [PAGE, "lint.json", "views/all.svg", "views/front.svg"]
    assert b'<meta name="archspec-live" content="events" data-number="9">' in edition.files[PAGE]


def test_the_picture_that_somebody_looks_at_is_renewed_alone_and_first(spec: Path) -> None:
    before = renewal(spec).whole_page(1)
    after = renewal(spec, SPEC.replace("{}", "{title: Everything}").replace("The front", "The door"))
    first = after.first_picture(before, "front", 2)
    assert (titles(first), state(first)) == (["all", "The door"], (1, 2, False))
    assert b"The door" in first.files[PICTURES]
    assert b'href="views/front.svg"' in first.files[PICTURES]
    every = after.every_picture(first, 3)
    assert (titles(every), state(every)) == (["Everything", "The door"], (1, 3, False))


def test_pictures_that_show_the_same_keep_their_number(spec: Path) -> None:
    before = renewal(spec).whole_page(1)
    after = renewal(spec, SPEC + "owner: Shop team\n")
    assert state(after.every_picture(before, 2)) == (1, 1, False)
    assert state(after.first_picture(before, "front", 2)) == (1, 1, False)
    assert state(after.first_picture(before, "gone", 2)) == (1, 1, False)


def test_work_for_an_older_text_ends_before_its_next_step(spec: Path) -> None:
    older = renewal(spec)
    older.work.drop()
    with pytest.raises(SupersededError):
        older.every_picture(blank(spec, 1), 2)


def test_files_that_were_looked_for_in_vain_are_watched_too(spec: Path) -> None:
    spec.write_text("include: [more.yaml]\n" + SPEC)
    found = read(spec, allow_outside=False)
    assert found.architecture is None
    assert {str(spec), str(spec.parent / "more.yaml")} <= found.files
    assert "there is no file" in found.problem


def spec_error() -> SpecError:
    with pytest.raises(SpecError) as error:
        load_text("archspec: 1\nname: A\ncomponents: {a: {kind: sever}}\n")
    return error.value


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (spec_error(), "did you mean `server`?"),
        (ArchspecError("there is no such rule."), "there is no such rule."),
        (PermissionError(13, "Permission denied", "shop.yaml"), "shop.yaml: Permission denied."),
        (OSError("too many files"), "a file: too many files."),
        (KeyError("api"), "a defect of archspec itself: KeyError: 'api'\nPlease report it with the spec; "),
    ],
)
def test_what_is_wrong_is_said_as_a_person_reads_it(error: Exception, words: str) -> None:
    assert words in told(error)


def test_who_listens_hears_at_once_whether_more_is_to_come(spec: Path) -> None:
    async def first() -> Any:
        live = Live(spec, allow_outside=False, tell=lambda _: None)
        return json.loads((await anext(live.stream())).removeprefix(b"data: ")), live.edition.page

    news, number = asyncio.run(first())
    assert news == {"page": number, "pictures": number, "problem": "", "working": True}


def test_several_specs_stand_in_a_list_of_links() -> None:
    listed = contents("specs", ["chat/", "shop/"])
    assert '<h1>Specs in specs</h1><ul class="specs"><li><a href="chat/">chat</a></li>' in listed
    assert "<title>Specs in specs</title>" in listed


def test_the_bitmap_beside_a_page_is_twice_as_large_as_the_picture() -> None:
    architecture = load_text(SPEC)
    files = drawn(architecture, architecture.views["all"], Placing(), FORMATS).files
    width, height = struct.unpack(">II", files["views/all.png"][16:24])
    assert f'width="{width // 2}" height="{height // 2}"' in files["views/all.svg"].decode()
