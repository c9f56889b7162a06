"""Typography: a number and its word stay on one line; no other character changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen.typography import NBSP, keep_together


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rp1,2 triliun lebih", ["Rp1,2~triliun", "lebih"]),
        ("17 Agustus 2026", ["17~Agustus~2026"]),
        ("pukul 09.00 WIB di aula", ["pukul~09.00~WIB", "di", "aula"]),
        ("Pasal 5 ayat (2)", ["Pasal~5", "ayat~(2)"]),
        ("naik 5 persen", ["naik", "5~persen"]),
        ("12 km² dan 3 kmx", ["12~km²", "dan", "3", "kmx"]),
        ("5 orangtua", ["5", "orangtua"]),
        ("on May 5", ["on", "May", "5"]),
    ],
)
def test_what_stands_together(text, parts):
    """Amounts, dates, times, articles and units."""
    assert keep_together(text).split(" ") == [part.replace("~", NBSP) for part in parts]


@given(st.text(alphabet="ab 0123456789.,(%)AgustusWIBpukl\u00a0", max_size=60))
def test_only_spaces_change(text):
    """Whatever the text, only plain spaces become non-breaking ones, and a second time nothing happens."""
    kept = keep_together(text)
    assert kept.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert keep_together(kept) == kept
