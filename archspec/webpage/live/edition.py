"""What is served at a moment: the page of a spec, with the files beside it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.webpage import PageContent, Picture

if TYPE_CHECKING:
    from archspec.webpage.gathering.page import Gathered

PAGE, PICTURES = "index.html", "pictures.html"


@frozen
class Edition:
    """A page as it was last worked out as a whole, and the pictures of now; a higher number is newer.

    `is_complete`: the pictures are those of the page, and no part of it is that of an older text.
    """

    content: PageContent
    files: Mapping[str, bytes]
    page: int
    pictures: int
    is_complete: bool

    def with_pictures(self, pictures: tuple[Picture, ...], number: int) -> "Edition":
        """The edition with other pictures over the same page."""
        from archspec.webpage.document import diagrams_alone

        alone = diagrams_alone(pictures, number).encode()
        content = replace(self.content, pictures=pictures)
        return replace(self, content=content, files={**self.files, PICTURES: alone}, pictures=number, is_complete=False)


def edition(gathered: "Gathered", number: int, *, is_complete: bool) -> Edition:
    """The edition of a whole page."""
    from archspec.webpage.document import page

    files = {**gathered.files, PAGE: page(gathered.page, live=number).encode()}
    return Edition(gathered.page, files, number, number, is_complete)
