"""Prove that each format gives the cells that a person sees, and refuses what is damaged or dangerous."""

import io
import zipfile
from datetime import date, time
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen import parts
from assetgen.errors import AssetgenError, DataError, SecurityError
from assetgen.model import Grid
from assetgen.read import table_from
from assetgen.sources import csv, excel, json, parquet


def workbook(fill):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    fill(book)
    book.close()
    return buffer.getvalue()


def repacked(data, changes):
    """Return a zip with some parts replaced or added."""
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, content in changes.items():
            target.writestr(name, content)
    return buffer.getvalue()


def simple(book):
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["nama", "nilai"])
    sheet.write_row(1, 0, ["Aceh", 12.5])


# --- csv --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_of_text_is_found_out(encoding, found):
    text = "nama;catatan\nKafé;naïve – “kutip”\nToko;biasa\n"
    (grid,) = csv.read(text.encode(encoding), "a.csv")
    assert grid.encoding == found
    assert grid.texts[1] == ("Kafé", "naïve – “kutip”")
    assert bool(grid.remarks) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out_where_other_marks_stand_in_the_text(delimiter):
    rows = [["nama", "nilai", "ket"], ["Aceh; Sabang", "1,5", "a"], ["Bali", "2,25", "b|c"], ["Riau", "3,0", "d"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows)
    (grid,) = csv.read(text.encode(), "a.csv")
    assert (grid.delimiter, grid.texts) == (delimiter, tuple(map(tuple, rows)))


def test_excels_own_delimiter_line_is_obeyed_and_is_no_row():
    (grid,) = csv.read(b"sep=|\na|b\n1|2\n", "a.csv")
    assert grid.texts == (("a", "b"), ("1", "2"))


def test_quotes_hold_delimiters_and_line_breaks():
    (grid,) = csv.read(b'a,b\r\n"x, ""y""\r\nz",2\r\n', "a.csv")
    assert grid.texts[1] == ('x, "y"\r\nz', "2") or grid.texts[1] == ('x, "y"\nz', "2")


def test_a_quote_that_is_never_closed_is_named_with_its_line():
    with pytest.raises(DataError, match=r"a\.csv:3: a quote is opened and never closed"):
        csv.read(b'a,b\n1,2\n"x,3\n4,5\n', "a.csv")


def test_control_characters_are_removed_and_told_with_their_cell():
    (grid,) = csv.read(b"a,b\nx\x07y,1\n", "a.csv")
    assert grid.texts[1] == ("xy", "1")
    assert [(remark.code, remark.cells) for remark in grid.remarks] == [("control-characters", ("A2",))]


def test_a_cell_that_is_too_long_is_named():
    with pytest.raises(DataError, match=r"a\.csv!B2: the cell holds 100,001 characters"):
        csv.read(b"a,b\n1," + b"x" * 100_001, "a.csv")


def test_too_many_columns_are_refused():
    with pytest.raises(DataError, match="2,001 columns"):
        csv.read(b",".join([b"a"] * 2001), "a.csv")


def test_binary_data_is_no_text():
    with pytest.raises(DataError, match="no text file"):
        csv.read(bytes(range(256)) * 40 + b"\x00" * 500, "a.csv")


# --- excel ------------------------------------------------------------------------------------------------------------


def test_number_formats_show_what_a_person_sees():
    def fill(book):
        sheet = book.add_worksheet("S")
        formats = ["0.0%", "0%", "00000", '"Rp"#,##0', "dd/mm/yyyy", "hh:mm", "General"]
        for column, (value, code) in enumerate(
            zip([0.125, 0.07, 712, 1234, date(2026, 1, 2), time(9, 30), 5.0], formats, strict=True)
        ):
            sheet.write(0, column, value, book.add_format({"num_format": code}))

    (grid,) = excel.read(workbook(fill), "a.xlsx")
    assert grid.texts[0] == ("12.5%", "7%", "00712", "1234", "2026-01-02", "09:30:00", "5")
    assert grid.natives[0] == (
        Decimal("12.5"),
        Decimal(7),
        None,
        Decimal(1234),
        date(2026, 1, 2),
        time(9, 30),
        Decimal(5),
    )
    assert grid.percents == {(0, 0), (0, 1)}
    assert grid.currencies == {(0, 3): "IDR"}


def test_error_values_are_missing_and_told():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet.write(0, 1, 3)

    (grid,) = excel.read(workbook(fill), "a.xlsx")
    assert grid.texts[0] == ("#DIV/0!", "3")
    assert grid.natives[0][0] is None
    assert [(remark.code, remark.cells, remark.severity) for remark in grid.remarks] == [
        ("error-value", ("A1",), "warning")
    ]


def test_formulas_give_their_stored_result_or_a_warning():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write_formula(0, 0, "=1+1", None, 2)

    data = workbook(fill)
    assert excel.read(data, "a.xlsx")[0].natives[0] == (Decimal(2),)
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    bare = repacked(data, {"xl/worksheets/sheet1.xml": part.replace(b"<v>2</v>", b"<v></v>")})
    (grid,) = excel.read(bare, "a.xlsx")
    assert [(remark.code, remark.cells) for remark in grid.remarks] == [("uncomputed-formula", ("A1",))]


def test_merged_cells_and_hidden_sheets_are_known():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.merge_range(0, 0, 0, 2, "Judul")
        hidden = book.add_worksheet("T")
        hidden.write(0, 0, "x")
        hidden.hide()

    first, second = excel.read(workbook(fill), "a.xlsx")
    assert first.merges == ((0, 0, 0, 2),)
    assert (first.hidden, second.hidden) == (False, True)


def test_ods_percentages_and_leading_zeros_are_shown_as_written():
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table, row = Table(name="S"), TableRow()
    for attributes, text in [
        ({"valuetype": "percentage", "value": "0.125"}, "12,5%"),
        ({"valuetype": "currency", "value": "1234", "currency": "IDR"}, "Rp1.234"),
        ({"valuetype": "float", "value": "7"}, "00007"),
        ({"valuetype": "date", "datevalue": "2026-01-02"}, "02/01/26"),
    ]:
        cell = TableCell(**attributes)
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    (grid,) = excel.read(buffer.getvalue(), "a.ods")
    assert grid.texts[0] == ("12,5%", "1234", "00007", "2026-01-02")
    assert grid.natives[0][0] == Decimal("12.5")
    assert grid.currencies == {(0, 1): "IDR"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(workbook(simple), {"xl/worksheets/bomb.xml": b"0" * 150_000_000})
    with pytest.raises(SecurityError, match="times its size"):
        excel.read(bomb, "a.xlsx")


def test_declared_entities_are_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><styleSheet>&e;</styleSheet>'
    with pytest.raises(SecurityError, match="entities"):
        excel.read(repacked(workbook(simple), {"xl/styles.xml": evil}), "a.xlsx")
    with pytest.raises(SecurityError, match="entities"):
        excel.read(repacked(workbook(simple), {"xl/styles.xml": evil.decode().encode("utf-16")}), "a.xlsx")


def test_a_far_away_cell_does_not_eat_the_memory():
    data = workbook(simple)
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    far = part.replace(b'r="B2"', b'r="XFD1048576"').replace(b'<row r="2"', b'<row r="1048576"')
    assert far != part
    with pytest.raises(DataError, match="16,384 columns"):
        excel.read(repacked(data, {"xl/worksheets/sheet1.xml": far}), "a.xlsx")


def test_repeated_ods_cells_do_not_eat_the_memory():
    content = b"""<?xml version="1.0"?><office:document-content
      xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
      <office:body><office:spreadsheet><table:table table:name="S">
      <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"
      office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>
      </table:table></office:spreadsheet></office:body></office:document-content>"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(DataError, match="16,000 columns"):
        excel.read(buffer.getvalue(), "a.ods")


def test_a_web_page_named_xls_is_refused_with_advice():
    with pytest.raises(DataError, match=r"holds a web page .*save it as \.xlsx"):
        excel.read(b"<html><table><tr><td>1</td></tr></table></html>", "a.xls")


def test_a_protected_workbook_says_so():
    with pytest.raises(DataError, match="protected by a password"):
        excel.read(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx"
        )


def test_fractions_of_a_legacy_file_are_told():
    """A legacy file does not tell its number formats, so a fraction may be a percentage."""
    grid = Grid("S", (("0.125", "5"),), ((Decimal("0.125"), Decimal(5)),))
    warned = excel._warn_of_fractions(grid)
    assert [(remark.code, remark.cells) for remark in warned.remarks] == [("hidden-percent", ("A1",))]


# --- json and parquet -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1.10, "b": "x"}, {"a": 2, "b": null}]',
        '{"Info": {"gempa": [{"a": 1.10, "b": "x"}, {"a": 2, "b": null}]}}',
        '{"a": 1.10, "b": "x"}\n{"a": 2, "b": null}\n',
        '{"type": "FeatureCollection", "features": [{"properties": {"a": 1.10, "b": "x"}, "geometry": {}},'
        ' {"properties": {"a": 2, "b": null}, "geometry": {}}]}',
    ],
)
def test_records_are_found_wherever_they_are_in_the_json(text):
    (grid,) = json.read(text.encode(), "a.json")
    assert grid.texts[0] == ("a", "b")
    assert grid.natives[1:] == ((Decimal("1.10"), None), (Decimal(2), None))
    assert grid.texts[1][1] == "x"


def test_one_object_is_one_row_without_its_wrappers():
    (grid,) = json.read(b'{"Infogempa": {"gempa": {"Jam": "09:00 WIB", "posisi": {"lat": 1}}}}', "a.json")
    assert grid.texts == (("Jam", "posisi.lat"), ("09:00 WIB", "1"))


def test_lists_inside_records_are_sheets_with_the_outer_fields():
    first, second = json.read(b'{"data": [{"kota": "A", "cuaca": [[{"t": 1}, {"t": 2}]]}]}', "a.json")
    assert (first.name, first.texts[0]) == ("data", ("kota",))
    assert (second.name, second.texts) == ("data.cuaca", (("kota", "t"), ("A", "1"), ("A", "2")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1, 2]",
        '{"a": NaN}',
        "nul",
        "[" * 100_000,
        '"x"',
        "[]",
        "{}",
        '{"a":1}\n{b}',
    ],
)
def test_json_without_records_is_refused(text):
    with pytest.raises(DataError):
        json.read(text.encode(), "a.json")


def test_deeply_nested_records_are_refused():
    text = "[" + '{"b": 1, "a": ' * 950 + "1" + "}" * 950 + "]"
    with pytest.raises(DataError, match="nested too deeply"):
        json.read(text.encode(), "a.json")


def test_parquet_keeps_types():
    import polars

    buffer = io.BytesIO()
    frame = polars.DataFrame({"n": [1, None], "f": [0.1, 2.0], "d": [date(2026, 1, 2), None], "t": ["x", "y"]})
    frame.write_parquet(buffer)
    (grid,) = parquet.read(buffer.getvalue(), "a.parquet")
    assert grid.natives[1] == (Decimal(1), Decimal("0.1"), date(2026, 1, 2), None)
    assert grid.texts == (("n", "f", "d", "t"), ("1", "0.1", "2026-01-02", "x"), ("", "2", "", "y"))


# --- anything at all --------------------------------------------------------------------------------------------------


def sources():
    return [parts.load("sources", name) for name in parts.names("sources")]


def test_every_source_has_the_parts_of_a_source():
    """Each format names its suffixes, which no other has, and tells how sure it is about bytes."""
    suffixes = [suffix for module in sources() for suffix in module.SUFFIXES]
    assert len(suffixes) == len(set(suffixes)) and all(suffix.startswith(".") for suffix in suffixes)
    assert all(module.__doc__ and 0 <= module.confidence(b"x") <= 1 for module in sources())


@given(
    st.sampled_from(sources()),
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"[", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
@settings(max_examples=300, deadline=None)
def test_random_bytes_raise_nothing_but_our_errors(module, data, mark):
    try:
        module.read(mark + data, "x")
    except AssetgenError as error:
        assert str(error)


def samples():
    import polars

    buffer = io.BytesIO()
    polars.DataFrame({"a": [1, 2], "b": ["x", "y"]}).write_parquet(buffer)
    return [
        (excel, workbook(simple)),
        (parquet, buffer.getvalue()),
        (json, b'[{"a": 1, "b": "x"}]'),
        (csv, b'a;b\n1,5;"x"\n'),
    ]


@pytest.mark.parametrize(("module", "data"), samples())
def test_truncated_and_flipped_files_raise_nothing_but_our_errors(module, data, capfd):
    step = max(1, len(data) // 60)
    broken = [data[:length] for length in range(0, len(data), step)]
    broken += [data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] for at in range(0, len(data), step)]
    for piece in broken:
        try:
            module.read(piece, "x")
        except AssetgenError as error:
            assert str(error)
    capfd.readouterr()


@pytest.mark.parametrize("odd", [10**400, -(10**20), 1e-7, 1e300, float("inf"), float("nan"), None, "kata", True])
def test_one_odd_value_in_a_column_of_numbers_changes_no_other(odd):
    table = table_from([{"n": value, "kota": f"Kota {at}"} for at, value in enumerate([1.5, 2, odd, 4.0, 0.25, -3.75])])
    assert [row["n"].data for at, row in enumerate(table.rows) if at != 2] == [
        Decimal(text) for text in ("1.5", "2", "4", "0.25", "-3.75")
    ]
