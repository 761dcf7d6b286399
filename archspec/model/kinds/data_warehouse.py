"""Data warehouse."""

from typing import Literal

from archspec.model import Kind, Role, Shape, Store


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
