"""`archspec`, and `python -m archspec`: neither looks for modules in the current folder, which may be a stranger's."""

import atexit
import gc
import os
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib costs start-up


def main() -> None:
    """Run the command line; its exit status is the process's."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started us: what is said there is for nobody
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the end
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # nor do the processes that this one starts
    if sys.path[:1] == [os.getcwd()] != [HERE]:  # noqa: PTH109 - `python -m archspec` in somebody's checkout
        del sys.path[0]
    if sys.argv[1:] == ["--version"]:  # answers without the command line's own imports
        from archspec import __version__

        print(f"archspec {__version__}")
        return
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them costs a tenth of the start-up too
    gc.disable()  # imports allocate much and free nothing: collecting there costs a tenth of the start-up
    from archspec.cli.main import run

    gc.freeze()
    # What a command makes, rules and a spec, is one large tree that lives to the end: to look through it finds nothing.
    gc.set_threshold(200_000, 20, 50)
    gc.enable()
    leave(run(sys.argv[1:]))


def leave(status: int) -> None:
    """End the process, but do not free one by one the objects that it holds: that takes a tenth of a small `lint`.

    A profiler or debugger that waits for the end of `main` gets it with `ARCHSPEC_DEBUG`.
    """
    if os.environ.get("ARCHSPEC_DEBUG"):
        sys.exit(status)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # closed, or full: as Python says it
        sys.exit(status)
    os._exit(status)


if __name__ == "__main__":
    main()
