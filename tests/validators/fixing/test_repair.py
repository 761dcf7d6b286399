"""Mending specs: what is safe, what is not, and that all else stays as it was."""

from pathlib import Path

import pytest

from archspec.errors import Span, SpecError
from archspec.language import load_text
from archspec.language.edits import Edit, apply_edits, insertion
from archspec.validators.config import Config
from archspec.validators.fixing.repair import repair_broken, repair_valid

HEAD = "archspec: 1\nname: A\n"


def mended(spec: str, *, unsafe: bool = False) -> str:
    """The spec after one round."""
    repair = repair_valid(load_text(HEAD + spec, "a.yaml"), Config(), "a.yaml", unsafe=unsafe)
    return repair.after.get("a.yaml", HEAD + spec).removeprefix(HEAD)


def cured(spec: str) -> str:
    """An invalid spec after one round."""
    with pytest.raises(SpecError) as caught:
        load_text(spec, "a.yaml")
    return repair_broken(caught.value).after.get("a.yaml", spec)


def test_a_slip_in_an_id_with_one_close_match_is_mended() -> None:
    """The declared name takes its place, comments stay."""
    spec = HEAD + "components:\n  api: {kind: server, sessions_in: sesions}  # who is in\n  sessions: {kind: cache}\n"
    assert cured(spec) == spec.replace("sesions}", "sessions}")


def test_two_close_matches_are_left_to_people() -> None:
    """Either could be meant."""
    spec = (
        HEAD + "components: {api: {kind: server, sessions_in: store}, store1: {kind: cache}, store2: {kind: cache}}\n"
    )
    assert cured(spec) == spec


def test_a_contrary_is_no_slip() -> None:
    """`unpaid` is near to `paid`, and means something else."""
    spec = HEAD + "components: {api: {kind: server, sessions_in: unpaid-orders}, paid-orders: {kind: cache}}\n"
    assert cured(spec) == spec


def test_a_missing_version_is_written_on_top() -> None:
    """The first line of every spec."""
    assert cured("name: A\ncomponents: {}\n") == "archspec: 1\nname: A\ncomponents: {}\n"


def test_an_idle_suppression_goes_and_a_needed_one_stays() -> None:
    """A comment of two codes keeps the one that is needed; a line of its own goes whole."""
    spec = (
        "components:\n  # archspec: ignore[SCL01] no more\n"
        "  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL05, DAT02] until May\n"
        "  db: {kind: database}   # archspec: ignore[DAT02] old\nconnections: [api -> db]\n"
    )
    assert mended(spec) == (
        "components:\n"
        "  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL05] until May\n"
        "  db: {kind: database}\nconnections: [api -> db]\n"
    )


def test_nothing_is_added_unless_it_is_asked_for() -> None:
    """A timeout is a figure that somebody has to think about."""
    spec = "components: {api: {kind: server}, pay: {kind: external}}\nconnections:\n  - api -> pay\n"
    assert mended(spec) == spec


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- api -> pay  # why", "- api -> pay: {timeout: 2s}  # why"),
        ("- api -> pay: https", "- api -> pay: {protocol: https, timeout: 2s}"),
        ("- api -> pay: {protocol: https}", "- api -> pay: {protocol: https, timeout: 2s}"),
        ("- {from: api, to: pay}", "- {from: api, to: pay, timeout: 2s}"),
        ("- from: api\n    to: pay", "- from: api\n    timeout: 2s\n    to: pay"),
        ("- api -> [pay, db]", "- api -> [pay, db]"),
    ],
)
def test_a_timeout_is_added_in_the_form_that_is_there(before: str, after: str) -> None:
    """Short, middle and long forms; one that stands for several connections is left to people."""
    spec = (
        "components: {{api: {{kind: server}}, pay: {{kind: external}}, db: {{kind: database}}}}\nconnections:\n  {}\n"
    )
    assert mended(spec.format(before), unsafe=True) == spec.format(after)


def test_a_key_is_added_to_a_block_below_its_first_key() -> None:
    """With the indentation of its siblings."""
    spec = (
        "components:\n  api: {kind: server, metrics_to: m}\n  w:\n    kind: worker  # slow\n    slots: 2\n"
        "  m: {kind: metrics_service}\nconnections: [api -> w]\n"
    )
    assert mended(spec, unsafe=True) == spec.replace("# slow\n", "# slow\n    metrics_to: m\n")


def test_a_missing_connection_is_added_below_the_last() -> None:
    """In the list's own indentation, after a last item of several lines."""
    spec = (
        "components: {app: {kind: client}, api: {kind: server}, db: {kind: database}}\nconnections:\n"
        "- from: app\n  to: api\nflows:\n  read: {from: app, steps: [{call: api, steps: [{call: db}]}]}\n"
    )
    assert mended(spec, unsafe=True) == spec.replace("  to: api\n", "  to: api\n- api -> db\n")


def test_the_schema_line_is_written_where_a_schema_lies(tmp_path: Path) -> None:
    """Relative to the spec, once."""
    (tmp_path / "archspec.schema.json").write_text("{}")
    file = tmp_path / "specs" / "a.yaml"
    file.parent.mkdir()
    text = HEAD + "components: {}\n"
    repair = repair_valid(load_text(text, str(file)), Config(), str(file))
    line = "# yaml-language-server: $schema=../archspec.schema.json\n"
    assert repair.after[str(file)] == line + text
    assert repair_valid(load_text(line + text, str(file)), Config(), str(file)).after == {}


def test_edits_that_overlap_do_not_mix() -> None:
    """The first counts, and an equal one counts once."""
    one = Edit(Span("a", 1, 1, 1, 4), "xyz")
    assert apply_edits("abcdef", [one, one, Edit(Span("a", 1, 3, 1, 5), "!")]) == "xyzdef"


def test_an_insertion_behind_the_last_line_lands_at_the_end() -> None:
    """A text without a last line break keeps its lines."""
    assert apply_edits("a\nb", [insertion("a", 2, 2, "!")]) == "a\nb!"
