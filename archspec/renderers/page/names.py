"""Anchors of the page's parts; the viewer's deep links use the same ones."""

import re


def anchor(kind: str, name: str) -> str:
    """An id of an element: letters, digits, dashes and underscores; anything else is spelt by its code point.

    >>> anchor("flow", "watch-video"), anchor("rule", "a b")
    ('flow-watch-video', 'rule-a_20_b')
    """
    return f"{kind}-{re.sub(r'[^A-Za-z0-9-]', lambda found: f'_{ord(found[0]):x}_', name)}"


def duration(nanoseconds: int) -> str:
    """A time with three digits in the unit that reads best.

    >>> duration(0), duration(812_400), duration(57_440_000), duration(3_004_000_000), duration(150_000_000_000)
    ('0 ms', '0.812 ms', '57.4 ms', '3.00 s', '150 s')
    """
    if nanoseconds == 0:
        return "0 ms"
    value, unit = (nanoseconds / 1e6, "ms") if nanoseconds < 10**9 else (nanoseconds / 1e9, "s")
    if value < 0.001:
        return f"{nanoseconds} ns"
    digits = 3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f} {unit}"
