"""Every run of a sweep as Parquet (extra `parquet`)."""

from io import BytesIO

from archspec.errors import MissingExtraError
from archspec.reports import Report, Subject, Sweep
from archspec.reports.sweep_rows import columns, rows


def parquet(sweep: Sweep) -> bytes:
    """The same table with typed columns.

    Raises:
        MissingExtraError: the extra is not installed.

    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    names, found = columns(sweep), rows(sweep)
    table = pyarrow.table({name: [row[number] for row in found] for number, name in enumerate(names)})
    out = BytesIO()
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()


REPORT = Report("parquet", Subject.SWEEP, (".parquet",), parquet, is_text=False)
