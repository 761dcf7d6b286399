"""Memory is bounded: traces of which nothing comes any more are taken out of the store."""

from pathlib import Path

import pytest

from archspec.observation import store
from archspec.observation.store import face_of
from tests.observation.spans import observed, outline, shop


def test_a_full_store_gives_its_quiet_traces_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST", 40)
    many = [each for number in range(1, 101) for each in shop(number, at=number * 200)]
    assert outline(observed(tmp_path, *many)) == ["web x100 50 -", "  cache x100 6 4", "  users-db x100 40 -"]


def test_a_full_store_keeps_the_traces_that_are_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every root comes last, ten traces after the rest of its own."""
    monkeypatch.setattr(store, "_MOST", 100)
    parts = [shop(number, at=number * 200) for number in range(1, 101)]
    late = [[*parts[at][1:], *(parts[at - 10][:1] if at >= 10 else [])] for at in range(100)]
    rest = [part[0] for part in parts[90:]]
    found = observed(tmp_path, *(each for part in late for each in part), *rest)
    assert (found.reading.torn, found.reading.traces) == (0, 100)


@pytest.mark.parametrize(("kept", "worked_out"), [(4096, 4), (1, 31)])
def test_what_many_spans_have_in_common_is_worked_out_once_while_there_is_room(
    kept: int, worked_out: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four spans, ten times; where there is room for one, the three others are worked out again each time."""
    asked: list[object] = []
    monkeypatch.setattr(store, "_AT_ONCE", kept)
    monkeypatch.setattr(store, "face_of", lambda span: asked.append(span) or face_of(span))
    many = [each for number in range(1, 11) for each in shop(number, at=number * 200)]
    assert outline(observed(tmp_path, *many)) == ["web x10 50 -", "  cache x10 6 4", "  users-db x10 40 -"]
    assert len(asked) == worked_out
