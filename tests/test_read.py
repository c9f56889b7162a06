"""Prove that the table in a messy sheet is found: header, kinds, units, totals, notes, and nothing guessed."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from assetgen.errors import DataError, UsageError
from assetgen.read import (
    ReadOptions,
    describe_table,
    read_table,
    read_tables,
    sheet_names,
    split_reference,
    table_as_dict,
    table_from,
    table_from_rows,
)


def from_text(text, **options):
    return read_table("data.csv", options=ReadOptions(**options), data=text.encode())


def codes(table):
    return [remark.code for remark in table.remarks]


def warning(table, code):
    return next(remark for remark in table.remarks if remark.code == code and remark.severity == "warning")


def column(table, key):
    return [row[key].data for row in table.rows]


def workbook(fill):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    fill(book)
    book.close()
    return buffer.getvalue()


# --- where the table is -----------------------------------------------------------------------------------------------

FIVE_ROWS = """\ufeffLapangan Usaha,,,,
,[Seri 2010] Pertumbuhan Ekonomi Menurut Lapangan Usaha (Persen),,,
,Y on Y,,Q to Q,
,2025,,2025,
,Triwulan I,Triwulan II,Triwulan I,Triwulan II
"A Pertanian, Kehutanan",10.22,0.5,-4.17,-
"R,S,T,U Jasa Lainnya",5.4,6.62,-4.97,-
Produk Domestik Regional Bruto,5,5.23,1.14,-
"""


def test_a_header_of_five_rows_with_blank_filled_groups_is_joined():
    table = from_text(FIVE_ROWS)
    assert [c.name for c in table.columns] == [
        "Lapangan Usaha",
        "Y on Y · 2025 · Triwulan I",
        "Y on Y · 2025 · Triwulan II",
        "Q to Q · 2025 · Triwulan I",
        "Q to Q · 2025 · Triwulan II",
    ]
    assert [c.key for c in table.columns][1] == "y_on_y_2025_triwulan_i"
    assert table.header_rows == (1, 2, 3, 4, 5)
    assert table.title == ("[Seri 2010] Pertumbuhan Ekonomi Menurut Lapangan Usaha (Persen)",)
    assert [c.kind for c in table.columns] == ["text", "percent", "percent", "percent", "missing"]
    assert table.rows[0]["q_to_q_2025_triwulan_i"].data == Decimal("-4.17")
    assert str(table.rows[0]["y_on_y_2025_triwulan_i"].cell) == "data.csv!B6"
    assert [row.number for row in table.totals] == [8]


def budget(book):
    sheet = book.add_worksheet("2026")
    sheet.write(0, 0, "APBD TAHUN 2026")
    sheet.merge_range(3, 0, 3, 1, "(1=Rp Juta)")
    sheet.merge_range(4, 0, 5, 0, "NO")
    sheet.merge_range(4, 1, 5, 1, "DAERAH")
    sheet.merge_range(4, 2, 4, 3, "FUNGSI")
    sheet.write_row(5, 2, ["Pendidikan", "Kesehatan"])
    sheet.write_row(6, 0, ["(1)", "(2)", "(3)", "(4)"])
    sheet.write_row(7, 0, [1, "Kab. Sawo"])
    for row, name in enumerate(("Kab. Jambu", "Kab. Mangga", "Kota Salak"), 8):
        sheet.write_row(row, 0, [row - 6, name, row * 10, row * 3])
    sheet.write_row(11, 0, ["Jumlah", "", 270, 81])
    sheet.write(13, 0, "Sumber: BPKAD")
    sheet.write(14, 0, "update data per 20 April 2026")
    book.add_worksheet("Kosong")
    notes = book.add_worksheet("Catatan")
    notes.write_column(0, 0, ["Penjelasan", "Sumber: semua dinas", "Diperbarui tiap bulan"])


def test_title_unit_line_merged_header_numbering_totals_and_notes_are_told_apart():
    table = read_table("apbd.xlsx", data=workbook(budget))
    assert table.title == ("APBD TAHUN 2026",)
    assert table.unit_line == "(1=Rp Juta)"
    assert table.header_rows == (5, 6)
    assert [(c.name, c.unit) for c in table.columns] == [
        ("NO", ""),
        ("DAERAH", ""),
        ("FUNGSI · Pendidikan", "IDR"),
        ("FUNGSI · Kesehatan", "IDR"),
    ]
    assert [row.number for row in table.rows] == [8, 9, 10, 11]
    assert table.rows[0]["fungsi_pendidikan"].missing
    assert [row.number for row in table.totals] == [12]
    assert table.notes == ("Sumber: BPKAD", "update data per 20 April 2026")
    assert str(table.rows[1]["fungsi_kesehatan"].cell) == "apbd.xlsx!2026!D9"


def test_sheets_without_a_table_are_skipped_and_a_named_one_is_refused():
    data = workbook(budget)
    assert [table.sheet for table in read_tables("apbd.xlsx", data=data)] == ["2026"]
    assert sheet_names("apbd.xlsx", data=data) == ("2026", "Catatan")
    with pytest.raises(DataError, match=r"apbd\.xlsx!Catatan: no table was found"):
        read_table("apbd.xlsx", "Catatan", data=data)
    with pytest.raises(DataError, match="the sheet is empty"):
        read_table("apbd.xlsx", "Kosong", data=data)
    with pytest.raises(UsageError, match=r"there is no sheet '2025' \(did you mean '2026'\?\)"):
        read_table("apbd.xlsx", "2025", data=data)


def test_blank_data_rows_under_the_header_stay_data():
    table = from_text("Provinsi,PHK,Dirumahkan\nAceh,,\nBali,5,6\nRiau,7,8\n")
    assert [row["provinsi"].raw for row in table.rows] == ["Aceh", "Bali", "Riau"]
    assert table.rows[0]["phk"].missing


def test_years_and_dates_can_be_column_names():
    table = from_text("Provinsi;2024;2025\nAceh;1990;2001\nBali;1995;2003\nRiau;1996;2010\n")
    assert [c.key for c in table.columns] == ["provinsi", "kolom_2024", "kolom_2025"]
    assert len(table.rows) == 3
    table = from_text("Prov;18-Mar;19-Mar\nAceh;0;1\nBali;2;3\n")
    assert [c.name for c in table.columns] == ["Prov", "18-Mar", "19-Mar"]


def test_empty_columns_and_rows_are_dropped():
    table = from_text("a,,b,\n1,,2,\n,,,\n3,,4,\n")
    assert [(c.key, c.letter) for c in table.columns] == [("a", "A"), ("b", "C")]
    assert [row.number for row in table.rows] == [2, 4]


def test_a_table_of_words_has_its_first_row_as_header():
    table = from_text("Nama,Jabatan\nSiti,Kepala\nBudi,Staf\n")
    assert [c.key for c in table.columns] == ["nama", "jabatan"]
    assert len(table.rows) == 2


def test_numbers_without_a_header_are_named_by_letter_and_told():
    table = from_text("Aceh,5\nBali,7\nRiau,9\n")
    assert [c.key for c in table.columns] == ["kolom_a", "kolom_b"]
    assert len(table.rows) == 3
    assert warning(table, "no-header")


def test_a_second_table_below_is_left_out_and_told():
    table = from_text("a,b,c\nx,1,2\ny,3,4\n,,\nnama,pria,wanita\nz,5,6\n")
    assert len(table.rows) == 2
    assert warning(table, "second-table").cells == ("A5",)


def test_the_header_can_be_pinned():
    text = "Judul,,\na,b,c\nd,e,f\nx,1,2\ny,3,4\n"
    assert from_text(text, header_row=3).columns[0].name == "d"
    pinned = from_text(text, header_row=2, header_rows=2)
    assert [c.name for c in pinned.columns] == ["a · d", "b · e", "c · f"]
    assert [row.number for row in pinned.rows] == [4, 5]


def test_keys_are_unique_identifiers():
    table = from_text("Nilai (%),Nilai (%),Kab/Kota,class,2025,,É t\n1,2,x,y,3,5,4\n5,6,x,y,7,5,8\n")
    assert [c.key for c in table.columns] == ["nilai", "nilai_2", "kab_kota", "class_", "kolom_2025", "kolom_f", "e_t"]
    assert all(c.key.isidentifier() for c in table.columns)


# --- kinds of numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "kind", "unit", "data"),
    [
        (["1.234.567,89", "5"], "number", "", ["1234567.89", "5"]),
        (["1,234,567.89", "5"], "number", "", ["1234567.89", "5"]),
        (["Rp1.234", "Rp 5.000,00"], "money", "IDR", ["1234", "5000"]),
        (["12,5%", "7%"], "percent", "%", ["12.5", "7"]),
        (["(1.234,5)", "-3"], "number", "", ["-1234.5", "-3"]),
        (["588.6", "1113.9"], "number", "", ["588.6", "1113.9"]),
    ],
)
def test_numbers_are_read_in_the_style_of_their_column(cells, kind, unit, data):
    table = from_text("nama;nilai\n" + "".join(f"x{i};{cell}\n" for i, cell in enumerate(cells)))
    assert (table.columns[1].kind, table.columns[1].unit) == (kind, unit)
    assert column(table, "nilai") == [Decimal(number) for number in data]
    assert [row["nilai"].raw for row in table.rows] == cells


def test_missing_marks_are_missing_and_never_zero():
    marks = ["", "-", "–", "...", "…", "n/a", "N/A", "NA", "null", "#N/A"]
    table = from_text("nama;nilai\n" + "".join(f"b{i};{i}\n" for i in range(5)) + "".join(f"x;{m}\n" for m in marks))
    assert column(table, "nilai")[5:] == [None] * len(marks)
    assert all(row["nilai"].missing for row in table.rows[5:])
    assert not table.rows[0]["nilai"].missing and table.rows[0]["nilai"].data == 0


def test_an_ambiguous_column_is_not_guessed():
    table = from_text("nama;nilai\na;1.234\nb;5.678\n")
    assert table.columns[1].kind == "text"
    assert column(table, "nilai") == ["1.234", "5.678"]
    found = warning(table, "ambiguous-number")
    assert found.cells == ("B2", "B3")
    assert "number_style" in found.message


@pytest.mark.parametrize(("style", "number"), [("id", "1234"), ("en", "1.234")])
def test_the_number_style_can_be_pinned(style, number):
    table = from_text("nama;nilai\na;1.234\nb;5.678\n", number_style=style)
    assert column(table, "nilai")[0] == Decimal(number)
    assert "ambiguous-number" not in codes(table)


def test_other_columns_of_the_file_decide_an_ambiguous_one():
    table = from_text("nama;nilai;persen\na;1.234;12,5\nb;5.678;3,25\n")
    assert column(table, "nilai") == [Decimal(1234), Decimal(5678)]
    assert table.number_style == "id"


def test_columns_with_contradicting_styles_stay_text():
    table = from_text("nama;nilai\na;1.234,5\nb;1,234.5\nc;7\n")
    assert table.columns[1].kind == "text"
    assert warning(table, "mixed-number-styles").cells == ("B2", "B3")


def test_damage_by_another_locale_is_told_with_its_cells():
    def fill(book):
        sheet = book.add_worksheet("S")
        for row, line in enumerate([("daerah", "total"), ("A", "4.047.191"), ("B", 487.03), ("C", 969), ("D", 4)]):
            sheet.write_row(row, 0, line)

    table = read_table("a.xlsx", data=workbook(fill))
    assert column(table, "total") == [Decimal(4047191), Decimal("487.03"), Decimal(969), Decimal(4)]
    assert warning(table, "mixed-number-styles").cells == ("B2",)


def test_codes_stay_text():
    table = from_text(
        "kode,NIK,kode pos,telepon,urut\n"
        "11.10,3201012345678901,40115,0812345,001\n"
        "11.1,3201012345678902,40116,0812346,002\n"
    )
    assert [c.style for c in table.columns] == ["code"] * 5
    assert list(row.data for row in table.rows[0].values.values()) == [
        "11.10",
        "3201012345678901",
        "40115",
        "0812345",
        "001",
    ]


def test_zero_padded_and_lost_digits_of_spreadsheet_codes_are_seen():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["nama", "NIK", "kode pos"])
        sheet.write_row(1, 0, ["A", 3201012345678901])
        sheet.write(1, 2, 712, book.add_format({"num_format": "00000"}))

    table = read_table("a.xlsx", data=workbook(fill))
    assert table.rows[0]["kode_pos"].data == "00712"
    assert warning(table, "lost-digits").cells == ("B2",)


def test_percent_cells_of_a_spreadsheet_are_the_number_before_the_sign():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["nama", "capaian"])
        for row, share in enumerate((0.125, 0.07), 1):
            sheet.write(row, 0, f"x{row}")
            sheet.write(row, 1, share, book.add_format({"num_format": "0.0%"}))

    table = read_table("a.xlsx", data=workbook(fill))
    assert column(table, "capaian") == [Decimal("12.5"), Decimal(7)]
    assert {row["capaian"].kind for row in table.rows} == {"percent"}


def test_units_come_from_the_header_or_the_unit_line():
    table = from_text("Satuan: ribu jiwa,,\nWilayah,Penduduk,Luas (km2)\nA,12,5.5\nB,13,6.5\n")
    assert table.unit_line == "Satuan: ribu jiwa"
    assert [c.unit for c in table.columns] == ["", "jiwa", "km2"]
    assert from_text("a,Harga (Rp)\nx,12000\ny,1300\n").columns[1].kind == "money"
    assert from_text("a,Harga (Rp Juta)\nx,12000\ny,1300\n", scale=1).columns[1].kind == "number"
    assert from_text("a,b\nx,12000\ny,1300\n", unit="ton").columns[1].unit == "ton"


def test_years_are_marked_so_that_nobody_groups_their_digits():
    table = from_text("tahun,nilai\n2024,5\n2025,6\n")
    assert (table.columns[0].kind, table.columns[0].style) == ("number", "year")


# --- dates ------------------------------------------------------------------------------------------------------------


def test_dates_are_read_and_impossible_ones_are_told():
    table = from_text("tanggal,n\n17 Agustus 1945,1\n1 Juni 2020,2\n2 Juli 2020,3\n5 Juli 2020,4\n31 Juni 2020,5\n")
    assert table.columns[0].kind == "date"
    assert column(table, "tanggal")[0] == date(1945, 8, 17)
    assert (table.rows[4]["tanggal"].kind, table.rows[4]["tanggal"].data) == ("text", "31 Juni 2020")
    assert warning(table, "impossible-date").cells == ("A6",)


def test_dates_without_a_year_stay_text():
    table = from_text("tanggal,n\n18-Mar,1\n19-Mar,2\n")
    assert table.columns[0].kind == "text"
    assert warning(table, "date-without-year").cells == ("A2", "A3")


def test_months_first_is_told_from_the_whole_column():
    table = from_text("tanggal,n\n03/04/2026,1\n03/25/2026,2\n")
    assert column(table, "tanggal") == [date(2026, 3, 4), date(2026, 3, 25)]
    assert "month-first" in codes(table)
    table = from_text("tanggal,n\n03/04/2026,1\n25/03/2026,2\n")
    assert column(table, "tanggal") == [date(2026, 4, 3), date(2026, 3, 25)]
    assert "day-first-assumed" in codes(from_text("tanggal,n\n03/04/2026,1\n05/06/2026,2\n"))


def test_months_are_marked_as_such():
    table = from_text("bulan,n\nMar 2026,1\nApr 2026,2\n")
    assert (table.columns[0].kind, table.columns[0].style) == ("date", "month")


# --- totals -----------------------------------------------------------------------------------------------------------


def test_a_row_named_after_the_whole_is_a_total_when_it_is_the_sum():
    table = from_text("Kabupaten/Kota,Penduduk\nPacitan,588.6\nMalang,1113.9\nBatu,222.7\nJawa Timur,1925.2\n")
    assert [row.number for row in table.totals] == [5]
    assert "it equals the sum" in next(r.message for r in table.remarks if r.code == "total-row")


def test_a_row_named_after_the_whole_is_a_total_when_the_title_says_so():
    table = from_text(
        "Kab/Kota,\n,Persentase Miskin di Jawa Timur (Persen)\n,2024\nPacitan,13.1\nBatu,3.1\nJawa Timur,9.8\n"
    )
    assert [row.number for row in table.totals] == [6]


def test_the_nation_above_its_regions_is_a_total_but_not_among_countries():
    assert from_text("kode,nama,n\n0,INDONESIA,50\n11,Aceh,20\n12,Sumut,20\n").totals[0].number == 2
    assert not from_text("Negara,n\nMalaysia,20\nThailand,30\nIndonesia,45\n").totals


def test_ordinary_rows_are_no_totals():
    assert not from_text("Kota,n\nMalang,20\nBatu,30\nJakarta,45\n").totals
    assert not from_text("Program,n\nTotalindo,20\nJumlahan,30\nx,45\n").totals


def test_totals_can_be_pinned():
    text = "Kota,n\nMalang,20\nBatu,30\nTotal,50\n"
    assert from_text(text, totals=()).totals == ()
    assert [row.number for row in from_text(text, totals=(2,)).totals] == [2]


def test_a_total_that_does_not_add_up_is_told():
    table = from_text("Kota,pria,wanita,semua\na,1,2,3\nb,10,20,30\nc,7,9,16\nTotal,18,31,99\n")
    assert warning(table, "total-differs").cells == ("D5",)


# --- library use ------------------------------------------------------------------------------------------------------


def test_rows_and_frames_are_taken_as_they_are():
    import polars

    records = [{"kota": "Batu", "n": 5, "p": 1.5}, {"kota": "Malang", "n": None, "p": 2.0}]
    for table in (
        table_from_rows(records),
        table_from(polars.DataFrame(records)),
        table_from(polars.LazyFrame(records)),
    ):
        assert [c.key for c in table.columns] == ["kota", "n", "p"]
        assert column(table, "n") == [Decimal(5), None]
        assert str(table.rows[0]["n"].cell) == "data!B2"
    assert table_from({"a": [1, 2], "b": ["x", "y"]}).rows[1]["b"].data == "y"
    assert table_from(table) is table
    with pytest.raises(UsageError, match="cannot be made from int"):
        table_from(5)


def test_pandas_like_frames_are_taken_without_pandas():
    class Frame:
        columns = ("kota", "n")

        def itertuples(self, index, name):
            return iter([("Batu", 5), ("Malang", float("nan"))])

    assert column(table_from(Frame()), "n") == [Decimal(5), None]


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("a.xlsx#2026", ("a.xlsx", "2026")),
        ("a.xlsx", ("a.xlsx", None)),
        ("a#b.xlsx#c", ("a#b.xlsx", "c")),
        ("#x", ("#x", None)),
    ],
)
def test_references_name_a_file_and_perhaps_a_sheet(reference, parts):
    assert split_reference(reference) == parts


def test_the_format_of_standard_input_is_found_out():
    import polars

    buffer = io.BytesIO()
    polars.DataFrame({"a": ["x"], "b": [1]}).write_parquet(buffer)
    samples = [b"a,b\nx,1\n", b'[{"a": "x", "b": 1}]', buffer.getvalue(), workbook(lambda b: fill_small(b))]
    for data in samples:
        table = read_table("-", data=data)
        assert (table.file, table.rows[0]["b"].data) == ("stdin", Decimal(1))
    for junk in (b"<html></html>", b"\x00\x01\x02\x03" * 9, b"  \n"):
        with pytest.raises(DataError):
            read_table("-", data=junk)


def fill_small(book):
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_row(1, 0, ["x", 1])


def test_files_of_other_kinds_are_refused_with_advice(tmp_path):
    (tmp_path / "a.cap").write_text("<alert/>")
    with pytest.raises(DataError, match=r"'\.cap' files are not read as data \(save the table as \.xlsx or \.csv"):
        read_table(tmp_path / "a.cap")
    with pytest.raises(DataError, match=r"there is no file 'b\.csv'"):
        read_table(tmp_path / "b.csv")


def test_a_workbook_with_the_wrong_suffix_is_still_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(workbook(fill_small))
    table = read_table(tmp_path / "a.csv")
    assert table.rows[0]["a"].data == "x"
    assert warning(table, "other-format")


def test_the_description_is_json_and_plain_words():
    table = read_table("apbd.xlsx", data=workbook(budget))
    shown = json.loads(json.dumps(table_as_dict(table, limit=1)))
    assert (len(shown["rows"]), shown["row_count"]) == (1, 4)
    assert shown["totals"][0]["values"]["fungsi_pendidikan"]["value"] == "270000000"
    words = describe_table(table)
    assert dict(words.facts)["Header"] == "rows 5 to 6"
    assert words.columns[2].examples == "80 | 90 | 100"
    assert words.columns[2].missing == 1
    assert words.totals == ("row 12 (total): Jumlah, 270, 81",)


def test_reading_does_not_load_heavy_libraries():
    import subprocess
    import sys

    heavy = "{'polars', 'openpyxl', 'numpy', 'babel', 'python_calamine', 'pandas'}"
    run = [sys.executable, "-c", f"import assetgen.read, sys; print(sorted({heavy} & set(sys.modules)))"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_amounts_in_thousands_or_millions_are_no_plain_money():
    """A cell that shows `Rp` in a table of millions is a number with that unit: formatted as money it would lie."""

    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write(0, 0, "(dalam jutaan Rupiah)")
        sheet.write_row(1, 0, ["dinas", "pagu"])
        for row in (2, 3):
            sheet.write(row, 0, f"d{row}")
            sheet.write(row, 1, row * 1000, book.add_format({"num_format": '"Rp"#,##0'}))

    table = read_table("a.xlsx", data=workbook(fill))
    assert (table.columns[1].kind, table.columns[1].unit) == ("money", "IDR")
    assert (table.rows[0]["pagu"].raw, table.rows[0]["pagu"].data) == ("2000", Decimal(2_000_000_000))
    table = read_table("a.xlsx", data=workbook(fill), options=ReadOptions(scale=1))
    assert (table.columns[1].kind, table.columns[1].unit) == ("number", "jutaan Rupiah")
    assert (table.rows[0]["pagu"].kind, table.rows[0]["pagu"].unit) == ("number", "jutaan Rupiah")


def test_a_style_borrowed_from_other_columns_is_told():
    table = from_text("nama;nilai;persen\na;1.234;12,5\nb;5.678;3,25\n")
    assert next(r.cells for r in table.remarks if r.code == "style-from-other-columns") == ("B2", "B3")


def test_a_first_row_of_numbers_that_look_like_years_is_data():
    table = from_text("Provinsi,Kasus\nAceh,2013\nBali,543\nRiau,12\n")
    assert column(table, "kasus") == [Decimal(2013), Decimal(543), Decimal(12)]


def test_real_dates_in_a_spreadsheet_header_name_columns():
    def fill(book):
        sheet = book.add_worksheet("S")
        shown = book.add_format({"num_format": "mmm-yy"})
        sheet.write_row(0, 0, ["Provinsi"])
        for index in range(2):
            sheet.write(0, index + 1, date(2026, index + 1, 1), shown)
            sheet.write_row(index + 1, 0, [f"P{index}", index * 10, 5])

    table = read_table("a.xlsx", data=workbook(fill))
    assert [c.name for c in table.columns] == ["Provinsi", "2026-01-01", "2026-02-01"]
    assert len(table.rows) == 2


def test_shares_and_rates_do_not_take_the_unit_of_the_table():
    table = from_text("(dalam ribuan rupiah);;;\nUraian;Anggaran;%;Laju\nA;1.000;90,5;7\nB;2.000;75,5;8\n")
    assert [c.unit for c in table.columns] == ["", "IDR", "%", ""]


def test_times_with_a_dot_are_times_where_the_column_says_so():
    table = from_text("jam;acara\n09.00;Buka\n10.30;Tutup\n")
    assert table.columns[0].kind == "time"
    assert str(table.rows[1]["jam"].data) == "10:30:00"
    assert from_text("nilai;acara\n09.00;Buka\n10.30;Tutup\n").columns[0].kind != "time"


def test_pins_that_fit_nothing_are_refused():
    text = "nama,nilai\nx,1\ny,2\n"
    with pytest.raises(UsageError, match="`header_row` is 9, but the sheet has rows 1 to 3"):
        from_text(text, header_row=9)
    with pytest.raises(UsageError, match="`header_rows` is 0"):
        from_text(text, header_rows=0)
    with pytest.raises(UsageError, match=r"there is no column 'nilia' \(did you mean 'nilai'\?\)"):
        from_text(text, text_columns=("nilia",))
    assert from_text(text, text_columns=("nilai",)).rows[0]["nilai"].data == "1"


def test_labels_merged_over_rows_belong_to_each_row():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Provinsi", "Kab", "n"])
        sheet.merge_range("A2:A4", "Jatim")
        for index in range(4):
            sheet.write_row(index + 1, 1, [f"K{index}", index])
        sheet.write(4, 0, "Bali")

    table = read_table("a.xlsx", data=workbook(fill))
    assert column(table, "provinsi") == ["Jatim", "Jatim", "Jatim", "Bali"]


def test_a_small_sum_may_be_an_accident():
    assert not from_text("Kota,n\nMalang,1\nBatu,2\nBali,3\nSolo,6\n").totals


def test_the_word_for_a_total_in_the_number_column_does_not_make_it_text():
    table = from_text("No,Kec,n\n1,A,5\n2,B,6\nJumlah,,11\n")
    assert (table.columns[0].kind, table.columns[0].style) == ("number", "index")
    assert [row.number for row in table.totals] == [4]


def test_words_between_numbers_are_told():
    table = from_text("nama;nilai\na;12,5\nb;13,5\nc;tidak ada\n")
    assert table.columns[1].kind == "text"
    assert warning(table, "numbers-and-words").cells == ("B4",)


def test_numbering_and_coordinates_do_not_decide_how_amounts_are_read():
    """Chapters 1.1 and latitudes -6.89 have dots in Indonesian files too; they must not turn 1.234 into 1.2."""
    for name, cells in (("No", ("1.1", "1.2")), ("lat", ("-6.89", "-7.1")), ("kode", ("11.01", "11.02"))):
        table = from_text(f"{name};nilai\n{cells[0]};1.234\n{cells[1]};5.678\n")
        assert table.columns[1].kind == "text"
        assert warning(table, "ambiguous-number").cells == ("B2", "B3")


def test_a_borrowed_style_that_makes_numbers_small_is_a_warning():
    table = from_text("nama;nilai;persen\na;1.234;12.5\nb;5.678;3.25\n")
    assert column(table, "nilai")[0] == Decimal("1.234")
    assert warning(table, "style-from-other-columns").cells == ("B2", "B3")


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("Data per 31 Juni 2020", "impossible-date", "31 Juni 2020"),
        ("rilis 30 Februari 2026 pukul 10.00 WIB", "impossible-date", "30 Februari 2026"),
        ("Updated February 29, 2023", "impossible-date", "February 29, 2023"),
        ("29 Februari 2023", "impossible-date", "29 Februari 2023"),
        ("kondisi tanggal 45/13/2020", "impossible-date", "45/13/2020"),
        ("sampai 2026-06-31", "impossible-date", "2026-06-31"),
        ("Rapat Senin, 17 Agustus 1945", "wrong-weekday", "Senin, 17 Agustus 1945"),
    ],
)
def test_impossible_dates_are_named_wherever_they_stand(text, code, shown):
    for table in (
        from_text(f'Kota,n\nA,5\nB,6\n\n"Catatan: {text}"\n'),
        from_text(f'"{text}",\nKota,n\nA,5\nB,6\n'),
        from_text(f'Kota,Keterangan,n\nA,"{text}",5\nB,baik,6\n'),
    ):
        remark = warning(table, code)
        assert f"'{shown}'" in remark.message
        assert remark.cells in (("A5",), ("A1",), ("B2",))


@pytest.mark.parametrize(
    "text",
    [
        "Data per 29 Februari 2024",
        "Jumat, 17 Agustus 1945",
        "Minggu 3 Mei 2020",
        "Nomor 45/13/2020",
        "Permen 31/12/2020 Tahun 2020",
        "naik 31 juta 2020",
        "tanggal 12/31/2020",
        "Jalan 17 Agustus 1945",
    ],
)
def test_dates_that_can_be_and_numbers_are_left_alone(text):
    table = from_text(f'Kota,Keterangan,n\nA,"{text}",5\nB,baik,6\n')
    assert not {"impossible-date", "wrong-weekday"} & set(codes(table))


def test_a_date_with_another_weekday_stays_text():
    table = from_text('tanggal,n\n"Jumat, 17 Agustus 1945",1\n"Senin, 18 Agustus 1945",2\n19 Agustus 1945,3\n')
    assert [row["tanggal"].kind for row in table.rows] == ["date", "text", "date"]
    assert table.rows[1]["tanggal"].data == "Senin, 18 Agustus 1945"
    assert warning(table, "wrong-weekday").cells == ("A3",)


def test_dates_on_a_sheet_of_notes_are_named_with_the_sheet():
    def fill(book):
        fill_small(book)
        book.add_worksheet("Ket").write(4, 1, "Pembaruan terakhir: 31 Juni 2020")

    for table in (read_table("a.xlsx", data=workbook(fill)), read_tables("a.xlsx", data=workbook(fill))[0]):
        assert warning(table, "impossible-date").cells == ("Ket!B5",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1043015885.9999999", "1043015886"),
        ("0.30000000000000004", "0.3"),
        ("12.340000000000002", "12.34"),
        ("0.12345678901234567", "0.12345678901234567"),
        ("123456789012345.5", "123456789012345.5"),
        ("3.1415926535897931", "3.1415926535897931"),
        ("0.9999", "0.9999"),
        ("1000000.25", "1000000.25"),
        ("999999999999999999", "999999999999999999"),
    ],
)
def test_noise_of_binary_fractions_is_cleaned_where_it_is_beyond_doubt(text, number):
    table = from_text(f"nama,n\nA,{text}\nB,1.5\nC,2.5\n", number_style="en")
    value = table.rows[0]["n"]
    assert (value.raw, value.data) == (text, Decimal(number))
    assert ("float-noise" in codes(table)) == (text != number)


def test_noise_of_a_spreadsheet_is_cleaned_and_the_raw_text_stays():
    import zipfile

    def fill(book):
        sheet = book.add_worksheet("S")
        for row, cells in enumerate((["nama", "n"], ["a", 71], ["b", 72], ["c", 5])):
            sheet.write_row(row, 0, cells)

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(fill))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"<v>71</v>", b"<v>0.30000000000000004</v>")
            new.writestr(name, content.replace(b"<v>72</v>", b"<v>1043015885.9999999</v>"))
    table = read_table("a.xlsx", data=buffer.getvalue())
    assert column(table, "n") == [Decimal("0.3"), Decimal(1043015886), Decimal(5)]
    assert table.rows[0]["n"].raw == "0.30000000000000004"
    remark = next(remark for remark in table.remarks if remark.code == "float-noise")
    assert (remark.cells, "0.30000000000000004 is 0.3" in remark.message) == (("B2", "B3"), True)
