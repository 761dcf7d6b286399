"""Specs in Python: what their code makes, and what is said where it fails."""

from pathlib import Path

import pytest

from archspec.errors import SpecError, UsageError
from archspec.language import load

GOOD = """\
from archspec import Database, Server, System

print("while it runs")
with System("Shop") as shop:
    api, db = Server("api", replicas=2), Database("db")
    api >> db
"""


def spec(folder: Path, text: str) -> Path:
    path = folder / "shop.py"
    path.write_text(text)
    return path


def failure(folder: Path, text: str) -> tuple[str, str]:
    with pytest.raises(SpecError) as caught:
        load(spec(folder, text))
    (problem,) = caught.value.problems
    assert problem.span is not None
    return Path(problem.span.label).name, problem.message


def test_a_python_spec_gives_its_architecture_and_prints_nothing_on_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system = load(spec(tmp_path, GOOD))
    assert [connection.name for connection in system.connections] == ["api -> db"]
    assert capsys.readouterr() == ("", "while it runs\n")


def test_settings_go_over_a_python_spec(tmp_path: Path) -> None:
    assert load(spec(tmp_path, GOOD), settings={"api.replicas": 5}).components["api"].instances == 5  # type: ignore[attr-defined]


def test_a_spec_may_import_the_module_beside_it(tmp_path: Path) -> None:
    (tmp_path / "shop_parts.py").write_text("REPLICAS = 3\n")
    text = "from shop_parts import REPLICAS\n" + GOOD.replace("replicas=2", "replicas=REPLICAS")
    assert load(spec(tmp_path, text)).components["api"].instances == 3  # type: ignore[attr-defined]


NO_JSON = "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"
NO_BLOCK = "expected an indented block after 'if' statement on line 2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = (\n", ("shop.py:1:5", "this is not Python: '(' was never closed")),
        ("x = 1\n1 / 0\n", ("shop.py:2:1", "ZeroDivisionError: division by zero")),
        ("import nothing_of_the_sort\n", ("shop.py:1:1", "ModuleNotFoundError: No module named 'nothing_of_the_sort'")),
        ("raise SystemExit(3)\n", ("shop.py:1:1", "SystemExit: 3")),
        ("def f():\n    f()\nf()\n", ("shop.py:2:5", "RecursionError: maximum recursion depth exceeded")),
        (GOOD.replace("replicas", "replicsa"), ("shop.py:5:5", "a server has no field `replicsa`")),
        ("import json\n\n\n  \njson.loads('{')  \n", ("shop.py:5:1", f"JSONDecodeError: {NO_JSON}")),
        ("def f():\n    raise ValueError\n\nf()\n", ("shop.py:2:5", "ValueError")),
        ("raise ValueError('one\\ntwo')\n", ("shop.py:1:1", "ValueError: one")),
        ("from archspec import Server\nServer('a')\n", ("shop.py:2:1", "nothing is under construction")),
        ("x = 1\nif x:\ny = 2\n", ("shop.py:3:1", f"this is not Python: {NO_BLOCK}")),
    ],
    ids=["syntax", "exception", "import", "exit", "recursion", "field", "library", "raised", "lines", "usage", "block"],
)
def test_a_mistake_in_a_python_spec_points_at_its_line(tmp_path: Path, text: str, expected: tuple[str, str]) -> None:
    assert failure(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [("x = 1\n", "makes no system"), (GOOD + GOOD.replace("as shop", "as other"), "makes 2 systems")],
)
def test_a_python_spec_makes_exactly_one_architecture(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load(spec(tmp_path, text))


def test_code_is_run_only_where_that_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pass `--python`"):
        load(spec(tmp_path, GOOD), python=False)
