"""What packages give that import by need, for type checkers and editors: the stubs `archspec/<room>/__init__.pyi`."""

from importlib import import_module

from tools.face_stub import import_line

ROOMS = (
    "analysis",
    "exports",
    "importers",
    "language",
    "model",
    "observation",
    "overlays",
    "renderers",
    "reports",
    "simulation",
    "validators",
    "webpage",
)


def name_stub(room: str) -> str:
    """The text of a room's stub, written from its table of names."""
    package = import_module(f"archspec.{room}")
    lines = [
        import_line(f"{package.__name__}.{place}", names.split()) for place, names in sorted(package.PLACES.items())
    ]
    listed = "".join(
        f'    "{name}",\n'
        for name in sorted(" ".join(package.PLACES.values()).split(), key=lambda each: (not each.isupper(), each))
    )
    told = "Written from its table of names: pytest tests/test_name_stubs.py --update-goldens"
    return f'"""{package.__doc__}\n\n{told}\n"""\n\n{"".join(lines)}\n__all__ = [\n{listed}]\nPLACES: dict[str, str]\n'
