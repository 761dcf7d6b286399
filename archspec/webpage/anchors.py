"""Anchors of the page's parts; the viewer's deep links use the same ones."""

import re


def anchor(kind: str, name: str) -> str:
    """An id of an element: letters, digits, dashes and underscores; anything else is spelt by its code point.

    >>> anchor("flow", "watch-video"), anchor("rule", "a b")
    ('flow-watch-video', 'rule-a_20_b')
    """
    return f"{kind}-{re.sub(r'[^A-Za-z0-9-]', lambda found: f'_{ord(found[0]):x}_', name)}"
