"""Files of another revision, read out of git's objects: no checkout, no hook, no filter, no network, no other program.

What the configuration of a stranger's checkout names is not run: the two commands used here, `rev-parse` and
`cat-file`, start nothing but what fetches missing objects and watches files, and both are turned off.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import BinaryIO

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.plain_file import SIZE_LIMIT

_SECONDS = 60
_SAFE = (
    *("-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit"),
    *("-c", "core.hooksPath=/dev/null", "--no-pager"),
)
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_NOT_PASSED_ON = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
"""What a hook that runs us would have git look at instead of the repository that a file stands in."""


class NotInRevisionError(UsageError):
    """A revision does not hold a file."""


@frozen
class Revision:
    """A commit of the repository at `root`; `name` is how it was asked for."""

    root: Path
    name: str
    commit: str

    def read(self, path: Path, limit: int = SIZE_LIMIT) -> bytes:
        """The bytes of a file; links within the revision are followed.

        Raises:
            NotInRevisionError: the revision holds no such file.
            UsageError: it is a folder, leads out of the revision, or is too large.

        """
        inside = self._inside(path)
        if "\n" in inside:
            raise UsageError(f"`{path}` has a line break in its name; git cannot be asked for it.")
        with self._asked(f"{self.commit}:{inside}") as (head, rest):
            words = head.split()
            kind = words[-2] if len(words) == 3 else words[0] if words[-1:] != ["missing"] else "missing"
            if kind == "blob":
                if int(words[-1]) > limit:
                    raise UsageError(f"`{self.name}:{inside}` is larger than {limit / 2**20:g} MiB; split it.")
                return rest.read(int(words[-1]))
        if kind in ("missing", "dangling", "notdir"):
            raise NotInRevisionError(f"there is no file `{inside}` in `{self.name}`; check its name there.")
        what = "a folder" if kind == "tree" else "not a plain file of this revision"
        raise UsageError(f"`{self.name}:{inside}` is {what}; name a file.")

    def _inside(self, path: Path) -> str:
        place = absolute(path)
        if not place.is_relative_to(self.root):
            raise UsageError(f"`{path}` lies outside the repository {self.root}; name a file in it.")
        return place.relative_to(self.root).as_posix()

    def _asked(self, name: str) -> "_Answer":
        return _Answer([*_git(self.root), "cat-file", "--batch", "--follow-symlinks"], name)


class _Answer:
    """The first line that `git cat-file` answers with, and what follows it; what is not wanted is not read."""

    def __init__(self, command: list[str], name: str) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        self._name = name

    def __enter__(self) -> tuple[str, BinaryIO]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(os.fsencode(f"{self._name}\n"))
        self._process.stdin.close()
        head = self._process.stdout.readline().decode("utf-8", "replace").rstrip("\n")
        return head.removeprefix(self._name).strip() or "missing", self._process.stdout  # type: ignore[return-value]

    def __exit__(self, *_: object) -> None:
        assert self._process.stdout
        self._process.stdout.close()
        self._process.kill()
        self._process.wait()


def revision(name: str, near: Path) -> Revision:
    """The commit that a name stands for, in the repository round a place; `main...` is where HEAD left `main`.

    Raises:
        UsageError: there is no repository, no git, or no such commit here.

    """
    folder = next((each for each in (absolute(near), *absolute(near).parents) if each.is_dir()), Path("/"))
    top = _told(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise UsageError(f"`{near}` is in no git repository, so there is no `{name}`; give two files.")
    root = Path(os.path.realpath(top))
    ours = name.removesuffix("...")
    commit = _told(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ours}^{{commit}}")
    if commit is not None and ours != name:
        commit = _told(root, "merge-base", commit, "HEAD")
    if commit is None:
        branch = ours.rpartition("/")[2] or ours
        raise UsageError(
            f"`{name}` is not a commit that this repository holds; fetch it: `git fetch --depth=1 origin {branch}`."
        )
    return Revision(root, name, commit)


def is_revision(name: str, near: Path) -> bool:
    """Whether a name stands for a commit in the repository round a place."""
    try:
        revision(name, near)
    except UsageError:
        return False
    return True


def absolute(path: Path) -> Path:
    """The path from the root of the file system, `..` taken out; links in it stay, but for those above this folder."""
    return Path(os.path.normpath(Path(os.path.realpath(Path.cwd()), path)))


def _git(folder: Path) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise UsageError("git is not installed, and other revisions are read by it; install it, or give two files.")
    return [program, "-C", str(folder), *_SAFE]


def _told(folder: Path, *arguments: str) -> str | None:
    """What git says on one line; None where it fails."""
    try:
        done = subprocess.run(
            [*_git(folder), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=_environment(),
            check=False,
            timeout=_SECONDS,
        )
    except (subprocess.TimeoutExpired, ValueError):  # a NUL in a name
        return None
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _NOT_PASSED_ON} | _ENVIRONMENT
