"""`archspec schema`."""

import json

from archspec.cli.options import Output
from archspec.cli.terminal import Terminal


def schema(output: Output = None) -> None:
    """Write the JSON Schema (2020-12) of specs, from which editors complete and check."""
    from archspec.loading.json_schema import schema as json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        Terminal().data(text)
        return
    from archspec.cli.output import write_file

    write_file(output, text)
