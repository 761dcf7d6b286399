"""The docs as a site: every page is found from its navigation, and nothing is asked of another host."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tools.site import REPOSITORY, on_page_markdown

ROOT = Path(__file__).parents[1]


class _Loader(yaml.SafeLoader):
    """Reads MkDocs' configuration without importing what it names."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda loader, suffix, node: suffix)
CONFIG = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)


def pages(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    items = nav.values() if isinstance(nav, dict) else nav
    return [page for item in items for page in pages(item)]


def test_every_page_of_the_docs_is_in_the_navigation() -> None:
    assert sorted(page for page in pages(CONFIG["nav"]) if "/" not in page) == sorted(
        path.name for path in (ROOT / "docs").glob("*.md")
    )


def test_the_site_is_built_strictly_and_without_fonts_of_others() -> None:
    assert (CONFIG["strict"], CONFIG["theme"]["font"]) == (True, False)
    assert "repo_url" not in CONFIG  # the theme would ask the repository's host for its stars


@pytest.mark.parametrize(
    ("page", "link", "turned"),
    [
        ("index.md", "[a](language.md#head)", "[a](language.md#head)"),
        ("index.md", "[a](../action.yml)", f"[a]({REPOSITORY}/action.yml)"),
        ("index.md", "![a](../specs/x/expected/a.svg)", "![a](specs/x/expected/a.svg)"),
        ("rules/AVL01.md", "![a](../../specs/x/expected/a.svg)", "![a](../specs/x/expected/a.svg)"),
        ("index.md", "[a](https://example.org)", "[a](https://example.org)"),
    ],
)
def test_links_that_leave_the_docs_are_turned(page: str, link: str, turned: str) -> None:
    assert on_page_markdown(link, SimpleNamespace(file=SimpleNamespace(src_uri=page))) == turned


def test_a_recipe_is_drawn_beside_its_text() -> None:
    recipe = "```yaml\narchspec: 1\nname: A\n```\n"
    page = SimpleNamespace(file=SimpleNamespace(src_uri="cookbook.md"))
    assert on_page_markdown(recipe, page) == f"{recipe}\n```archspec\narchspec: 1\nname: A\n```\n"
