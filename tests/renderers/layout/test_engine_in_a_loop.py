"""Layouts are wanted inside servers and notebooks too, where an event loop runs already."""

import subprocess
import sys

PROGRAM = """
import asyncio
from archspec.renderers.layout.engine import lay_out

async def main():
    return lay_out("digraph tiny { a -> b }")["name"]

print(asyncio.run(main()))
"""


def test_a_layout_is_made_while_an_event_loop_runs() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "tiny\n"
