"""Run the repair of one table, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assetgen.model import Cell, Grid, Remark, Repair
from assetgen.read.find import Region
from assetgen.read.header import Heading
from assetgen.read.repair.groups import Group, column_sums, group_columns
from assetgen.read.repair.judge import FEWEST_WITHOUT, WITHOUT, Judged, judge
from assetgen.read.repair.marks import Marks
from assetgen.read.repair.mended import Mended, patched
from assetgen.read.repair.prove import Proof, prove
from assetgen.read.repair.quick import adds_up
from assetgen.read.repair.seen import UNTOUCHED, Damage, Sheet, Spot, look_at
from assetgen.read.repair.shares import Found, changed, digits, prove_by_shares, without_contradicted
from assetgen.read.repair.structure import WEAK, Axis, Pattern, find_patterns
from assetgen.read.repair.sums import Sum, close
from assetgen.read.repair.wording import proof_sentence
from assetgen.sources._cells import address, letters

SAMPLE = 60
MANY = 10
# Sums over more rows than this are not tried: their many readings could not be told apart.
MOST_ROWS = 5_000

_PERCENT = re.compile(r"%|\b(?:persen|percent|pct\b|share\b|porsi\b|proporsi\b|capaian\b)", re.IGNORECASE)
_TOTAL = re.compile(r"\W*(?:grand|sub)?\s*-?\s*(?:total|jumlah|jml)\b", re.IGNORECASE)


def mend(
    grid: Grid, region: Region, heads: Sequence[Heading], columns: Sequence[int], marks: Marks, file: str
) -> Mended:
    """Return the grid of a table that shows damage, put right where sums prove it."""
    damages = [Damage(True), *([Damage(True, marks.places)] if marks.places else [])]
    if not grid.natives and not marks.intact and not marks.contradicted:
        damages.insert(0, Damage(True, zeros=False))
    patterns = _column_patterns(grid, region, columns, marks, damages)
    if len(region.body) > MOST_ROWS and (not patterns or adds_up(grid, region.body, patterns, marks)):
        return Mended(grid)
    sheet = look_at(grid, region.body, columns, marks)
    patterns = [pattern for pattern in patterns if {pattern.total, *pattern.parts} <= set(sheet.columns)]
    case = Case(grid, region, sheet, damages, group_columns(sheet, patterns))
    case.judge_and_prove()
    if len(region.body) <= MOST_ROWS and len(case.proved) < len(sheet.numbers):
        case.add_row_patterns()
        case.judge_and_prove()
        case.add_shares({head.column for head in heads if _PERCENT.search(head.name)})
    return _mended(case, file, {head.column: head for head in heads})


def _column_patterns(
    grid: Grid, region: Region, columns: Sequence[int], marks: Marks, damages: Sequence[Damage]
) -> list[Pattern]:
    step = max(1, len(region.body) // SAMPLE)
    sample = region.body[::step]
    sheet = look_at(grid, sample, columns, marks)
    return find_patterns(Axis(sheet, sheet.columns, sample, lambda item, line: (line, item), damages, {}, turns=True))


@dataclass
class Case:
    """A table under repair: its groups of columns, and what has been proved of them so far."""

    grid: Grid
    region: Region
    sheet: Sheet
    damages: Sequence[Damage]
    groups: list[Group]
    judged: dict[int, Judged] = field(default_factory=dict)
    proved: dict[Spot, tuple[Decimal, Proof]] = field(default_factory=dict)
    shared: Found = field(default_factory=dict)

    def judge_and_prove(self) -> None:
        """Judge the groups that have sums and no verdict yet, and prove the cells of those that are damaged."""
        survivors = self.sheet.marks.survivors
        for place, group in enumerate(self.groups):
            if group.sums and not self._is_damaged(place):
                self.judged[place] = judge(group.sums, self.sheet.numbers, self.damages, survivors)
            if self._is_damaged(place):
                damage = self.judged[place].damage or UNTOUCHED
                self.proved.update(prove(group.sums, self.sheet.numbers, damage))

    def add_row_patterns(self) -> None:
        """Find rows that are sums of others, and add what they say to the groups."""
        patterns = find_patterns(self._rows())
        for group in self.groups:
            group.sums += list(column_sums(self.sheet, group, patterns))

    def add_shares(self, named: set[int]) -> None:
        """Prove by percentages what no sum did; `named` columns say that they hold some.

        Where decimals may have lost their mark, or marks can be read two ways, more than thousands is in question.
        """
        marks = self.sheet.marks
        percents = [column for column in self.sheet.columns if column in named]
        if marks.places or not self.damages[0].zeros or not percents:
            return
        known = {cell: value for cell, (value, _) in self.proved.items()}
        totals = [row for row in self.sheet.rows if _is_total(self.grid, self.region, row)]
        found = prove_by_shares(self.sheet, percents, totals, known)
        sums = [equation for group in self.groups for equation in group.sums]
        found = without_contradicted(found, sums, self.sheet, known)
        altered = {cell: one for cell, one in changed(self.sheet, found).items() if cell not in known}
        if not marks.survivors and (len(altered) < FEWEST_WITHOUT or digits(altered, self.sheet) < WITHOUT):
            return
        if altered:
            self._settle({column for _, column in altered}, {column for _, column in found})
            self.shared = {cell: one for cell, one in found.items() if cell not in known}

    def _settle(self, altered: set[int], told: set[int]) -> None:
        """Take columns that percentages changed as damaged, and those that they told of and would be in doubt."""
        for place, group in enumerate(self.groups):
            doubted = any(column in told and self._may_be_damaged(column, True) for column in group.columns)
            if not self._is_damaged(place) and (doubted or altered.intersection(group.columns)):
                self.judged[place] = Judged(self.damages[0])

    @property
    def values(self) -> dict[Spot, Decimal]:
        """Return the numbers of all cells of damaged columns that are proved, by sums or by percentages."""
        settled = {column for group, _ in self.damaged for column in group.columns}
        both = {**self.shared, **self.proved}
        return {cell: value for cell, (value, _) in both.items() if cell[1] in settled}

    def _rows(self) -> Axis:
        known = {cell: value for cell, (value, _) in self.proved.items()}
        rows = self.sheet.rows
        named = frozenset(row for row in rows if _is_total(self.grid, self.region, row))
        return Axis(
            self.sheet, rows, self.sheet.columns, lambda item, line: (item, line), self.damages, known, named=named
        )

    def hinted(self) -> set[int]:
        """Return the columns for whose damage sums speak that are too few or too short to prove what adds up."""
        rows = self.sheet.rows[: SAMPLE * 2]
        axis = Axis(self.sheet, self.sheet.columns, rows, lambda item, line: (line, item), self.damages, {}, turns=True)
        groups = group_columns(self.sheet, find_patterns(axis, WEAK))
        patterns = find_patterns(self._rows(), WEAK) if len(self.sheet.rows) <= MOST_ROWS else []
        found: set[int] = set()
        for group in groups:
            group.sums += list(column_sums(self.sheet, group, patterns))
            judged = judge(group.sums, self.sheet.numbers, self.damages, self.sheet.marks.survivors)
            if judged.suspect or judged.damage:
                found |= set(group.columns)
        return found

    def _is_damaged(self, place: int) -> bool:
        return place in self.judged and self.judged[place].damage is not None

    @property
    def damaged(self) -> list[tuple[Group, Judged]]:
        """Return the groups whose damage is proved."""
        return [(group, self.judged[at]) for at, group in enumerate(self.groups) if self._is_damaged(at)]

    @property
    def suspects(self) -> list[int]:
        """Return the columns that may be damaged as others are, or for whose damage something speaks."""
        evident = bool(self.damaged) or self.sheet.marks.contradicted
        hinted = set() if evident else self.hinted()
        evident = evident or bool(hinted) or any(judged.suspect for judged in self.judged.values())
        columns = [
            column
            for place, group in enumerate(self.groups)
            if not self._is_damaged(place)
            for column in group.columns
            if column in hinted or self.judged.get(place, Judged()).suspect or self._may_be_damaged(column, evident)
        ]
        return sorted(columns)

    def _may_be_damaged(self, column: int, evident: bool) -> bool:
        """Tell whether a column has other readings, where others of the table show damage."""
        if not evident:
            return False
        seen = [self.sheet.numbers[cell] for row in self.sheet.rows if (cell := (row, column)) in self.sheet.numbers]
        small = {one.plain for one in seen if one.kind == "small"}
        # So many different numbers without one fraction among them are no thousands: not all of those are round.
        if len(small) >= MANY and all(one.kind in ("small", "sure") for one in seen):
            return False
        return any(self.damages[-1].readings(one) != (one.plain,) for one in seen)


def _is_total(grid: Grid, region: Region, row: int) -> bool:
    line = grid.texts[row]
    return any(_TOTAL.match(line[column]) for column in region.columns)


# --- what is told -----------------------------------------------------------------------------------------------------


def _mended(case: Case, file: str, heads: Mapping[int, Heading]) -> Mended:
    doubted = case.suspects
    suspects = _suspect_remark(case, doubted, heads)
    if not case.damaged:
        return Mended(case.grid, suspects=frozenset(doubted), remarks=suspects)
    settled = frozenset(column for group, _ in case.damaged for column in group.columns)
    held = [cell for cell in (*case.sheet.numbers, *case.sheet.broken) if cell[1] in settled]
    numbers = case.values
    refused = sorted(cell for cell in held if cell not in numbers)
    repairs = {repair.cell.address: repair for repair in _repairs(case, file)}
    rows = sorted({row for row, _ in held} - {row for row, _ in refused})
    addresses = tuple(address(*cell) for cell in refused)
    return Mended(
        patched(case.grid, numbers),
        repairs=repairs,
        proved=tuple(row + 1 for row in rows),
        refused=addresses,
        settled=settled,
        suspects=frozenset(doubted),
        remarks=(*_remarks(case, len(rows), len(repairs), addresses), *suspects),
    )


def _repairs(case: Case, file: str) -> Iterator[Repair]:
    for group, judged in case.damaged:
        if judged.damage and judged.damage.zeros:
            yield from _repairs_in(case, group, _witness(case, judged), file)


def _repairs_in(case: Case, group: Group, witness: str, file: str) -> Iterator[Repair]:
    sentences: dict[Sum, str] = {}
    numbers = case.sheet.numbers
    for cell, value in sorted(item for item in case.values.items() if item[0][1] in group.columns):
        seen = numbers[cell]
        if seen.plain == value:
            continue
        if cell in case.proved:
            said = _sum_sentence(case, case.proved[cell][1], witness, sentences)
        else:
            said = case.shared[cell][1].sentence(case.sheet.marks.style)
        yield Repair(
            Cell(file, case.grid.name, address(*cell)), case.grid.texts[cell[0]][cell[1]], seen.plain, value, said
        )


def _sum_sentence(case: Case, proof: Proof, witness: str, sentences: dict[Sum, str]) -> str:
    if proof.equation not in sentences:
        both = close(proof.equation, case.sheet.numbers, UNTOUCHED)
        clear = "" if both is None or not both.ways else witness
        sentences[proof.equation] = proof_sentence(proof, case.sheet.marks.style, case.sheet.numbers, clear)
    return sentences[proof.equation]


def _witness(case: Case, judged: Judged) -> str:
    """Return a cell of a sum that closes at one scale alone, best one whose marks survived; empty without sums."""
    cells = [cell for equation in judged.witnesses for cell in equation.cells]
    clear = [cell for cell in cells if case.sheet.numbers[cell].kind == "survivor"]
    return address(*(clear or cells)[0]) if cells else ""


def _remarks(case: Case, rows: int, repaired: int, refused: tuple[str, ...]) -> Iterator[Remark]:
    counted = f"{rows:,} rows proved, {repaired:,} cells repaired, {len(refused):,} refused"
    if any(judged.damage and judged.damage.zeros for _, judged in case.damaged):
        yield Remark("repaired", f"a program with another locale damaged numbers: {counted}")
    else:
        style = {"id": "Indonesian, as in 1.234", "en": "English, as in 1,234"}[case.sheet.marks.style]
        yield Remark("style-proved", f"numbers could be read two ways; the sums prove that they are {style}: {counted}")
    if refused:
        said = "nothing proves these numbers of damaged columns: correct them in the file before publishing"
        yield Remark("unproved-number", said, refused, "warning")


def _suspect_remark(case: Case, columns: Sequence[int], heads: Mapping[int, Heading]) -> tuple[Remark, ...]:
    if not columns:
        return ()
    names = ", ".join(f"'{heads[column].name}'" for column in columns)
    top, bottom = case.sheet.rows[0] + 1, case.sheet.rows[-1] + 1
    ranges = tuple(f"{letters(column)}{top}:{letters(column)}{bottom}" for column in columns)
    message = f"the numbers in {names} may have lost marks of thousands, and no sum proves which they were"
    return (Remark("suspect-decimals", message, ranges, "warning"),)
