"""Prove on random sheets that reading never fails by accident and never loses or invents a cell."""

import csv
import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.errors import AssetgenError
from assetgen.locale import parse_number
from assetgen.read import describe_table, read_table, table_as_dict
from assetgen.read.signs import split_cell

NASTY = (
    *("", "", "", "-", "N/A", "Aceh", "Bali", "Total", "Jumlah (Rp Juta)", "2024", "2025", "1.234", "1.234,5", "12.5"),
    *(
        "(1)",
        "(2)",
        "(3)",
        "1",
        "2",
        "3",
        "17/08/1945",
        "31 Juni 2020",
        "18-Mar",
        "Rp5.000",
        "7%",
        "Sumber: BPS",
        "0812",
    ),
    *("Satuan: jiwa", "Indonesia", "09.00 WIB", "Mar 2026", "(1=Rp Juta)", "*) sementara", "x" * 70, "\u200b"),
)
CELLS = st.one_of(st.sampled_from(NASTY), st.text(max_size=6))
SHEETS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=14)


def as_csv(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode("utf-8", "replace")


def read(data):
    try:
        return read_table("x.csv", data=data)
    except AssetgenError as error:
        assert str(error)
        return None


@given(SHEETS)
@settings(max_examples=400, deadline=None)
def test_any_sheet_gives_a_table_or_one_of_our_errors(rows):
    table = read(as_csv(rows))
    if table:
        assert table_as_dict(table) and describe_table(table).columns
        keys = [column.key for column in table.columns]
        assert len(set(keys)) == len(keys)
        assert all(key.isidentifier() and key.isascii() and key == key.lower() for key in keys)
        assert all(list(row.values) == keys for row in (*table.rows, *table.totals))


@given(SHEETS)
@settings(max_examples=400, deadline=None)
def test_no_cell_is_lost_without_a_remark(rows):
    table = read(as_csv(rows))
    if not table or {"second-table", "numbering-row", "loose-quotes"} & {remark.code for remark in table.remarks}:
        return
    kept = [*table.title, table.unit_line, *table.notes, *(part for column in table.columns for part in column.header)]
    kept += [value.raw for row in (*table.rows, *table.totals) for value in row.values.values()]
    held = {"".join(text.split()) for text in kept}
    control = {remark.code for remark in table.remarks}
    if "control-characters" not in control and table.encoding == "utf-8" and table.delimiter == ",":
        for row in csv.reader(io.StringIO(as_csv(rows).decode(), newline="")):
            for text in row:
                assert "".join(text.split()) in held or not text.strip()


@given(SHEETS)
@settings(max_examples=300, deadline=None)
def test_every_number_says_what_its_raw_text_says_in_one_of_the_styles(rows):
    table = read(as_csv(rows))
    legend = {mark.sign: mark.text for mark in table.marks} if table else {}
    for row in (*table.rows, *table.totals) if table else ():
        for value in row.values.values():
            marked = split_cell(value.raw.strip(), legend) if value.marks else None
            raw = marked[0] if marked else value.raw
            if isinstance(value.data, Decimal):
                written = [number for style in ("id", "en") if (number := parse_number(raw, style)) is not None]
                assert value.data in (*written, *(number * 1_000_000 for number in written))
            assert value.kind != "missing" or value.data is None
            assert value.kind != "text" or value.data in (raw, raw.strip(), value.raw, value.raw.strip())
