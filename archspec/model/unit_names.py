"""Other words that people use for units, for a better error."""

import re

_SPELLED = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18})?)\s*([^\s0-9.].*)")

_WORDS = {
    "duration": {
        **dict.fromkeys(("sec", "secs", "second", "seconds", "S"), "s"),
        **dict.fromkeys(("min", "mins", "minute", "minutes", "M"), "m"),
        **dict.fromkeys(("hr", "hrs", "hour", "hours", "H"), "h"),
        **dict.fromkeys(("day", "days", "D"), "d"),
        **dict.fromkeys(("msec", "msecs", "millis", "milliseconds", "MS"), "ms"),
        **dict.fromkeys(("µs", "μs", "usec", "micros", "microseconds"), "us"),
    },
    "rate": {
        **dict.fromkeys(("rps", "qps", "tps", "req/s", "/sec", "/second", "per second", "hz", "Hz"), "/s"),
        **dict.fromkeys(("rpm", "/m", "/minute", "per minute"), "/min"),
        **dict.fromkeys(("/hour", "/hr", "per hour"), "/h"),
        **dict.fromkeys(("/day", "per day"), "/d"),
    },
    "size": {
        **dict.fromkeys(("k", "K", "kb", "KB"), "kB"),
        **dict.fromkeys(("m", "M", "mb"), "MB"),
        **dict.fromkeys(("g", "G", "gb"), "GB"),
        **dict.fromkeys(("t", "T", "tb"), "TB"),
        **dict.fromkeys(("Ki", "ki", "kib"), "KiB"),
        **dict.fromkeys(("Mi", "mi", "mib"), "MiB"),
        **dict.fromkeys(("Gi", "gi", "gib"), "GiB"),
        **dict.fromkeys(("Ti", "ti", "tib"), "TiB"),
        **dict.fromkeys(("b", "bytes"), "B"),
    },
    "ratio": dict.fromkeys(("percent", "pct", "％"), "%"),
    "factor": dict.fromkeys(("X", "×", "times"), "x"),
}
_WORDS["time"] = _WORDS["duration"]
_KNOWN = {"duration": "us ms s m h d", "time": "us ms s m h d", "size": "B kB MB GB TB KiB MiB GiB TiB", "ratio": "%"}


def meant(what: str, value: object) -> str | None:
    """The spelling of a quantity that somebody may have meant; None where there is none.

    >>> meant("duration", "30 sec"), meant("size", "8Gi"), meant("ratio", "99.9")
    ('30s', '8GiB', '99.9%')
    """
    text = str(value).strip() if isinstance(value, str) else ""
    if what == "ratio" and re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,18}|[2-9]|[1-9][0-9]|100(?:\.0+)?", text):
        return f"{text}%"
    match = _SPELLED.fullmatch(text)
    if match is None:
        return None
    unit = match[2].strip()
    if unit in _KNOWN.get(what, "").split():
        return f"{match[1]}{unit}" if unit != match[2] or " " in text else None
    known = _WORDS.get(what, {}).get(unit)
    return f"{match[1]}{known}" if known else None
