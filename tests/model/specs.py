"""Specs for tests, in a line or two."""

from archspec.errors import SpecError
from archspec.language import load_text
from archspec.model import Architecture

HEAD = "archspec: 1\nname: Test\n"


def spec(body: str) -> Architecture:
    """The architecture of a spec; version and name stand before it."""
    return load_text(HEAD + body, "test.yaml")


def mistakes(body: str) -> list[tuple[str, str]]:
    """What is wrong with a spec: messages and remedies in order of position."""
    try:
        spec(body)
    except SpecError as error:
        return [(problem.message, problem.remedy) for problem in error.problems]
    return []


def places(body: str) -> list[str]:
    """The text under the caret of each mistake."""
    lines = (HEAD + body).splitlines()
    try:
        spec(body)
    except SpecError as error:
        spans = [problem.span for problem in error.problems if problem.span]
        return [lines[span.line - 1][span.column - 1 : span.end_column - 1] for span in spans]
    return []
