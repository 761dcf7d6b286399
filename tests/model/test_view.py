"""Views and their selectors."""

import pytest

from tests.model.specs import mistakes, spec

PARTS = "components: {api: {kind: server, tags: [pci]}}\n"


def test_a_view_has_its_defaults() -> None:
    view = spec(PARTS + "views: {v: {}}\n").views["v"]
    assert (view.title, view.kind, view.direction, view.include, view.exclude) == ("v", "structure", "right", (), ())


@pytest.mark.parametrize("selector", ["api", "kind:server", "tag:pci", "near:api"])
def test_a_selector_is_an_id_or_a_word_with_a_name(selector: str) -> None:
    assert spec(PARTS + f"views: {{v: {{include: ['{selector}']}}}}\n").views["v"].include == (selector,)


@pytest.mark.parametrize("selector", ["flow: x", "colour:red", "a.b", "*"])
def test_anything_else_selects_nothing(selector: str) -> None:
    assert mistakes(PARTS + f"views: {{v: {{include: ['{selector}']}}}}\n") == [
        (
            f"`{selector}` is not a selector",
            "write an id, or one of `flow:x` `pipeline:x` `group:x` `kind:x` `tag:x` `near:x`.",
        )
    ]
