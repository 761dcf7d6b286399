"""What is judged again after an edit is what a fresh judgement finds: editing finds no more and no less."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.language.reader.pieces import Pieces
from tests.language.test_pieces import EDITS, ODD, VIDEO, edited
from tests.needs import needs_extra
from tests.properties import examples

needs_extra("editor")

from archspec.editor.buffers import Buffers  # noqa: E402 - of the extra
from archspec.editor.snapshot import Before, Snapshot, snapshot  # noqa: E402
from benchmarks.generate import system  # noqa: E402


def told(known: Snapshot) -> Any:
    """All that an editor tells of a spec."""
    return known.outcome, known.architecture, known.occurrences, known.repairs


@given(st.sampled_from([ODD, VIDEO]), EDITS)
@examples(8)
def test_what_is_told_after_edits_is_what_a_fresh_judgement_tells(text: str, edits: list[tuple[int, str, str]]) -> None:
    path, before = Path("/nowhere/architecture.yaml"), Before()
    snapshot(path, Buffers({path: text}), before)
    for edit in edits:
        text = edited(text, edit)
        files = Buffers({path: text})
        assert told(snapshot(path, files, before)) == told(snapshot(path, files))


@pytest.mark.parametrize("text", [ODD, VIDEO], ids=["odd", "video platform"])
def test_the_texts_of_these_tests_are_valid_and_read_by_pieces(text: str) -> None:
    path = Path("/nowhere/architecture.yaml")
    assert snapshot(path, Buffers({path: text})).outcome.valid
    assert Pieces().read(text, "a.yaml") is not None


def test_an_element_that_stays_as_it_was_written_is_not_made_anew() -> None:
    path, before = Path("/nowhere/architecture.yaml"), Before()
    first = snapshot(path, Buffers({path: VIDEO}), before).architecture
    second = snapshot(path, Buffers({path: VIDEO.replace("replicas: 6", "replicas: 5", 1)}), before).architecture
    assert first is not None
    assert second is not None
    made = [id_ for id_ in second.components if second.components[id_] is not first.components[id_]]
    assert len(made) == 1


def test_a_large_spec_is_told_of_before_its_figures_are_known_and_then_as_the_command_line_does() -> None:
    path, before = Path("/nowhere/architecture.yaml"), Before()
    text = system(240)
    first = snapshot(path, Buffers({path: text}), before, no_sooner)
    lonely = text.replace("connections:\n", "  lonely: {kind: server}\nconnections:\n", 1)
    typed = lonely.replace(
        "  lb-0: {kind: load_balancer, group: team-0, replicas: 3", "  lb-0: {kind: load_balancer, replicas: 1"
    )
    told: list[Snapshot] = []
    last = snapshot(path, Buffers({path: typed}), before, told.append)
    assert last.outcome == snapshot(path, Buffers({path: typed})).outcome
    (soon,) = told
    assert [each.code for each in soon.outcome.findings if each.element == "lonely"] == ["STR03"]
    assert figures(soon) == figures(first) == []
    assert figures(last) == ["lb-0"]


def no_sooner(known: Snapshot) -> None:
    """For what is judged in one round."""
    raise AssertionError(known.outcome)


def figures(known: Snapshot) -> list[str]:
    """The components that a rule of figures calls single points of failure."""
    return [each.element for each in known.outcome.findings if each.code == "AVL01"]


def test_a_small_spec_is_told_of_once() -> None:
    path, before = Path("/nowhere/architecture.yaml"), Before()
    for text in (VIDEO, VIDEO.replace("replicas: 6", "replicas: 5", 1)):
        assert snapshot(path, Buffers({path: text}), before, no_sooner).outcome.valid
