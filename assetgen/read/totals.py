"""Tell rows that sum up others from data rows: the cells of a table go in; the role of each such row comes out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assetgen.model import Remark, RowRole
from assetgen.read.body import Body, Filled

SAMPLE = 50
PROVINCES = 3

Role = tuple[RowRole, str]

_TOTAL = re.compile(
    r"\W*(?:grand\s*total|sub\s*-?\s*(?:total|jumlah)|total|jumlah|jml\.?|rata\s*-?\s*rata|rerata|average|mean"
    r"|(?:total|jumlah|rata\s*-?\s*rata|average)\s+(?:total|seluruh\w*|keseluruhan|umum|provinsi|nasional|national"
    r"|indonesia|kab\S*|kota|semua|akhir))\W*",
    re.IGNORECASE,
)
_SUB = re.compile(r"\W*sub\s*-?\s*(?:total|jumlah)", re.IGNORECASE)
_AVERAGE = re.compile(r"\W*(?:rata\s*-?\s*rata|rerata|average|mean)\b", re.IGNORECASE)
_AT_THE_EDGE = re.compile(r"\W*(?:(?:grand\s+)?total|jumlah|rata\s*-?\s*rata)\b.{0,40}", re.IGNORECASE)
_PART = re.compile(r"\W*(?:sub\s*-?\s*)?(?:total|jumlah)\s+(?P<of>\S.{0,80})", re.IGNORECASE)
_PRODUCT = re.compile(
    r"(?:produk domestik (?:regional )?bruto|pdrb|pdb|gdp|gross (?:regional )?domestic product)\b.{0,20}", re.IGNORECASE
)
_NATION = re.compile(r"\W*(?:indonesia|nasional|national)\W*", re.IGNORECASE)
_COUNTRIES = re.compile(r"negara|countr|nation", re.IGNORECASE)
_GROUP = re.compile(
    r"\W*(?:(?:pulau|wilayah|kawasan|kepulauan)\s+)?(?:sumat[e]?ra|jawa|kalimantan|sulawesi|bali|nusa\s*tenggara|nusra"
    r"|maluku|papua|java|borneo)(?:(?:\s*[-\u2013,/&+]\s*|\s+(?:dan|and)\s+)(?:bali|nusa\s*tenggara|nusra|maluku|papua"
    r"|jawa|java))*\W*"
    r"|\W*(?:luar (?:pulau )?jawa|kbi|kti"
    r"|(?:kawasan|indonesia|wilayah)(?: bagian)? (?:barat|tengah|timur)(?: indonesia)?)\W*",
    re.IGNORECASE,
)
# These are provinces too.
_ALSO_PROVINCE = re.compile(r"\W*(?:bali|maluku|papua)\W*", re.IGNORECASE)
_PROVINCE = re.compile(
    r"(?:\d+\W+)?(?:(?:north|south|west|east|central)\s+)?(?:sumat[e]?ra|jawa|kalimantan|sulawesi)\s+(?:utara|selatan|barat"
    r"|timur|tengah|tenggara)\b|(?:\d+\W+)?(?:aceh|riau|jambi|bengkulu|lampung|banten|gorontalo|(?:dki )?jakarta"
    r"|(?:maluku|papua) \w+|nusa tenggara (?:barat|timur)|(?:north|south|west|east|central) \w+)\W*$",
    re.IGNORECASE,
)

_TELLING = (_TOTAL, _AT_THE_EDGE, _PRODUCT, _NATION, _GROUP, _PART)


def named_roles(labels: Sequence[str]) -> dict[int, Role]:
    """Return the rows whose names say that they are totals, averages, groups of islands or the nation, by index."""
    last = len(labels) - 1
    regions = sum(bool(_PROVINCE.match(label)) for label in set(labels)) >= PROVINCES
    earlier = _Earlier(labels)
    roles: dict[int, Role] = {}
    telling = {label for label in set(labels) if any(name.fullmatch(label) for name in _TELLING)}
    for index, label in enumerate(labels):
        if label not in telling:
            continue
        edge = last > 1 and index in (0, last)
        role = (
            _named(label, edge)
            or _product(label, edge and index == last)
            or (_region(label, index, labels) if regions else None)
            or _part(label, index, earlier)
        )
        if role and last > 0:
            roles[index] = role
    return _with_subtotals(roles, last)


class _Earlier:
    """Where each label stands first; it is found out when somebody asks."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self._first: dict[str, int] = {}

    def has(self, label: str, index: int) -> bool:
        """Tell whether a label in lower case stands above a row."""
        if not self._first:
            for place, other in enumerate(self._labels):
                self._first.setdefault(other.lower(), place)
        return self._first.get(label, index) < index


def _named(label: str, edge: bool) -> Role | None:
    if not label:
        return None
    if _TOTAL.fullmatch(label) or (edge and _AT_THE_EDGE.fullmatch(label)):
        role: RowRole = "average" if _AVERAGE.match(label) else "subtotal" if _SUB.match(label) else "total"
        return role, "its name says so"
    return None


def _product(label: str, last: bool) -> Role | None:
    if last and _PRODUCT.fullmatch(label):
        return "total", "the domestic product is the sum of the lines above"
    return None


def _region(label: str, index: int, labels: Sequence[str]) -> Role | None:
    """Tell the nation and groups of islands where the rows are provinces."""
    if _NATION.fullmatch(label):
        return "nation", "the nation is the sum of its regions"
    if not _GROUP.fullmatch(label):
        return None
    repeated = any(other.strip().lower() == label.strip().lower() for other in labels[index + 1 :])
    if _ALSO_PROVINCE.fullmatch(label) and not repeated:
        return None
    return "group", "it is a group of islands among provinces"


def _part(label: str, index: int, earlier: _Earlier) -> Role | None:
    found = _PART.fullmatch(label)
    if found and earlier.has(found["of"].lower(), index):
        return "subtotal", "its name says so, and of what"
    return None


def _with_subtotals(roles: dict[int, Role], last: int) -> dict[int, Role]:
    """Call totals in the middle subtotals where another stands at the end or at the top."""
    totals = [index for index, (role, _) in roles.items() if role == "total"]
    whole = [index for index in totals if index in (0, last)] or totals[-1:]
    return {
        index: ("subtotal", reason) if role == "total" and index not in whole else (role, reason)
        for index, (role, reason) in roles.items()
    }


def edge_role(
    body: Body, labels: Sequence[str], index: int, others: Sequence[int], context: Sequence[str]
) -> Role | None:
    """Return the role of the first or last row where it is the whole of the others; `context` is text above."""
    label = labels[index]
    if not label:
        return None
    name = next((one.column.name for one in body.columns if one.kind == "text" and one.column.style != "code"), "")
    if _NATION.fullmatch(label) and not _COUNTRIES.search(name):
        return "nation", "the nation is the sum of its regions"
    if any(labels[other] == label for other in others):
        return None
    telling = [filled for filled in body.columns if _is_telling(filled, index) and is_sum(filled, index, others)]
    if telling:
        names = ", ".join(f"'{filled.column.name}'" for filled in telling[:3])
        return "total", f"it equals the sum of the other rows in {names}"
    if _named_above(label, name, context):
        return "total", "the title names it as the whole"
    return None


def _is_telling(filled: Filled, index: int) -> bool:
    """Tell whether a number has enough digits that its being the sum of others is no accident: 6 = 1 + 2 + 3 may be."""
    value = filled.data[index]
    return isinstance(value, Decimal) and abs(value).scaleb(_decimals(value)) >= 1000


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _named_above(text: str, label_name: str, context: Sequence[str]) -> bool:
    pattern = re.compile(rf"\b{re.escape(text)}\b", re.IGNORECASE)
    fits = 4 <= len(text) <= 100 and not pattern.search(label_name)
    return fits and any(pattern.search(line) for line in context)


def numbers_in(filled: Filled, rows: Sequence[int]) -> list[Decimal]:
    """Return the numbers of some rows of a column."""
    return [value for row in rows if isinstance((value := filled.data[row]), Decimal)]


def is_sum(filled: Filled, index: int, others: Sequence[int], least: int = 3) -> bool:
    """Tell whether a number is the sum of at least three others, up to rounding of each."""
    value = filled.data[index]
    if not _adds_up(filled) or not isinstance(value, Decimal):
        return False
    first = numbers_in(filled, others[:SAMPLE])
    if min(first, default=0) >= 0 and max(first, default=0) > max(value, Decimal(0)):
        return False
    if len(others) > SAMPLE and not _may_be_sum(filled, value, others):
        return False
    parts = numbers_in(filled, others)
    # A float tells cheaply that a sum is far off; only what is near is added up exactly.
    near = len(parts) >= least and math.isclose(
        math.fsum(map(float, parts)), float(value), rel_tol=0.01, abs_tol=len(parts)
    )
    return near and len(set(parts)) >= min(3, least) and abs(sum(parts) - value) <= _slack([value, *parts])


def _may_be_sum(filled: Filled, value: Decimal, others: Sequence[int]) -> bool:
    """Tell cheaply whether positive numbers may add up to a value: part of them is not more already."""
    total = 0.0
    for index in others:
        number = filled.data[index]
        if isinstance(number, Decimal):
            if number < 0:
                return True
            total += float(number)
            if total > abs(float(value)) * 1.02 + len(others):
                return False
    return True


def _adds_up(filled: Filled) -> bool:
    return filled.kind in ("number", "money", "percent") and filled.column.style != "year"


def _slack(values: Sequence[Decimal]) -> Decimal:
    """Return how far a sum may be off when each number was rounded to the decimals that it shows."""
    decimals = max(map(_decimals, values))
    if decimals:
        return Decimal(len(values)) / 2 * Decimal(1).scaleb(-decimals)
    return Decimal(2) if abs(values[0]) >= 1000 else Decimal(0)


def differing_total(body: Body, total: int, rows: Sequence[int]) -> tuple[Remark, ...]:
    """Say where a row named total is not the sum of its table, when it is the sum in most columns."""
    numeric = [one for one in body.columns if one.kind in ("number", "money") and isinstance(one.data[total], Decimal)]
    wrong = [one for one in numeric if len(numbers_in(one, rows)) >= 3 and not is_sum(one, total, rows)]
    right = [one for one in numeric if is_sum(one, total, rows)]
    if not right or not wrong or len(wrong) > len(right):
        return ()
    cells = tuple(f"{one.column.letter}{body.numbers[total]}" for one in wrong)
    names = ", ".join(f"'{one.column.name}'" for one in wrong)
    return (Remark("total-differs", f"the total is not the sum of the rows in {names}", cells, "warning"),)


def differing_parts(body: Body, parts: Mapping[int, Sequence[int]]) -> tuple[Remark, ...]:
    """Say where a row is not the sum of its parts, in columns where most rows are."""
    remarks = []
    for filled in body.columns:
        if filled.kind not in ("number", "money") or filled.column.style in ("year", "index"):
            continue
        whole = [index for index, own in parts.items() if len(numbers_in(filled, [index, *own])) == len(own) + 1]
        wrong = [index for index in whole if not is_sum(filled, index, parts[index], least=1)]
        if wrong and len(wrong) * 5 <= len(whole):
            cells = tuple(f"{filled.column.letter}{body.numbers[index]}" for index in wrong)
            message = f"'{filled.column.name}': a row is not the sum of the rows below it, though most are"
            remarks.append(Remark("parts-differ", message, cells, "warning"))
    return tuple(remarks)
