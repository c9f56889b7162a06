"""Captions: narrations are cut where they can be read, files lose no figure, blocks stand in the safe box."""

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen import parts, placement
from assetgen.bind import Binder, is_narrow
from assetgen.brand import Brand
from assetgen.captions import (
    NARROW,
    SQUARE,
    VERTICAL,
    WIDE,
    Cue,
    aligned,
    caption_markup,
    cues_from_text,
    fitted,
    form_of,
    read_cues,
    reading_seconds,
    remarks,
    speech_seconds,
    srt,
    vtt,
    word_times,
)
from assetgen.captions.pace import syllables
from assetgen.errors import CaptionError
from assetgen.layout import Layout
from assetgen.lines import lines_of
from assetgen.model import Severity
from assetgen.paint import Painter
from assetgen.studio import Studio, Wish
from assetgen.stylesheet import check_stylesheet

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import make_kit  # noqa: E402 — the layout of a sample page

NARRATION = {
    "id": """Realisasi APBD Kota Lentera sampai 15 April 2026 mencapai Rp1,2 triliun, atau 72,4 persen dari pagu.
Angka ini naik 3,1 persen dibanding tahun lalu, karena belanja jalan dan sekolah lebih cepat diserap.
Datang ke Jl. Merdeka No. 5, RT 03 RW 07, pukul 09.00 WIB. Hoaks! Jangan dibagikan.
Menurut dr. Siti Rahmawati, vaksinasi di Kec. Bandar Lampung sudah selesai.""",
    "en": """The budget reached 72.4 percent of Rp1.2 trillion by 15 April 2026, up 3.1 percent on last year
because roads and schools were paid for sooner. Call 112 if you smell gas, and leave the building at once.
Dr. Siti Rahmawati says that 48,213 children are safe.""",
}
TOGETHER = (
    *("Rp1,2 triliun", "72,4 persen", "3,1 persen", "15 April 2026", "Jl. Merdeka No. 5", "RT 03", "pukul 09.00 WIB"),
    *("dr. Siti", "Kec. Bandar", "72.4 percent", "Rp1.2 trillion", "Dr. Siti"),
)
WORD = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=12)
NUMBERS = st.sampled_from(
    ["Rp1,2 triliun", "15 April 2026", "Jl. Merdeka No. 5", "72,4 persen", "021-500567", "H. B. Jassin"]
)
ENDED = st.tuples(st.one_of(WORD, NUMBERS), st.sampled_from(["", "", "", ",", ".", "!", ";", ":"])).map("".join)
TEXT = st.lists(ENDED, min_size=1, max_size=60).map(" ".join)
FORMS = st.sampled_from([NARROW, VERTICAL, SQUARE, WIDE])


def joined(cues):
    return " ".join(cue.text for cue in cues)


# --- cutting ----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(TEXT, FORMS, st.sampled_from(["id", "en"]), st.floats(0, 900))
def test_every_character_is_shown_once_in_order_and_can_be_read(text, form, language, start):
    """Whatever the text: nothing is lost or repeated, at most two lines, at most 17 characters a second, no overlap."""
    cues = cues_from_text(text, start, None, language, form)
    assert joined(cues) == " ".join(text.split())
    for cue in cues:
        assert 1 <= len(cue.lines) <= 2
        assert all(len(line) <= form.line or " " not in line for line in cue.lines)
        assert cue.rate <= form.rate + 0.1 or cue.seconds >= form.longest - 0.01
        assert form.shortest - 0.001 <= cue.seconds <= form.longest + 0.001
    for first, second in pairwise(cues):
        assert second.start - first.end >= form.gap - 0.001
    assert not cues or cues[0].start == pytest.approx(start, abs=0.001)


@settings(deadline=None)
@given(TEXT, FORMS, st.floats(0.2, 300))
def test_a_voice_of_any_length_holds_all_of_its_captions(text, form, seconds):
    """Cues fill the time of the voice and never leave it; where it is long enough, each can be read."""
    cues = cues_from_text(text, 2, seconds, "id", form)
    assert joined(cues) == " ".join(text.split())
    assert all(first.start < first.end <= second.start for first, second in pairwise(cues))
    assert cues[-1].end <= 2 + seconds + 0.001
    needed = sum(max(len(cue.text) / form.rate, form.shortest) + form.gap + 0.002 for cue in cues)
    hasty = [one for one in remarks(cues, form) if "has to be read" in one.message or "stands for" in one.message]
    if needed <= seconds and max(len(cue.text) for cue in cues) <= form.rate * form.longest:
        assert not hasty
    if len(joined(cues)) > form.rate * seconds:
        assert hasty


@pytest.mark.parametrize("form", [NARROW, VERTICAL, SQUARE, WIDE])
@pytest.mark.parametrize("language", NARRATION)
def test_numbers_dates_addresses_and_titles_stay_on_one_line(form, language):
    """Amounts, dates, times, addresses such as "Jl. Merdeka No. 5" and titles are never parted by a line or a cue."""
    text = " ".join(NARRATION[language].split())
    lines = [line for cue in cues_from_text(text, 0, None, language, form) for line in cue.lines]
    for kept in TOGETHER:
        assert text.count(kept) == sum(line.count(kept) for line in lines), kept


@pytest.mark.parametrize("language", NARRATION)
def test_sentences_end_cues_and_no_line_is_an_orphan(language):
    """Each sentence ends a cue; no cue or line is a lone word unless it is a sentence."""
    cues = cues_from_text(NARRATION[language], 0, None, language, SQUARE)
    ends = re.findall(r"(?:pagu|diserap|WIB|Hoaks|dibagikan|selesai|sooner|once|safe)[.!]", NARRATION[language])
    assert sum(cue.text.endswith(tuple(ends)) for cue in cues) == len(ends)
    assert not [cue for cue in cues if len(cue.words) == 1 and not cue.text.endswith((".", "!"))]
    assert all(min(map(len, cue.lines)) >= 8 for cue in cues if len(cue.lines) == 2)


def test_two_lines_are_balanced_and_do_not_end_with_a_preposition():
    """The break stands before "di", not behind it."""
    (cue,) = cues_from_text("Vaksinasi anak sudah selesai di seluruh kabupaten.", 0, None, "id", SQUARE)
    assert cue.lines == ("Vaksinasi anak sudah selesai", "di seluruh kabupaten.")


def test_paragraphs_begin_new_cues():
    """An empty line in a narration is a pause."""
    assert [cue.text for cue in cues_from_text("Satu dua\n\ntiga empat", 0)] == ["Satu dua", "tiga empat"]
    assert cues_from_text(" \n ", 0) == ()


@pytest.mark.parametrize(
    ("text", "start", "seconds"), [("a", -1, None), ("a", 0, 0), ("a", 0, float("nan")), ("a" * 20_001, 0, None)]
)
def test_times_that_cannot_be_are_refused(text, start, seconds):
    """Negative, empty and endless narrations."""
    with pytest.raises(CaptionError):
        cues_from_text(text, start, seconds)


def test_captions_change_in_the_pauses_of_the_voice():
    """A voice that speaks fast, waits and speaks slowly: each sentence begins where its first word does."""
    text = "Satu dua tiga empat lima. Enam tujuh delapan sembilan. Sepuluh sebelas dua belas."
    cues = cues_from_text(text, 1, 12, "id")
    moved = aligned(cues, [(0.5, 1.2), (2.8, 5.2), (8.5, 8.9), (12.0, 12.1)])
    assert joined(moved) == joined(cues)
    assert [cue.start for cue in moved] == [1.2, 5.2, 8.9]
    assert [cue.end for cue in moved][:2] == [
        pytest.approx(5.2 - VERTICAL.gap, abs=0.001),
        pytest.approx(8.9 - VERTICAL.gap, abs=0.001),
    ]
    assert moved[-1].end == cues[-1].end


@given(TEXT, FORMS, st.floats(1, 100), st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 4)), max_size=20))
def test_following_a_voice_keeps_every_rule(text, form, seconds, silences):
    """Whatever the pauses: the same lines in order, no overlap, no cue shorter than it takes to read."""
    pauses, at = [], 0.0
    for wait, length in silences:
        pauses.append((at + wait, at + wait + length))
        at = pauses[-1][1]
    cues = cues_from_text(text, 1, seconds, "id", form)
    moved = aligned(cues, pauses, form)
    assert [cue.lines for cue in moved] == [cue.lines for cue in cues]
    assert cues[0].start <= moved[0].start < moved[-1].end <= cues[-1].end + 0.001
    assert all(first.start < first.end <= second.start for first, second in pairwise(moved))
    assert len(list(remarks(moved, form))) <= len(list(remarks(cues, form)))


@given(TEXT, FORMS, FORMS)
def test_captions_of_a_file_are_fitted_to_another_shape(text, first, second):
    """Cues of long lines become cues of short ones in their own time; what fits stays as it is."""
    cues = cues_from_text(text, 1, None, "id", first)
    made = fitted(cues, second)
    assert joined(made) == joined(cues)
    assert all(len(line) <= second.line or " " not in line for cue in made for line in cue.lines)
    assert all(one.start < one.end <= other.start for one, other in pairwise(made))
    assert made[-1].end <= cues[-1].end
    assert fitted(made, second) == made


# --- pace -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "language", "count"),
    [
        ("pemerintah", "id", 4),
        ("pantai", "id", 2),
        ("APBD", "id", 4),
        ("2026", "id", 9),  # dua ribu dua puluh enam
        ("112", "id", 7),  # seratus dua belas
        ("1.234", "id", 15),  # seribu dua ratus tiga puluh empat
        ("72,4%", "id", 12),  # tujuh puluh dua koma empat persen
        ("021", "id", 6),  # nol dua satu
        ("percent", "en", 2),
        ("time", "en", 1),
        ("48,213", "en", 11),  # forty-eight thousand two hundred and thirteen
        ("–", "id", 0),
    ],
)
def test_syllables_are_about_those_that_are_said(said, language, count):
    """Numbers count as their words; an estimate within a third."""
    assert syllables(said, language) == pytest.approx(count, rel=0.34)


def test_reading_takes_at_least_1_2_seconds_and_longer_for_numbers():
    """175 words a minute at the slow end: 100 plain words take 34 s; a number takes more than a word as long as it."""
    assert reading_seconds("", "id") == 0
    assert reading_seconds("Awas", "id") == 1.2
    assert reading_seconds("words in plain English " * 25, "en") == pytest.approx(100 / 175 * 60, rel=0.1)
    assert reading_seconds("Rp48.213.000.000", "id") > 2 * reading_seconds("pemerintahannya", "id")
    assert reading_seconds("naik 3,1 persen dari tahun 2025", "id") > reading_seconds(
        "naik sedikit dari tahun lalu", "id"
    )


@given(TEXT, TEXT, st.sampled_from(["id", "en", "ar"]))
def test_more_text_never_takes_less_time(first, second, language):
    """Reading and saying two texts takes as long as one of them at least, in any language."""
    for seconds in (reading_seconds, speech_seconds):
        assert seconds(f"{first} {second}", language) >= seconds(first, language) >= 0


@given(TEXT, st.floats(0, 50))
def test_words_are_said_one_after_the_other_from_start_to_end(text, start):
    """Every word has its time, longer words longer ones."""
    for cue in cues_from_text(text, start):
        times = word_times(cue)
        assert len(times) == len(cue.words)
        assert (times[0][0], times[-1][1]) == (cue.start, cue.end)
        assert all(first[1] == second[0] and first[0] < first[1] for first, second in pairwise(times))
    (short, long) = word_times(Cue(0, 3, ("di pemerintahan",)))
    assert long[1] - long[0] > 3 * (short[1] - short[0])


# --- files ------------------------------------------------------------------------------------------------------------


@given(TEXT.filter(lambda text: not re.search(r"-->|<|\{|&|^NOTE|^STYLE|^REGION", text)), st.floats(0, 4000))
def test_what_is_written_is_read_back(text, start):
    """SubRip and WebVTT keep times, lines and every character; UTF-8 without a mark, lines end in LF."""
    cues = cues_from_text(text, start)
    for written in (srt(cues), vtt(cues)):
        assert "\r" not in written
        assert not written.startswith("\ufeff")
        assert written.endswith("\n")
        assert read_cues(written.encode()) == cues


def test_signs_of_markup_survive_in_webvtt():
    """Signs such as "<", "&" and an arrow are text; in WebVTT they are escaped."""
    cues = (Cue(0, 2, ("Suhu < 5 & angin > 40", "a --> b")),)
    assert "Suhu &lt; 5 &amp; angin &gt; 40\na → b" in vtt(cues)
    assert read_cues(vtt(cues).encode())[0].lines == ("Suhu < 5 & angin > 40", "a → b")
    assert read_cues(srt(cues).encode())[0].lines == ("Suhu < 5 & angin > 40", "a → b")


def test_a_line_that_is_only_a_number_is_kept():
    """Libraries take it for the number of the next cue: the figure would be lost."""
    for text in (
        "1\n00:00:01,000 --> 00:00:03,000\nKorban selamat:\n12\n\n2\n00:00:04,000 --> 00:00:06,000\n1945\n",
        "WEBVTT\n\n00:01.000 --> 00:03.000\nKorban selamat:\n12\n\n00:04.000 --> 00:06.000\n1945\n",
    ):
        assert [cue.lines for cue in read_cues(text.encode())] == [("Korban selamat:", "12"), ("1945",)]


def test_files_from_other_programs_are_read():
    """Marks, CRLF, UTF-16, tags, voices, positions, identifiers, notes, styles, hours of one digit."""
    text = (
        "WEBVTT - judul\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE catatan\n\nawal\n"
        "01:00.000 --> 01:02.500 align:start position:10%\n<v Budi>Halo <i>dunia</i> &amp; kawan\n"
    )
    expected = (Cue(60, 62.5, ("Halo dunia & kawan",)),)
    assert read_cues(text.encode()) == expected
    assert read_cues(text.replace("\n", "\r\n").encode("utf-8-sig")) == expected
    assert read_cues(text.encode("utf-16")) == expected
    assert read_cues(b"1\n0:01:00,5 --> 0:01:02,500\n{\\an8}<b>Halo</b>\n") == (Cue(60.5, 62.5, ("Halo",)),)


def test_every_problem_of_a_file_is_told_with_its_line(tmp_path):
    """Overlaps, zero lengths, times that cannot be read, text without a time, cues without text, all at once."""
    path = tmp_path / "narasi.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:03,000\nSatu\n\n2\n00:00:02,000 --> 00:00:04,000\nDua\n\n3\n"
        "00:00:05,000 --> 00:00:05,000\nTiga\n\n4\n00:00:06 --> 00:00:08,000\nEmpat\n\nLima\n\n"
        "6\n00:00:09,000 --> 00:00:10,000\n"
    )
    with pytest.raises(CaptionError) as caught:
        read_cues(path)
    told = [str(problem) for problem in caught.value.problems]
    assert [re.search(r":(\d+): ", one)[1] for one in told] == ["10", "14", "17", "20", "5"]
    assert all(one.startswith(f"{path}:") for one in told)
    for said in (
        "ends at 5 s, not after",
        "a time cannot be read",
        "text without a time: 'Lima'",
        "no text",
        "begins at 2 s",
    ):
        assert any(said in one for one in told), said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no caption"),
        (b"WEBVTT\n", "holds no caption"),
        ("1\n00:00:01,000 --> 00:00:03,000\nCaf\u00e9\n".encode("cp1252"), "not UTF-8"),
        (b"\x00" * 40, "NUL"),
        (b"x" * 2_000_001, "too large"),
    ],
)
def test_files_that_are_no_captions_are_refused(data, said):
    """Empty, in an old encoding, binary, huge."""
    with pytest.raises(CaptionError, match=said):
        read_cues(data)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_end_in_cues_or_in_a_named_error(data):
    """Nothing else than a CaptionError comes of a file."""
    try:
        assert read_cues(data)
    except CaptionError as error:
        assert error.problems


def test_what_is_too_fast_is_a_remark_and_not_an_error():
    """A file may be read, and told that it is hard to read."""
    cues = read_cues(b"1\n00:00:01,000 --> 00:00:02,000\nTerlalu banyak huruf untuk satu detik\n")
    (told,) = remarks(cues, WIDE)
    assert "37 characters a second, at most 17 are readable" in told.message
    assert told.hint == "let it stand for 2.2 s, or shorten it"
    assert not list(remarks([Cue(0, 2, ("Halo",))], WIDE))
    assert len(list(remarks([Cue(0, 5, ("a" * 43,)), Cue(5, 5.5, ("b",)), Cue(5.2, 7, ("c",))], WIDE))) == 3


# --- showing ----------------------------------------------------------------------------------------------------------


def test_markup_is_escaped_and_marks_one_word():
    """Words are text; the highlighted one has a class more, and nothing else differs."""
    cue = Cue(0, 2, ("Suhu <5 & naik", 'kata "saya"'))
    plain, marked = caption_markup(cue), caption_markup(cue, 3)
    assert "&lt;5" in plain
    assert "<5" not in plain
    assert plain.count('class="caption-word"') == 6
    assert marked.replace(" caption-spoken", "") == plain
    assert '<span class="caption-word caption-spoken">naik</span>' in marked


def test_the_styles_are_css_that_the_engine_honours():
    """`captions.css` holds nothing that the engine would ignore."""
    path = ROOT / "layouts/_kit/captions.css"
    assert not check_stylesheet(path.read_text("utf-8"), str(path))


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


LONGEST = {
    NARROW: ("mewujudkan kemakmuran", "Kemenkumham mengumumkan"),
    VERTICAL: ("mewujudkan Mahkamah keamanan", "Kemenkumham mengumumkan nama"),
    SQUARE: ("mewujudkan Mahkamah keamanan umum", "Kemenkumham mengumumkan nama nama"),
    WIDE: ("mewujudkan Mahkamah keamanan umum memuaskan", "Kemenkumham mengumumkan nama nama makanan."),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("brand", parts.kit_names("brand"))
def test_captions_are_two_lines_in_the_safe_box_in_every_brand_and_shape(painter, studio, tmp_path, brand, theme):
    """The longest lines that are cut do not wrap, overflow or leave the safe box, and can be read on any ground."""
    for place in ("tiktok/video", "instagram/reel", "linkedin/video", "instagram/feed-square", "youtube/video"):
        where = placement.load(place)
        form = form_of(where.shape, is_narrow(where))
        text = f"{LONGEST[form][0][: form.line - 3]} {LONGEST[form][1][: form.line - 3]}. {NARRATION['id']}"
        folder = tmp_path / place.replace("/", "-")
        folder.mkdir()
        make_kit.sample_layout("", folder, bare=True)
        for number, cue in enumerate(cues_from_text(text, 0, None, "id", form)):
            markup = caption_markup(cue, number % len(cue.words))
            (folder / "layout.html").write_text(f'<section class="page ground-danger">{markup}</section>')
            layout = Layout.load(folder)
            made = Binder.of(layout, Brand.load(brand).themed(theme)).bind({}, where, "id", folder)
            (page,) = painter.measure(made)
            check_block(page, cue, where)
        if place == "instagram/feed-square":
            found = studio.make(layout, Brand.load(brand).themed(theme), Wish({}, where, folder=folder)).findings
            wrong = [f"{one.rule}: {one.message}" for one in found if one.severity is Severity.ERROR]
            assert not [one for one in wrong if one.startswith(("contrast", "overflow", "safe_zone", "legibility"))]


def check_block(page, cue, where):
    plate = next(box for box in page.boxes if box.attributes.get("class") == "caption-plate").rectangle
    words = [box for box in page.boxes if "caption-word" in (box.attributes.get("class") or "")]
    assert len(words) == len(cue.words)
    assert len(lines_of(words)) == len(cue.lines)
    assert all(plate.left < box.rectangle.left < box.rectangle.right < plate.right for box in words)
    assert all(plate.top < box.rectangle.top < box.rectangle.bottom < plate.bottom for box in words)
    scale, safe = where.size.width / 1080, where.safe
    assert 40 * scale <= plate.left < plate.right <= where.size.width - 40 * scale
    if safe:
        assert safe.left <= plate.left < plate.right <= safe.right
        assert safe.bottom - 90 * scale <= plate.bottom <= safe.bottom
    if where.shape == "story":
        assert plate.width <= 768 * scale
        assert 1100 * scale <= plate.top < plate.bottom <= 1260 * scale
