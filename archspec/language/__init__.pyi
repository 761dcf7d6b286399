"""Text to `Architecture`: reading, includes, Python specs, formatting, the JSON Schema.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.language.additions import Addition, addition_edit
from archspec.language.edits import Edit, apply_edits, insertion
from archspec.language.loading import load, load_revision, load_text
from archspec.language.occurrences import Occurrence, declarations
from archspec.language.problems import Problems
from archspec.language.reader.characters import LINE_END, cleaned, decode, form_of, plain_ends, position
from archspec.language.reader.document import Document, read_text
from archspec.language.reader.files import DISK, SpecFiles, contents, is_spec, read_spec, specs_in, standard_input
from archspec.language.reader.pieces import Pieces
from archspec.language.renaming import SECTIONS_OF, Names, Renaming
from archspec.language.suggestions import alike, closest, did_you_mean, listed, named, unknown

__all__ = [
    "DISK",
    "LINE_END",
    "SECTIONS_OF",
    "Addition",
    "Document",
    "Edit",
    "Names",
    "Occurrence",
    "Pieces",
    "Problems",
    "Renaming",
    "SpecFiles",
    "addition_edit",
    "alike",
    "apply_edits",
    "cleaned",
    "closest",
    "contents",
    "declarations",
    "decode",
    "did_you_mean",
    "form_of",
    "insertion",
    "is_spec",
    "listed",
    "load",
    "load_revision",
    "load_text",
    "named",
    "plain_ends",
    "position",
    "read_spec",
    "read_text",
    "specs_in",
    "standard_input",
    "unknown",
]
PLACES: dict[str, str]
