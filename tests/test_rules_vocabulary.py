"""Words that a brand does not say are found on pages and in the words beside them, each with what is said instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rules import SOURCE, Bench, brand, findings, only

from assetgen.model import Severity
from assetgen.rules.vocabulary import _Words

WORDS = {
    "masyarakat": "warga",
    "masyarakat adat": "masyarakat adat",
    "menghimbau*": "mengimbau",
    "dalam rangka": "untuk",
    "oknum": "",
}


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def kit(words=WORDS, language="id"):
    return brand().model_copy(update={"vocabulary": {language: words}})


def found_in(text, words=WORDS, language="id"):
    return list(_Words.of(tuple(words.items()), language).found_in(text))


def test_a_word_is_found_on_the_page_and_the_other_one_is_named(bench):
    """A warning with the place of the word, what the brand says instead, and who the brand is."""
    subject = bench.paint(f"<p>Ayo, masyarakat!</p>{SOURCE}", brand=kit())
    finding = only("vocabulary", subject, "Pemprov Nusa Lentera says 'warga'", severity=Severity.WARNING)
    assert finding.hint == "write 'warga'"
    assert finding.rectangle is not None


def test_a_word_without_another_one_is_to_be_left_out(bench):
    """An empty entry says that there is no other word."""
    finding = only(
        "vocabulary", bench.paint("<p>Dua oknum</p>", brand=kit()), "does not say", severity=Severity.WARNING
    )
    assert "leave it out" in finding.hint


def test_alt_text_and_caption_are_read_too(bench):
    """They are published as well; their findings have no place on the page."""
    subject = bench.paint("<p>Warga</p>", brand=kit(), alt_text="Masyarakat antre", caption="untuk\nmasyarakat")
    found = findings("vocabulary", subject)
    assert [one.message.split(":")[0] for one in found] == ["alt text", "caption"]
    assert [one.page for one in found] == [None, None]


@pytest.mark.parametrize(
    "body",
    [
        "<blockquote><p>Masyarakat menunggu.</p></blockquote>",
        "<p>Gubernur: “Kami dengar masyarakat.”</p>",
        "<p data-source>Sumber: survei masyarakat</p>",
        '<p aria-hidden="true">masyarakat</p>',
        "<p>Survei Kepuasan Masyarakat 2026</p>",
        "<p>tulis ke masyarakat.contoh.go.id, @masyarakat atau #masyarakat</p>",
    ],
)
def test_what_others_say_names_and_addresses_are_left_alone(bench, body):
    """Quotations, sources, decoration, parts of names, addresses, handles and tags are not the brand's own words."""
    assert findings("vocabulary", bench.paint(body + SOURCE, brand=kit())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Masyarakat diminta waspada", [("Masyarakat", "warga")]),
        ("MASYARAKAT DIMINTA WASPADA", [("MASYARAKAT", "warga")]),
        ("hak masyarakatnya", [("masyarakatnya", "warga")]),
        ("kemasyarakatan", []),
        ("hutan masyarakat adat", []),
        ("Kami menghimbaukan", [("menghimbaukan", "mengimbau")]),
        ("dalam\u00a0rangka\n hari jadi", [("dalam\u00a0rangka", "untuk")]),
        ("warga", []),
    ],
)
def test_words_are_found_whole(text, found):
    """In any letters, with their particles, as beginnings with `*`, across spaces; never inside other words."""
    assert found_in(text) == found


def test_words_belong_to_a_language(bench):
    """English words are not looked for on Indonesian pages, nor Indonesian particles on English ones."""
    assert findings("vocabulary", bench.paint("<p>masyarakat</p>", brand=kit(language="en"))) == []
    assert found_in("citizens", {"citizen": "resident"}, "en") == []
    assert found_in("a citizen", {"citizen": "resident"}, "en") == [("citizen", "resident")]


@given(st.text(max_size=60), st.dictionaries(st.from_regex(r"\w[^*<>]{0,12}\*?", fullmatch=True), st.text(max_size=12)))
def test_no_text_or_vocabulary_breaks_the_rule(text, words):
    """Whatever stands in a vocabulary, texts are read to their end."""
    if words:
        found_in(text, words)
