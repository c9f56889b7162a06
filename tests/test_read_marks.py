"""Prove that footnote marks never change a digit, and that what they say reaches figures, page and manifest."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen import make
from assetgen.derive import marks_of
from assetgen.model import Severity
from assetgen.read import describe_table, read_table, table_as_dict
from assetgen.read.legends import split_note
from assetgen.read.signs import legend_of, signs_in_header, split_cell, split_number


def from_text(text):
    return read_table("data.csv", data=text.encode())


def marks(table, key):
    return [row[key].marks for row in table.rows]


@pytest.mark.parametrize(
    ("text", "kept", "signs"),
    [
        ("5,03*", "5,03", ("*",)),
        ("5,03**)", "5,03", ("**",)),
        ("5,03 *)", "5,03", ("*",)),
        ("1.234r", "1.234", ("r",)),
        ("1.234 r)", "1.234", ("r",)),
        ("5,03\u00b9", "5,03", ("1",)),
        ("5,03 1)", "5,03", ("1",)),
        ("*5,03", "5,03", ("*",)),
        ("Rp5.000*", "Rp5.000", ("*",)),
        ("(5,03)*", "(5,03)", ("*",)),
        ("5,03 (sementara)", "5,03", ("sementara",)),
        ("2024 r*", "2024", ("r", "*")),
    ],
)
def test_marks_come_off_numbers(text, kept, signs):
    assert split_number(text) == (kept, signs)


@pytest.mark.parametrize(
    "text", ["5,031)", "(5,03)", "(1)", "1)", "1E5", "-", "m\u00b2", "100 m2", "NIP", "Jumlah", "*", "(*)", "5 kg", ""]
)
def test_what_only_looks_like_a_mark_stays(text):
    """A raised 1 that was pasted as `5,031)` may be a digit: it is left alone and told as text between numbers."""
    assert split_number(text) is None
    assert text in ("",) or split_cell(text, {"*": "sementara"}) is None


def test_names_lose_only_marks_that_a_note_explains():
    assert split_cell("Aceh*", {}) is None
    assert split_cell("Aceh*", {"*": "sementara"}) == ("Aceh", ("*",))
    assert split_cell("Papua 1)", {"1": "Termasuk pemekaran"}) == ("Papua", ("1",))
    assert split_cell("Triwulan IV*", {}) == ("Triwulan IV", ("*",))


@pytest.mark.parametrize(
    ("note", "entries"),
    [
        ("*) Angka sementara", {"*": "Angka sementara"}),
        (
            "Catatan: *) Angka sementara, **) Angka sangat sementara",
            {"*": "Angka sementara", "**": "Angka sangat sementara"},
        ),
        ("r = revisi; e = estimasi", {"r": "revisi", "e": "estimasi"}),
        ("\u00b9 Termasuk desa", {"1": "Termasuk desa"}),
        ("1) Termasuk Papua", {"1": "Termasuk Papua"}),
        ("Sumber: BPS, 2024 (diolah)", {}),
        ("a. Pajak", {}),
    ],
)
def test_notes_explain_marks(note, entries):
    assert dict(legend_of([note])) == entries


GLUED = """\
Kota,Penduduk (ribu)3,Laju1
Pacitan,588,5
Batu1,7,8
Madiun,7,8
Kediri,7,8

Catatan/Note:,,
{},,
"""
LEGEND = "1 Termasuk desa/Including villages2 Tidak dipakai/Unused3 Angka sementara/Provisional figures"


def test_a_legend_glued_into_one_cell_is_split_and_ties_its_marks():
    """A label, two headers and their figures carry the notes that one cell explains, with their statuses."""
    table = from_text(GLUED.format(LEGEND))
    assert table.notes == (
        "Catatan/Note:",
        "1 Termasuk desa/Including villages",
        "2 Tidak dipakai/Unused",
        "3 Angka sementara/Provisional figures",
    )
    assert [row["kota"].data for row in table.rows] == ["Pacitan", "Batu", "Madiun", "Kediri"]
    assert [(mark.sign, mark.text, mark.status, mark.areas) for mark in table.marks] == [
        ("1", "Termasuk desa/Including villages", "note", ("A3", "C2:C5", "B3:C3")),
        ("3", "Angka sementara/Provisional figures", "provisional", ("B2:B5",)),
    ]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Catatan: 1 Hasil sensus (2020); 2 Hasil proyeksi", 2),
        ("1 Hasil sensus (Juni)2 Hasil proyeksi (Juli)3 Luas", 3),
        ("* Angka sementara/Provisional figures** Angka sangat sementara", 2),
        ("1 Januari 2020; 2 Februari 2020", 1),
        ("1 Data per 1 Januari 2020. 2 Februari 2021 belum ada", 1),
        ("1 Korban jiwa, 2 orang hilang; 2 orang luka", 1),
        ("1 Kepadatan per km2 Luas menurut peraturan", 1),
        ("1 Peraturan Nomor 2 Tahun 2019", 1),
        ("2 Hasil proyeksi; 3 Hasil sensus", 1),
        ("Angka 1.2 Juta; naik", 1),
    ],
)
def test_notes_are_split_only_where_numbers_follow_each_other(line, parts):
    """Dates, counts, measures and laws begin no note; the parts are the whole line."""
    found = split_note(line)
    assert len(found) == parts
    assert "".join("".join(found).split()) == "".join(line.split())


@given(st.text(alphabet="12 3AaBbc.;()*/\u00e9km", max_size=60))
def test_splitting_notes_loses_no_letter(line):
    """Whatever a note says, its parts say the same."""
    assert "".join("".join(split_note(line)).split()) == "".join(line.split())


def test_numbers_that_are_names_are_no_marks():
    """Blok1 and Blok2, Kelas1 and Kelas2 keep their digits, though notes are numbered."""
    table = from_text(
        "Nama,Kelas1,Kelas2\nBlok1,5,6\nBlok2,7,8\nBlok3,7,9\n\n"
        "Catatan,,\n1 Angka sementara2 Hasil lain3 Yang ketiga,,\n"
    )
    assert [row["nama"].data for row in table.rows] == ["Blok1", "Blok2", "Blok3"]
    assert table.marks == ()


POPULATION = Path(__file__).parents[2] / "shared" / "data" / "bps" / "jatim-penduduk-2024.csv"


@pytest.mark.skipif(not POPULATION.exists(), reason="the real file is not at hand")
def test_the_bilingual_legend_of_an_office_is_five_notes():
    """Each of the five notes stands alone, in both languages."""
    notes = read_table(POPULATION).notes[1:]
    assert [note[:2] for note in notes] == ["1 ", "2 ", "3 ", "4 ", "5 "]
    assert all("/" in note for note in notes)


def test_headers_carry_marks_and_words():
    assert signs_in_header(["2026", "Realisasi*)"], {}) == ("*",)
    assert signs_in_header(["2023r"], {}) == ("r",)
    assert signs_in_header(["PDRB 2024 (sementara)"], {}) == ("sementara",)
    for plain in ("Hunian sementara", "Luas (ha)", "Nilai (Rp)", "Kelas e", "Anggaran (e)"):
        assert signs_in_header([plain], {}) == ()


TABLE = """\
Kota;2023r;2024*;2025
Pacitan;5,01;5,03;4,90**
Madiun;4,80;4,90;4,70
Batu*;6,10;6,20;6,00r

"Keterangan: *) Angka sementara; **) Angka sangat sementara; r) Angka revisi"
"""


def test_marks_of_cells_rows_and_columns_reach_the_values():
    table = from_text(TABLE)
    first, second, third = table.rows
    assert (first["kolom_2025"].raw, first["kolom_2025"].data) == ("4,90**", Decimal("4.90"))
    assert first["kolom_2025"].marks == ("very provisional",)
    assert (first["kolom_2024"].marks, first["kolom_2023r"].marks) == (("provisional",), ("revised",))
    assert second["kolom_2025"].marks == ()
    assert (third["kota"].data, third["kota"].raw) == ("Batu", "Batu*")
    assert third["kolom_2025"].marks == ("revised", "provisional")
    assert [(mark.sign, mark.status, mark.areas) for mark in table.marks] == [
        ("*", "provisional", ("A4", "C2:C4", "B4:D4")),
        ("r", "revised", ("B2:B4", "D4")),
        ("**", "very provisional", ("D2",)),
    ]


def test_marks_travel_with_arithmetic():
    first = from_text(TABLE).rows[0]
    assert (first["kolom_2025"] - first["kolom_2024"]).marks == ("very provisional", "provisional")


def test_a_note_without_a_sign_speaks_of_all_figures_or_of_the_years_that_it_names():
    table = from_text("Kota,a,b\nPacitan,5,6\nMadiun,7,8\n\nSumber: BPS (angka sementara),,\n")
    assert marks(table, "a") == marks(table, "b") == [("provisional",)] * 2
    table = from_text("Kota,2023,2024\nPacitan,5,6\nMadiun,7,8\n\nCatatan: data 2024 merupakan angka sementara,,\n")
    assert (marks(table, "kolom_2023"), marks(table, "kolom_2024")) == ([()] * 2, [("provisional",)] * 2)


def test_years_down_the_rows_mark_their_figures():
    table = from_text(
        "Tahun,PDRB\n2022,5\n2023,6\n2024*,7\n2025**,8\n\n* Angka sementara,\n** Angka sangat sementara,\n"
    )
    assert (table.columns[0].kind, table.columns[0].style) == ("number", "year")
    assert marks(table, "pdrb") == [(), (), ("provisional",), ("very provisional",)]
    assert [row["tahun"].data for row in table.rows] == [2022, 2023, 2024, 2025]


def test_classes_with_a_letter_are_no_marked_figures():
    table = from_text("Kelas,n\n7e,30\n8e,31\n9r,32\n")
    assert [row["kelas"].data for row in table.rows] == ["7e", "8e", "9r"]
    table = from_text("kode,n\n1e,30\n2,31\n3,32\n")
    assert table.rows[0]["kode"].data == "1e"


def test_a_mark_that_no_note_explains_is_told():
    table = from_text("Kota,n\nA,5*\nB,6\nC,7\u00b9\nD,8\n")
    messages = [remark.message for remark in table.remarks if remark.code == "unexplained-mark"]
    assert messages == [
        "no note explains the mark '*': taken as provisional by convention",
        "no note explains the mark '1': its meaning is not known",
    ]
    assert [row["n"].data for row in table.rows] == [5, 6, 7, 8]


def test_marks_are_shown_in_words_and_json():
    table = from_text(TABLE)
    assert describe_table(table).marks[0] == "*: Angka sementara (provisional) on A4, C2:C4, B4:D4"
    shown = table_as_dict(table)
    assert shown["marks"][2] == {
        "sign": "**",
        "text": "Angka sangat sementara",
        "status": "very provisional",
        "areas": ["D2"],
    }
    assert shown["rows"][0]["values"]["kolom_2025"]["marks"] == ["very provisional"]


def test_marks_are_found_by_address_also_in_formulas():
    table = from_text(TABLE)
    assert [mark.sign for mark in marks_of("data.csv!D2", table)] == ["**"]
    assert [mark.sign for mark in marks_of("data.csv!(D2-C2)", table)] == ["*", "**"]
    assert [mark.sign for mark in marks_of("data.csv!SUM(D2:D3)", table)] == ["**"]
    assert marks_of("data.csv!D3", table) == marks_of("other.csv!D2", table) == marks_of("no address", table) == ()


FIELDS = {"title": "Pertumbuhan {{ kota }}", "value": "{{ kolom_2024 }}", "source": "BPS, 2024", "label": "persen"}


def asset(**changed):
    table = from_text(TABLE)
    return make(layout="big-number", brand="lentera", placement="x/post", data=table, fields={**FIELDS, **changed})


def findings(made):
    return [finding for finding in made.findings if finding.rule == "provisional-mark"]


def test_a_provisional_figure_must_be_called_so_on_its_page():
    made = asset()
    assert [finding.severity for finding in findings(made)] == [Severity.WARNING]
    assert findings(made)[0].message == "'5,03' is provisional ('Angka sementara'), and the page does not say so"
    assert findings(made)[0].rectangle is not None
    assert next(fact for fact in made.facts if fact.value == "5.03").marks == ("provisional",)


@pytest.mark.parametrize(
    "changed",
    [
        {"label": "persen, angka sementara"},
        {"label": "persen*"},
        {"source": "BPS, 2024 *) angka diperbarui Mei"},
        {"value": "{{ kolom_2025 }}", "label": "angka sangat sementara"},
        {"value": "{{ rows[1].kolom_2025 }}"},
    ],
)
def test_the_word_or_the_mark_on_the_page_is_enough(changed):
    assert findings(asset(**changed)) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": "{{ kolom_2025 }}", "label": "angka sementara"}, "very provisional"),
        ({"value": "{{ kolom_2023r }}"}, "revised"),
        ({"value": "{{ kolom_2024 - kolom_2023r }}", "label": "angka revisi"}, "provisional"),
    ],
)
def test_each_mark_wants_its_own_word(changed, words):
    found = findings(asset(**changed))
    assert [finding.message.partition(" is ")[2].partition(" (")[0] for finding in found] == [words]
