"""Prove that a raised footnote mark is never read as a digit, from Excel or OpenDocument."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from assetgen.errors import DataError
from assetgen.read import read_table
from assetgen.read.signs import split_cell, without_raised
from assetgen.sources import excel
from assetgen.sources._raised import in_one_line

UP, DOWN = "raised", "lowered"


def workbook(rows):
    """Write rows whose lists are rich strings: every second piece is raised."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, high = book.add_worksheet("Data"), book.add_format({"font_script": 1})
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, list):
                    pieces = [piece for text, up in zip(cell, [False, True] * 9, strict=False) for piece in [up, text]]
                    pieces = [high if piece is True else piece for piece in pieces if piece is not False]
                    sheet.write_rich_string(row, column, *[piece for piece in pieces if piece != ""])
                else:
                    sheet.write(row, column, cell)
    return target.getvalue()


def repacked(data, name, change):
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for entry in source.namelist():
            archive.writestr(entry, change(source.read(entry)) if entry.endswith(name) else source.read(entry))
    return target.getvalue()


ROWS = [
    ["Kota", ["Penduduk", "1"], "Luas", "Nilai"],
    ["Malang", "846.126", "145,28", "5,12"],
    [["Batu", "2"], "213.046", "136,74", ["5,03", "1"]],
    ["Blitar", ["149.149", "1,2)"], "32,57", "4,97"],
    ["Kediri", "286.796", "63,40", "5,40"],
    [],
    [["", "1", " Angka sementara"]],
    [["", "2", " Termasuk wilayah pemekaran"]],
]


def read(data, name="a.xlsx"):
    return read_table(name, data=data)


def test_a_raised_mark_in_excel_never_becomes_a_digit_of_the_number():
    table = read(workbook(ROWS))
    assert [row["nilai"].data for row in table.rows] == [Decimal(n) for n in ("5.12", "5.03", "4.97", "5.40")]
    assert [row["penduduk"].data for row in table.rows] == [846126, 213046, 149149, 286796]
    assert table.rows[1]["nilai"].raw == "5,03¹"
    assert [row["kota"].data for row in table.rows] == ["Malang", "Batu", "Blitar", "Kediri"]
    assert {mark.sign: mark.text for mark in table.marks} == {
        "1": "Angka sementara",
        "2": "Termasuk wilayah pemekaran",
    }
    assert set(table.rows[1]["nilai"].marks) == {"note", "provisional"}


def test_strings_inside_the_sheet_are_read_like_shared_ones():
    rich = '<is><r><t>5,03</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r><rPh><t>9</t></rPh></is>'
    data = workbook([["Kota", "Nilai"], ["Malang", "5,12"], ["Batu", "x"]])

    def change(part):
        return re.sub(rb'<c r="B3" t="s"><v>\d+</v></c>', f'<c r="B3" t="inlineStr">{rich}</c>'.encode(), part)

    table = read(repacked(data, "sheet1.xml", change))
    assert [row["nilai"].data for row in table.rows] == [Decimal("5.12"), Decimal("5.03")]


@pytest.mark.parametrize(
    "change",
    [
        lambda part: re.sub(rb' r="\w+"', b"", part),
        lambda part: re.sub(rb'<c r="', b'<c  r="', part),
        lambda part: re.sub(rb"<(/?)(c|v|row|sheetData)\b", rb"<\1x:\2", part).replace(
            b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        ),
    ],
    ids=["no addresses", "odd spaces", "prefixes"],
)
def test_marks_are_found_however_the_sheet_is_written(change):
    data = workbook([["Kota", "Nilai"], ["Malang", "5,12"], ["Batu", ["5,03", "1"]]])
    grids = excel.read(repacked(data, "sheet1.xml", change), "a.xlsx")
    assert grids[0].texts[2][1] == "5,03¹"


def test_a_file_without_raised_text_is_left_as_it_is():
    rows = [["Kota", "Nilai"], ["Malang", "5,12"], ["Batu", "5,031"]]
    assert [line[1] for line in excel.read(workbook(rows), "a.xlsx")[0].texts] == ["Nilai", "5,12", "5,031"]


def test_a_damaged_list_of_strings_is_an_error_and_no_other_number():
    data = workbook([["Kota", "Nilai"], ["Batu", ["5,03", "1"]]])
    with pytest.raises(DataError, match="damaged"):
        read(repacked(data, "sharedStrings.xml", lambda part: part.replace(b"</rPr>", b"</rPx>")))


def test_raised_spans_of_an_open_document_are_marks_also_where_a_row_repeats():
    from odf import style, table, text
    from odf.opendocument import OpenDocumentSpreadsheet

    document = OpenDocumentSpreadsheet()
    for name, place in (("T1", "super 58%"), ("T2", "33% 58%"), ("T3", "0% 100%")):
        look = style.Style(name=name, family="text")
        look.addElement(style.TextProperties(textposition=place))
        document.automaticstyles.addElement(look)
    child = style.Style(name="T4", family="text", parentstylename="T1")
    document.automaticstyles.addElement(child)
    sheet = table.Table(name="Data")

    def add(cells, repeat=1):
        line = table.TableRow(numberrowsrepeated=repeat)
        for cell in cells:
            box, paragraph = table.TableCell(valuetype="string"), text.P()
            for piece, look in [cell] if isinstance(cell, tuple) else [(cell, None)]:
                base, mark = piece.split("|") if "|" in piece else (piece, "")
                paragraph.addText(base)
                if mark:
                    paragraph.addElement(text.Span(stylename=look, text=mark))
            box.addElement(paragraph)
            line.addElement(box)
        sheet.addElement(line)

    add(["Kota", "Nilai", "Lain"])
    add(["Malang", ("5,03|1", "T1"), ("5,1|1", "T3")])
    add(["Batu", ("5,04|2", "T2"), "4,2"], repeat=2)
    add(["Blitar", ("5,05|1)", "T4"), "4,3"])
    document.spreadsheet.addElement(sheet)
    target = io.BytesIO()
    document.write(target)
    found = read(target.getvalue(), "a.ods")
    assert [row["nilai"].data for row in found.rows] == [Decimal(n) for n in ("5.03", "5.04", "5.04", "5.05")]
    assert found.rows[0]["lain"].data == Decimal("5.11")


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ([("5,03", ""), ("1", UP)], "5,03¹"),
        ([("5,03", ""), ("1", UP), (")", UP)], "5,03¹)"),
        ([("5,03", ""), ("(1)", UP)], "5,03(¹)"),
        ([("5,03", ""), ("a", UP)], "5,03ᵃ"),
        ([("5,03", ""), ("*", UP)], "5,03*"),
        ([("10", ""), ("-3", UP)], "10⁻³"),
        ([("Ke-1", ""), ("st", UP)], "Ke-1st"),
        ([("km", ""), ("2", UP), (" luas", "")], "km² luas"),
        ([("1", UP)], None),
        ([("5,03", UP), (" ", "")], None),
        ([("5,031", ""), ("", UP)], None),
        ([("CO", ""), ("2", DOWN)], "CO2"),
        ([("5,03", ""), ("1", DOWN)], "5,03₁"),
    ],
)
def test_runs_become_one_line(runs, line):
    assert in_one_line(runs) == line


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("5,03¹)", ("5,03", ("1",))),
        ("5,03(¹)", ("5,03", ("1",))),
        ("5,03¹,²", ("5,03", ("1", "2"))),
        ("5,03¹⁾", ("5,03", ("1",))),
        ("5,03ᵃ", ("5,03", ("a",))),
        ("¹5,03", ("5,03", ("1",))),
        ("12,5%²", ("12,5%", ("2",))),
        ("Jawa Timur¹", ("Jawa Timur", ("1",))),
        ("10⁶", None),
        ("10⁻³", None),
        ("5,03₁", None),
        ("Luas km²", None),
        ("Ruang meter²", None),
        ("per m³", None),
    ],
)
def test_raised_marks_come_off_and_powers_stay(text, split):
    assert split_cell(text, {}) == split


def test_ten_with_a_mark_that_a_note_explains_is_ten():
    assert split_cell("10¹", {"1": "Angka sementara"}) == ("10", ("1",))


def test_keys_have_no_marks_and_keep_powers():
    assert without_raised("Penduduk¹ laki-laki²)") == "Penduduk laki-laki"
    assert without_raised("Luas km² dan meter²") == "Luas km² dan meter²"
