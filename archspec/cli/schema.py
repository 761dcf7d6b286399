"""`archspec schema`."""

from archspec.cli import options
from archspec.cli.terminal import Terminal
from archspec.printable import Syntax
from archspec.values import json_text


def schema(output: options.Output = None) -> None:
    """Write the JSON Schema of specs, for editors to complete by."""
    from archspec.cli.deliver import deliver_content
    from archspec.language.json_schema import schema as json_schema

    text = json_text(json_schema())
    deliver_content(text, Syntax.JSON, "json", output, Terminal())
