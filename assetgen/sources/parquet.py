"""Read Parquet: the bytes of a file go in, one grid with typed values comes out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from assetgen.errors import DataError, Place
from assetgen.model import Grid
from assetgen.sources._cells import check_size, grid_of_columns

if TYPE_CHECKING:
    import polars

SUFFIXES: tuple[str, ...] = (".parquet", ".pq")

MAX_TEXT_BYTES = 500_000_000


def confidence(data: bytes) -> float:
    """Tell whether bytes carry the marks of Parquet."""
    return 1.0 if data[:4] == b"PAR1" else 0.0


def read(data: bytes, name: str) -> tuple[Grid, ...]:
    """Read a Parquet file; its column names are the header.

    Raises DataError when the file is damaged or larger than the limits.
    """
    place = Place(name)
    if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
        raise DataError("this is no Parquet file, or its end is missing", place)
    import polars

    try:
        lazy = polars.scan_parquet(io.BytesIO(data))
        columns = lazy.collect_schema().names()
        check_size(int(lazy.select(polars.len()).collect().item()), len(columns), place)
        frame = lazy.collect()
        _check_text(frame, place)
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError, ValueError) as error:
        raise DataError(f"the Parquet file is damaged: {str(error).splitlines()[0][:200]}", place) from error
    return (grid_of_columns(None, columns, [column.to_list() for column in frame.iter_columns()], place),)


def _check_text(frame: polars.DataFrame, place: Place) -> None:
    """Refuse text that is small in the file, where repeats are stored once, and huge when written out."""
    import polars

    total = sum(int(frame[name].str.len_bytes().sum()) for name, kind in frame.schema.items() if kind == polars.String)
    if total > MAX_TEXT_BYTES:
        raise DataError(f"the file holds {total:,} bytes of text; at most {MAX_TEXT_BYTES:,} are read", place)
