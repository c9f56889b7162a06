"""Turn text into exact numbers, dates and times, and back, in Indonesian and English.

Styles of numbers are "id" (`1.234.567,89`) and "en" (`1,234,567.89`). Percentages are the number before the sign:
12.5 is 12.5 %. Rounding is half up on decimals. Parts that belong together are joined by a non-breaking space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from assetgen.errors import UsageError

if TYPE_CHECKING:
    from babel import Locale

NumberStyle = Literal["id", "en"]
DateStyle = Literal["long", "short", "month", "weekday"]

MINUS = "\u2212"
JOINER = "\u00a0"
MAX_DIGITS = 60

# --- from text --------------------------------------------------------------------------------------------------------

CURRENCIES = {"rp": "IDR", "rp.": "IDR", "idr": "IDR", "us$": "USD", "usd": "USD", "$": "USD", "eur": "EUR", "€": "EUR"}

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+\-\u2212\u2013]?)\s*(?P<currency>rp\.?|idr|us\$|usd|eur|\$|€)?\s*(?P<sign2>[-\u2212]?)"
    r"(?P<digits>\d[\d., ]*)(?P<dash>,-|\.-)?\s*(?P<percent>%)?\s*(?P<close>\))?\s*(?P<currency2>idr|usd|eur|€)?",
    re.IGNORECASE,
)
_ID = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,\d+)?")
_EN = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:\.\d+)?")
_PLAIN = re.compile(r"-?\d+\.\d+", re.ASCII)
_PLAIN_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_ONLY_ENGLISH = re.compile(r"-?(?:\d{4,}\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\.\d+)", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E[+-]?\d{1,2}", re.IGNORECASE)


class Amount(NamedTuple):
    """A number as it was written: its value under a style, and the currency or percent sign that stood beside it."""

    number: Decimal
    currency: str = ""
    percent: bool = False


def parse_amount(text: str, style: NumberStyle) -> Amount | None:
    """Read a number with its currency or percent sign; None when the text is no number of that style."""
    if len(text) > MAX_DIGITS:
        return None
    if text.isascii() and text.isdigit():
        return Amount(Decimal(text))
    if style == "en" and (_PLAIN.fullmatch(text) or _SCIENTIFIC.fullmatch(text)):
        return Amount(Decimal(text))
    text = _SPACES.sub(" ", text).strip()
    found = _AMOUNT.fullmatch(text)
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    return _amount(found, style)


def _amount(found: re.Match[str], style: NumberStyle) -> Amount | None:
    signs = (found["sign"] or "") + (found["sign2"] or "") + (found["open"] or "")
    grammar, group, point = (_ID, ".", ",") if style == "id" else (_EN, ",", ".")
    digits = found["digits"].strip()
    if len(signs) > 1 or not grammar.fullmatch(digits):
        return None
    number = Decimal(digits.replace(group, "").replace(" ", "").replace(point, "."))
    currency = CURRENCIES.get((found["currency"] or found["currency2"] or "").lower(), "")
    # Rupiah have no thousandths: Rp1.234 can only be one thousand and more.
    if currency == "IDR" and len(digits.partition(point)[2]) == 3:
        return None
    return Amount(-number if signs.strip("+") else number, currency, bool(found["percent"]))


def parse_plain(text: str, style: NumberStyle | None) -> Decimal | None:
    """Read digits with at most a minus and one decimal mark, the fast way; None for everything else."""
    if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
        return Decimal(text)
    if style == "en" and _PLAIN.fullmatch(text) and len(text) <= MAX_DIGITS:
        return Decimal(text)
    if style == "id" and _PLAIN_COMMA.fullmatch(text) and len(text) <= MAX_DIGITS:
        return Decimal(text.replace(",", "."))
    return None


def parse_number(text: str, style: NumberStyle) -> Decimal | None:
    """Read a number, also with a currency or percent sign around it; None when it is no number of that style."""
    amount = parse_amount(text, style)
    return amount.number if amount else None


@dataclass(frozen=True, slots=True)
class StyleEvidence:
    """How many texts can only be Indonesian, can only be English, or read differently in both."""

    indonesian: int = 0
    english: int = 0
    ambiguous: int = 0

    def __add__(self, other: StyleEvidence) -> StyleEvidence:
        """Return the evidence of both."""
        return StyleEvidence(
            self.indonesian + other.indonesian, self.english + other.english, self.ambiguous + other.ambiguous
        )

    @property
    def style(self) -> NumberStyle | None:
        """Return the style that all evidence supports; None when there is none, or it contradicts itself."""
        if bool(self.indonesian) == bool(self.english):
            return None
        return "id" if self.indonesian else "en"


def style_evidence(texts: Iterable[str]) -> StyleEvidence:
    """Count what number-like texts tell about the style of a column."""
    indonesian = english = ambiguous = 0
    for text in texts:
        if text.isdigit():
            continue
        if _ONLY_ENGLISH.fullmatch(text):
            english += 1
            continue
        one, two = parse_number(text, "id"), parse_number(text, "en")
        indonesian += one is not None and two is None
        english += two is not None and one is None
        ambiguous += one is not None and two is not None and one != two
    return StyleEvidence(indonesian, english, ambiguous)


def number_style_of(texts: Iterable[str]) -> NumberStyle | None:
    """Return the style that texts are written in; None when nothing tells, or they contradict each other."""
    return style_evidence(texts).style


_MONTHS = (
    "jan januari january",
    "feb peb februari pebruari february",
    "mar mrt maret march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "agu agt ags agust aug agustus august",
    "sep sept september",
    "okt oct oktober october",
    "nov nop november nopember",
    "des dec desember december",
)
_MONTH_NUMBER = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
# Three weeks, each day four characters on; the last ends on Ahad.
_DAYS = "sen sel rab kam jum sab min mon tue wed thu fri sat sun --- --- --- --- --- --- aha"
_WEEKDAY = (
    r"(?:(?P<weekday>senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*day),? )?"
)
_DATE_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
        r"(?P<day>\d{1,2})[ \-/]+(?P<name>[a-z]{3,9})\.?[ \-/]+(?P<year>\d{4})",
        r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<name>[a-z]{3,9})\.?[ \-](?P<year>\d{4})",
        r"(?P<day>\d{1,2})[ \-](?P<name>[a-z]{3,9})\.?",
    )
)
_TIME = re.compile(
    r"(?P<word>pukul |pkl\.? |jam )?(?P<hour>\d{1,2})(?P<mark>[:.])(?P<minute>\d{2})(?:(?P=mark)(?P<second>\d{2}))?"
    r"(?:\.\d{1,6})? ?(?P<zone>wib|wita|wit|utc|gmt|z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0}
_DATE_AND_TIME = re.compile(
    r"(.*?\d{4}(?:[-/]\d{1,2}[-/]\d{1,2})?)(?:[T,]? ?)((?:pukul |pkl\.? |jam )?\d{1,2}[:.]\d{2}.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a date-like text says: a date, time or both; or, as its fault, why it cannot be one."""

    data: date | time | datetime | None
    precision: Literal["day", "month", "time", "second"] = "day"
    fault: Literal["", "impossible", "no-year", "weekday"] = ""
    numeric: bool = False


def parse_moment(text: str, day_first: bool = True) -> Moment | None:
    """Read a date, a time of day, or both, in Indonesian or English words; None when the text is nothing like it."""
    text = _SPACES.sub(" ", text).strip()
    if not text or len(text) > MAX_DIGITS or not any(map(str.isdigit, text)):
        return None
    if clock := _TIME.fullmatch(text):
        return _clock(clock)
    if both := _DATE_AND_TIME.fullmatch(text):
        return _date_and_time(both[1], both[2], day_first)
    return _day(text, day_first)


def parse_date(text: str, day_first: bool = True) -> date | None:
    """Read a date; None when the text is none, is impossible, or does not say the day or the year."""
    moment = parse_moment(text, day_first)
    exact = moment is not None and moment.precision == "day"
    return moment.data if exact and moment and isinstance(moment.data, date) else None


def _clock(found: re.Match[str]) -> Moment | None:
    if found["mark"] == "." and not (found["word"] or found["zone"]):
        return None
    zone = (found["zone"] or "").lower()
    try:
        offset = None if not zone else _offset(zone)
        return Moment(
            time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), tzinfo=offset), precision="time"
        )
    except ValueError:
        return Moment(None, fault="impossible")


def _offset(zone: str) -> timezone:
    if zone in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone]), "UTC" if zone == "z" else zone.upper())
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return timezone((-1 if zone[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _date_and_time(before: str, behind: str, day_first: bool) -> Moment | None:
    day, found = _day(before.strip(), day_first), _TIME.fullmatch(behind)
    clock = _clock(found) if found else None
    if day is None or clock is None or day.precision != "day":
        return None
    if not isinstance(day.data, date) or not isinstance(clock.data, time):
        return Moment(None, fault=day.fault or clock.fault)
    return Moment(datetime.combine(day.data, clock.data), precision="second", numeric=day.numeric)


def _day(text: str, day_first: bool) -> Moment | None:
    for form in _DATE_FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month = _MONTH_NUMBER.get((parts.get("name") or "").lower()) or int(parts.get("month") or 0)
            if month or "name" not in parts:
                return _moment(parts, month, day_first)
    return None


def _moment(parts: dict[str, str | None], month: int, day_first: bool) -> Moment:
    numeric = bool(parts.get("mark"))
    day, year = int(parts.get("day") or 1), parts.get("year")
    if year is None:
        return Moment(None, fault="no-year" if day <= 31 else "impossible")
    if numeric and not day_first:
        day, month = month, day
    try:
        moment = date(int(year), month, day)
    except ValueError:
        return Moment(None, fault="impossible", numeric=numeric)
    weekday = parts.get("weekday")
    if weekday and _DAYS.index(weekday[:3].lower()) // 4 % 7 != moment.weekday():
        return Moment(None, fault="weekday", numeric=numeric)
    return Moment(moment, precision="day" if parts.get("day") else "month", numeric=numeric)


# --- to text ----------------------------------------------------------------------------------------------------------

_NOISE = re.compile(r"(\d*?)(?:0{6,}|9{6,})\d{0,2}")
_SCALES: tuple[tuple[int, dict[str, tuple[str, str]]], ...] = (
    (12, {"id": ("triliun", "T"), "en": ("trillion", "T")}),
    (9, {"id": ("miliar", "M"), "en": ("billion", "B")}),
    (6, {"id": ("juta", "jt"), "en": ("million", "M")}),
    (3, {"id": ("ribu", "rb"), "en": ("thousand", "K")}),
)


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language.replace("-", "_"))


def _rounded(value: Decimal, decimals: int) -> Decimal:
    room = Context(prec=max(28, value.adjusted() + decimals + 5), rounding=ROUND_HALF_UP)
    return value.quantize(Decimal(1).scaleb(-decimals), context=room)


def clean(value: Decimal) -> Decimal:
    """Return a number without the noise of binary fractions: 1043015885.9999999 is 1043015886."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or exponent >= 0 or len(digits) < 15:
        return value
    fraction = "".join(map(str, digits)).rjust(-exponent, "0")[exponent:]
    found = _NOISE.fullmatch(fraction)
    return _rounded(value, len(found[1])) if found else value


def format_number(value: Decimal, language: str, decimals: int | None = None, grouping: bool = True) -> str:
    """Write a number: `1.234,5` in Indonesian, `1,234.5` in English; all its decimals unless told how many."""
    value = _rounded(value, decimals) if decimals is not None else clean(value)
    whole, _, fraction = f"{abs(value):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    symbols = _locale(language).number_symbols["latn"]
    if grouping:
        whole = f"{int(whole):,}".replace(",", symbols["group"])
    sign = MINUS if value < 0 else ""
    return sign + whole + (symbols["decimal"] + fraction if fraction else "")


def format_percent(value: Decimal, language: str, decimals: int | None = None) -> str:
    """Write a percentage; 12.5 gives `12,5%` or `12.5%`."""
    return format_number(value, language, decimals) + "%"


def format_money(value: Decimal, language: str, currency: str = "IDR", decimals: int | None = 0) -> str:
    """Write an amount of money; rupiah without a space behind `Rp`, as the spelling rules (EYD V) ask."""
    return _with_currency(format_number(value, language, decimals), language, currency)


def _with_currency(text: str, language: str, currency: str) -> str:
    symbol = "Rp" if currency in ("IDR", "Rp") else str(_locale(language).currency_symbols.get(currency, currency))
    sign = MINUS if text.startswith(MINUS) else ""
    return sign + symbol + (JOINER if symbol == currency and symbol.isalpha() else "") + text.removeprefix(MINUS)


def format_short(
    value: Decimal,
    language: str,
    currency: str | None = None,
    decimals: int = 1,
    width: Literal["long", "short"] = "long",
    fixed: bool = False,
) -> str:
    """Write a large number with a scale word, rounded: `1,2 triliun`, `1.2 trillion`, or `rb`, `jt` when short.

    `fixed` keeps all `decimals`, so that the numbers of a list agree: `11,0 juta` beside `12,9 juta`.
    """
    power, word = _scale(value, language, decimals, width)
    scaled = _rounded(value.scaleb(-power, Context(prec=MAX_DIGITS * 2)), decimals)
    text = format_number(scaled, language, decimals if fixed and word else None)
    if currency:
        text = _with_currency(text, language, currency)
    # English writes 12K in one; Indonesian keeps its abbreviated words apart: 12 rb.
    space = "" if width == "short" and not language.startswith("id") else JOINER
    return f"{text}{space}{word}" if word else text


def _scale(value: Decimal, language: str, decimals: int, width: str) -> tuple[int, str]:
    words = "id" if language.startswith("id") else "en"
    for power, names in _SCALES:
        # A number that rounds up to the next scale belongs there: 999.99 million is 1 billion.
        lower = value.scaleb(3 - power, Context(prec=MAX_DIGITS * 2))
        if abs(_rounded(lower, decimals)) >= 1000:
            return power, names[words][width == "short"]
    return 0, ""


def format_date(value: date, language: str, style: DateStyle = "long") -> str:
    """Write a date: `17 Agustus 1945`, short `17 Agu 1945`, month `Agustus 1945`, weekday `Jumat, 17 Agustus 1945`."""
    locale = _locale(language)
    month = locale.months["format"]["abbreviated" if style == "short" else "wide"][value.month]
    parts = [month, f"{value.year}"] if style == "month" else [f"{value.day}", month, f"{value.year}"]
    text = JOINER.join(parts)
    if style == "weekday":
        text = f"{locale.days['format']['wide'][value.weekday()]}, {text}"
    return text


def format_time(value: time, language: str, zone: str = "") -> str:
    """Write a time of day: `pukul 09.00 WIB` in Indonesian, `09:00 WIB` in English."""
    indonesian = language.startswith("id")
    clock = value.strftime("%H.%M" if indonesian else "%H:%M")
    return JOINER.join(part for part in ("pukul" if indonesian else "", clock, zone) if part)


def check_language(language: str) -> None:
    """Raise UsageError for what is not the code of a language whose numbers and dates can be written."""
    from babel.localedata import exists

    if not re.fullmatch(r"[a-z]{2,3}", language) or not exists(language):
        raise UsageError(f"there is no language '{language}'", hint="write its code, such as id, en or jv")


def scale_words(language: str) -> dict[str, int]:
    """Return the power of ten that each scale word of a language stands for: `juta` is 6, `M` is 9, in English 6."""
    words = "id" if language.startswith("id") else "en"
    return {word: power for power, names in _SCALES for word in names[words]}


def month_of(word: str) -> int:
    """Return the number of a month by its Indonesian or English name, in full or short; 0 for any other word."""
    return _MONTH_NUMBER.get(word.lower().rstrip("."), 0)
