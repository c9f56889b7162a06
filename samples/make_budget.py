"""Write the sample budget workbook: a fictitious province's budget with all the habits of real ones.

A title and a unit line above two header rows with merged cells, a row of column numbers, subtotals and totals, a code
column whose `1.10` is not a number, blanks where nothing was reported yet, and notes below. Every total is the sum of
its parts. Run it with `python samples/make_budget.py`; the same bytes come out every time.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

TARGET = Path(__file__).parent / "nusantara" / "data" / "apbd-nusa-lentera-2026.xlsx"
# Code, function, budget 2025, realised 2025, budget 2026, realised to 30 September 2026; in millions of rupiah.
FUNCTIONS = (
    ("1.01", "Pendidikan", 2_184_350, 2_121_078, 2_318_900, 1_702_113),
    ("1.02", "Kesehatan", 1_246_120, 1_198_402, 1_470_600, 1_043_982),
    ("1.03", "Pekerjaan Umum dan Penataan Ruang", 1_512_700, 1_377_415, 1_488_250, 893_421),
    ("1.04", "Perumahan Rakyat dan Kawasan Permukiman", 214_080, 187_733, 231_400, 139_206),
    ("1.05", "Ketenteraman dan Ketertiban Umum", 168_940, 161_288, 176_300, 121_844),
    ("1.06", "Sosial", 142_510, 139_904, 158_720, 119_350),
    ("2.09", "Perhubungan", 286_400, 251_016, 297_550, 180_274),
    ("2.10", "Komunikasi dan Informatika", 74_260, 70_118, 82_930, 60_377),
    ("3.03", "Pertanian", 238_170, 226_905, 254_880, 171_562),
    ("3.05", "Pariwisata", 61_330, 57_482, 68_470, 44_915),
)
# Revenue and its parts, and financing, likewise.
SUMMARY = (
    ("Pendapatan Asli Daerah", 2_746_300, 2_811_925, 2_958_400, 2_301_176),
    ("Pendapatan Transfer", 3_102_560, 3_087_344, 3_214_700, 2_466_891),
    ("Lain-lain Pendapatan yang Sah", 96_200, 90_512, 104_900, None),
)


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    summary = book.active
    assert summary is not None
    summary.title = "Pendapatan"
    _sheet(summary, "PENDAPATAN DAERAH PROVINSI NUSA LENTERA", [(None, *row) for row in SUMMARY], "Jumlah Pendapatan")
    functions = book.create_sheet("Belanja per Urusan")
    _sheet(functions, "BELANJA DAERAH MENURUT URUSAN PROVINSI NUSA LENTERA", FUNCTIONS, "Jumlah Belanja")
    book.properties.creator = ""
    stream = BytesIO()
    book.save(stream)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(_without_dates(stream.getvalue()))
    print(f"wrote {TARGET}")


MERGED = ("A1:F1", "A2:F2", "A3:F3", "A5:A6", "B5:B6", "C5:D5", "E5:F5")
HEADER = {
    "A2": "Tahun Anggaran 2025 dan 2026",
    "A3": "(Dalam Juta Rupiah)",
    **{"A5": "Kode", "B5": "Uraian", "C5": "2025", "E5": "2026"},
    **{"C6": "Anggaran", "D6": "Realisasi", "E6": "Anggaran", "F6": "Realisasi*)"},
    **{f"{letter}7": f"({number})" for number, letter in enumerate("ABCDEF", 1)},
}
NOTES = (
    "Catatan:",
    "*) Realisasi sampai dengan 30 September 2026, angka sementara",
    "Sumber: Badan Pengelola Keuangan dan Aset Daerah Provinsi Nusa Lentera (data rekaan)",
)


def _sheet(sheet: Worksheet, title: str, rows: Sequence[tuple[object, ...]], total: str) -> None:
    for address, text in {"A1": title, **HEADER}.items():
        sheet[address] = text
    for area in MERGED:
        sheet.merge_cells(area)
    for number, row in enumerate(rows, 8):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.number_format = "@" if column == 1 else "#,##0" if column > 2 else "General"
    _total(sheet, 8 + len(rows), total, rows)
    for number, note in enumerate(NOTES, 10 + len(rows)):
        sheet.cell(number, 1, note)
    for cell in (*sheet[1], *sheet[5], *sheet[6]):
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center", wrap_text=True)
    sheet.column_dimensions["B"].width = 48


def _total(sheet: Worksheet, number: int, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    sheet.cell(number, 2, name).font = Font(bold=True)
    for column in range(2, 6):
        amount = sum(int(row[column]) for row in rows if row[column] is not None)  # type: ignore[call-overload]  # cells are text, numbers or None
        cell = sheet.cell(number, column + 1, amount)
        cell.number_format, cell.font = "#,##0", Font(bold=True)


def _without_dates(data: bytes) -> bytes:
    """Return the workbook with fixed dates inside the archive and in its properties."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2026-10-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), content)
    return out.getvalue()


if __name__ == "__main__":
    main()
