"""One server for each module."""

from tests.editor.editing import one_server

__all__ = ["one_server"]
