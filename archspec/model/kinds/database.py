"""Database."""

from typing import Literal

from archspec.model import Kind, Role, Shape, Store


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
