"""What is read out of texts of other people's files: addresses, words, trees of calls; and no secret."""

import pytest

from archspec.importers.addresses import addresses, clean_path, in_words
from archspec.importers.identities import owner, stem
from archspec.importers.nesting import nested
from archspec.importers.texts import link, plain, sentence, tags


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("URL", "http://api:8080/x?y=http", ["http://api:8080"]),
        ("URL", "http://api", ["http://api"]),
        ("URL", "jdbc:postgresql://DB:5432/x", ["postgresql://db:5432"]),
        ("URL", "mongodb://u:p@a:1,b:2,c/x", ["mongodb://a:1", "mongodb://b:2", "mongodb://c"]),
        ("URL", "amqp://u:p/w@mq:5672", ["amqp://mq:5672"]),
        ("URL", "redis://cache:x/1", []),
        ("URL", "two http://a:80 and http://b:81 http://a:80", ["http://a:80", "http://b:81"]),
        ("DSN", "user:pw@tcp(db:3306)/x", ["db:3306"]),
        ("DSN", "user:pw@udp(db)/x", ["db"]),
        ("DSN", "Server=tcp:db,1433;User=x", ["db:1433"]),
        ("DSN", "host=db port=5432", ["db"]),
        ("X", "user:pw@db:5432", ["db:5432"]),
        ("X", "api:8080", ["api:8080"]),
        ("X", "a.b:80, c-d:443", ["a.b:80", "c-d:443"]),
        ("X", "12:30", []),
        ("X", "api:8", []),
        ("X", "api:123456", []),
        ("X", "a/api:80", []),
        ("X", "api:80:90", []),
        ("X", "api", []),
        ("REDIS_HOST", "cache", ["cache"]),
        ("REDIS_HOST", "one, two", ["one", "two"]),
        ("REDIS_HOST", "10.0.0.1", []),
        ("REDIS_HOST", "a b", []),
        ("X", "x" * 10_000 + " api:8080", []),
        ("X", "x" * 9_000 + " api:8080", ["api:8080"]),
        ("X", "", []),
    ],
)
def test_the_hosts_in_a_value_are_found_each_once(key: str, value: str, found: list[str]) -> None:
    assert [str(each) for each in addresses(key, value)] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--db-host", "store"], [("--db-host", "store")]),
        (["--db-host=store"], [("--db-host", "store")]),
        (["api:80"], [("", "api:80")]),
        (["-v", "api:80", "web:81"], [("-v", "api:80"), ("", "web:81")]),
        (["--redis-host", "--verbose", "cache"], []),
        (["--redis-host", "x=api:80", "cache"], [("x", "api:80")]),
        (["a/b=api:80"], [("", "api:80")]),
    ],
)
def test_an_address_in_a_command_is_known_by_its_flag(words: list[str], found: list[tuple[str, str]]) -> None:
    assert [(flag, str(each)) for flag, each in in_words(words)] == found


@pytest.mark.parametrize(("path", "clean"), [("/a?token=1", "/a"), ("/a#b?c", "/a"), ("/a", "/a"), ("?a", "")])
def test_a_path_loses_what_may_be_a_token(path: str, clean: str) -> None:
    assert clean_path(path) == clean


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "A1" * 8,
        "ghp_" + "a1" * 18,
        "github_pat_" + "a" * 22,
        "glpat-" + "a" * 20,
        "sk_live_" + "a" * 16,
        "xoxb-" + "1" * 10,
        "AIza" + "a" * 35,
        "-----BEGIN RSA PRIVATE KEY-----",
        "postgres://user:hunter2@",
        "password: hunter2",
        "API_KEY=hunter2",
        "token = hunter2",
    ],
)
def test_no_secret_is_taken_over(secret: str) -> None:
    assert plain(f"begin {secret} end") == "begin … end"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" a \n\t b ", "a b"),
        ("a" * 500, "a" * 500),
        ("a" * 501, "a" * 499 + "…"),
        ("  ", None),
        (None, None),
        (5, None),
        ("a tokenizer", "a tokenizer"),
        ("see https://x.org/a", "see https://x.org/a"),
    ],
)
def test_a_text_is_on_one_line_and_not_too_long(text: object, told: str | None) -> None:
    assert plain(text) == told


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://x.org", "https://x.org"),
        (" http://x.org/a ", "http://x.org/a"),
        ("https://u:p@x.org/a?b#c", "https://x.org/a"),
        ("ftp://x.org", None),
        ("https:///a", None),
        ("https://x.org/a b", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_a_link_is_a_url_of_the_web_without_what_is_secret(text: object, url: str | None) -> None:
    assert link(text) == url


def test_names_become_tags_each_once() -> None:
    assert (tags(["a b", "A.b", "a b"]), tags([])) == (["a-b", "A-b"], None)


@pytest.mark.parametrize(
    ("key", "words"), [("signInNow", "Sign in now"), ("a_b-c", "A b c"), ("HTTP", "Http"), ("", "")]
)
def test_a_key_is_told_in_words(key: str, words: str) -> None:
    assert sentence(key) == words


@pytest.mark.parametrize(
    ("id_", "named", "of"),
    [
        ("media-service", "media", "media"),
        ("media_API", "media", "media"),
        ("service", "service", ""),
        ("a-b", "a-b", "a"),
        ("a-b-web", "a-b", "a-b"),
    ],
)
def test_a_store_bears_the_name_of_its_service(id_: str, named: str, of: str) -> None:
    assert (stem(id_), owner(id_)) == (named, of)


def test_messages_become_a_tree_of_calls() -> None:
    begins, steps, lost = nested(
        [("a", "b", "asks"), ("b", "c", None), ("c", "d", None), ("b", "e", None), ("x", "y", None), ("a", "c", "")]
    )
    assert begins == "a"
    assert steps == [
        {"call": "b", "does": "asks", "steps": [{"call": "c", "steps": [{"call": "d"}]}, {"call": "e"}]},
        {"call": "c"},
    ]
    assert lost == ["x -> y begins with somebody whom nobody has called"]
    assert nested([]) == (None, [], [])


def test_who_was_called_twice_answers_in_the_later_call() -> None:
    _, steps, _ = nested([("a", "b", None), ("b", "b", None), ("b", "c", None)])
    assert steps == [{"call": "b", "steps": [{"call": "b", "steps": [{"call": "c"}]}]}]
