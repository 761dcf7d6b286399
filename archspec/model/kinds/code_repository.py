"""Code repository."""

from typing import Literal

from archspec.model import Dependable, Kind, Role, Shape


class CodeRepository(Dependable):
    """Where the code lives and a change begins."""

    kind: Literal["code_repository"] = "code_repository"


KIND = Kind(
    "code_repository",
    "Code repository",
    Role.DELIVERY,
    Shape.DELIVERY,
    CodeRepository,
    provided=True,
    other_names=("github", "gitlab", "git", "repo", "repository"),
)
