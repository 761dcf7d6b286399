"""TOML that a stranger may have written: configurations and themes."""

import re
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.plain_file import read_plain_file

LIMIT = 2**20
"""The largest TOML file, in bytes."""

_PARTS = 100
"""The most parts of a dotted key: the standard library's parser takes their square in time."""

_STRUCTURE = re.compile(r"([=,{}\[\]\n#])")


def toml_text(path: Path, *, allow_outside: bool = False) -> str:
    """The text of a TOML file that lies in its own folder, links followed.

    Raises:
        UsageError: it is missing, no plain file, leads elsewhere, or is no UTF-8.

    """
    try:
        data = read_plain_file(path, within=None if allow_outside else path.parent, limit=LIMIT)
        return data.decode().replace("\r\n", "\n")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; check the path.") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not TOML: byte {error.start} is not UTF-8; save it as UTF-8.") from None


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """The data in a TOML text; `path` is its name in messages.

    Raises:
        UsageError: the text is no TOML, or is built to take long.

    """
    import tomllib

    pieces = _STRUCTURE.split(text)
    if any(key.count(".") > _PARTS and end in "=]" for key, end in zip(pieces[::2], pieces[1::2], strict=False)):
        raise UsageError(f"{path} has a key of more than {_PARTS} parts; shorten it.")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UsageError(f"{path} is nested too deeply; flatten it.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}; fix it.") from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        raise UsageError(f"{path} has a number that is too long; shorten it.") from None
