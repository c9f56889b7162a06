"""Turn data files into tables: a path, bytes, rows or a data frame go in; a Table saying what it found comes out."""

from assetgen.read.describe import ColumnSummary, Description, describe_table, repairs_in_words, table_as_dict
from assetgen.read.files import read_table, read_tables, sheet_names, table_from, table_from_rows
from assetgen.read.lookup import Lookup, lookup_in
from assetgen.read.options import ReadOptions, split_reference

__all__ = [
    "ColumnSummary",
    "Description",
    "Lookup",
    "ReadOptions",
    "describe_table",
    "lookup_in",
    "read_table",
    "read_tables",
    "repairs_in_words",
    "sheet_names",
    "split_reference",
    "table_as_dict",
    "table_from",
    "table_from_rows",
]
