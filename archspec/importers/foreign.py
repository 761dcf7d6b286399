"""A file of another tool in the place of a spec: what it is, and what reads it."""

from archspec.errors import Problem, Span, SpecError
from archspec.language import is_spec


def foreign(error: SpecError) -> SpecError:
    """The same error; of a file that `archspec import` reads, one problem in place of all."""
    from archspec.importers import importers
    from archspec.importers.gathering import recognised
    from archspec.importers.source import Source

    known = importers()
    for file, text in error.sources.items():
        if not text or is_spec(text):
            continue
        format_ = recognised(Source(file, None, text.encode(errors="replace")), known)
        if format_ is not None:
            name = "-" if file == "<stdin>" else file
            remedy = f"`archspec import {name}` reads it and writes a spec."
            problem = Problem(f"this is {format_.title}, not a spec", remedy, Span(file, 1, 1, 1, 1))
            return SpecError((problem,), {file: text})
    return error
