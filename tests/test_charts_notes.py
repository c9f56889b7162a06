"""Notes at marks: every chart takes one, beside its mark or below the drawing, inside the picture and over no text."""

from __future__ import annotations

import re

import pytest
from chart_labels import assert_apart, drawn, labels
from markupsafe import Markup

from assetgen import parts
from assetgen.charts._kit.chart import Setting, alt_text, draw_chart, tell_chart
from assetgen.errors import LayoutError

SHORT, LONG = "Naik tajam", "Naik tajam karena jalan baru dan pelabuhan selesai lebih cepat"
# What each note is about: a row, a moment, a region, a panel; in the samples of the charts.
ABOUT = {
    "area": "2020",
    "bar": "Maluku",
    "column": "2021",
    "donut": "Kesehatan",
    "dumbbell": "Bali",
    "gauge": "Cakupan imunisasi dasar lengkap",
    "grouped": "Perdesaan",
    "heat-map": "Kab. Teluk Biru",
    "histogram": "Kabupaten 34",
    "line": "2020",
    "lollipop": "Aceh",
    "map": "Jawa Barat",
    "map-symbols": "Jawa Barat",
    "pictogram": "Dokter umum",
    "progress": "Dinas Pekerjaan Umum",
    "pyramid": "75+",
    "scatter": "Papua Pegunungan",
    "slope": "Papua",
    "small-multiples": "Kenari",
    "sparkline": "Feb 2025",
    "stacked": "2025",
    "stacked-100": "Makassar",
    "table-bars": "Banten",
    "treemap": "Pertanian",
    "waffle": "Air ledeng",
    "waterfall": "Pendidikan",
}
CASES = [(kind, shape) for kind in parts.names("charts") for shape in ("portrait", "square", "landscape")]


def shown(kind, shape, **more):
    """Draw the sample of a kind with a note."""
    sample = parts.load("charts", kind).SAMPLE
    return drawn(kind, sample["rows"], shape, **{**sample["options"], **more})


def texts_of(chart):
    return " ".join(" ".join(text.split()) for text, _ in labels(chart))


@pytest.mark.parametrize(("kind", "shape"), CASES)
@pytest.mark.parametrize("words", [SHORT, LONG], ids=["short", "long"])
def test_every_chart_takes_a_note(kind, shape, words):
    """The whole note is in the picture, inside and over no other text, at least 26 px high, and in the alt text."""
    chart = shown(kind, shape, note=words, note_at=ABOUT[kind])
    assert_apart(chart, shape)
    # Dense charts of a low shape may leave a long note to the alt text, and say so; never a short one.
    left_out = shape == "landscape" and words == LONG and "data-unwritten" in chart.markup
    found = [text for text, _ in labels(chart)]
    assert left_out or all(word in " ".join(found) for word in words.split())
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)px", chart.markup)) >= 26
    said = chart.alt[1].striptags()
    assert words in said and ABOUT[kind] in said
    sample = parts.load("charts", kind).SAMPLE
    told = tell_chart(
        kind, sample["rows"], {**sample["options"], "note": words, "note_at": ABOUT[kind]}, setting(shape)
    )
    assert told == chart.alt


def setting(shape):
    from chart_labels import look

    return Setting(look("lentera"), "id", shape)


@pytest.mark.parametrize("kind", sorted(ABOUT))
def test_a_note_at_nothing_is_refused_with_the_nearest_name(kind):
    """A name that is not in the chart is an error that says which one may be meant."""
    with pytest.raises(LayoutError) as caught:
        shown(kind, "portrait", note=SHORT, note_at=f"{ABOUT[kind]}xyz")
    text = str(caught.value)
    assert f"{ABOUT[kind]}xyz" in text
    assert ABOUT[kind] in text.replace(f"{ABOUT[kind]}xyz", "").replace("\u00a0", " ")


def test_without_a_place_a_note_is_about_the_highlighted_row_or_about_the_whole():
    """The only highlighted row gets it; else it stands below the chart, without a name."""
    rows = [{"label": name, "value": value} for name, value in (("Aceh", 9), ("Bali", 5), ("Riau", 3))]
    assert "Catatan pada Bali: Naik tajam." in drawn("bar", rows, note=SHORT, highlight="Bali").alt[1]
    whole = drawn("bar", rows, note=SHORT)
    assert whole.alt[1] == "Catatan: Naik tajam."
    text, area = labels(whole)[-1]
    assert text == SHORT and area.top > 700


def test_a_note_that_has_no_room_stands_below_with_the_name_of_its_mark():
    """In a full table the note has the name of its row, and the chart leaves it room."""
    chart = shown("table-bars", "square", note=LONG, note_at="Banten")
    texts = [text for text, _ in labels(chart)]
    assert "Banten:" in texts
    assert_apart(chart, "square")


def test_the_row_of_a_note_is_not_cut():
    """Of more rows than fit, the one that the note is about stays, and in a sum it is not added up."""
    rows = [{"label": f"Kabupaten {number}", "value": 100 - number} for number in range(60)]
    for rest in ("cut", "sum"):
        chart = drawn("bar", rows, "landscape", note=SHORT, note_at="Kabupaten 59", rest=rest)
        assert "Kabupaten 59" in texts_of(chart)
    parts_of = drawn("donut", rows[:12], note=SHORT, note_at="Kabupaten 11")
    assert "Kabupaten 11" in texts_of(parts_of)


def test_a_note_can_be_about_one_number_of_a_row():
    """Row and series, as "row, series" or as a list, name a bar, a segment or a cell."""
    chart = shown("grouped", "portrait", note=SHORT, note_at="Perdesaan, 2025")
    assert "Catatan pada Perdesaan, 2025: Naik tajam." in chart.alt[1]
    assert shown("grouped", "portrait", note=SHORT, note_at=["Perdesaan", "2025"]) == chart
    cell = shown("heat-map", "portrait", note=SHORT, note_at="Kab. Lentera Timur, Mei")
    assert "Kab. Lentera Timur, Mei:" in texts_of(cell)


def test_lines_without_a_main_one_take_a_note_too():
    """Two lines in colour: the note stands at the topmost one, or at the one that is named."""
    rows = [{"label": 2015 + n, "a": n, "b": 20 - n} for n in range(8)]
    for at in ("2018", "2018, A"):
        chart = drawn("line", rows, series=["a", "b"], names=["A", "B"], note=SHORT, note_at=at)
        assert SHORT in texts_of(chart)
        assert_apart(chart, "portrait")


def test_hostile_notes_are_text():
    """Nothing in a note becomes markup; facts of a template are shown as their text, not as tags."""
    rows = [{"label": "Aceh", "value": 9}, {"label": "Bali", "value": 5}]
    for place in ("Bali", None):
        chart = drawn("bar", rows, note="<script>alert(1)</script> & co", note_at=place)
        assert "<script" not in chart.markup and "<script" not in chart.alt[1]
    fact = drawn("bar", rows, note=Markup('Naik <data value="3">3</data> poin'), note_at="Bali")
    assert "Naik 3 poin" in texts_of(fact)


def test_the_alt_text_keeps_its_limit_with_a_note():
    """The note is the second sentence, and left out before the limit is broken."""
    rows = [{"label": "Aceh", "value": 9}, {"label": "Bali", "value": 5}]
    told = drawn("bar", rows, note=LONG, note_at="Bali").alt
    assert LONG in alt_text(told, 420)
    assert len(alt_text(told, 60).striptags()) <= 60


def test_a_note_leaves_a_chart_without_one_as_it_was():
    """`note_at` alone changes nothing, so that a blank note of a row is no error."""
    rows = [{"label": "Aceh", "value": 9}, {"label": "Bali", "value": 5}]
    assert draw_chart("bar", rows, {"note": None, "note_at": "Bali"}, setting("portrait")) == drawn("bar", rows)


def test_a_note_that_has_no_room_at_all_is_told_and_does_not_stop_the_chart():
    """A box that is full of figures: all rows are drawn, the words hold the note, and the chart says that it lacks."""
    rows = [{"label": name, "value": value} for name, value in (("Aceh", 9), ("Bali", 5), ("Riau", 3), ("Papua", 2))]
    chart = drawn("bar", rows, width=560, height=170, note=LONG * 4, note_at="Bali")
    plain = drawn("bar", rows, width=560, height=170)
    assert f"Catatan pada Bali: {LONG * 4}." == chart.alt[1].striptags()
    assert LONG not in texts_of(chart) and texts_of(chart) == texts_of(plain)
    assert 'data-unwritten="Naik tajam' in chart.markup and "data-unwritten" not in plain.markup


def test_a_note_at_what_is_not_there_is_refused_though_it_has_no_room():
    """A wrong name is told, not swallowed with the note."""
    rows = [{"label": name, "value": 5} for name in ("Aceh", "Bali")]
    with pytest.raises(LayoutError, match="'Balii', which is not in the chart"):
        drawn("bar", rows, width=560, height=120, note=LONG * 4, note_at="Balii")
