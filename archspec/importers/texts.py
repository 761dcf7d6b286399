"""Texts of other people's models: what of them may be copied into a spec."""

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from archspec.importers.facts import identifier
from archspec.printable import one_line

_SECRET = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{22,}|\bglpat-[\w-]{20,}"
    r"|\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|\bxox[abposr]-[A-Za-z0-9-]{10,}|\bAIza[\w-]{35}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@|\b(?:password|passwd|secret|token|api[_-]?key)\s*[:=]\s*\S+",
    re.IGNORECASE,
)
"""The shapes of keys, of addresses with a password, and of a password that is given."""

_LONGEST = 500


def plain(value: Any) -> str | None:
    r"""A text on one line, without any secret in it; None where there is none.

    >>> plain("Asks\n the  API"), plain("log in with password: hunter2"), plain("")
    ('Asks the API', 'log in with …', None)
    """
    if not isinstance(value, str) or not value.strip():
        return None
    text = re.sub(r"\s+", " ", _SECRET.sub("…", one_line(value))).strip()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def link(value: Any) -> str | None:
    """A URL without user, password, query and fragment; None where it is none.

    >>> link("https://me:pw@wiki.example.org/run?token=1"), link("not a url")
    ('https://wiki.example.org/run', None)
    """
    try:
        parts = urlsplit(str(value).strip())
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", parts.path):
        return None
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def tags(names: list[str]) -> list[str] | None:
    """Names as tags; None where there are none."""
    return list(dict.fromkeys(identifier(name) for name in names)) or None


def sentence(key: str) -> str:
    """A key in words.

    >>> sentence("SignIn"), sentence("order-flow")
    ('Sign in', 'Order flow')
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("-", " ").replace("_", " ").lower().split()
    return " ".join(words).capitalize()
