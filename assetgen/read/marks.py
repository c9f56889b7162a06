"""Take footnote marks off cells: a grid goes in; a grid with clean texts, and the marks that stood there, come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assetgen.model import Grid, Mark
from assetgen.read.find import Region
from assetgen.read.header import Heading
from assetgen.read.kinds import is_code_name
from assetgen.read.signs import CONVENTION, ENDS, STARTS, legend_of, split_cell, split_glued, status_of


@dataclass(frozen=True)
class Marked:
    """A grid without the marks on its cells, and where they stood: signs by (row, column), raw texts alike."""

    grid: Grid
    legend: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    raws: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def mark(self, sign: str) -> Mark:
        """Return what a sign says."""
        text = self.legend.get(sign, "")
        status = status_of(text) or status_of(sign)
        if not status and not text:
            status = CONVENTION.get(sign)
        return Mark(sign, text, status or "note")


def without_marks(grid: Grid, region: Region, heads: Sequence[Heading]) -> Marked:
    """Take the marks off the data cells of a grid; notes and titles explain them, and codes have none."""
    legend = dict(legend_of((*region.notes, *region.title)))
    signs: dict[tuple[int, int], tuple[str, ...]] = {}
    raws: dict[tuple[int, int], str] = {}
    texts: dict[tuple[int, int], str] = {}
    for head in heads:
        if not is_code_name(head.name):
            for row, (text, found) in _in_column(grid, region.body, head.column, legend).items():
                raws[row, head.column] = grid.column(head.column, (row,))[0]
                signs[row, head.column] = found
                texts[row, head.column] = text
    return Marked(grid.with_texts(texts), legend, signs, raws)


def _in_column(
    grid: Grid, body: Sequence[int], column: int, legend: Mapping[str, str]
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Return the clean text and the signs of the marked cells of a column, by row."""
    if grid.natives and type(None) not in set(map(type, grid.typed_column(column, body))):
        return {}
    texts = list(map(str.strip, grid.column(column, body)))
    held = [(row, text) for row, text in zip(body, texts, strict=True) if text]
    known = _glued(held, legend)
    if ENDS.isdisjoint({text[-1:] for text in texts}) and STARTS.isdisjoint({text[:1] for text in texts}) and not known:
        return {}
    known |= {text: split_cell(text, legend) for text in set(texts) if text and (text[-1] in ENDS or text[0] in STARTS)}
    if not any(known.values()):
        return {}
    found = {row: split for row, text in held if (split := known.get(text))}
    # Classes 7e and 8e are no figures: letters that nothing explains are marks only where most cells are plain.
    loose = [row for row, (_, signs) in found.items() if any(s.isalpha() and s not in legend for s in signs)]
    return {} if len(loose) * 2 > len(held) else found


def _glued(held: Sequence[tuple[int, str]], legend: Mapping[str, str]) -> dict[str, tuple[str, tuple[str, ...]] | None]:
    """Return the labels to which numbers of notes are glued; none where most have one: Blok1, Blok2 are names."""
    if not any(map(str.isdigit, legend)):
        return {}
    texts = {text for _, text in held if text[0].isalpha()}
    found = {text: split for text in texts if (split := split_glued(text, legend))}
    return dict(found) if len(found) * 2 < len(texts) else {}
