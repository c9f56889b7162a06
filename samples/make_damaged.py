"""Write small tables whose numbers a program with another locale has damaged, with the truth beside each.

An Indonesian file holds `4.047.191`, `487.030` and `4.000`; opened where a dot is the decimal mark it holds the text
`4.047.191`, the number 487.03 and the number 4. English files that Indonesian programs open suffer so with commas.
Run it with `python samples/make_damaged.py`; the same bytes come out every time. All figures are made up.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent / "damaged"
Table = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Program:
    """What opened a file: the mark that it takes for a decimal one, and what it does with the other mark.

    `drops` takes the other mark for thousands wherever it stands, as `234,5` for 2345; else such text stays text.
    `trails` writes whole numbers as `4.0`, as some libraries do.
    """

    point: str = "."
    drops: bool = False
    trails: bool = False

    def opens(self, text: str) -> object:
        """Return what a cell holds after the program read its text: a number, or the text."""
        plain = text.replace("," if self.point == "." else ".", "") if self.drops else text
        if re.fullmatch(rf"-?\d+(?:{re.escape(self.point)}\d+)?", plain):
            return Decimal(plain.replace(self.point, "."))
        return text

    def writes(self, cell: object) -> str:
        """Return a cell as the program writes it into a CSV file."""
        if not isinstance(cell, Decimal):
            return str(cell)
        number = cell.normalize() if cell else Decimal(0)
        text = f"{number:f}"
        return (text + ".0" if self.trails and "." not in text else text).replace(".", self.point)


def written(number: Decimal | None, group: str = ".", places: int = 0) -> str:
    """Write a number as people do: `4.047.191` or `1.234,5`; with commas for thousands where `group` is one."""
    if number is None:
        return "-"
    text = f"{number:,.{places}f}"
    return text if group == "," else text.translate(str.maketrans(",.", ".,"))


def damaged(table: Table, program: Program, group: str = ".", places: int = 0) -> list[list[object]]:
    """Return the cells of a table after a program opened the file in which its numbers were written with `group`."""
    return [
        [program.opens(written(cell, group, places)) if isinstance(cell, Decimal) else cell for cell in row]
        for row in table
    ]


def as_csv(table: Table, program: Program) -> bytes:
    """Return a table as the bytes of a CSV file; where the comma is a decimal mark, semicolons stand between cells."""
    out = io.StringIO()
    csv.writer(out, delimiter=";" if program.point == "," else ",", lineterminator="\n").writerows(
        [program.writes(cell) if cell is not None else "" for cell in row] for row in table
    )
    return out.getvalue().encode()


def as_xlsx(table: Table) -> bytes:
    """Return a table as the bytes of a workbook, without the time of day."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": __import__("datetime").datetime(2026, 10, 1)})
        sheet = book.add_worksheet("data")
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if isinstance(cell, Decimal):
                    sheet.write_number(row, column, float(cell))
                elif cell is not None:
                    sheet.write_string(row, column, str(cell))
    return _without_times(out.getvalue())


def _without_times(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), old.read(name))
    return out.getvalue()


# --- the tables -------------------------------------------------------------------------------------------------------


def spending() -> Table:
    """Return spending by function: the total stands left of its parts, a thousand here and there is round."""
    rows: list[list[object]] = [
        ["Daerah", "Total Belanja", "Pelayanan", "Pendidikan", "Ekonomi", "Kesehatan", "Wisata"]
    ]
    for number in range(1, 25):
        parts = [
            (number * 7919 + part * 104729) % (900_000 if part else 1_900_000) + (0 if part == 4 else 5_000)
            for part in range(5)
        ]
        parts[3] = parts[3] // 1000 * 1000 if number % 5 == 0 else parts[3]
        parts[4] = parts[4] % 1000 if number % 3 == 0 else 4_000 if number % 4 == 0 else parts[4]
        rows.append([f"Kabupaten Contoh {number}", Decimal(sum(parts)), *map(Decimal, parts)])
    return rows


def people() -> Table:
    """Return women and men with totals at the right and at the bottom."""
    rows: list[list[object]] = [["Kecamatan", "Laki-laki", "Perempuan", "Jumlah"]]
    for number in range(1, 15):
        men = (number * 48_611) % 97_000 + 800
        women = 12_000 if number == 4 else (number * 52_361) % 96_000 + 700
        rows.append([f"Kecamatan Contoh {number}", Decimal(men), Decimal(women), Decimal(men + women)])
    sums = [sum((row[column] for row in rows[1:]), Decimal(0)) for column in (1, 2, 3)]  # type: ignore[misc]  # numbers
    rows.append(["Jumlah", *sums])
    return rows


def harvest() -> Table:
    """Return a harvest in tons with one decimal, with a total row and no total column."""
    rows: list[list[object]] = [["Kabupaten", "Padi (ton)", "Jagung (ton)"]]
    for number in range(1, 11):
        rice, corn = (number * 7_768_541) % 9_800_000 + 15, (number * 3_345_677) % 7_000_000 + 1_205
        rows.append([f"Kabupaten Contoh {number}", Decimal(rice) / 10, Decimal(corn) / 10])
    rows.append(["Jumlah", *(sum((row[column] for row in rows[1:]), Decimal(0)) for column in (1, 2))])  # type: ignore[misc]  # numbers
    return rows


INDONESIAN, ENGLISH = Program("."), Program(",")
SAMPLES = {
    "belanja.xlsx": (spending(), INDONESIAN, ".", 0),
    "belanja.csv": (spending(), Program(".", trails=True), ".", 0),
    "spending-english.csv": (spending(), ENGLISH, ",", 0),
    "penduduk.xlsx": (people(), INDONESIAN, ".", 0),
    "panen.xlsx": (harvest(), Program(".", drops=True), ".", 1),
}


def main() -> None:
    """Write every sample and its truth."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (table, program, group, places) in SAMPLES.items():
        cells = damaged(table, program, group, places)
        data = as_xlsx(cells) if name.endswith("xlsx") else as_csv(cells, program)
        (FOLDER / name).write_bytes(data)
        (FOLDER / f"{name}.truth.csv").write_bytes(as_csv(table, Program(".")))
        print(f"wrote {FOLDER / name}")


if __name__ == "__main__":
    main()
