"""Runs commands in children of their own, forked from a process that has imported archspec: what each costs.

As a program, it reads a job a line (JSON: folder, arguments) and answers each with what came of it.
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

CPU_SECONDS = 20
"""After which a child is killed: well above what is allowed, so that a test can say by how much."""


def main() -> None:
    """Answer job after job."""
    import archspec.cli.lint
    import archspec.language.build
    import archspec.language.reader.includes
    import archspec.validators.registry
    from archspec.cli.main import run

    archspec.validators.registry.rules_of_design()
    for line in sys.stdin:
        job = json.loads(line)
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _child(run, Path(job["folder"]), job["arguments"])
        _, status, usage = os.wait4(child, 0)
        answer = {
            "status": os.waitstatus_to_exitcode(status),
            "seconds": usage.ru_utime + usage.ru_stime,
            "waited": time.monotonic() - started,
            "megabytes": usage.ru_maxrss / 1024,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _child(run: object, folder: Path, arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(120)
    os.chdir(folder)
    for number, name in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    status = 70
    try:
        status = run(arguments)  # type: ignore[operator]
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
