"""Prove on real public files, where they are at hand, that each gives the right table or a clear refusal."""

from decimal import Decimal
from pathlib import Path

import pytest

from assetgen.errors import AssetgenError
from assetgen.read import read_table, read_tables

DATA = Path(__file__).parents[2] / "shared" / "data"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file() and path.suffix != ".md") if DATA.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="the real files are not at hand")

# rows, columns, totals, header rows, first key
EXPECTED = {
    "djpk-apbd-2007-belanja-fungsi.xlsx": (461, 12, 0, (5, 6), "no"),
    "kemnaker-pekerja-terdampak-jan-jul-2020.xlsx": (35, 10, 1, (5, 6), "provinsi"),
    "covid-kumulatif-34-provinsi-harian-2020.csv": (34, 97, 0, (1,), "id"),
    "jatim-penduduk-2024.csv": (38, 6, 1, (1,), "kabupaten_kota"),
    "jatim-pertumbuhan-ekonomi-2025-kepala5baris.csv": (17, 16, 1, (1, 2, 3, 4, 5), "lapangan_usaha_17_kategori"),
    "jatim-penduduk-miskin-2024.csv": (38, 2, 1, (1, 2, 3), "kab_kota"),
    "jatim-inflasi-yoy-2024.csv": (12, 2, 0, (1, 2, 3), "bulan"),
    "jatim-umk-2020-2024.csv": (190, 10, 0, (1,), "id"),
    "gempaterkini-2023-07.json": (15, 10, 0, (1,), "tanggal"),
    "autogempa.json": (1, 12, 0, (1,), "tanggal"),
    "penduduk-provinsi-kabkota-2024.csv": (552, 5, 1, (1,), "kode"),
    "provinsi-38-luas-penduduk-2025.csv": (38, 10, 0, (1,), "kode_kemendagri"),
    "indonesia-38-provinces.geojson": (38, 3, 0, (1,), "id"),
    "indonesia-38-provinces.topo.json": (38, 3, 0, (1,), "id"),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_file_is_understood_or_refused(path):
    if path.suffix in (".cap", ".xml"):
        with pytest.raises(AssetgenError, match="not read as data"):
            read_tables(path)
        return
    table = read_tables(path)[0]
    if path.name in EXPECTED:
        shape = (len(table.rows), len(table.columns), len(table.totals), table.header_rows, table.columns[0].key)
        assert shape == EXPECTED[path.name]
    for row in (*table.rows, *table.totals):
        assert all(value.cell and value.cell.address.endswith(str(row.number)) for value in row.values.values())


def test_the_damaged_budget_is_repaired():
    table = read_table(DATA / "apbd" / "djpk-apbd-2007-belanja-fungsi.xlsx")
    assert table.unit_line == "(1=Rp Juta)"
    assert table.notes == ("update data per 20 April 2009",)
    assert table.rows[0]["total_belanja"].data == Decimal(4_047_191_000_000)
    assert table.rows[1]["total_belanja"].data == Decimal(487_030_000_000)


def test_printed_totals_of_the_ministry_equal_the_sum_of_the_rows():
    for table in read_tables(DATA / "covid" / "kemnaker-pekerja-terdampak-jan-jul-2020.xlsx"):
        numbers = [row["grand_total"].data or 0 for row in table.rows]
        assert sum(numbers) == table.totals[0]["grand_total"].data


def test_population_adds_up_and_codes_keep_their_last_zero():
    table = read_table(DATA / "wilayah" / "penduduk-provinsi-kabkota-2024.csv")
    assert table.totals[0]["nama"].raw == "INDONESIA"
    assert "11.10" in [row["kode"].data for row in table.rows]
    assert all(row["pria"].data + row["wanita"].data == row["total"].data for row in table.rows)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix in (".xlsx", ".json")], ids=lambda path: path.name
)
def test_truncated_real_files_raise_nothing_but_our_errors(path):
    data = path.read_bytes()
    for part in range(1, 12):
        try:
            read_tables(path, data=data[: len(data) * part // 12])
        except AssetgenError as error:
            assert str(error)
