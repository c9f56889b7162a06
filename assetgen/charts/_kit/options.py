"""Read the options of a chart: what a template gave goes in, typed values come out, and every mistake is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from assetgen.errors import LayoutError, Problem, did_you_mean
from assetgen.facts import number_value
from assetgen.model import Value

MOST_NAMES = 60
# What the framework itself reads, for every chart.
COMMON: Mapping[str, str] = MappingProxyType(
    {
        "width": "width of the chart in CSS pixels of a canvas 1080 wide; the shape's own when left out",
        "height": "height of the chart in CSS pixels; the shape's own when left out",
        "ground": "what it stands on: plain (default), strong, or hero, which the brand decides",
        "label": "column with the names; 'label' when left out",
        "value": "column with the numbers; 'value' when left out",
        "style": "how numbers are written: number (default), percent, rupiah, short or short-rupiah",
        "unit": "word behind the first number, and in the alt text: jiwa, ton",
        "decimals": "digits behind the decimal sign; chosen by the data, the same for all labels, when left out",
        "provisional": "column that marks provisional values, or true for all of them; they get an asterisk",
        "subject": "what the chart shows, for the alt text: Belanja daerah menurut fungsi, 2026",
        "as_of": "date of the data, for the alt text",
        "limit": "characters that the alt text may have; 420 when left out",
        "note": "a short remark at one mark; below the chart, with the name of its mark, where it has no room there",
        "note_at": "label of that mark; the highlighted label when left out, else the note is about the whole chart",
    }
)
ONE_SERIES: Mapping[str, str] = MappingProxyType(
    {
        "highlight": "label, or list of labels, in the accent colour; the rest is grey",
        "order": "given, highest or lowest first; bars and lollipops are sorted from the highest when left out",
        "rest": "what happens to more rows than fit: cut (default) and say how many, sum into 'lainnya', or refuse",
        "most": "most rows that are shown, when fewer than fit",
    }
)
MANY_SERIES: Mapping[str, str] = MappingProxyType(
    {
        "series": "columns with numbers, one a series; or one column whose values name the series of each row",
        "names": "shown names of those columns, in the same order",
        "highlight": "name of the series in the accent colour; the rest is grey",
    }
)
REFERENCE: Mapping[str, str] = MappingProxyType(
    {
        "reference": "a number at which a line is drawn across the chart: an average, a target",
        "reference_label": "what that line is",
    }
)


@dataclass(frozen=True)
class Options:
    """The options of one call; reading one that is of the wrong kind raises LayoutError with what is allowed."""

    kind: str
    given: Mapping[str, Any]

    @classmethod
    def check(cls, kind: str, given: Mapping[str, Any], known: Iterable[str]) -> Options:
        """Return the options that are not None; raises LayoutError that names all unknown ones."""
        allowed = {*known, *COMMON}
        wrong = [
            Problem(f"the chart '{kind}' has no option '{name}'", hint=did_you_mean(name, allowed))
            for name in given
            if name not in allowed
        ]
        if wrong:
            raise LayoutError(wrong)
        return cls(kind, {name: value for name, value in given.items() if _is_given(value)})

    def __contains__(self, name: str) -> bool:
        """Tell whether an option was given."""
        return name in self.given

    def text(self, name: str, otherwise: str = "") -> str:
        """Return an option as plain text."""
        return _plain(self.given.get(name, otherwise))

    def noted(self, label: str) -> bool:
        """Tell whether the note is about a label, or about something within it, as in "Perdesaan, 2025"."""
        at = ", ".join(self.names("note_at")).lower() if "note" in self else ""
        return f"{at}, ".startswith(f"{' '.join(label.split()).lower()}, ")

    def flag(self, name: str) -> bool:
        """Tell whether an option is switched on."""
        return bool(self.given.get(name, False))

    def number(self, name: str) -> Value | None:
        """Return an option that is a number, with its cell; None when it was not given."""
        if name not in self.given:
            return None
        number = number_value(self.given[name])
        if number is None:
            raise LayoutError(f"chart('{self.kind}', {name}=…) takes a number, got '{str(self.given[name])[:60]}'")
        return number

    def count(self, name: str, otherwise: int, least: int, most: int) -> int:
        """Return an option that is a whole number within limits."""
        value = self.number(name)
        if value is None:
            return otherwise
        number = value.data
        if number != int(str(number).partition(".")[0] or 0) or not least <= int(str(number).partition(".")[0]) <= most:
            raise LayoutError(f"chart('{self.kind}', {name}=…) takes a whole number from {least} to {most}")
        return int(str(number).partition(".")[0])

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """Return one of the allowed words; the first one when the option was not given."""
        word = self.text(name, allowed[0])
        if word not in allowed:
            hint = did_you_mean(word, allowed)
            raise LayoutError(f"chart('{self.kind}', {name}=…) has no choice '{word[:60]}'", hint=hint)
        return word

    def names(self, name: str) -> tuple[str, ...]:
        """Return an option that is one text or a list of texts."""
        value = self.given.get(name, ())
        listed = value if isinstance(value, (list, tuple)) else (value,)
        if len(listed) > MOST_NAMES:
            raise LayoutError(f"chart('{self.kind}', {name}=…) takes at most {MOST_NAMES} names")
        return tuple(_plain(one) for one in listed)


def _plain(value: Any) -> str:
    """Return a text without markup: fields hand on `&amp;` where people wrote `&`."""
    text = Markup(value.__html__()).striptags() if hasattr(value, "__html__") else str(value)
    return " ".join(text.split())


def _is_given(value: Any) -> bool:
    return value is not None and not (isinstance(value, Value) and value.missing) and value != ""
