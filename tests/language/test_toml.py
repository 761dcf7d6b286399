"""TOML of strangers: what is read, and what is refused."""

from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language.reader.toml import LIMIT, parse_toml, toml_text

FILE = Path("archspec.toml")


def test_a_file_is_read_with_the_ends_of_lines_of_any_system(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("a = 'é'\r\nb = 2\n".encode())
    assert parse_toml(toml_text(path), path) == {"a": "é", "b": 2}


def test_a_file_lies_in_its_own_folder_unless_any_place_will_do(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.toml").write_text("a = 1")
    link = tmp_path / "inner" / "a.toml"
    link.symlink_to(tmp_path / "a.toml")
    assert toml_text(link, allow_outside=True) == "a = 1"
    with pytest.raises(UsageError, match="leads out of its folder"):
        toml_text(link)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"a = 1\n\xff")
    (tmp_path / "large.toml").write_bytes(b"#" * (LIMIT + 1))
    (tmp_path / "most.toml").write_bytes(b"#" * LIMIT)
    with pytest.raises(UsageError, match=r"cannot read .*nowhere\.toml: No such file or directory; check the path\."):
        toml_text(tmp_path / "nowhere.toml")
    with pytest.raises(UsageError, match=r"a\.toml is not TOML: byte 6 is not UTF-8; save it as UTF-8\."):
        toml_text(tmp_path / "a.toml")
    with pytest.raises(UsageError, match=r"large\.toml` is larger than 1 MiB"):
        toml_text(tmp_path / "large.toml")
    assert len(toml_text(tmp_path / "most.toml")) == LIMIT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "archspec.toml is not TOML: Invalid value (at end of document); fix it."),
        ("a." * 101 + "b = 1", "archspec.toml has a key of more than 100 parts; shorten it."),
        ("[" + "a." * 101 + "b]", "archspec.toml has a key of more than 100 parts; shorten it."),
        ("x = {" + "a." * 101 + "b = 1}", "archspec.toml has a key of more than 100 parts; shorten it."),
        ("a = " + "[" * 5000, "archspec.toml is nested too deeply; flatten it."),
        ("a = " + "1" * 5000, "archspec.toml has a number that is too long; shorten it."),
    ],
)
def test_a_text_that_is_no_toml_or_takes_long_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_toml(text, FILE)
    assert str(caught.value) == message


def test_a_key_of_a_hundred_parts_is_read_and_points_elsewhere_do_not_count() -> None:
    assert parse_toml("a." * 100 + "b = 1", FILE)
    assert parse_toml(f"a = '{'.' * 500}'", FILE) == {"a": "." * 500}
