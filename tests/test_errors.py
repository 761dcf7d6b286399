"""What can go wrong, as values."""

import pickle

from archspec.errors import ArchspecError, DefectError, MissingExtraError, Problem, Span, SpecError, UsageError


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
