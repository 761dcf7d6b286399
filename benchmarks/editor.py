"""How soon the language server answers: python -m benchmarks.editor.

Median and largest of 50: completion right after a key; findings after the pause in typing, beyond the pause itself.
"""

import asyncio
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from archspec.editor.server import PAUSE
from tests.editor.editing import VIDEO, Editor, editing

ROUNDS = 50


def large(components: int) -> str:
    """A spec of clients, servers and databases in threes, each three with a flow of its own."""
    parts, connections, flows = [], [], []
    for number in range(components // 3):
        c, s, d = f"client-{number}", f"server-{number}", f"database-{number}"
        parts.append(f"  {c}: {{kind: client}}\n  {s}: {{kind: server, replicas: 2}}\n  {d}: {{kind: database}}\n")
        connections.append(f"  - {c} -> {s}: https\n  - {s} -> {d}\n")
        if number % 10 == 0:
            step = f"steps: [{{call: {s}, cpu: 2ms, steps: [{{call: {d}, takes: 3ms}}]}}]"
            flows.append(f"  flow-{number}: {{from: {c}, rate: 5/s, {step}}}\n")
    sections = "components:\n", *parts, "connections:\n", *connections, "flows:\n", *flows
    return "".join(["archspec: 1\nname: Large\n", *sections])


async def measured(editor: Editor, path: Path, text: str, line: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each round: a line is typed that opens a bracket, then closed."""
    uri = editor.open(path, text)
    await editor.diagnostics(uri)
    offered, told = [], []
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
    return offered, told


async def main() -> None:
    """Measure a real spec and one of 1,000 components."""
    with TemporaryDirectory() as folder:
        async with editing() as editor:
            cases = (("video platform", VIDEO.read_text()), ("1,000 components", large(1_000)))
            for number, (name, text) in enumerate(cases):
                found = await measured(editor, Path(folder) / f"{number}.yaml", text, "{kind: server, replicas: 2, ")
                for what, times in zip(("completion", "findings"), found, strict=True):
                    print(f"{name}: {what} median {median(times):.0f} ms, most {max(times):.0f} ms of {ROUNDS}")


if __name__ == "__main__":
    asyncio.run(main())
