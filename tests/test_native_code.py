"""The engine's native code in the user's cache folder: kept, or passed over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.native_code import kept

CODE = b"native code"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "archspec"


class Translator:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return CODE


def times_translated(before_the_second: Callable[[], object]) -> int:
    """How often code is translated that is asked for twice, with something done in between."""
    translator = Translator()
    assert kept("engine", translator) == CODE
    before_the_second()
    assert kept("engine", translator) == CODE
    return translator.times


def test_code_is_translated_once(cache: Path) -> None:
    assert times_translated(lambda: None) == 1


def test_code_of_another_name_is_another(cache: Path) -> None:
    kept("engine-1", lambda: b"one")
    assert kept("engine-2", lambda: b"two") == b"two"


def test_a_damaged_file_is_written_anew(cache: Path) -> None:
    file = cache / "engine"
    assert times_translated(lambda: file.write_bytes(file.read_bytes()[:-1] + b"?")) == 2
    assert kept("engine", Translator()) == CODE


def test_a_cut_off_file_is_passed_over(cache: Path) -> None:
    file = cache / "engine"
    assert times_translated(lambda: file.write_bytes(b"")) == 2


def test_a_file_that_others_may_write_is_passed_over(cache: Path) -> None:
    assert times_translated(lambda: (cache / "engine").chmod(0o666)) == 2


def test_a_link_is_passed_over(cache: Path) -> None:
    def link() -> None:
        (cache / "engine").rename(cache / "elsewhere")
        (cache / "engine").symlink_to(cache / "elsewhere")

    assert times_translated(link) == 2


def test_a_folder_that_others_may_write_is_not_used(cache: Path) -> None:
    cache.mkdir(mode=0o700)
    cache.chmod(0o777)
    assert times_translated(lambda: None) == 2
    assert list(cache.iterdir()) == []


def test_without_a_folder_code_is_translated_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert times_translated(lambda: None) == 2


def test_a_mistake_of_the_translator_is_not_hidden(cache: Path) -> None:
    def fails() -> bytes:
        raise ValueError("no module")

    with pytest.raises(ValueError, match="no module"):
        kept("engine", fails)


def test_a_new_folder_is_private(cache: Path) -> None:
    kept("engine", Translator())
    assert cache.stat().st_mode & 0o777 == 0o700
