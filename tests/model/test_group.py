"""What a group is called, and how often it fails."""

import pytest

from archspec.language import load_text
from archspec.model.group import Group
from tests.model.specs import mistakes


def group(says: str) -> Group:
    return load_text(f"archspec: 1\nname: A\ngroups: {{zone-a: {{kind: zone{says}}}}}\ncomponents: {{}}\n").groups[
        "zone-a"
    ]


def test_it_is_shown_by_its_label_else_by_its_id() -> None:
    assert (group(", label: Zone A").title, group("").title) == ("Zone A", "zone-a")


@pytest.mark.parametrize(("says", "share"), [("", None), (", availability: 99%", 0.99), (", mtbf: 9h, mttr: 1h", 0.9)])
def test_it_is_up_for_what_is_stated_or_follows(says: str, share: float | None) -> None:
    found = group(says).steady_state
    assert (found and float(found)) == share


def test_it_fails_and_is_repaired_in_some_time() -> None:
    assert mistakes("groups: {zone-a: {kind: zone, mtbf: 0s, mttr: 0s}}\ncomponents: {}\n") == [
        ("`mtbf` and `mttr` are both 0", "give a time above 0.")
    ]
