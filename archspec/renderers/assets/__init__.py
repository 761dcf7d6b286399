"""Files that the renderers carry with them: Graphviz, a font. Origins and licences are in README.md."""

from functools import cache
from pathlib import Path


@cache
def asset(name: str) -> bytes:
    """The content of the file `name`, a path below this folder with slashes."""
    return asset_path(name).read_bytes()


def asset_path(name: str) -> Path:
    """Where the file is on disk."""
    return Path(__file__).parent / name
