"""Messages are plain English: turns that read as translated do not come back."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "archspec"
ROOMS = ("model", "language", "dsl", "validators", "cli", "reports", "renderers")
ODD = re.compile(r"[`})'] (?:is|are) no [a-z]|\bthis is no |\bnames? no \w+[;,]|\bmend\b|\bstands where\b")


def messages(path: Path) -> list[str]:
    """The texts of a module that are no docstrings, each f-string as one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    skipped |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    found = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skipped]
    return found + [str(node.value) for node in constants if isinstance(node.value, str)]


@pytest.mark.parametrize("room", ROOMS)
def test_no_message_reads_as_translated(room: str) -> None:
    paths = (ROOT / room).rglob("*.py")
    assert [f"{path.name}: {text}" for path in paths for text in messages(path) if ODD.search(text)] == []
