"""How soon the language server answers: python -m benchmarks.editor [ROUNDS].

Median and largest of 50 rounds: completion right after a key; findings after the pause in typing, without that pause,
and of a large spec those that follow from figures, which are told after the others.
"""

import asyncio
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from archspec.editor.server import PAUSE
from benchmarks.generate import system
from tests.editor.editing import VIDEO, Editor, editing

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 50


async def measured(editor: Editor, path: Path, text: str, line: str, *, is_large: bool) -> tuple[list[float], ...]:
    """Milliseconds of each round: a line is typed that opens a bracket, then closed."""
    uri = editor.open(path, text)
    await editor.diagnostics(uri)
    offered, told, figures = [], [], []
    for round_ in range(ROUNDS):
        open_bracket = text.replace("connections:\n", f"  new-{round_}: {line}\nconnections:\n", 1)
        start = time.perf_counter()
        editor.type(uri, open_bracket)
        assert await editor.offered(uri, f"  new-{round_}: {line}|\n")
        offered.append((time.perf_counter() - start) * 1e3)
        editor.found.pop(uri, None)
        start = time.perf_counter()
        editor.type(uri, open_bracket.replace(line, f"{line}}}"))
        await editor.diagnostics(uri)
        told.append((time.perf_counter() - start - PAUSE) * 1e3)
        if is_large:
            await editor.diagnostics(uri)
            figures.append((time.perf_counter() - start - PAUSE) * 1e3)
    return offered, told, figures


async def main() -> None:
    """Measure a real spec and one of 1,000 components."""
    with TemporaryDirectory() as folder:
        async with editing() as editor:
            cases = (("video platform", VIDEO.read_text()), ("1,000 components", system(1_000)))
            for number, (name, text) in enumerate(cases):
                path, line = Path(folder) / f"{number}.yaml", "{kind: server, replicas: 2, "
                found = await measured(editor, path, text, line, is_large=number == 1)
                for what, times in zip(("completion", "findings", "figures"), found, strict=True):
                    if times:
                        print(f"{name}: {what} median {median(times):.0f} ms, most {max(times):.0f} ms of {ROUNDS}")


if __name__ == "__main__":
    asyncio.run(main())
