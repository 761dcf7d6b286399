"""The places of a picture that was written before."""

from contextvars import Context
from pathlib import Path

from archspec.errors import UsageError
from archspec.plain_file import read_plain_file
from archspec.renderers import Kept


def read_kept(path: Path) -> Kept:
    """The places of the cards of an SVG that archspec drew. It may be written over: it is no input of the picture.

    Raises:
        UsageError: there is no such file, or it is no picture with cards of archspec's.

    """
    try:
        text = Context().run(read_plain_file, path, within=None).decode("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}; name a picture drawn before.") from None
    found = Kept.read(text)
    if found is None:
        raise UsageError(f"`{path}` has no cards in it that archspec drew; name an SVG written by `archspec render`.")
    return found


def kept_in(folder: Path) -> dict[str, Kept]:
    """The places of all pictures in a folder, by the name of their view; what is none is passed over."""
    found: dict[str, Kept] = {}
    for path in sorted(folder.glob("*.svg")):
        try:
            found[path.stem] = read_kept(path)
        except UsageError:
            continue
    return found
