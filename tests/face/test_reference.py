"""The reference is what the docstrings say, of every public name."""

import re
from collections.abc import Callable
from pathlib import Path

import archspec
from tools.face_reference import face_reference


def test_the_reference_is_up_to_date(golden: Callable[[Path | str, str], None]) -> None:
    golden("docs/api.md", face_reference())


def test_the_reference_tells_every_name() -> None:
    told = set(re.findall(r"`(\w+)`", face_reference()))
    assert [name for name in archspec.__all__ if name not in told] == []
