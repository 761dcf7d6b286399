"""What `import archspec` gives, for type checkers and editors: the stub `archspec/__init__.pyi`."""

from archspec.face import names, place_of

WIDTH = 120
_HEAD = '''"""What `import archspec` gives.

Written from `archspec/face`: pytest tests/face/test_stub.py --update-goldens
"""

'''


def face_stub() -> str:
    """The text of the stub."""
    places: dict[str, list[str]] = {}
    for name in names():
        places.setdefault(place_of(name) or "", []).append(name)
    lines = [import_line(place, found) for place, found in sorted(places.items())]
    listed = "".join(f'    "{name}",\n' for name in names())
    return f"{_HEAD}{''.join(lines)}\n__all__ = [\n{listed}]\n__version__: str\n"


def import_line(place: str, found: list[str]) -> str:
    """One statement, on one line where it fits; constants first, then classes; capitals count as small letters."""
    found = sorted(found, key=lambda name: (not name.isupper(), not name[0].isupper(), name.casefold()))
    line = f"from {place} import {', '.join(found)}"
    if len(line) <= WIDTH:
        return f"{line}\n"
    each = "".join(f"    {name},\n" for name in found)
    return f"from {place} import (\n{each})\n"
