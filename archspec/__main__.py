"""`archspec`, and `python -m archspec`."""

import gc
import sys


def main() -> None:
    """Run the command line; its exit status is the process's."""
    if sys.argv[1:] == ["--version"]:  # answers without the command line's own imports
        from archspec import __version__

        print(f"archspec {__version__}")
        return
    gc.disable()  # imports allocate much and free nothing: collecting there costs a tenth of the start-up
    from archspec.cli.main import run

    gc.freeze()
    gc.set_threshold(
        50_000, 20, 50
    )  # a spec is one large tree that lives to the end: looking through it often finds nothing
    gc.enable()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
