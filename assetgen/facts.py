"""Write numbers and dates as `<data>` and `<time>` elements that carry their value and cell; find them again."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from markupsafe import Markup, escape

from assetgen.errors import LayoutError
from assetgen.model import Fact, Value, ValueKind, parse_cell

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# No-break, narrow no-break and figure spaces hold a number together on the canvas; as text they are plain spaces.
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2060": None, "\u00ad": None})
SELECTOR = "data[value], time[datetime]"


def fact(text: str, value: Value) -> Markup:
    """Return `text` marked up as the shown form of `value`: `<time>` for dates and times, else `<data>`."""
    cell = f' data-cell="{escape(str(value.cell))}"' if value.cell else ""
    unit = f' data-unit="{escape(value.unit)}"' if value.unit else ""
    data = value.data
    if isinstance(data, (date, datetime, time)):
        return Markup(f'<time datetime="{data.isoformat()}"{cell}>{escape(text)}</time>')
    shown = format(data.normalize(), "f") if isinstance(data, Decimal) else escape(str(data))
    return Markup(f'<data value="{shown}" data-kind="{value.kind}"{unit}{cell}>{escape(text)}</data>')


def value_in(markup: Markup) -> Value:
    """Return what marked-up words stand for: the number or date where they are one fact and nothing else, else text."""
    from selectolax.lexbor import LexborHTMLParser

    plain = shown_text(markup.striptags())
    found = LexborHTMLParser(str(markup)).css(SELECTOR) if "<data" in markup or "<time" in markup else []
    if len(found) != 1 or shown_text(found[0].text()) != plain:
        return Value(plain, plain)
    told = read_fact(found[0], None)
    try:
        data = _data_of(told)
    except (ValueError, ArithmeticError):
        return Value(plain, plain)
    cell = parse_cell(told.cell) if told.cell else None
    return Value(plain, data, cast("ValueKind", told.kind), told.unit, cell)


def _data_of(told: Fact) -> Decimal | date | time:
    """Return the number or moment of a fact; raises ValueError or ArithmeticError when it is none."""
    if told.kind == "time":
        return time.fromisoformat(told.value)
    if told.kind in ("date", "datetime"):
        moment = datetime.fromisoformat(told.value)
        return moment.date() if told.kind == "date" else moment
    return Decimal(told.value)


def number_value(value: object) -> Value | None:
    """Return a number of any kind as a Value, or None when it is not a number."""
    if isinstance(value, Value):
        return value if isinstance(value.data, Decimal) else None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return Value(str(value), Decimal(str(value)), "number")


def require_number(value: object, asker: str) -> tuple[Value, Decimal]:
    """Return a number as a Value and as a decimal; raises LayoutError in the name of the filter that asks."""
    number = number_value(value)
    if number is None or not isinstance(number.data, Decimal):
        raise LayoutError(f"the filter '{asker}' takes a number, got '{str(value)[:60]}'")
    return number, number.data


class Words(NamedTuple):
    """An alternative text or a caption: the plain text, and the facts that it says."""

    text: str
    facts: tuple[Fact, ...] = ()


def words_of(markup: str, where: Literal["alt", "caption"]) -> Words:
    """Return marked-up words as plain text with its facts; lines keep their breaks."""
    from selectolax.lexbor import LexborHTMLParser

    lines = (Markup(line).striptags() for line in re.sub(r"<br\s*/?>", " ", markup).splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if "<data" not in markup and "<time" not in markup:
        return Words(text)
    return Words(text, tuple(read_fact(node, None, where) for node in LexborHTMLParser(markup).css(SELECTOR)))


def read_fact(node: LexborNode, page: int | None, where: Literal["page", "alt", "caption"] = "page") -> Fact:
    """Return the fact that an element holds which `SELECTOR` finds; `page` is None in words beside the pages."""
    given = node.attributes
    text = shown_text(node.text())
    cell, unit = given.get("data-cell") or "", given.get("data-unit") or ""
    if node.tag == "time":
        moment = given["datetime"] or ""
        return Fact(text, moment, _kind_of(moment), cell, page, unit, where)
    return Fact(text, given["value"] or "", given.get("data-kind") or "number", cell, page, unit, where)


def shown_text(text: str) -> str:
    """Return a text on one line, with plain spaces only."""
    return " ".join(text.translate(_SPACES).split())


def said_beside(shown: tuple[Fact, ...], words: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts of words that the pages do not show, with or without a unit behind."""
    known: dict[tuple[str, str], set[str]] = {}
    for fact in shown:
        known.setdefault((fact.value, fact.cell), set()).add(fact.text)
    return tuple(
        fact
        for fact in dict.fromkeys(words)
        if not any(_begins(fact.text, text) for text in known.get((fact.value, fact.cell), ()))
    )


def _begins(one: str, two: str) -> bool:
    """Tell whether two texts are the same up to a word behind one of them."""
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return (longer + " ").startswith(shorter + " ")


def _kind_of(moment: str) -> str:
    if "T" in moment or " " in moment:
        return "datetime"
    return "time" if ":" in moment else "date"
