"""The line that tells editors where the JSON Schema of a spec is."""

import os
from pathlib import Path

from archspec.language.edits import Edit, insertion

SCHEMA_FILE = "archspec.schema.json"


def schema_line_edit(file: Path, text: str) -> Edit | None:
    """The line, where a schema lies beside the spec or above it and the spec names none."""
    if "yaml-language-server:" in text.split("\n\n", 1)[0]:
        return None
    folder = file.resolve().parent
    found = next((above for above in (folder, *folder.parents) if (above / SCHEMA_FILE).is_file()), None)
    if found is None:
        return None
    name = Path(os.path.relpath(found / SCHEMA_FILE, folder)).as_posix()
    return insertion(
        str(file), 1, 1, f"# yaml-language-server: $schema={name if name.startswith('.') else './' + name}\n"
    )
