"""What a server keeps to itself."""

from typing import Annotated, Literal

from archspec.model.element import Namespace, Ref
from archspec.model.field_types import Id

LocalData = Literal["logs", "data", "uploads", "sessions", "cache", "temporary"]
SessionStore = Annotated[Id, Ref(Namespace.COMPONENT, ("cache", "database"), also=("local",))]
