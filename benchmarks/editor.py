"""How soon the language server answers: python -m benchmarks.editor [ROUNDS].

Median and largest of 50 rounds: completion right after a key; findings after the pause in typing, without that pause,
and of a large spec those that follow from figures, which are told after the others. Beside each the median of the
server's processor time, which other work on the machine moves less.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from archspec.editor.server import PAUSE
from benchmarks.generate import system
from tests.editor.editing import VIDEO, Editor, editing

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 50
TYPED = "{kind: server, replicas: 2, "


@dataclass
class Watch:
    """Times of something, in milliseconds: on the wall and of the server's processor."""

    server: int
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def start(self) -> None:
        self._started = time.perf_counter(), self._spent()

    def stop(self, waited: float = 0) -> None:
        wall, spent = self._started
        self.wall.append((time.perf_counter() - wall - waited) * 1e3)
        self.processor.append((self._spent() - spent) * 1e3)

    def _spent(self) -> float:
        fields = Path(f"/proc/{self.server}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(editor: Editor, path: Path, text: str, *, is_large: bool) -> dict[str, Watch]:
    """A line is typed that opens a bracket, then closed."""
    uri = editor.open(path, text)
    await editor.diagnostics(uri)
    server = editor.client._server.pid  # type: ignore[union-attr]
    offered, told, figures = Watch(server), Watch(server), Watch(server)
    for round_ in range(ROUNDS):
        open_bracket = text.replace("connections:\n", f"  new-{round_}: {TYPED}\nconnections:\n", 1)
        offered.start()
        editor.type(uri, open_bracket)
        assert await editor.offered(uri, f"  new-{round_}: {TYPED}|\n")
        offered.stop()
        editor.found.pop(uri, None)
        told.start()
        figures.start()
        editor.type(uri, open_bracket.replace(TYPED, f"{TYPED}}}"))
        await editor.diagnostics(uri)
        told.stop(PAUSE)
        if is_large:
            await editor.diagnostics(uri)
            figures.stop(PAUSE)
    return {"completion": offered, "findings": told, **({"with figures": figures} if is_large else {})}


async def main() -> None:
    """Measure a real spec and one of 1,000 components."""
    print("| spec | what | median | most | processor |\n| --- | --- | ---: | ---: | ---: |")
    with TemporaryDirectory() as folder:
        async with editing() as editor:
            for name, text in (("video platform", VIDEO.read_text()), ("1,000 components", system(1_000))):
                path = Path(folder) / f"{len(text)}.yaml"
                for what, watch in (await measured(editor, path, text, is_large="1,000" in name)).items():
                    figures = median(watch.wall), max(watch.wall), median(watch.processor)
                    print(f"| {name} | {what} | {' | '.join(f'{each:.0f} ms' for each in figures)} |")


if __name__ == "__main__":
    asyncio.run(main())
