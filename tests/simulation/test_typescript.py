"""The Program in TypeScript, for the page.

After a change that is meant: `pytest tests/simulation/test_typescript.py --update-goldens`, and read the difference.
"""

import json

from tests.conftest import ROOT, Golden
from tests.simulation.typescript import types_of

DECLARED = ROOT / "engine" / "program.schema.json"


def test_the_page_s_types_of_the_program_are_those_declared(golden: Golden) -> None:
    head = "/** The Program: what the engine runs. Written from `engine/program.schema.json` by a test. */"
    lines = types_of(json.loads(DECLARED.read_text("utf-8")))
    golden("viewer/src/engine/program.ts", "\n".join([head, *lines, ""]))
