"""Rules for numbers: styles of languages, typed quantities, recomputation, and the same numbers everywhere."""

from types import SimpleNamespace

import pytest

from assetgen.check import Subject
from assetgen.facts import words_of
from assetgen.model import Page, Severity, Size
from assetgen.paint import Painted
from assetgen.read import lookup_in, table_from_rows
from assetgen.rules import consistency, number_format, recomputed, untraced_number

TABLE = table_from_rows([{"kota": "A", "jiwa": 30, "maju": 12}, {"kota": "B", "jiwa": 70, "maju": 28}], "kota.csv")


def subject(html="", language="id", alt="", caption="", data=None):
    """Return what rules look at, without painting: all text is taken for shown."""
    said = (*words_of(alt, "alt").facts, *words_of(caption, "caption").facts)
    words = {"alt_text": words_of(alt, "alt").text, "caption": words_of(caption, "caption").text}
    composition = SimpleNamespace(language=language, said=said, **words)
    page = Painted(Page(f"<div>{html}</div>", (), Size(1080, 1080), ()), 1, (), {}, None, None)
    return Subject(composition, (page,), (), data=data)


def messages(rule, *arguments, **options):
    return [finding.message for finding in rule.check(subject(*arguments, **options))]


def fact(text, value, cell="", kind="number"):
    where = f' data-cell="{cell}"' if cell else ""
    return f'<data value="{value}" data-kind="{kind}"{where}>{text}</data>'


# --- number-format ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Anggaran 1,234.56 disetujui",
        "Jumlah 1,234,567 jiwa",
        "Turun 12.5% tahun ini",
        "Turun 12.5 persen",
        "Sebesar Rp 5.000",
        "Sebesar Rp. 5.000",
        "Sebesar Rp5,000 saja",
        "Total 5000.000 unit",
        "Nilai 1.5 triliun",
        "Nilai Rp1.5 juta",
        "Nilai IDR 5.000",
        "Nilai 5.000 IDR",
        "Nilai Rp5000000",
    ],
)
def test_english_numbers_on_indonesian_assets_are_errors(text):
    """On a page, in the alternative text and in the caption; the text is told."""
    assert messages(number_format, f"<p>{text}</p>")
    assert messages(number_format, alt=text)[0].startswith("alt text: ")
    assert messages(number_format, caption=text)[0].startswith("caption: ")
    assert {one.severity for one in number_format.check(subject(f"<p>{text}</p>"))} == {Severity.ERROR}


@pytest.mark.parametrize(
    "text",
    [
        "Anggaran 1.234,56",
        "Population 1.234.567",
        "Down 12,5% this year",
        "Down 12,5 percent",
        "Rp 5,000 each",
        "Rp. 5,000 each",
        "Rp5.000 each",
        "5000,000 units",
        "Worth 1,5 million",
    ],
)
def test_indonesian_numbers_on_english_assets_are_errors(text):
    """The reverse."""
    assert messages(number_format, f"<p>{text}</p>", language="en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rp1.234.567,89 dan Rp5.000,- serta Rp1,2 triliun", "id"),
        ("Pukul 09.00 sampai 12.30 WIB, 12.000 orang", "id"),
        ("Permen No. 300.2.2 Tahun 2025, Pasal 3.1, versi 2.10", "id"),
        ("Naik 1.234% dan 12,5%; indeks 106,2; 3,125 kali", "id"),
        ("Hubungi 0812.3456.7890, 021-555.777, bps.go.id/2.5", "id"),
        ("Tanggal 17.08.2026, IP 10.20.30.40, CF-2026-0042", "id"),
        ("Jakarta 2026, 5000 orang, 1000 ton", "id"),
        ("Rp1,234,567.89 and 12.5% of 1,234.56; IDR 5,000; index 106.2", "en"),
        ("At 09:00, version 2.0, section 3.125, 3.125 times", "en"),
        ("17.08.2026, Regulation 300.2.2-2430/2025", "en"),
    ],
)
def test_what_is_right_or_no_number_is_left_alone(text, language):
    """The style of the language; times, laws, versions, phones, addresses, dates and codes."""
    assert messages(number_format, f"<p>{text}</p>", language=language) == []


# --- untraced-number --------------------------------------------------------------------------------------------------


def test_typed_quantities_are_warnings():
    """Percentages, money, scale words, decimals and grouped numbers; the place and the text are told."""
    found = list(untraced_number.check(subject("<h1>Kemiskinan naik 18% di Lentera</h1>")))
    assert [(one.severity, one.message) for one in found] == [
        (Severity.WARNING, "'18%' in 'Kemiskinan naik 18% di Lentera' is typed: no cell proves it")
    ]
    for text in (
        "Rp1,2 triliun",
        "1,2 juta jiwa",
        "1.250 warga",
        "indeks 106,2",
        "18 persen",
        "naik 3,5 poin",
        "0,61 poin",
    ):
        assert messages(untraced_number, f"<p>Ada {text}</p>"), text


def test_counts_are_reported_only_beside_data():
    """`38 provinsi` is a finding of the data where there is data, and a text like any other where there is none."""
    data = fact("8,42%", "8.42", "a.csv!B2", "percent")
    assert messages(untraced_number, f"<h1>Data 38 provinsi</h1><p>{data}</p>")
    assert messages(untraced_number, "<h1>Data 38 provinsi</h1>") == []
    assert messages(untraced_number, f"<h1>Data 9 provinsi</h1><p>{data}</p>") == []


def test_what_repeats_a_fact_is_no_finding():
    """The title rounds what the figure tells exactly; another number is still reported."""
    figure = f"<p>{fact('8,42%', '8.42', 'a.csv!B2', 'percent')}</p>"
    assert messages(untraced_number, "<h1>Kemiskinan turun ke 8,4%</h1>" + figure) == []
    assert messages(untraced_number, "<h1>Kemiskinan turun ke 8,5%</h1>" + figure)
    assert messages(untraced_number, f"<h1>{fact('8,42%', '8.42')} di Lentera</h1>") == []


@pytest.mark.parametrize(
    "text",
    [
        "17 Agustus 2026, Sabtu 12 Desember",
        "Pukul 08.00\u201312.00 WIB",
        "Tahun 2026 dan 1945 di Jakarta",
        "Provinsi ke-12 terluas, peringkat 11 nasional",
        "UU Nomor 12 Tahun 2025 Pasal 33 Ayat 12",
        "Jl. Merdeka 25 Jakarta, RT 10 RW 12",
        "Usia 60 tahun ke atas, tunggu 30 menit",
        "Hubungi 021 dan 000-200 segera, WA 0812 3456 7890",
        "Triwulan 12 berjalan, 10 besar, Top 20 kota",
        "Kasus CF-2026-0042, dinkes.go.id/15 data",
        "PM2,5 dan CO2 di 3T",
        "COVID-19 mereda",
    ],
)
def test_numbers_that_are_no_quantities_are_left_alone(text):
    """Dates, years, times, ordinals, laws, addresses, ages, durations, phones, periods and codes."""
    data = fact("8,42%", "8.42", "a.csv!B2", "percent")
    assert messages(untraced_number, f"<h1>{text}</h1><p>{data}</p>") == []


def test_source_lines_and_drawings_are_left_alone():
    """A publication may have any number in its name, and a chart writes its own scale."""
    html = '<p data-source>Sumber: BPS, 18% sampel</p><p aria-hidden="true">18%</p><svg><text>18%</text></svg>'
    html += '<div data-chart="column"><p>20%</p><p>Rp1 triliun</p></div>'
    assert messages(untraced_number, html) == []


# --- recomputed -------------------------------------------------------------------------------------------------------


def test_a_text_that_is_not_its_value_is_an_error():
    """One digit, one scale, one day: the text that is shown is read back."""
    assert messages(recomputed, f"<p>{fact('Rp1,2 miliar', '1200000000000')}</p>")
    assert messages(recomputed, f"<p>{fact('8,43%', '8.42', '', 'percent')}</p>")
    assert messages(recomputed, '<p><time datetime="2026-08-17">18 Agustus 2026</time></p>')
    assert messages(recomputed, alt=fact("8,43%", "8.42"))[0].startswith("alt text: ")
    assert messages(recomputed, f"<p>{fact('Rp1,2 triliun', '1200000000000')}</p>") == []


def test_a_formula_is_worked_out_again_from_the_table():
    """Totals, shares, ranks and plain cells; a cell that is gone is told, another file is left alone."""
    data = lookup_in(TABLE)
    good = {"SUM(B2:B3)": 100, "((C2/B2)*100)": 40, "RANK(B2,B2:B3)": 2, "(B3-B2)": 40, "B2": 30}
    for formula, value in good.items():
        right = fact(str(value), str(value), f"kota.csv!{formula}")
        wrong = fact(str(value + 1), str(value + 1), f"kota.csv!{formula}")
        assert messages(recomputed, f"<p>{right}</p>", data=data) == []
        assert messages(recomputed, f"<p>{wrong}</p>", data=data) == [f"'{value + 1}' is {value} by kota.csv!{formula}"]
    assert "not in the table any more" in messages(recomputed, f"<p>{fact('1', '1', 'kota.csv!B9')}</p>", data=data)[0]
    assert messages(recomputed, f"<p>{fact('1', '1', 'lain.csv!B9')}</p>", data=data) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sebanyak 3 dari 8 (37,6%) puskesmas", "id"),
        ("12 dari 30 desa atau 50% maju", "id"),
        ("Indeks naik 5,7% dari 106,2 menjadi 113,3", "id"),
        ("Naik 5% dari 10% menjadi 15%", "id"),
        ("Turun 5 poin dari 10% ke 7%", "id"),
        ("3 of 8 (38.5%) clinics", "en"),
        ("grew 5.7% from 106.2 to 113.3", "en"),
    ],
)
def test_sentences_whose_numbers_disagree_are_errors(text, language):
    """Shares, growth, and percent where percentage points are meant."""
    assert messages(recomputed, f"<p>{text}</p>", language=language)
    assert messages(recomputed, caption=text, language=language)[0].startswith("caption: ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sebanyak 3 dari 8 (37,5%) puskesmas", "id"),
        ("12 dari 30 desa atau 40% maju", "id"),
        ("Indeks naik 5,7% dari 106,2 menjadi 112,3", "id"),
        ("Naik 50% dari 10% menjadi 15%; turun 3 poin dari 10% ke 7%", "id"),
        ("Naik 18% dari 2023 menjadi 2024", "id"),
        ("7 dari 38 provinsi tumbuh, 12% melambat", "id"),
        ("Rp2,3 triliun dari Rp4,5 triliun (51%)", "id"),
        ("3 of 8 (37.5%) clinics; grew 5.7% from 106.2 to 112.3", "en"),
        ("3 dari 0 (0%)", "id"),
    ],
)
def test_sentences_that_agree_are_left_alone(text, language):
    """Within the rounding of all three numbers; years are no numbers to divide."""
    assert messages(recomputed, f"<p>{text}</p>", language=language) == []


def test_percentages_of_one_list_make_100():
    """Close to it and yet not within rounding is a warning; other lists are left alone."""

    def parts(*texts):
        return "<ul data-n='5'>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"

    found = list(recomputed.check(subject(parts("45,0%", "30,0%", "24,0%"))))
    assert [(one.severity, one.message) for one in found] == [
        (Severity.WARNING, "the percentages of a list make 99, not 100: 45,0%, 30,0%, 24,0%")
    ]
    assert messages(recomputed, parts("45,3%", "30,3%", "24,3%")) == []
    assert messages(recomputed, parts("33%", "33%", "33%")) == []
    assert messages(recomputed, parts("45%", "30%", "10%")) == []
    marked = subject(parts("45%", "30%", "10%"))
    marked.pages[0].by_number[5] = SimpleNamespace(
        attributes={"data-parts": ""}, rectangle=SimpleNamespace(width=9, height=9)
    )
    assert [one.severity for one in recomputed.check(marked)] == [Severity.ERROR]


# --- consistency ------------------------------------------------------------------------------------------------------


def test_the_same_fact_is_the_same_number_everywhere():
    """Another rounding in the alternative text is told; other units behind and trailing zeros are not."""
    page = f"<p>{fact('51,3 juta', '51316378', 'a.csv!I13')}</p>"
    assert messages(consistency, page, alt=fact("51 juta jiwa", "51316378", "a.csv!I13")) == [
        "the alt text says '51 juta jiwa', the picture '51,3 juta': both are 51316378"
    ]
    assert messages(consistency, page, alt=fact("51,30 juta jiwa", "51316378", "a.csv!I13")) == []
    assert messages(consistency, page, caption=fact("11 juta", "11000000", "a.csv!I14")) == []


def test_typed_quantities_of_the_words_stand_on_the_picture():
    """A caption of one's own that tells another percentage; years and counts are left alone."""
    page = f"<h1>Turun ke 8,4%</h1><p>{fact('8,42%', '8.42', 'a.csv!B2', 'percent')}</p>"
    assert messages(consistency, page, caption="Turun ke 8,6% pada 2026 di 38 provinsi") == [
        "the caption says '8,6%' ('Turun ke 8,6% pada 2026 di 38 provinsi'), the picture does not"
    ]
    assert messages(consistency, page, caption="Turun ke 8,4% pada 2026", alt="Tepatnya 8,42%") == []


def test_rules_for_numbers_share_one_walk_through_the_markup(monkeypatch):
    """Four rules read a page once."""
    from assetgen import paint

    read = []
    parser = paint.LexborHTMLParser
    monkeypatch.setattr(paint, "LexborHTMLParser", lambda html: read.append(html) or parser(html))
    given = subject(f"<h1>Hanya di sini: naik 18%</h1><p>{fact('8,42%', '8.42')}</p>")
    for rule in (number_format, untraced_number, recomputed, consistency):
        list(rule.check(given))
    assert len(read) == 1
