"""Understand cells: the columns of a grid and the plans for them go in; typed data by column comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from assetgen.locale import Amount
from assetgen.model import Column, Grid, ValueData, ValueKind
from assetgen.read.body import Body, Filled, Odd
from assetgen.read.find import MISSING, NOTHING, Region
from assetgen.read.kinds import Plan
from assetgen.read.marks import Marked
from assetgen.read.noise import DIGITS, denoised
from assetgen.read.units import is_scaled

Reading = tuple[ValueData, ValueKind, str]


def body_of(marked: Marked, region: Region, columns: Sequence[Column], plans: Sequence[Plan], file: str) -> Body:
    """Return the cells of a table, read as their plans say: amounts as they are written, before scaling."""
    grid = marked.grid
    filled = tuple(
        _filled(marked, region.body, index, replace(column, kind=plan.kind, unit=plan.unit, scale=1), plan)
        for index, column, plan in zip(region.columns, columns, plans, strict=True)
    )
    return Body(file, grid.name, [row + 1 for row in region.body], filled)


def _filled(marked: Marked, rows: Sequence[int], index: int, column: Column, plan: Plan) -> Filled:
    """Read one column: at once where all its cells are alike, else cell by cell; equal texts are read once."""
    if (alike := _alike(marked, rows, index, column, plan)) is not None:
        return alike
    read = _reader(plan)
    known: dict[str, Reading] = {}
    usual = plan.kind if plan.kind != "missing" else "text"
    grid, written = marked.grid, marked.raws
    texts = grid.column(index, rows)
    natives = grid.typed_column(index, rows) or [None] * len(rows)
    numbers = dict(zip(texts, plan.every, strict=True)) if plan.every else plan.numbers
    raws: list[str] = []
    data: list[ValueData] = []
    odd: dict[int, Odd] = {}
    for place, row in enumerate(rows):
        text, typed = texts[place], natives[place]
        raws.append(written.get((row, index), text) if written else text)
        if typed is None and (number := numbers.get(text)) is not None:
            data.append(denoised(number))
            continue
        if typed is not None:
            currency = grid.currencies.get((row, index), "")
            one, kind, unit = _typed(typed, text, plan, (row, index) in grid.percents, currency)
        elif text in known:
            one, kind, unit = known[text]
        else:
            one, kind, unit = known[text] = _untyped(text.strip(), read, grid, plan.kind == "text")
        data.append(denoised(one) if isinstance(one, Decimal) else one)
        if one is not None and (kind, unit) != (usual, plan.unit):
            odd[place] = (kind, unit)
    indents = {place: step for place, row in enumerate(rows) if (step := grid.indents.get((row, index)))}
    return Filled(column, raws, data, usual, odd, indents if grid.indents else {})


def _alike(marked: Marked, rows: Sequence[int], index: int, column: Column, plan: Plan) -> Filled | None:
    """Read a column of nothing but typed numbers, plain numbers or words; None for any other."""
    grid = marked.grid
    if grid.indents or (marked.raws and any(place[1] == index for place in marked.raws)):
        return None
    texts = grid.column(index, rows)
    natives = grid.typed_column(index, rows)
    types = set(map(type, natives))
    if plan.kind == "text" and types <= {type(None)}:
        words: list[ValueData] = list(map(str.strip, texts))
        read = _reader(plan)
        different = set(words)
        errors = {text for text in different if str(text).startswith("#")} if "#" in "".join(texts) else set()
        odd = [str(text) for text in (errors | (NOTHING & different))]
        gone = {text for text in odd if _untyped(text, read, grid, words=True)[0] is None}
        return Filled(column, texts, [None if text in gone else text for text in words] if gone else words, "text")
    if plan.kind not in ("number", "money", "percent"):
        return None
    if types == {Decimal} and max(map(len, texts)) >= DIGITS:
        natives = [denoised(one) if isinstance(one, Decimal) else one for one in natives]
    if types == {Decimal} and not any(place[1] == index for place in (*grid.percents, *grid.currencies)):
        return Filled(column, texts, natives, plan.kind) if plan.kind != "percent" else None
    if max(map(len, texts), default=0) >= DIGITS:
        return None
    if types <= {type(None)} and len(plan.every) == len(texts):
        return Filled(column, texts, plan.every, plan.kind)
    data = list(map(plan.numbers.get, texts)) if types <= {type(None)} else [None]
    return Filled(column, texts, data, plan.kind) if type(None) not in set(map(type, data)) else None


def _untyped(text: str, read: Callable[[str], Reading | None], grid: Grid, words: bool) -> Reading:
    if (
        text in NOTHING
        or (text in MISSING and not words)
        or (grid.natives and text.startswith("#") and text[1:3].isupper() and text.isupper())
    ):
        return None, "missing", ""
    return read(text) or (text, "text", "")


def _typed(typed: ValueData, text: str, plan: Plan, percent: bool, currency: str) -> Reading:
    if plan.kind == "text":
        return text, "text", ""
    if isinstance(typed, bool):
        return typed, "boolean", ""
    if isinstance(typed, Decimal):
        if percent:
            return typed, "percent", "%"
        return _amount(Amount(typed, currency), plan)
    if isinstance(typed, datetime):
        return typed, "datetime", ""
    return typed, "date" if isinstance(typed, date) else "time" if isinstance(typed, time) else "text", ""


def _reader(plan: Plan) -> Callable[[str], Reading | None]:
    if plan.kind in ("number", "money", "percent"):
        return lambda text: _any_number(text, plan)
    if plan.kind in ("date", "time", "datetime"):
        return lambda text: _moment(text, plan)
    if plan.kind == "boolean":
        return lambda text: (text.lower() == "true", "boolean", "") if text.lower() in ("true", "false") else None
    return lambda text: (text, "text", "")


def _any_number(text: str, plan: Plan) -> Reading | None:
    """Read a number whose cell has spaces around it, a sign, or marks of thousands."""
    if (number := plan.numbers.get(text)) is not None:
        return number, _plain_kind(plan), plan.unit
    if text in plan.missing:
        return None, "missing", ""
    return _amount(plan.amounts[text], plan) if text in plan.amounts else None


def _amount(amount: Amount, plan: Plan) -> Reading:
    if amount.percent:
        return amount.number, "percent", "%"
    if amount.currency and not is_scaled(plan.unit):
        return amount.number, "money", amount.currency
    return amount.number, _plain_kind(plan), plan.unit


def _plain_kind(plan: Plan) -> ValueKind:
    return plan.kind if plan.kind in ("money", "percent") else "number"


def _moment(text: str, plan: Plan) -> Reading | None:
    moment = plan.moment(text)
    if moment is None or moment.data is None:
        return None
    clock = moment.data if isinstance(moment.data, (time, datetime)) else None
    kind: ValueKind = "datetime" if isinstance(clock, datetime) else "time" if clock else "date"
    return moment.data, kind, (clock.tzname() or "") if clock and clock.tzinfo else ""
