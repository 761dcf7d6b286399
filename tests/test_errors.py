"""What can go wrong, as values."""

import pickle

import pytest

from archspec.errors import (
    ArchspecError,
    DefectError,
    MissingExtraError,
    Problem,
    Span,
    SpecError,
    UsageError,
    first_problems,
)


def test_an_invalid_spec_says_each_problem_with_its_place_and_remedy() -> None:
    problems = (Problem("this is wrong", "fix it.", Span("a.yaml", 3, 5, 3, 9)), Problem("no name", "add `name`."))
    assert str(SpecError(problems)) == "a.yaml:3:5: this is wrong; fix it.\nno name; add `name`."


def test_a_missing_extra_says_what_to_install() -> None:
    error = MissingExtraError("serving", "serve")
    assert isinstance(error, UsageError)
    assert str(error) == "serving needs the extra 'serve'; pip install 'archspec-code[serve]'."


def test_everything_raised_on_purpose_is_one_family() -> None:
    assert all(issubclass(kind, ArchspecError) for kind in (SpecError, UsageError, DefectError))


def test_spans_sort_by_file_and_position() -> None:
    spans = [Span("b.yaml", 1, 1, 1, 2), Span("a.yaml", 2, 1, 2, 2), Span("a.yaml", 1, 9, 1, 10)]
    assert [span.label for span in sorted(spans)] == ["a.yaml:1:9", "a.yaml:2:1", "b.yaml:1:1"]


def test_problems_travel_between_processes() -> None:
    problem = Problem("this is wrong", "fix it.", Span("a.yaml", 3, 5, 3, 9), "STR01")
    assert pickle.loads(pickle.dumps(problem)) == problem


@pytest.mark.parametrize(("count", "told", "last"), [(1, 1, "0"), (100, 100, "99"), (101, 101, "and 1 problems more")])
def test_of_very_many_problems_the_first_hundred_are_told_and_the_rest_counted(
    count: int, told: int, last: str
) -> None:
    found = [Problem(str(number), "fix it.", Span("a.yaml", number, 1, number, 2), "STR01") for number in range(count)]
    first = first_problems(found)
    assert (len(first), first[-1].message) == (told, last)
    assert (first[-1].span, first[-1].code) == (found[min(count, 100) - 1].span, "STR01")
    assert list(first[:100]) == found[:100]


@pytest.mark.parametrize(("length", "kept"), [(2000, 2000), (2001, 1501)])
def test_what_a_message_quotes_is_cut_in_its_middle(length: int, kept: int) -> None:
    text = "a" + "b" * (length - 2) + "c"
    problem = Problem(text, text)
    assert (len(problem.message), len(problem.remedy)) == (kept, kept)
    assert (problem.message[0], problem.message[-1], "…" in problem.message) == ("a", "c", kept < length)


def test_a_mistake_is_told_on_one_line_whatever_it_quotes() -> None:
    error = SpecError((Problem("a\nb\x1b[2J", "fix\nit.", Span("x\ny.yaml", 1, 2, 1, 3)),))
    assert str(error) == "x y.yaml:1:2: a b\ufffd[2J; fix it."
