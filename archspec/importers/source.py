"""A file that may be imported: its bytes, and its content as documents with lines."""

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.importers.documents import UnreadableError, documents
from archspec.plain_file import open_plain_file, read_plain_file

HEAD = 65_536
"""Bytes from which a format that is too large to be read whole is recognised."""


@frozen(slots=False)
class Source:
    """One file, or standard input (`path` is None). Nothing is read before it is asked for."""

    name: str
    """As messages and evidence name it."""
    path: Path | None
    piped: bytes = b""
    """What came in by standard input."""

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        if self.path is None:
            return self.piped[:HEAD]
        with open_plain_file(self.path, within=None) as file:
            return file.read(HEAD)

    @cached_property
    def text(self) -> str:
        """The whole text.

        Raises:
            UsageError: it is too large, no plain file, or no text.

        """
        data = self.piped if self.path is None else read_plain_file(self.path, within=None)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"`{self.name}` is not UTF-8 text; save it as UTF-8.") from None

    @cached_property
    def documents(self) -> tuple[Any, ...]:
        """The YAML or JSON documents in it; none where it is neither.

        Raises:
            UsageError: it is too large, or no plain file.

        """
        try:
            return documents(self.text)
        except UnreadableError:
            return ()

    @cached_property
    def mistake(self) -> str | None:
        """Why it has no documents, as `line 3: …`; None where it has."""
        try:
            documents(self.text)
        except UnreadableError as error:
            return str(error)
        return None

    @property
    def folder(self) -> Path | None:
        """Where it lies."""
        return self.path.parent if self.path is not None else None

    def first(self, fits: Callable[[Any], bool]) -> bool:
        """Whether one of its documents is a mapping that fits."""
        return any(isinstance(each, dict) and fits(each) for each in self.documents)

    @property
    def is_chart(self) -> bool:
        """Whether it is a Helm template that has not been rendered."""
        return re.search(r"\{\{-? *(?:\.Values|include|if|range|template|toYaml|define)\b", self.text) is not None
