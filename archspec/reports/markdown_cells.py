"""Text of others in Markdown: it stays text."""

import re

_SPECIAL = re.compile(r"([\\*_\[\]<>|#~@])")


def cell(text: str) -> str:
    """A text in one cell: code in backticks stays, all else is taken literally."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        parts = ["'".join(parts)]
    shown = (part.replace("|", "\\|") if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))
    return "`".join(shown)
