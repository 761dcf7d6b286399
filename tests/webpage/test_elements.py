"""The parts that the page is made of."""

from archspec.webpage.content import Cell, Table
from archspec.webpage.elements import table


def test_a_table_has_a_heading_where_it_has_a_title() -> None:
    row = (Cell("api"),)
    assert "<h3>Who</h3>" in str(table(Table("Who", ("component",), (row,)), "Who"))
    assert "<h3>" not in str(table(Table("", ("component",), (row,)), "Who"))
