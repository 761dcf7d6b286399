"""Pieces that many reports have."""

from collections.abc import Sequence
from html import escape

from archspec.renderers import inline, report_table, tag


def section(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[str] = (), keys: int = 1
) -> list[str]:
    """A heading and a table, as `report_table` has it; nothing where there are no rows."""
    return [f"<h2>{escape(title)}</h2>", report_table(heads, rows, texts, keys)] if rows else []


def listed(title: str, sentences: Sequence[str]) -> list[str]:
    """A heading and a list of sentences; nothing where there are none."""
    items = "".join(f"<li>{inline(sentence)}</li>" for sentence in sentences)
    return [f"<h2>{escape(title)}</h2>", f"<ul>{items}</ul>"] if sentences else []


def capital(sentence: str) -> str:
    """The sentence with a capital letter at its beginning; for none that begins with a name."""
    return sentence[:1].upper() + sentence[1:]


def line(sentence: str, look: str = "") -> str:
    """A paragraph from a sentence without its end; `look` is a class."""
    return tag("p", inline(sentence), ".", class_=look or None)
