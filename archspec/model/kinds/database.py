"""Database."""

from typing import Literal

from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape
from archspec.model.traits import Store


class Database(Store):
    """A relational or document database: the system of record."""

    kind: Literal["database"] = "database"


KIND = Kind(
    "database",
    "Database",
    Role.STORE,
    Shape.STORE,
    Database,
    other_names=("db", "postgres", "postgresql", "mysql", "sql", "rds", "rdbms", "mongodb", "nosql"),
)
