"""Read numbers and dates back from text as it is shown, and tell whether they agree with a value.

A number that is shown says how far it is rounded: `12,3%` holds for everything from 12.25 to 12.35, `Rp1,2 triliun` for
everything from 1.15 to 1.25 trillion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assetgen.locale import format_date, format_number, month_of, scale_words

# Words that carry the sign of a number, so that it is shown without one.
DOWN = re.compile(
    r"[\u2193\u25bc\u2198]|\b(?:turun|menurun|penurunan|berkurang|menyusut|melemah|defisit|rugi|minus|down|fell|falls?"
    r"|fewer|less|lower|decreased?|declined?|deficit|loss)\b",
    re.IGNORECASE,
)
UP = re.compile(
    r"[\u2191\u25b2\u2197+]|\b(?:naik|meningkat|peningkatan|kenaikan|bertambah|surplus|up|rose|rises?|more|higher"
    r"|increased?|grew|gain)\b",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?<![\w.,])(?P<open>\()?(?P<sign>[+\-\u2212]?)(?P<currency>(?:Rp|IDR|US\$|USD|\$|\u20ac|EUR)\.?\s?)?(?P<minus>[-\u2212]?)"
    r"(?P<digits>\d(?:[\d.,]*\d)?)(?P<percent>\s?%|\s(?:persen|percent|per\scent)\b|\s(?:poin|(?:percentage\s)?points?)\b)?"
)
_DIGIT = re.compile(r"\d")
# Room for the noise that binary fractions and long quotients leave behind.
NOISE = Decimal("1e-9")


class Quantity(NamedTuple):
    """A number in a text: where it stands, what it says, and half of the step to which it is rounded.

    `number` is None for digits that are no number in the style of the language. `mark` is "%" for percentages and
    points, "money", "scale" for a number with a scale word, else empty.
    """

    text: str
    start: int
    end: int
    number: Decimal | None
    half: Decimal
    mark: str = ""

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value rounds to this number."""
        return self.number is not None and abs(value - self.number) <= self.half + abs(value) * NOISE


def plain_spaces(text: str) -> str:
    """Return a text with plain spaces for those of fixed width, without word joiners and soft hyphens."""
    # A twentieth of the time that `str.translate` takes.
    for space in "\u00a0\u202f\u2007\u2009":
        text = text.replace(space, " ")
    return text.replace("\u2060", "").replace("\u00ad", "")


@lru_cache(maxsize=1024)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text in the style of a language, with currency, percent sign and scale word."""
    return tuple(_quantities(text, language)) if _DIGIT.search(text) else ()


def _quantities(text: str, language: str) -> Iterator[Quantity]:
    pattern, words = _pattern(language)
    for found in pattern.finditer(plain_spaces(text)):
        opened, sign, currency, minus, digits, percent, scale = found.groups()
        power = words[scale.strip()] if scale else 0
        number, decimals = _decimal(digits, language)
        if number is not None:
            negative = minus or sign in ("-", "\u2212") or (opened and _in_brackets(found))
            number = (-number if negative else number).scaleb(power)
        half = Decimal(5).scaleb(power - decimals - 1)
        mark = "%" if percent else "money" if currency else "scale" if power else ""
        start = found.end("open") if opened else found.start()
        yield Quantity(found[0].strip(" ("), start, found.end(), number, half, mark)


def _in_brackets(found: re.Match[str]) -> bool:
    """Tell whether the text is nothing but a number in brackets, as accounts write what is owed."""
    return found.start() == 0 and found.string[found.end() :].strip() == ")"


@lru_cache(maxsize=16)
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    words = scale_words(language)
    scales = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    # In Indonesian a letter that clings to a digit is no scale: `3T` are remote regions.
    space = r"\s" if language.startswith("id") else r"\s?"
    return re.compile(rf"{_NUMBER}(?P<scale>{space}(?:{scales})\b)?"), words


@lru_cache(maxsize=16)
def signs_of(language: str) -> tuple[str, str]:
    """Return the sign between thousands and the decimal sign of a language: `.` and `,` in Indonesian."""
    written = format_number(Decimal("1234.5"), language)
    return written[1], written[-2]


def _decimal(digits: str, language: str) -> tuple[Decimal | None, int]:
    """Return digits as a number and how many of them are decimals; None when the signs stand where none belongs."""
    group, point = signs_of(language)
    whole, _, fraction = digits.partition(point)
    plain = whole.replace(group, "") if group in whole and _grouped(whole, group) else whole
    if not plain.isdigit() or (point in digits and not fraction.isdigit()):
        return None, 0
    return Decimal(f"{plain}.{fraction}" if fraction else plain), len(fraction)


def _grouped(whole: str, group: str) -> bool:
    first, *others = whole.split(group)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in others)


# --- agreement --------------------------------------------------------------------------------------------------------


def disagreement(text: str, value: str, kind: str, language: str) -> str:
    """Return how a text that is shown differs from a value; empty when they agree within the rounding of the text.

    `value` is a decimal number, or an ISO 8601 date, time or both, as facts carry it.
    """
    plain = plain_spaces(text)
    if kind in {"date", "datetime", "time"}:
        return _moment_disagreement(plain, value, language)
    try:
        number = Decimal(value)
    except ArithmeticError:
        return f"'{value[:40]}' is no number"
    shown = next(iter(quantities(plain, language)), None)
    if shown is None:
        return "" if abs(number) < 1 and not any(map(str.isdigit, plain)) else f"'{text}' shows no number"
    if shown.number is None:
        return f"'{shown.text}' is no number in this language"
    return "" if any(shown.holds(one) for one in _readings(plain, number)) else f"'{text}' is not {_plain(number)}"


def _readings(text: str, number: Decimal) -> tuple[Decimal, ...]:
    """Return what a text may show of a number: a word such as `turun` carries the sign in its place."""
    if DOWN.search(text):
        return (number, -number) if number < 0 else ()
    if UP.search(text):
        return (number,) if number >= 0 else ()
    return (number,)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")[:40]


def _moment_disagreement(text: str, value: str, language: str) -> str:
    try:
        moment: date | time = time.fromisoformat(value) if re.match(r"\d\d:", value) else datetime.fromisoformat(value)
    except ValueError:
        return f"'{value[:40]}' is no date"
    allowed = _digits_of(moment)
    wrong = [found for found in re.findall(r"\d+", re.sub(r"UTC\S*", "", text)) if found not in allowed]
    if isinstance(moment, date):
        wrong += [word for word in re.findall(r"[^\W\d_]+", text) if not _names(word, moment, language)]
    return f"'{text}' is not {value}: {', '.join(wrong)}" if wrong else ""


def _digits_of(moment: date | time) -> frozenset[str]:
    numbers: list[str] = []
    if isinstance(moment, date):
        year = str(moment.year)
        numbers += [year, year[-2:], *_padded(moment.day), *_padded(moment.month)]
    if isinstance(moment, (datetime, time)):
        numbers += [
            *_padded(moment.hour),
            *_padded(moment.minute),
            *_padded(moment.second),
            *_padded((moment.hour - 1) % 12 + 1),
        ]
    return frozenset(numbers)


def _padded(number: int) -> tuple[str, str]:
    return str(number), f"{number:02}"


def _names(word: str, moment: date, language: str) -> bool:
    """Tell whether a word is the right month or weekday, or neither of them."""
    month, weekday = month_of(word) or _months(language).get(word, 0), _weekdays(language).get(word.lower())
    return month in (0, moment.month) and weekday in (None, moment.weekday())


@lru_cache(maxsize=16)
def _months(language: str) -> dict[str, int]:
    """Return the months by their names, those of the Indonesian and English sheets apart, which `month_of` knows."""
    days = (date(2024, number, 1) for number in range(1, 13))
    return {format_date(day, language, "month").split("\u00a0")[0]: day.month for day in days}


@lru_cache(maxsize=16)
def _weekdays(language: str) -> dict[str, int]:
    monday = date(2024, 1, 1)
    days = (monday + timedelta(days=number) for number in range(7))
    return {format_date(day, language, "weekday").partition(",")[0].lower(): day.weekday() for day in days}
