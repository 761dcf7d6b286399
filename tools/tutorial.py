"""Follow a tutorial word by word: write the files that it shows, change them as it says, run its commands in order.

    python -m tools.tutorial docs/tutorial.md FOLDER      with the `archspec` of the PATH

A fence that has a title is a step: `yaml` holds a whole file, `diff` changes one, `console` holds commands.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_STEP = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
Run = Callable[[str], str]
"""Runs a command and gives what it prints; raises where it fails with another status than 0 or 1."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a reader is told to do."""

    language: str
    title: str
    text: str


def steps(page: str) -> Iterator[Step]:
    """What a page tells a reader to do, in order."""
    return (Step(*found) for found in _STEP.findall(page))


def followed(page: str, folder: Path, run: Run) -> str:
    """The page with what its commands printed.

    Raises:
        ValueError: a change does not fit the file, or a step is of no kind that is known.

    """
    place = 0
    for step in steps(page):
        file = folder / step.title
        if step.language == "console":
            commands = re.findall(r"^\$ (.*)$", step.text, re.MULTILINE)
            shown = "".join(f"$ {command}\n{run(command)}" for command in commands)
            head = f'```console title="{step.title}"\n'
            before, _, after = page[place:].partition(f"{head}{step.text}```")
            page = f"{page[:place]}{before}{head}{shown}```{after}"
            place += len(before) + len(head) + len(shown)
        elif step.language == "diff":
            file.write_text(changed(file.read_text("utf-8"), step.text), "utf-8")
        elif step.language == "yaml":
            file.write_text(step.text, "utf-8")
        else:
            raise ValueError(f"a step in {step.language} is not known")
    return page


def changed(text: str, diff: str) -> str:
    r"""A text in which the lines with a minus have become those with a plus.

    >>> changed("a\nb\nc\n", "-b\n+x\n+y\n")
    'a\nx\ny\nc\n'

    Raises:
        ValueError: the old lines do not stand there exactly once.

    """
    old, new = ("".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] == sign) for sign in "-+")
    if text.count(old) != 1:
        raise ValueError(f"these lines do not stand in the file once:\n{old}")
    return text.replace(old, new)


def main(page: Path, folder: Path) -> int:
    """Follow a page with the command of the PATH; status 1 where it prints something else than the page shows."""
    folder.mkdir(parents=True, exist_ok=True)

    def run(command: str) -> str:
        done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise ValueError(f"{command}: status {done.returncode}\n{done.stderr}")
        return done.stdout or done.stderr

    text = page.read_text("utf-8")
    if followed(text, folder, run) != text:
        print(f"{page} shows something else than its commands print")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
