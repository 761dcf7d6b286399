"""`archspec schema`."""

import json

from archspec.cli.options import Output
from archspec.cli.terminal import Terminal
from archspec.printable import Syntax


def schema(output: Output = None) -> None:
    """Write the JSON Schema of specs, for editors to complete by."""
    from archspec.cli.deliver import deliver_content
    from archspec.language.json_schema import schema as json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    deliver_content(text, Syntax.JSON, "json", output, Terminal())
