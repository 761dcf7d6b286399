"""Several SVG documents in one page."""

from archspec.webpage.album import Album
from tests.webpage.example import SVG


def test_an_icon_of_two_pictures_is_embedded_once() -> None:
    album = Album()
    both = album.embed(SVG) + album.embed(SVG.replace("overview", "delivery"))
    assert album.sprite.count("<symbol") == 1
    assert both.count('<use href="#icon-1"') == 2


def test_ids_of_two_pictures_are_kept_apart() -> None:
    album = Album()
    assert 'id="p1-overview-lb"' in album.embed(SVG)
    second = album.embed(SVG)
    assert 'id="p2-overview-lb"' in second
    assert 'aria-labelledby="p2-overview-title p2-overview-desc"' in second


def test_dark_colours_move_from_the_picture_to_the_page() -> None:
    album = Album()
    assert "<style>" not in album.embed(SVG)
    assert album.dark_rules == {".as-card": "fill:#171e29;stroke:#3d4a5c"}


def test_a_picture_is_a_quarter_larger_than_by_itself() -> None:
    assert ' width="375" height="100" viewBox="0 0 300 80"' in Album().embed(SVG)
