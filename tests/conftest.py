"""What all tests share: golden files, compared to the byte and rewritten on demand; and what a run leaves out, said."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

import tests.properties  # noqa: F401 - the profiles of property tests

Golden = Callable[[str | Path, str | bytes], None]
ROOT = Path(__file__).parent.parent
LEFT_OUT = ("slow", "browser", "parsers", "server")
"""Marks of tests that the default run leaves out."""
LONGEST_SECONDS = 1200
"""For a test that is slow by its mark; the others have the limit of pyproject.toml."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites expected files, and the one that runs another engine."""
    parser.addoption("--update-goldens", action="store_true", help="rewrite expected files instead of comparing")
    parser.addoption("--engine", type=Path, help="run this build of the engine, as `.ci/engine --checked` writes it")


def pytest_configure(config: pytest.Config) -> None:
    """Run the engine that is given, and choose how property tests find their examples, before any module is read."""
    if config.option.engine:
        from archspec.simulation import engine

        engine.WASM = config.option.engine.resolve(strict=True)
    wanted = config.option.markexpr
    settings.load_profile("nightly" if "nightly" in wanted and "not nightly" not in wanted else "seeded")
    config.pluginmanager.register(LeftOut())


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Work on every core, unless paths are named or golden files written: those runs stay in one process."""
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return 0 if named or config.option.update_goldens or os.cpu_count() == 1 else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Property tests belong to the night too; slow tests may take their time."""
    if is_hypothesis_test(getattr(item, "function", None)):
        item.add_marker("nightly")
    if any(item.get_closest_marker(name) for name in LEFT_OUT) and not item.get_closest_marker("timeout"):
        item.add_marker(pytest.mark.timeout(LONGEST_SECONDS))


class LeftOut:
    """Counts what a run leaves out because of its mark, and says in the end how to get it.

    Where several processes share a run, each of them selects, and the one that reports hears of it.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        self.counts.update(name for item in items for name in LEFT_OUT if item.get_closest_marker(name))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if (output := getattr(session.config, "workeroutput", None)) is not None:
            output["left_out"] = dict(self.counts)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.counts = Counter(getattr(node, "workeroutput", {}).get("left_out", {})) or self.counts

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name in LEFT_OUT:
            if self.counts[name]:
                how = f"uv run --all-extras pytest -m {name}"
                terminalreporter.write_line(f"LEFT OUT [{self.counts[name]}] {name} tests: {how}")


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
