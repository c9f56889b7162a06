"""Decide what a column holds: its texts and typed values go in; one kind, style and unit with remarks comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from assetgen.locale import (
    Amount,
    Moment,
    NumberStyle,
    StyleEvidence,
    parse_amount,
    parse_moment,
    parse_plain,
    style_evidence,
)
from assetgen.model import Remark, ValueKind
from assetgen.read.evidence import ColumnCells, every_number, may_be_number, plain_numbers
from assetgen.read.header import Heading
from assetgen.read.options import ReadOptions
from assetgen.read.units import MONEY, is_scaled
from assetgen.sources._cells import address

MOSTLY = 0.8
SCATTERED = 200

_CODE_NAME = re.compile(
    r"\b(?:kode|code|nik|nip|nisn|npsn|npwp|nuptk|no[. ]?(?:kk|ktp|hp|wa|rek|telp|telepon|kartu|surat|polisi)"
    r"|kodepos|kode ?pos|postal|zip|telp|telepon|tel|phone|hp|handphone|whatsapp|fax|faks|rekening)\b",
    re.IGNORECASE,
)
_YEAR_NAME = re.compile(r"\b(?:tahun|thn|th|year|periode)\b", re.IGNORECASE)
_PERCENT_UNIT = re.compile(r"(?:persen|percent|%)", re.IGNORECASE)
_LEADING_ZERO = re.compile(r"[+-]?0\d+", re.ASCII)
_ID_NAME = re.compile(r"(?:.*\b)?id", re.IGNORECASE)
_SHARE_NAME = re.compile(r"(?:%|(?:persentase|persen|percent(?:age)?)\b).*", re.IGNORECASE)
_DOTTED_NAME = re.compile(
    r"\b(?:lat|lon|lng|long|latitude|longitude|lintang|bujur|koordinat|coordinates?|jam|pukul|waktu|bab|pasal|butir|versi"
    r"|version|magnitud[eo]?)\b",
    re.IGNORECASE,
)
_CLOCK_NAME = re.compile(r"\b(?:jam|pukul|waktu|time)\b", re.IGNORECASE)
_INDEX_NAME = re.compile(r"(?:no|nomor|no\.? ?urut|nomor urut|#|id|index|kolom a)\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?:18|19|20|21)\d\d")
# Marks for missing that are words elsewhere, so that they count only among numbers.
_MISSING_WORD = re.compile(
    r"[xX]{1,3}|n\.?[/ ]?a\.?|t\.?a\.?d\.?|\.{2,9}|[-\u2013\u2014\u2212]{1,9}|\((?:-|x|na)\)"
    r"|(?:tidak|belum) (?:ada data|tersedia)|no data|not available",
    re.IGNORECASE,
)
_MISSING_FIRST = frozenset("xXnNtTbB.(-\u2013\u2014\u2212")
# A datetime is a date for Python, and a boolean no number for us.
_FAMILIES: tuple[tuple[type, ValueKind], ...] = (
    (bool, "boolean"),
    (Decimal, "number"),
    (datetime, "datetime"),
    (date, "date"),
    (time, "time"),
)
_TOTAL_WORD = re.compile(r"\W*(?:grand\s*|sub\s*)?(?:total|jumlah|rata)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the cells of a column are to be read; `style` says how to show them.

    It is a number style, or "code", "year", "month" (dates without a day), "index" (row numbers), or "native".
    `numbers` and `amounts` tell what texts say; `every` are the numbers of all cells where all are plain.
    """

    kind: ValueKind
    style: str = ""
    number_style: NumberStyle | None = None
    day_first: bool = True
    unit: str = ""
    scale: int = 1
    clock: bool = False
    missing: frozenset[str] = frozenset()
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    every: Sequence[Decimal] = ()

    def moment(self, text: str) -> Moment | None:
        """Read a date or time of this column; where its name says that it holds times, 09.00 is one."""
        return parse_moment(f"pukul {text}" if self.clock else text, self.day_first)


def plan_column(
    cells: ColumnCells, heading: Heading, file: StyleEvidence, options: ReadOptions
) -> tuple[Plan, tuple[Remark, ...]]:
    """Decide how a column is read."""
    if not cells.texts:
        return Plan("missing", unit=heading.unit), ()
    if reason := _code_reason(cells, heading, options):
        return Plan("text", "code"), _code_remarks(cells, heading, reason)
    if kind := _typed_kind(cells):
        return Plan(kind, "native", unit=heading.unit), ()
    if found := _as_moments(cells, heading, options):
        return found
    return _as_numbers(cells, heading, file, options)


# --- codes ------------------------------------------------------------------------------------------------------------


def is_code_name(name: str) -> bool:
    """Tell whether a column name says that its digits are no number."""
    return bool(_CODE_NAME.search(name.replace("_", " ")))


def tells_no_style(name: str) -> bool:
    """Tell whether a column keeps dots whatever the style of the file: codes, numbering and coordinates."""
    plain = name.replace("_", " ").strip()
    return is_code_name(name) or bool(_INDEX_NAME.fullmatch(plain) or _DOTTED_NAME.search(plain))


def _code_reason(cells: ColumnCells, heading: Heading, options: ReadOptions) -> str:
    if heading.name in options.text_columns or heading.key in options.text_columns:
        return "it is pinned as text"
    if not any(first.isdigit() or first == "+" for first in cells.firsts):
        return ""
    if is_code_name(heading.name):
        return "its name says so"
    if cells.firsts & {"0", "+", "-"} and any(
        text[0] in "0+-" and _LEADING_ZERO.fullmatch(text) for text in cells.written
    ):
        return "some begin with 0"
    if _ID_NAME.fullmatch(heading.name.replace("_", " ")) and not all(text.isdigit() for text in cells.texts):
        return "its name says so"
    if all(len(text) >= 15 and text.isdigit() for text in cells.texts):
        return "they have 15 digits or more"
    return ""


def _code_remarks(cells: ColumnCells, heading: Heading, reason: str) -> tuple[Remark, ...]:
    found = [Remark("code-column", f"'{heading.name}' holds codes ({reason}): kept as text")]
    lost = [
        address(row, cells.column)
        for row, value in zip(cells.rows, cells.natives, strict=True)
        if isinstance(value, Decimal) and value.adjusted() >= 15
    ]
    if lost:
        message = f"'{heading.name}' holds numbers of 16 digits and more: spreadsheets keep 15, the last ones are lost"
        found.append(Remark("lost-digits", message, tuple(lost), "warning"))
    return tuple(found)


# --- typed values -----------------------------------------------------------------------------------------------------


def _typed_kind(cells: ColumnCells) -> ValueKind | None:
    """Return the kind of a column whose values all come typed as dates, times or booleans."""
    types = {_family(one) for one in cells.types} if len(cells.written) < len(cells.texts) else set()
    if types == {"date", "datetime"}:
        return "datetime"
    if len(types) == 1 and (only := types.pop()) in ("date", "time", "datetime", "boolean"):
        return only
    if cells.texts[0][0] in "TtFf" and {text.lower() for text in cells.texts} <= {"true", "false"}:
        return "boolean"
    return None


def _family(kind: type) -> ValueKind:
    for family, name in _FAMILIES:
        if issubclass(kind, family):
            return name
    return "text"


# --- dates ------------------------------------------------------------------------------------------------------------


def _as_moments(cells: ColumnCells, heading: Heading, options: ReadOptions) -> tuple[Plan, tuple[Remark, ...]] | None:
    if len(cells.written) == len(cells.texts) and _is_clock(cells, heading):
        return Plan("time", clock=True), ()
    if len(cells.written) < len(cells.texts) or not any(map(parse_moment, cells.first_distinct(50))):
        return None
    distinct = cells.distinct
    day_first, remarks = _day_first(distinct, heading, options)
    read = {text: moment for text in distinct if (moment := parse_moment(text, day_first))}
    good = {text: moment for text, moment in read.items() if not moment.fault}
    remarks += _faults(cells, heading, read)
    if sum(distinct[text] for text in read) < MOSTLY * len(cells.texts) or not good:
        return (Plan("text"), remarks) if remarks else None
    precisions = Counter(moment.precision for moment in good.values())
    kinds: dict[str, ValueKind] = {"time": "time", "second": "datetime"}
    kind = kinds.get(precisions.most_common(1)[0][0], "date")
    style = "month" if set(precisions) == {"month"} else ""
    return Plan(kind, style, day_first=day_first), remarks


def _is_clock(cells: ColumnCells, heading: Heading) -> bool:
    """Tell whether all texts of a column that is named so are times of day written with a dot."""
    if not _CLOCK_NAME.search(heading.name.replace("_", " ")):
        return False
    moments = [parse_moment(f"pukul {text}") for text in cells.distinct]
    return all(moment is not None and isinstance(moment.data, time) for moment in moments)


def _day_first(distinct: Counter[str], heading: Heading, options: ReadOptions) -> tuple[bool, tuple[Remark, ...]]:
    if options.day_first is not None:
        return options.day_first, ()
    first = [moment for text in distinct if (moment := parse_moment(text)) and moment.numeric]
    if not first:
        return True, ()
    second = [moment for text in distinct if (moment := parse_moment(text, day_first=False)) and moment.numeric]
    bad_first, bad_second = _impossible(first), _impossible(second)
    if bad_first and not bad_second:
        return False, (Remark("month-first", f"'{heading.name}' writes the month before the day"),)
    if bad_second:
        return True, ()
    message = f"every date in '{heading.name}' could also be month first; read as day/month/year. Pin `day_first`"
    return True, (Remark("day-first-assumed", message),)


def _impossible(moments: Iterable[Moment]) -> int:
    return sum(moment.fault == "impossible" for moment in moments)


def _faults(cells: ColumnCells, heading: Heading, read: dict[str, Moment]) -> tuple[Remark, ...]:
    remarks = []
    for fault, code, words in (
        ("impossible", "impossible-date", "no such date exists"),
        ("no-year", "date-without-year", "the date does not say its year"),
        ("weekday", "wrong-weekday", "the weekday is not that of the date"),
    ):
        texts = [text for text, moment in read.items() if moment.fault == fault]
        if texts:
            message = f"'{heading.name}': {words} ({_some(texts)}); kept as text"
            remarks.append(Remark(code, message, cells.where(texts), "warning"))
    return tuple(remarks)


# --- numbers ----------------------------------------------------------------------------------------------------------


def _as_numbers(
    cells: ColumnCells, heading: Heading, file: StyleEvidence, options: ReadOptions
) -> tuple[Plan, tuple[Remark, ...]]:
    typed = len(cells.texts) - len(cells.written)
    # The word for a total may stand in any column, also in that of the row numbers.
    held = len(cells.texts) - sum(bool(_TOTAL_WORD.match(text)) for text in cells.written[-SCATTERED:])
    own = cells.evidence
    style = options.number_style or own.style or (None if own.indonesian else file.style)
    if every := every_number(cells, style):
        plan = Plan("number", style or "", style, unit=heading.unit, every=every)
        return _refined(plan, cells, heading, []), _number_remarks(cells, heading, set(), style, typed=False)
    distinct = cells.distinct
    missing = frozenset(text for text in distinct if text[0] in _MISSING_FIRST and _MISSING_WORD.fullmatch(text))
    held -= sum(distinct[text] for text in missing)
    if held and not typed and not cells.candidates:
        return Plan("text"), ()
    plain = plain_numbers(cells, style)
    if plain is None:
        plain = {text: number for text in cells.candidates if (number := parse_plain(text, style)) is not None}
    amounts = {text: amount for text in cells.candidates if text not in plain and (amount := _reading(text, style))}
    others = [text for text in distinct if text not in plain and text not in amounts and text not in missing]
    numbers = len(cells.written) - sum(distinct[text] for text in (*others, *missing))
    either = {text for text in others if _reading(text, "id") and _reading(text, "en")}
    possible = typed + numbers + sum(distinct[text] for text in either)
    if (possible < MOSTLY * held or not possible) and not _mixed(own, options):
        words = [text for text in others if text not in either]
        return Plan("text"), _half_numbers(cells, heading, words) if possible * 2 >= held else ()
    remarks = _number_remarks(cells, heading, either, style, bool(typed))
    if typed + numbers < MOSTLY * held:
        return Plan("text"), remarks
    remarks += _stragglers(cells, heading, [text for text in others if text not in either])
    told = style or ("native" if typed else "")
    plan = Plan("number", told, style, unit=heading.unit, missing=missing, numbers=plain, amounts=amounts)
    return _refined(plan, cells, heading, [(amount, distinct[text]) for text, amount in amounts.items()]), remarks


def _mixed(own: StyleEvidence, options: ReadOptions) -> bool:
    return bool(own.indonesian and own.english and not options.number_style)


def _reading(text: str, style: NumberStyle | None) -> Amount | None:
    """Read a number; without a style only where both styles agree."""
    if not may_be_number(text):
        return None
    if style:
        return parse_amount(text, style)
    one, two = parse_amount(text, "id"), parse_amount(text, "en")
    return one if one == two else None


def _number_remarks(
    cells: ColumnCells, heading: Heading, either: set[str], style: NumberStyle | None, typed: bool
) -> tuple[Remark, ...]:
    name, own = heading.name, cells.evidence
    if own.style and not either and not typed:
        return ()
    marked = [] if own == StyleEvidence() else [text for text in dict.fromkeys(cells.written) if _tells(text)]
    if own.indonesian and own.english and not style:
        message = f"'{name}' mixes Indonesian and English numbers ({_some(marked)}): kept as text. Pin `number_style`"
        return (Remark("mixed-number-styles", message, cells.where(marked), "warning"),)
    if either:
        message = (
            f"'{name}' cannot be read for certain: {_some(sorted(either))} may be Indonesian or English, and nothing "
            'in the file tells which. Kept as text; pin `number_style` as "id" or "en"'
        )
        return (Remark("ambiguous-number", message, cells.where(either), "warning"),)
    if typed and marked:
        message = (
            f"'{name}' holds numbers and also numbers typed as text ({_some(marked)}): a spreadsheet with another "
            "locale may have eaten thousands dots. Check the column before publishing"
        )
        return (Remark("mixed-number-styles", message, cells.where(marked), "warning"),)
    if own.ambiguous and not own.style:
        message = f"'{name}' alone would be ambiguous ({_some(marked)}); it is read in the style of the other columns"
        # Taking 1.234 for 1234 is common; taking it for a little more than 1 wants a second look.
        small = any((amount := _reading(text, style)) and amount.number % 1 for text in marked)
        severity: Literal["warning", "info"] = "warning" if small else "info"
        return (Remark("style-from-other-columns", message, cells.where(marked), severity),)
    return ()


def _tells(text: str) -> bool:
    """Tell whether a text is a number with dots or commas."""
    return style_evidence([text]) != StyleEvidence()


def _stragglers(cells: ColumnCells, heading: Heading, texts: list[str]) -> tuple[Remark, ...]:
    texts = [text for text in texts if not _TOTAL_WORD.match(text)]
    if not texts:
        return ()
    message = f"'{heading.name}' holds numbers, but some cells are text: {_some(texts)}"
    return (Remark("text-in-numbers", message, cells.where(texts), "warning"),)


def _half_numbers(cells: ColumnCells, heading: Heading, texts: list[str]) -> tuple[Remark, ...]:
    message = f"'{heading.name}' holds numbers and words ({_some(texts)}): kept as text"
    return (Remark("numbers-and-words", message, cells.where(texts), "warning"),)


def _refined(plan: Plan, cells: ColumnCells, heading: Heading, read: list[tuple[Amount, int]]) -> Plan:
    """Tell money, percentages, row numbers and years from plain numbers."""
    if is_scaled(plan.unit):
        return plan
    if currency := _currency(cells, heading, read):
        return replace(plan, kind="money", unit=currency)
    if _is_percent(plan, cells, heading, read):
        return replace(plan, kind="percent", unit="%")
    name = heading.name.replace("_", " ").strip()
    if _INDEX_NAME.fullmatch(name) and _counts_up(cells):
        return replace(plan, style="index", unit="")
    if _YEAR_NAME.search(name) and all(map(_YEAR.fullmatch, cells.texts)):
        return replace(plan, style="year", unit="")
    return plan


def _currency(cells: ColumnCells, heading: Heading, read: list[tuple[Amount, int]]) -> str:
    """Return the currency that most cells or the header name."""
    currencies = cells.currencies.copy()
    for amount, count in read:
        if amount.currency:
            currencies[amount.currency] += count
    if currencies.total() >= max(1, len(cells.texts) / 2):
        return currencies.most_common(1)[0][0]
    return MONEY.get(heading.unit.lower(), "")


def _is_percent(plan: Plan, cells: ColumnCells, heading: Heading, read: list[tuple[Amount, int]]) -> bool:
    percents = cells.percents + sum(count for amount, count in read if amount.percent)
    if percents >= max(1, len(cells.texts) / 2) or _PERCENT_UNIT.fullmatch(heading.unit):
        return True
    if heading.unit or not _SHARE_NAME.fullmatch(heading.name):
        return False
    # A share up to 1 may be a fraction: only larger numbers show that the column is in hundredths.
    typed = [value for value in cells.natives if isinstance(value, Decimal)]
    return any(
        abs(number) > 1
        for number in (*plan.every, *plan.numbers.values(), *(amount.number for amount, _ in read), *typed)
    )


def _counts_up(cells: ColumnCells) -> bool:
    """Tell whether a column only numbers its rows: 1, 2, 3."""
    numbers = [text for text in cells.texts if text.isdigit()]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _some(texts: Sequence[str]) -> str:
    shown = ", ".join(f"'{text[:40]}'" for text in texts[:3])
    return shown + (f" and {len(texts) - 3} more" if len(texts) > 3 else "")
