"""`did you mean …?`"""

import pytest

from archspec.language.suggestions import closest, did_you_mean, listed, with_article


@pytest.mark.parametrize(
    ("word", "found"),
    [("sesions", "sessions"), ("Load-Balancer", "load_balancer"), ("zonea", "zone-a"), ("nothing", None), ("", None)],
)
def test_the_closest_known_word_is_close(word: str, found: str | None) -> None:
    assert closest(word, ["sessions", "load_balancer", "zone-a"]) == found


def test_where_nothing_is_close_the_remedy_is_another() -> None:
    assert did_you_mean("xyz", ["api"], "name one of `api`.") == "name one of `api`."


def test_a_long_list_is_cut() -> None:
    assert listed("abcdef", most=4) == "`a`, `b`, `c`, `d` and 2 more"


def test_an_article_fits_its_noun() -> None:
    assert [with_article(word) for word in ("server", "object_store", "alert")] == [
        "a server",
        "an object_store",
        "an alert",
    ]
