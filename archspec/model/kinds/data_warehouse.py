"""Data warehouse."""

from typing import Literal

from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape
from archspec.model.traits import Store


class DataWarehouse(Store):
    """A store for questions over much data, such as Snowflake, BigQuery or Redshift."""

    kind: Literal["data_warehouse"] = "data_warehouse"


KIND = Kind(
    "data_warehouse",
    "Data warehouse",
    Role.STORE,
    Shape.STORE,
    DataWarehouse,
    other_names=("warehouse", "olap", "data_lake", "snowflake", "bigquery", "redshift"),
)
