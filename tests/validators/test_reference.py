"""The reference cases that were handed over with the design of the rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from archspec.language import load
from archspec.validators.run import judge

FOLDER = Path(__file__).parent / "reference"
CASES = json.loads((FOLDER / "cases.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_reference_case(case: dict[str, Any]) -> None:
    """Of the codes to look at, exactly those are raised that must be, on the elements named."""
    findings = judge(load(FOLDER / case["file"])).findings
    raised = [finding for finding in findings if finding.code in case["only_consider"]]
    assert sorted({finding.code for finding in raised}) == sorted(case["must_raise"])
    where = {(finding.code, finding.element) for finding in raised}
    assert {(each["code"], each["element"]) for each in case["elements"]} <= where
