"""One server for each module of tests."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module", name="run")
def one_server() -> Iterator[Any]:
    """Runs tests with one editor and its server."""
    from tests.editor.editing import editing

    with asyncio.Runner() as runner:
        context = editing()
        editor = runner.run(context.__aenter__())
        yield lambda test: runner.run(asyncio.wait_for(test(editor), 50))
        runner.run(context.__aexit__(None, None, None))
