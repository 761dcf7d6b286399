"""Tables: plain columns on paper, drawn by rich where a person looks."""

import subprocess
import sys

from archspec.reports.report import Ink, Screen
from archspec.reports.table import table

COLUMNS = ("flow", "what it is", "p99")
ROWS = [("read", "a page of a book, as it is on the shelf", "12.5 ms"), ("buy", "an order", "– ")]


def test_paper_has_plain_columns_of_equal_width() -> None:
    assert table(COLUMNS, ROWS, 2) == [
        "flow   what it is                                    p99",
        "read   a page of a book, as it is on the shelf   12.5 ms",
        "buy    an order                                       –",
    ]


def test_a_terminal_has_a_rule_below_the_heads_and_folds_long_cells() -> None:
    lines = table(COLUMNS, ROWS, 2, Screen(width=40))
    assert lines == [
        "flow  what it is                     p99",
        "────────────────────────────────────────",
        "read  a page of a book, as it    12.5 ms",
        "      is on the shelf",
        "buy   an order                         –",
    ]


def test_no_column_is_left_out_where_a_terminal_is_too_narrow() -> None:
    head = table([f"column{number}" for number in range(9)], [["1"] * 9], 1, Screen(width=30))[0]
    assert head.split() == [f"column{number}" for number in range(9)]


def test_colours_are_those_of_the_cells() -> None:
    inked = table(("a", "met"), [("x", "NO")], 1, Screen(True, 40), lambda _, cell: Ink.BAD if cell == "NO" else None)
    assert "\x1b[31m NO\x1b[0m" in inked[2]
    assert not any("\x1b" in line for line in table(("a", "met"), [("x", "NO")], 1, Screen(False, 40)))


def test_markup_of_rich_and_emoji_stay_text() -> None:
    assert table(("a",), [("[red]x[/red] :smile:",)], 1, Screen(True, 60))[2] == "[red]x[/red] :smile:"


def test_a_table_off_the_terminal_never_imports_rich() -> None:
    code = (
        "import sys; from archspec.cli.main import run; run(['rule']); run(['analyze', 'docs/examples/shop.yaml']); "
        "sys.exit('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
