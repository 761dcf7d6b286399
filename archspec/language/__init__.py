"""Text to `Architecture`: reading, includes, Python specs, formatting, the JSON Schema."""

from archspec.names import by_need

PLACES = {
    "additions": "Addition addition_edit",
    "edits": "Edit apply_edits insertion",
    "loading": "load load_revision load_text",
    "occurrences": "Occurrence declarations",
    "problems": "Problems",
    "reader.characters": "LINE_END cleaned decode form_of plain_ends position",
    "reader.document": "Document read_text",
    "reader.files": "DISK SpecFiles contents is_spec read_spec specs_in standard_input",
    "reader.pieces": "Pieces",
    "renaming": "Names Renaming SECTIONS_OF",
    "suggestions": "alike closest did_you_mean listed named unknown",
}

__getattr__ = by_need(__name__, PLACES)
