"""No test of the page reads what it shows at one moment: it says what it expects, and waits for it."""

import ast
from pathlib import Path

import pytest

HASTY = {
    *("inner_text", "all_inner_texts", "text_content", "all_text_contents", "inner_html", "input_value"),
    *("get_attribute", "count", "bounding_box", "eval_on_selector", "eval_on_selector_all"),
    *("is_visible", "is_hidden", "is_enabled", "is_disabled", "is_checked", "is_editable"),
    *("wait_for_timeout", "sleep"),
}
FILES = sorted(Path(__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_read_without_waiting(file: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [(call.lineno, call.func.attr) for call in calls if isinstance(call.func, ast.Attribute)]
    assert [(line, name) for line, name in named if name in HASTY] == []
