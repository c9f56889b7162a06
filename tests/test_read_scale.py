"""Prove that amounts count in the unit that the sheet names: exactly, kept with what was written, and never guessed."""

import io
from decimal import Decimal

import pytest
import xlsxwriter

from assetgen.errors import CampaignError
from assetgen.read import ReadOptions, describe_table, read_table, table_as_dict
from assetgen.read.units import is_unit, parse_unit, unit_of_line


def from_text(text, **options):
    return read_table("data.csv", options=ReadOptions(**options), data=text.encode())


def only(table, key):
    return [row[key].data for row in table.rows]


def warnings(table):
    return [remark.code for remark in table.remarks if remark.severity == "warning"]


@pytest.mark.parametrize(
    ("words", "base", "scale"),
    [
        ("Rp Juta", "IDR", 10**6),
        ("Dalam Ribuan Rupiah", "IDR", 1000),
        ("jutaan Rupiah", "IDR", 10**6),
        ("Rp000", "IDR", 1000),
        ("Rp. 000,-", "IDR", 1000),
        ("Rp 1.000.000", "IDR", 10**6),
        ("Rp 000.000", "IDR", 10**6),
        ("miliar rupiah", "IDR", 10**9),
        ("milyar Rp", "IDR", 10**9),
        ("triliun rupiah", "IDR", 10**12),
        ("millions of rupiah", "IDR", 10**6),
        ("IDR billion", "IDR", 10**9),
        ("thousands of US dollars", "USD", 1000),
        ("000 jiwa", "jiwa", 1000),
        ("'000 people", "people", 1000),
        ("ribu", "", 1000),
        ("ribu rupiah/orang", "rupiah/orang", 1000),
        ("juta rupiah, kecuali dinyatakan lain", "IDR", 10**6),
        ("persen", "persen", 1),
        ("km2", "km2", 1),
        ("jiwa/km2", "jiwa/km2", 1),
        ("m", "m", 1),
    ],
)
def test_units_are_understood(words, base, scale):
    assert is_unit(words)
    assert (parse_unit(words).base, parse_unit(words).scale) == (base, scale)


@pytest.mark.parametrize("words", ["Y o Y", "Seri 2010", "2024", "data rekaan", "Jutawan", "Kepala KK"])
def test_words_in_brackets_that_are_no_units_are_left_alone(words):
    assert not is_unit(words)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("(1=Rp Juta)", "Rp Juta"),
        ("(1 = Rp 1.000)", "Rp 1.000"),
        ("(Dalam Ribuan Rupiah)", "Ribuan Rupiah"),
        ("Satuan : Juta Rp", "Juta Rp"),
        ("[Juta Rupiah]", "Juta Rupiah"),
        ("(Expressed in millions of rupiah, unless otherwise stated)", "millions of rupiah"),
        ("(Disajikan dalam ribuan)", "ribuan"),
        ("(000 jiwa)", "000 jiwa"),
        ("In Indonesia, 2024", ""),
        ("Dalam Negeri", ""),
        ("Jiwa", ""),
    ],
)
def test_unit_lines_are_told_from_titles(line, unit):
    assert unit_of_line(line) == unit


def test_amounts_are_exact_rupiah_and_keep_what_was_written():
    table = from_text("(Dalam Juta Rupiah);\nUraian;Pagu\nA;664.600.741,175\nB;2.746,3\n")
    value = table.rows[0]["pagu"]
    assert (value.raw, value.data, value.kind, value.unit) == (
        "664.600.741,175",
        Decimal("664600741175000"),
        "money",
        "IDR",
    )
    assert str(value.cell) == "data.csv!B3"
    assert (table.columns[1].written_unit, table.columns[1].scale) == ("Juta Rupiah", 10**6)
    assert table.unit_line == "(Dalam Juta Rupiah)"


def test_long_numbers_are_not_rounded():
    digits = "1234567890123456789012345678901234567.25"
    table = from_text(f"(dalam ribuan rupiah),\nUraian,Pagu\nA,{digits}\nB,1.5\nC,2.5\n")
    assert only(table, "pagu")[0] == Decimal("1234567890123456789012345678901234567250")
    assert "doubtful-scale" in warnings(table)


def test_columns_with_units_of_their_own_are_not_scaled():
    text = (
        "(dalam juta rupiah);;;;;;\n"
        "Uraian;Pagu;%;Jumlah Pegawai;Luas (km2);Harga (Rp);Tahun\n"
        "A;1.500;90,5;120;5,5;12.000;2024\nB;2.500;75,5;130;6,5;13.000;2025\n"
    )
    table = from_text(text)
    assert [column.scale for column in table.columns] == [1, 10**6, 1, 1, 1, 1, 1]
    assert only(table, "jumlah_pegawai") == [120, 130]
    assert only(table, "harga") == [12000, 13000]
    assert only(table, "tahun") == [2024, 2025]


def test_people_in_thousands_are_people():
    table = from_text("Kota,Penduduk (000 jiwa),Laju\nPacitan,588.6,0.11\nMalang,1113.9,0.2\n")
    assert (table.columns[1].kind, table.columns[1].unit) == ("number", "jiwa")
    assert only(table, "penduduk") == [588600, 1113900]
    assert only(table, "laju") == [Decimal("0.11"), Decimal("0.2")]


def test_a_header_in_thousands_counts_in_the_unit_of_the_table():
    table = from_text("Satuan: jiwa,\nKota,Penduduk (ribu)\nPacitan,588.6\nMalang,1113.9\n")
    assert (table.columns[1].unit, only(table, "penduduk")[0]) == ("jiwa", 588600)


def test_percent_cells_and_words_between_amounts_stay_as_they_are():
    table = from_text("(juta rupiah);\nUraian;Nilai\nA;1.500\nB;12,5%\nC;-\nD;2.500\nE;3.500\nF;4.500\n")
    assert only(table, "nilai") == [1_500_000_000, Decimal("12.5"), None, 2_500_000_000, 3_500_000_000, 4_500_000_000]
    assert [row["nilai"].kind for row in table.rows][:3] == ["money", "percent", "missing"]


def test_the_unit_may_stand_in_a_title_a_note_or_a_header_row_of_its_own():
    for text in (
        "Realisasi 2026 (juta rupiah),\nUraian,Pagu\nA,1500\nB,2500\n",
        "Uraian,Pagu\nA,1500\nB,2500\n\nCatatan: dalam juta rupiah,\n",
        "Uraian,Pagu\n,(Rp juta)\nA,1500\nB,2500\n",
        "Uraian,Pagu\n,Juta Rupiah\nA,1500\nB,2500\n",
        "APBD,,\n,,(Rp juta)\nUraian,Pagu,Sisa\nA,1500,5\nB,2500,6\n",
    ):
        assert only(from_text(text), "pagu")[0] == 1_500_000_000, text


def test_scaling_can_be_switched_off_and_pinned():
    text = "(Dalam Juta Rupiah)\nUraian,Pagu,Jumlah Pegawai\nA,1500,5\nB,2500,6\n"
    table = from_text(text, scale=1)
    assert (only(table, "pagu"), table.columns[1].kind, table.columns[1].unit) == (
        [1500, 2500],
        "number",
        "Juta Rupiah",
    )
    assert only(from_text(text, unit="ribu rupiah"), "pagu") == [1_500_000, 2_500_000]
    plain = from_text("Uraian,Pagu,Jumlah Pegawai\nA,1500,5\nB,2500,6\n", scale=1000)
    assert (only(plain, "pagu"), only(plain, "jumlah_pegawai")) == ([1_500_000, 2_500_000], [5, 6])


def test_a_column_of_units_scales_each_row():
    lines = ("PDRB,Miliar Rupiah,12.5,2024", "Penduduk,Ribu Jiwa,588.6,2024", "TPT,Persen,4.1,2024")
    table = from_text("\n".join(("Indikator,Satuan,Nilai,Tahun", *lines)))
    assert [(row["nilai"].data, row["nilai"].kind, row["nilai"].unit) for row in table.rows] == [
        (Decimal("12500000000"), "money", "IDR"),
        (Decimal(588600), "number", "Jiwa"),
        (Decimal("4.1"), "percent", "%"),
    ]
    assert only(table, "tahun") == [2024] * 3
    assert any("unit that each row names" in remark.message for remark in table.remarks)


def test_rupiah_named_by_every_row_are_money():
    table = from_text("kota,upah,satuan\nA,1954705.75,RUPIAH\nB,2314278.87,RUPIAH\n")
    assert (table.columns[1].kind, table.columns[1].unit, only(table, "upah")[0]) == (
        "money",
        "IDR",
        Decimal("1954705.75"),
    )


def test_amounts_that_cannot_be_are_in_doubt():
    """The sheet says millions, but somebody pasted full rupiah."""
    table = from_text("(Dalam Juta Rupiah),\nUraian,Pagu\nA,2746300000000\nB,3102560000000\n")
    doubt = next(remark for remark in table.remarks if remark.code == "doubtful-scale")
    assert doubt.cells == ("B3", "B4")
    assert not warnings(from_text("(Dalam Juta Rupiah),\nUraian,Pagu\nA,2746300000000\nB,3102560000000\n", scale=1))


def test_two_units_for_one_table_are_in_doubt():
    table = from_text("(Dalam Juta Rupiah),\n(Dalam Ribuan Rupiah),\nUraian,Pagu\nA,1500\nB,2500\n")
    doubt = next(remark for remark in table.remarks if remark.code == "doubtful-scale")
    assert ("Ribuan Rupiah" in doubt.message, doubt.cells) == (True, ("B4:B5",))


def test_totals_of_scaled_tables_are_checked_as_they_are_written():
    """In millions, 15.4 and 20.4 and 10.4 may add up to 46 by rounding; in rupiah that would be 200,000 off."""
    table = from_text("(Dalam Juta Rupiah),\nUraian,Pagu\nA,1015\nB,2020\nC,3010\nTotal,6046\n")
    assert "total-differs" not in warnings(table)
    assert table.totals[0]["pagu"].data == 6_046_000_000


def test_what_was_scaled_is_said_with_an_example():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("S")
    for row, cells in enumerate((["(1=Rp Juta)"], ["Uraian", "Pagu"], ["A", 2746300], ["B", 5])):
        sheet.write_row(row, 0, cells)
    book.close()
    table = read_table("a.xlsx", data=buffer.getvalue())
    described = describe_table(table)
    assert dict(described.facts)["Scale"] == "2746300 in B3 (Rp Juta) is Rp2.746.300.000.000"
    assert described.columns[1].unit == "Rp (file: Rp Juta)"
    assert "B3 2746300 is Rp2.746.300.000.000. Pin `scale = 1` if not" in described.remarks[-1]
    shown = table_as_dict(table)
    assert shown["columns"][1]["scale"] == 1_000_000
    assert shown["rows"][0]["values"]["pagu"]["value"] == "2746300000000"


def test_a_campaign_pins_the_scale(tmp_path):
    from assetgen.campaign import Campaign

    (tmp_path / "d.csv").write_text("(Dalam Juta Rupiah),\nUraian,Pagu\nA,1500\nB,2500\n")
    text = (
        'name = "x"\nbrand = "lentera"\nplacements = ["x/post"]\n[data.d]\nfile = "d.csv"\nscale = {}\n[[make]]\n'
        'layout = "big-number"\nfrom = "d"\n[make.fields]\ntitle = "t"\nvalue = 1\n'
    )
    (tmp_path / "campaign.toml").write_text(text.format(1))
    assert Campaign.load(tmp_path).data["d"].options.scale == 1
    (tmp_path / "campaign.toml").write_text(text.format(0))
    with pytest.raises(CampaignError, match="scale"):
        Campaign.load(tmp_path)
