"""The pages under docs/rules are those of the rules."""

from pathlib import Path
from typing import Any

import pytest

from archspec.validators.rule_pages import all_pages

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
PAGES = all_pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_up_to_date(name: str, golden: Any) -> None:
    """A page says what its rule says; `pytest --update-goldens` writes it anew."""
    golden(FOLDER / name, PAGES[name])


def test_no_page_is_left_over() -> None:
    """Every page under docs/rules belongs to a rule."""
    assert sorted(path.name for path in FOLDER.glob("*.md")) == sorted(PAGES)
