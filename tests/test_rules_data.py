"""Numbers from damaged columns are never called ready."""

from assetgen import make
from assetgen.model import Severity
from assetgen.read import read_table

FIELDS = {"title": "Belanja {{ daerah }}", "value": "{{ total }}", "source": "Contoh, 2026", "label": "belanja daerah"}


def _asset(rows, path):
    path.write_text("Daerah;Total;Aman\n" + "".join(f"{a};{b};{c}\n" for a, b, c in rows), "utf-8")
    table = read_table(path)
    return make(layout="big-number", brand="lentera", placement="x/post", data=table, fields=FIELDS), table


def _doubts(asset):
    return [finding for finding in asset.findings if finding.rule == "doubtful-data"]


def test_a_number_from_an_ambiguous_column_is_an_error(tmp_path):
    """`1.234` and `5.678` alone tell nothing: the column stays text, and is refused where a number is wanted."""
    import pytest

    from assetgen.errors import AssetgenError

    with pytest.raises(AssetgenError, match=r"takes a number, got '1.234' in data.csv!B2"):
        _asset([("Kota A", "1.234", "7"), ("Kota B", "5.678", "8")], tmp_path / "data.csv")


def test_a_number_from_a_column_of_mixed_styles_is_an_error(tmp_path):
    """Text with two dots beside native numbers in a workbook column: every number of that column is in doubt."""
    import xlsxwriter

    path = tmp_path / "rusak.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("2007")
        for column, name in enumerate(("Daerah", "Total", "Aman")):
            sheet.write(0, column, name)
        for row, (name, total, safe) in enumerate(
            [("Kota A", 487.03, 7007), ("Kota B", "4.047.191", 8008), ("Kota C", 4, 9009)], 1
        ):
            sheet.write(row, 0, name)
            sheet.write(row, 1, total)
            sheet.write(row, 2, safe)
    table = read_table(path)
    asset = make(layout="big-number", brand="lentera", placement="x/post", data=table, fields=FIELDS)
    doubts = _doubts(asset)
    assert [finding.severity for finding in doubts] == [Severity.ERROR]
    assert "B2" in doubts[0].message and not asset.ready

    clean = make(
        layout="big-number", brand="lentera", placement="x/post", data=table, fields={**FIELDS, "value": "{{ aman }}"}
    )
    assert _doubts(clean) == []


def test_a_sum_over_a_doubtful_column_is_an_error(tmp_path):
    """A derived number keeps the addresses of its cells, so that doubt reaches it."""
    from decimal import Decimal

    from assetgen import placement
    from assetgen.brand import Brand
    from assetgen.layout import Layout
    from assetgen.model import Cell, Remark, Value
    from assetgen.studio import Studio, Wish

    total = Value("12", Decimal(12), "number", "", Cell("data.xlsx", "2026", "SUM(I2:I39)"))
    given = {"title": "Jumlah daerah", "value": total, "source": "Contoh, 2026", "label": "seluruh daerah"}
    remark = Remark("suspect-decimals", "the fractions in 'I' look like lost thousands", ("I2:I39",), "warning")
    wish = Wish(given, placement.load("x/post"), remarks=(remark,))
    with Studio() as studio:
        asset = studio.make(Layout.load("big-number"), Brand.load("lentera"), wish)
    assert len(_doubts(asset)) == 1


def test_a_doubtful_cell_inside_of_a_range_is_found():
    """A sum over I2:I39 is in doubt when I20 is; one over another column is not."""
    from types import SimpleNamespace

    from assetgen.model import Box, Rectangle, Remark
    from assetgen.rules.doubtful_data import check

    def doubts(address):
        box = Box(1, "data", {"data-cell": address}, Rectangle(0, 0, 9, 9))
        page = SimpleNamespace(boxes=(box,), number=1)
        remark = Remark("lost-digits", "digits are lost", ("I20",), "warning")
        return [one.message for one in check(SimpleNamespace(pages=(page,), remarks=(remark,)))]

    assert "comes from I20" in doubts("data.xlsx!2026!(SUM(I2:I39)*1000)")[0]
    assert doubts("data.xlsx!2026!SUM(J2:J39)") == []
