"""XML written safely: every text and attribute is cleaned and escaped on its way in."""

from collections.abc import Mapping
from functools import lru_cache

from archspec.renderers.text import clean_text

Attribute = str | float | None


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    r"""The text as XML character data, fit for attributes too.

    >>> escape('<b> & "q" \x00')
    '&lt;b&gt; &amp; &quot;q&quot;'
    """
    safe = clean_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace('"', "&quot;").replace("\n", "&#10;")


def number(value: float) -> str:
    """A length with at most two decimals, the shortest way.

    >>> number(3.0), number(-0.001), number(12.345)
    ('3', '0', '12.35')
    """
    text = f"{value + 0.0:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(tag: str, attributes: Mapping[str, Attribute], *children: str) -> str:
    """One element; attributes that are None are left out. `children` are markup already.

    >>> element("rect", {"x": 1.5, "class": None, "id": "a"})
    '<rect x="1.5" id="a"/>'
    """
    written = "".join(
        f' {name}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>"
