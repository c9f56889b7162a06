"""Set the labels of charts: a name and the room for it go in, one or two measured lines come out, never a cut word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assetgen.charts._kit.rows import Label
from assetgen.look import Ruler, TextStyle

LEAST, WANTED = 26.0, 28.0
LEADING = 1.18
# What a line may be broken behind: a space, and a stroke or dash between words.
WORD = re.compile(r"[^ ]+?[/–—-](?=\w{3})|[^ ]+ ?")
# Official short forms of the words that make Indonesian names long; used only where the full name does not fit.
SHORT_FORMS = (
    ("Kabupaten Administrasi ", "Kab. Adm. "),
    ("Kota Administrasi ", "Kota Adm. "),
    ("Kabupaten ", "Kab. "),
    ("Kepulauan ", "Kep. "),
    ("Kotamadya ", "Kota "),
    ("Provinsi ", "Prov. "),
    ("Kecamatan ", "Kec. "),
    ("Daerah Khusus Ibukota ", "DKI "),
    ("Daerah Istimewa ", "DI "),
    ("Badan Layanan Umum ", "BLU "),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Measured lines in one style; `width` is that of the longest."""

    lines: tuple[Markup, ...]
    width: float
    style: TextStyle

    @property
    def leading(self) -> float:
        """Return the height of a line, in whole pixels so that both engines place it alike."""
        return float(round(self.style.size * LEADING))

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return self.leading * len(self.lines)


def one_line(label: Label, ruler: Ruler, style: TextStyle) -> Text:
    """Return a label on one line, as wide as it is."""
    return Text((label.markup,), ruler.width(label.text, style), style)


def fit(label: Label, width: float, ruler: Ruler, style: TextStyle, lines: int = 2) -> Text | None:
    """Return a label set within `width`; None when even its short form does not fit on that many lines.

    The order: one line, several lines, the official short form (`Kab.` for Kabupaten) on one line, then on several.
    """
    for text in dict.fromkeys((label.text, short_form(label.text))):
        if ruler.width(text, style) <= width:
            markup = label.markup if text == label.text else escape(text)
            return Text((markup,), ruler.width(text, style), style)
        broken = _broken(text, width, ruler, style, lines)
        if broken and label.markup == escape(label.text):
            return Text(tuple(map(escape, broken)), max(ruler.width(line, style) for line in broken), style)
    return None


def fit_beneath(
    label: Label, widths: tuple[float, float], ruler: Ruler, style: TextStyle, lines: int = 2
) -> Text | None:
    """Return a label whose first line is within one width and the others within a larger one; None as `fit`.

    A name above its bar shares its first line with the number and has the others for itself.
    """
    first, width = widths
    if (whole := fit(label, first, ruler, style, 1)) or label.markup != escape(label.text):
        return whole
    for text in dict.fromkeys((label.text, short_form(label.text))):
        words = re.findall(WORD, text)
        count = next((n for n in range(len(words), 0, -1) if _wide(words[:n], ruler, style) <= first), 0)
        rest = _broken("".join(words[count:]), width, ruler, style, lines - 1) if count else None
        if rest:
            set_lines = ["".join(words[:count]).rstrip(" "), *rest]
            return Text(tuple(map(escape, set_lines)), max(ruler.width(line, style) for line in set_lines), style)
    return None


def _wide(words: Sequence[str], ruler: Ruler, style: TextStyle) -> float:
    return ruler.width("".join(words).rstrip(" "), style)


def fit_all(labels: Sequence[Label], width: float, ruler: Ruler, style: TextStyle, lines: int = 2) -> list[Text] | None:
    """Return all labels set within `width` in one style; None when one of them does not fit."""
    texts = [fit(label, width, ruler, style, lines) for label in labels]
    return [text for text in texts if text is not None] if None not in texts else None


def under(text: Text, ruler: Ruler) -> float:
    """Return how far below its baseline a text in large type still has ink: a comma, the tail of a p."""
    return text.leading * 0.88 - ruler.baseline(text.style, text.leading)


def short_form(text: str) -> str:
    """Return a name with its long generic words in their official short forms."""
    for word, short in SHORT_FORMS:
        text = re.sub(rf"(?<!\w){word}", short, text)
    return text


def _broken(text: str, width: float, ruler: Ruler, style: TextStyle, most: int) -> list[str] | None:
    """Return the lines of a text that are about equally long; None when it needs more than `most`."""
    words = re.findall(WORD, text)
    if max(ruler.width(word.rstrip(" "), style) for word in words) > width:
        return None
    lines = _greedy(words, width, ruler, style)
    if len(lines) > most:
        return None
    low = max(ruler.width(word.rstrip(" "), style) for word in words)
    for _ in range(6):  # a narrower width with as many lines makes them equal
        middle = (low + width) / 2
        narrower = _greedy(words, middle, ruler, style)
        if len(narrower) > len(lines):
            low = middle
        else:
            lines, width = narrower, middle
    return lines


def _greedy(words: Iterable[str], width: float, ruler: Ruler, style: TextStyle) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and ruler.width((lines[-1] + word).rstrip(" "), style) <= width:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.rstrip(" ") for line in lines]
