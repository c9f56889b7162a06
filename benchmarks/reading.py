"""Reading a workbook of 100,000 rows and 12 columns, and the same as CSV, each in a new process."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._table import show, verdict

ROWS, SECONDS, MEGABYTES, TURNS = 100_000, 3.0, 400, 3
WORDS = ("kode", "kabupaten", "kategori", "keterangan", "tahun")
_READ = """
import json, resource, sys, time
from assetgen.read import read_table
started = time.process_time()
table = read_table(sys.argv[1])
spent = time.process_time() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
assert len(table.rows) == int(sys.argv[2])
print(json.dumps([spent, peak]))
"""


def run() -> None:
    rows: list[tuple[object, ...]] = [("file", "CPU s", "", "MB", "")]
    with TemporaryDirectory() as folder:
        for file in (_workbook(Path(folder)), _text(Path(folder))):
            turns = sorted(_measured(file) for _ in range(TURNS))
            seconds, megabytes = turns[len(turns) // 2]
            told = (verdict(seconds, SECONDS, True), f"{megabytes:.0f}", verdict(megabytes, MEGABYTES, True))
            rows.append((f"{ROWS:,} × 12 {file.suffix[1:]}", f"{seconds:.2f}", *told))
    show(rows)


def _measured(file: Path) -> tuple[float, float]:
    run = [sys.executable, "-c", _READ, str(file), str(ROWS)]
    seconds, megabytes = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    return seconds, megabytes


def _cells() -> Iterator[list[object]]:
    """Yield a header and rows of codes, names that repeat, notes that do not, a year, whole numbers and fractions."""
    yield [*WORDS, *(f"nilai_{number}" for number in range(1, 8))]
    for row in range(1, ROWS + 1):
        # A linear congruence: the same figures every time, and no two columns alike.
        figures = [(row * 1_103_515_245 + column * 12_345) % 1_000_000_007 for column in range(7)]
        words = [f"{11 + row % 38}.{row % 97:02d}", f"Kabupaten {row % 514}", f"kategori {row % 7}", f"catatan {row}"]
        yield [*words, 2015 + row % 10, *(n if at % 2 else n / 1000 for at, n in enumerate(figures))]


def _workbook(folder: Path) -> Path:
    import xlsxwriter

    file = folder / "besar.xlsx"
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet, grouped = book.add_worksheet("Data"), book.add_format({"num_format": "#,##0"})
        for row, cells in enumerate(_cells()):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, None if isinstance(cell, str) else grouped)
    return file


def _text(folder: Path) -> Path:
    file = folder / "besar.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(_cells())
    return file
