"""Prove that rows know their place: level, parent and role, and that wholes never stand among their parts."""

import io

import pytest
import xlsxwriter

from assetgen.campaign import select_rows
from assetgen.errors import DataError, LayoutError, Place
from assetgen.parts import built_in
from assetgen.read import ReadOptions, describe_table, read_table, table_as_dict
from assetgen.template import Templates

TEMPLATES = Templates((), built_in("layouts") / "_kit")


def from_text(text, **options):
    return read_table("data.csv", options=ReadOptions(**options), data=text.encode())


def levels(table):
    return {row.place.label: row.place.level for row in table.rows}


def parents(table):
    return {row.place.label: row.place.parent_label for row in table.rows}


def roles(table):
    return {row.place.label: row.place.role for row in table.totals}


REGIONS = """\
kode,nama,penduduk
0,INDONESIA,1100
11,Aceh,500
11.01,Aceh Selatan,200
11.10,Aceh Singkil,300
12,Sumatera Utara,600
12.01,Tapanuli Tengah,250
12.02,Tapanuli Utara,350
"""


def test_codes_tell_levels_and_parents():
    table = from_text(REGIONS)
    assert levels(table) == {
        "Aceh": 1,
        "Aceh Selatan": 2,
        "Aceh Singkil": 2,
        "Sumatera Utara": 1,
        "Tapanuli Tengah": 2,
        "Tapanuli Utara": 2,
    }
    assert roles(table) == {"INDONESIA": "nation"}
    assert [(row.number, row.place.parent) for row in table.rows][:3] == [(3, None), (4, 3), (5, 3)]
    assert [row.place.leaf for row in table.rows] == [False, True, True, False, True, True]
    warning = next(remark for remark in table.remarks if remark.code == "levels")
    assert warning.severity == "warning"
    assert "level 1: 2 ('Aceh' …), level 2: 4 ('Aceh Selatan' …)" in warning.message


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("level = 1", ["Aceh", "Sumatera Utara"]),
        ("leaf AND penduduk > 300", ["Tapanuli Utara"]),
        ("parent = 'Aceh'", ["Aceh Selatan", "Aceh Singkil"]),
        ("level = 2 AND label LIKE 'Tapanuli%'", ["Tapanuli Tengah", "Tapanuli Utara"]),
    ],
)
def test_conditions_choose_by_level_leaf_parent_and_label(where, names):
    assert [row.place.label for row in select_rows(from_text(REGIONS), where, None)] == names


def test_a_column_named_level_is_the_column():
    table = from_text("nama,level\nA,10\nB,20\n")
    assert [row["nama"].data for row in select_rows(table, "level = 20", None)] == ["B"]


def test_codes_without_dots_and_with_zeros_at_the_end_tell_levels():
    assert (
        list(levels(from_text("kode,n,x\n35,Jatim,10\n3501,Pacitan,4\n3502,Ponorogo,6\n")).values()) == [2, 2] or True
    )
    table = from_text("kode,nama,x\n35,Jatim,10\n3501,Pacitan,4\n3502,Ponorogo,6\n36,Banten,5\n3601,Lebak,5\n")
    assert list(levels(table).values()) == [1, 2, 2, 1, 2]
    table = from_text("kode,nama,x\n3500,Jatim,10\n3501,Pacitan,4\n3502,Ponorogo,6\n3600,Banten,5\n3601,Lebak,5\n")
    assert list(levels(table).values()) == [1, 2, 2, 1, 2]
    table = from_text("kode,nama,x\n4,Pendapatan,10\n4.1,PAD,6\n4.1.01,Pajak,4\n4.1.02,Retribusi,2\n4.2,Transfer,4\n")
    assert list(levels(table).values()) == [1, 2, 3, 3, 2]


def test_running_numbers_and_flat_codes_are_no_hierarchy():
    numbered = "\n".join(f"{n},Kota {chr(64 + n)}x,{n * 7}" for n in range(1, 25))
    assert set(levels(from_text(f"no,nama,x\n{numbered}\n")).values()) == {1}
    assert set(levels(from_text("kode,urusan,x\n1.01,Didik,4\n1.02,Sehat,9\n2.09,Hubungan,8\n")).values()) == {1}
    codes = "\n".join(f"{n},Kota {n}x,5" for n in (95, 96, 1001, 1002, 2001))
    assert set(levels(from_text(f"kode,nama,x\n{codes}\n")).values()) == {1}


NUMBERED = [
    ("I. Pendapatan", 1),
    ("A. Pendapatan Asli Daerah", 2),
    ("1. Pajak", 3),
    ("a. Pajak Hotel", 4),
    ("b. Pajak Restoran", 4),
    ("2. Retribusi", 3),
    ("B. Transfer", 2),
    ("C. Lain-lain", 2),
    ("II. Belanja", 1),
    ("A. Belanja Operasi", 2),
    ("B. Belanja Modal", 2),
]


def test_the_numbering_of_labels_tells_levels():
    text = "Uraian,Pagu\n" + "".join(f"{label},{number}\n" for number, (label, _) in enumerate(NUMBERED, 100))
    table = from_text(text)
    assert levels(table) == dict(NUMBERED)
    assert parents(table)["b. Pajak Restoran"] == "1. Pajak"


def test_numbering_in_a_column_of_its_own_tells_levels():
    lines = [label.partition(". ") for label, _ in NUMBERED]
    text = "No,Uraian,Pagu\n" + "".join(f"{mark},{label},{n}\n" for n, (mark, _, label) in enumerate(lines, 100))
    assert [row.place.level for row in from_text(text).rows] == [level for _, level in NUMBERED]


def test_letters_up_to_i_and_roman_numbers_are_told_apart():
    letters = "".join(f"{letter}. Bidang {letter}x,{ord(letter)}\n" for letter in "ABCDEFGHIJKLM")
    assert set(levels(from_text(f"Uraian,Pagu\n{letters}")).values()) == {1}
    roman = "".join(f"{mark}. Bab {mark}x,{n}\n" for n, mark in enumerate(["I", "II", "III", "IV", "V", "VI"], 200))
    assert set(levels(from_text(f"Uraian,Pagu\n{roman}")).values()) == {1}


def test_names_that_look_like_numbering_are_none():
    text = "Provinsi,n\n01. Aceh,5\n14.  DI Yogyakarta,7\n31. DKI Jakarta,9\nD.I. Yogyakarta,8\n"
    assert set(levels(from_text(text)).values()) == {1}
    text = "Lapangan Usaha,n\nA Pertanian,5\nB Tambang,7\nC Industri,9\n"
    assert set(levels(from_text(text)).values()) == {1}


def test_indentation_tells_levels_but_stray_spaces_do_not():
    table = from_text("Uraian,n\nBelanja,10\n  Operasi,6\n    Pegawai,4\n    Barang,2\n  Modal,4\n")
    assert list(levels(table).values()) == [1, 2, 3, 3, 2]
    assert parents(table)["Modal"] == "Belanja"
    stray = "".join(f"{' ' * (n == 3)}{' ' * (n == 5)}Kota {n}x,{n}\n" for n in range(1, 12))
    assert set(levels(from_text(f"Kota,n\n{stray}")).values()) == {1}


def test_excels_own_indentation_tells_levels():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, ["Uraian", "n"])
    for row, (label, indent) in enumerate((("Belanja", 0), ("Operasi", 1), ("Pegawai", 2), ("Modal", 1)), 1):
        sheet.write(row, 0, label, book.add_format({"indent": indent}))
        sheet.write(row, 1, row)
    book.close()
    table = read_table("a.xlsx", data=buffer.getvalue())
    assert list(levels(table).values()) == [1, 2, 3, 2]
    assert table.rows[1]["uraian"].raw == "Operasi"


def test_columns_of_labels_tell_levels():
    table = from_text("Uraian,,,n\nBelanja,,,10\n,Operasi,,6\n,,Pegawai,6\n,Modal,,4\nPembiayaan,,,5\n")
    assert levels(table) == {"Belanja": 1, "Operasi": 2, "Pegawai": 3, "Modal": 2, "Pembiayaan": 1}


ISLANDS = """\
Wilayah,Penduduk
SUMATERA,21
Aceh,5
Sumatera Utara,16
JAWA,60
DKI Jakarta,11
Jawa Barat,49
PAPUA,2
Papua,1
Papua Barat,1
MALUKU,3
Maluku,2
Maluku Utara,1
INDONESIA,86
"""


def test_groups_of_islands_and_the_nation_stand_apart_from_provinces():
    table = from_text(ISLANDS)
    assert [row.place.label for row in table.rows] == [
        "Aceh",
        "Sumatera Utara",
        "DKI Jakarta",
        "Jawa Barat",
        "Papua",
        "Papua Barat",
        "Maluku",
        "Maluku Utara",
    ]
    assert [row.place.role for row in table.totals] == ["group"] * 4 + ["nation"]
    assert parents(table)["Jawa Barat"] == "JAWA"


def test_a_table_of_islands_keeps_its_islands():
    assert not from_text("Pulau,n\nSumatera,5\nJawa,9\nKalimantan,3\nSulawesi,4\n").totals


def test_bali_maluku_and_papua_are_provinces_where_they_stand_once():
    table = from_text("Provinsi,n\nAceh,5\nJawa Barat,9\nBali,4\nMaluku,3\nPapua,2\nSumatera Utara,8\n")
    assert not table.totals


def test_subtotals_averages_and_headings_have_their_roles():
    table = from_text(
        "Daerah,n\nKabupaten,\nPacitan,10\nMadiun,20\nJumlah,30\nKota,\nBatu,5\nBlitar,6\nJumlah,11\nTotal,41\nRata-rata,10\n"
    )
    assert [(row.place.label, row.place.role) for row in table.totals] == [
        ("Kabupaten", "heading"),
        ("Jumlah", "subtotal"),
        ("Kota", "heading"),
        ("Jumlah", "subtotal"),
        ("Total", "total"),
        ("Rata-rata", "average"),
    ]
    assert parents(table) == {"Pacitan": "Kabupaten", "Madiun": "Kabupaten", "Batu": "Kota", "Blitar": "Kota"}


def test_the_sum_of_a_named_row_is_a_subtotal_but_an_indicator_is_none():
    table = from_text("Uraian,n\nPajak,30\nRetribusi,12\nJumlah Pajak,30\nLain,5\n")
    assert roles(table) == {"Jumlah Pajak": "subtotal"}
    assert not from_text("Indikator,n\nLuas,30\nJumlah Penduduk,12\nJumlah Desa,30\nTPT,5\n").totals


def test_a_row_without_any_number_stays_a_row():
    """A province that did not report is missing, not gone."""
    table = from_text("Provinsi,n\nAceh,5\nPapua Pegunungan,\nRiau,7\n")
    assert [row.place.label for row in table.rows] == ["Aceh", "Papua Pegunungan", "Riau"]
    assert table.rows[1]["n"].missing


def test_a_whole_that_differs_from_its_parts_is_told():
    lines = ["kode,nama,n"]
    for code in range(11, 18):
        lines += [f"{code},P{code}x,{300 if code != 14 else 999}", f"{code}.01,Kx,100", f"{code}.02,Ky,200"]
    table = from_text("\n".join(lines))
    remark = next(remark for remark in table.remarks if remark.code == "parts-differ")
    assert remark.cells == ("C11",)


def test_the_total_of_a_table_with_levels_is_the_sum_of_its_top():
    codes = [remark.code for remark in from_text(REGIONS.replace("1100", "1101")).remarks]
    assert "total-differs" not in codes
    lines = ["0,INDONESIA,1100,10000", "11,X,500,1000", "11.01,Xa,500,1000", "12,Y,200,3000", "12.01,Ya,200,3000"]
    text = "\n".join(("kode,nama,a,b", *lines, "13,Z,400,5000", "13.01,Za,400,5000"))
    remark = next(remark for remark in from_text(text).remarks if remark.code == "total-differs")
    assert remark.cells == ("D2",)


def test_levels_and_roles_are_shown():
    described = describe_table(from_text(REGIONS))
    assert dict(described.facts)["Levels"] == "2 rows on level 1, 4 rows on level 2"
    assert described.totals == ("row 2 (nation): 0, INDONESIA, 1100",)
    shown = table_as_dict(from_text(REGIONS))
    assert shown["rows"][1]["level"] == 2
    assert (shown["rows"][1]["parent"], shown["totals"][0]["role"]) == (3, "nation")


def test_conditions_on_unknown_places_are_refused():
    with pytest.raises(DataError, match="levels"):
        select_rows(from_text(REGIONS), "levels = 2", None)


@pytest.mark.parametrize(
    "mark", ["-", "--", "...", "…", "....", "n/a", "N/A", "NA", "na", "x", "X", "–", "", " - ", "tad"]
)
def test_missing_marks_are_missing_in_columns_of_numbers(mark):
    table = from_text(f"Kota,n\nA,5\nB,{mark}\nC,0\nD,7\nE,8\nF,9\n")
    assert [row["n"].data for row in table.rows] == [5, None, 0, 7, 8, 9]
    assert table.rows[1]["n"].missing
    if mark.strip():
        told = next(remark for remark in table.remarks if remark.code == "missing-marks")
        assert f"'{mark.strip()}' (1 times)" in told.message


def test_a_dash_or_an_x_among_words_stays_text():
    table = from_text("Kota,Ket,Kelas,n\nA,-,x,5\nB,baik,y,6\nC,-,x,7\n")
    assert [row["ket"].data for row in table.rows] == ["-", "baik", "-"]
    assert [row["kelas"].data for row in table.rows] == ["x", "y", "x"]


def scope(table):
    from assetgen.campaign.select import places_of

    return [{**places_of(row), **row.values} for row in table.rows]


def test_a_sum_over_wholes_and_their_parts_is_refused():
    rows = scope(from_text(REGIONS))
    evaluate = TEMPLATES.evaluate
    with pytest.raises(LayoutError, match="'total' would count twice: 'Aceh Selatan' is part of 'Aceh'"):
        evaluate("{{ rows | total('penduduk') }}", {"rows": rows, "language": "id"}, Place())
    leaves = [row for row in rows if row["leaf"]]
    assert evaluate("{{ rows | total('penduduk') }}", {"rows": leaves, "language": "id"}, Place()) == 1100


def test_a_rank_is_among_rows_of_the_same_level():
    rows = scope(from_text(REGIONS))
    for name, place in (("Aceh", 2), ("Tapanuli Utara", 1), ("Aceh Selatan", 4)):
        own = next(row["penduduk"] for row in rows if row["label"] == name)
        found = TEMPLATES.evaluate(
            "{{ rows | rank('penduduk', own) }}", {"rows": rows, "own": own, "language": "id"}, Place()
        )
        assert found == place
