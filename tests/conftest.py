"""What all tests share: golden files, compared to the byte and rewritten on demand."""

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[str | Path, str | bytes], None]
ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites expected files."""
    parser.addoption("--update-goldens", action="store_true", help="rewrite expected files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare content with an expected file; a relative path is below the repository's root.

    With `--update-goldens` the file is written instead.
    """
    updates = bool(request.config.getoption("--update-goldens"))

    def compare(path: str | Path, content: str | bytes) -> None:
        file = Path(path) if Path(path).is_absolute() else ROOT / path
        data = content.encode() if isinstance(content, str) else content
        if updates:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            return
        name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
        assert file.exists(), f"{name} does not exist yet; run pytest --update-goldens and look at it"
        expected = file.read_bytes()
        if expected != data:
            _explain(str(name), expected, data)

    return compare


def _explain(name: str, expected: bytes, found: bytes) -> None:
    """Fail with the first place that differs."""
    place = next((i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), None)
    start = min(len(expected), len(found)) if place is None else place
    excerpt = slice(max(0, start - 60), start + 60)
    pytest.fail(
        f"{name} differs from byte {start} on (run pytest --update-goldens and look at the change)\n"
        f"expected: {expected[excerpt]!r}\nfound:    {found[excerpt]!r}",
        pytrace=False,
    )
