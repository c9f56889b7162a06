"""Rectangles whose areas are the parts of a whole, for more parts than a ring can show: the largest at the top left.

Name and share stand inside each. Parts too small for theirs are added up as "Lainnya (n)", until all have room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import readable
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.part_alt import part_sentences
from assetgen.charts._kit.part_labels import LARGER, PartLabel, part_colours, part_label
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Row
from assetgen.charts._kit.shares import PARTS, Part, Whole, read_whole
from assetgen.charts._kit.text import LEAST
from assetgen.model import Rectangle

OPTIONS = {**PARTS}
SAMPLE = {
    "rows": [
        {"label": "Industri pengolahan", "value": 19.07},
        {"label": "Perdagangan", "value": 13.17},
        {"label": "Pertanian", "value": 14.35},
        {"label": "Konstruksi", "value": 9.48},
        {"label": "Pertambangan", "value": 8.99},
        {"label": "Transportasi dan pergudangan", "value": 6.2},
        {"label": "Informasi dan komunikasi", "value": 4.34},
        {"label": "Jasa keuangan", "value": 4.05},
        {"label": "Administrasi pemerintahan", "value": 3.05},
        {"label": "Jasa pendidikan", "value": 2.93},
        {"label": "Akomodasi dan makan minum", "value": 2.76},
        {"label": "Real estat", "value": 2.35},
        {"label": "Lainnya", "value": 9.26},
    ],
    "options": {
        "style": "percent",
        "decimals": 1,
        "highlight": "Pertanian",
        "note": "Terbesar kedua",
        "subject": "Produk domestik bruto menurut lapangan usaha, 2025",
    },
}
GAP, PADDING, MOST = 5.0, 14.0, 30
# Tiles this many times as wide as high are tried in turn: words are wider than high.
WIDER = (1.25, 1.0, 1.6, 2.0, 2.6, 0.8, 3.4)


@dataclass(frozen=True, slots=True)
class Tile:
    """A part, its rectangle, and its label."""

    part: Part
    area: Rectangle
    label: PartLabel


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two parts have room for their names."""
    whole, tiles, below = _planned(read_whole(rows, options, kit), kit)
    canvas, colours = kit.canvas(), part_colours(whole, kit)
    inks = (kit.palette.ink, kit.palette.ground, kit.palette.on_data)
    for tile, colour in zip(tiles, colours, strict=True):
        ink = kit.palette.ink if tile.part.missing else readable(colour, inks)
        _draw_tile(canvas, tile, (colour, ink), kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Peta pohon" if kit.language == "id" else "Treemap"
    return finished(canvas, part_sentences(name, whole), options, kit)


def _planned(whole: Whole, kit: ChartKit) -> tuple[Whole, tuple[Tile, ...], Legend]:
    known = len(whole.known)
    most = min(whole.options.count("most", MOST, 2, MOST), known)
    for count in range(most, min(known, 2) - 1, -1):
        kept = whole.at_most(count, kit)
        below = foot(Kept(kept.data), kit, kept.notes(kit), hatched=False)
        room = Rectangle(0, 0, kit.width, kit.height - below.height)
        for wide in WIDER:
            tiles = _tiles(kept, squarified([float(part.size) for part in kept.parts], room, wide), kit)
            if tiles:
                return kept, tiles, below
    raise kit.refuse("its parts have no room for their names", "use bar, whose names stand beside the bars")


def _tiles(whole: Whole, areas: Sequence[Rectangle], kit: ChartKit) -> tuple[Tile, ...] | None:
    """Return a tile for each part; None when a label does not fit in its tile."""
    tiles = []
    for part, area in zip(whole.parts, areas, strict=True):
        label = _largest(part, area, whole, kit)
        if label is None:
            return None
        tiles.append(Tile(part, area, label))
    return tuple(tiles)


def _largest(part: Part, area: Rectangle, whole: Whole, kit: ChartKit) -> PartLabel | None:
    """Return the label of a part in the largest size that suits its tile."""
    width, height = area.width - 2 * PADDING + 4, area.height - 2 * PADDING + 10
    most = kit.size * (1.5 if not part.rest else 1.0)
    wanted = min(most, max(LEAST, 0.13 * (area.width * area.height) ** 0.5))
    for size in (*range(int(wanted), int(LEAST), -2), int(LEAST)):
        label = part_label(part, whole, kit, (width, float(size)), 3 if size < LEAST * LARGER else 2)
        if label and label.height <= height:
            return label
    flat = part_label(part, whole, kit, (width, LEAST), 1, 1.0)
    if flat is None or flat.height <= height:
        return flat
    beside = replace(flat, inline=True)
    return beside if beside.width <= width and beside.height <= height else None


def _draw_tile(canvas: Canvas, tile: Tile, colours: tuple[str, str], kit: ChartKit) -> None:
    colour, ink = colours
    radius = f"{min(kit.look.pixels('radius-small', 0), 10):g}px"
    if tile.part.missing:
        mark = canvas.hatch(tile.area, colour)
        inside = Rectangle(tile.area.left + 2, tile.area.top + 2, tile.area.right - 2, tile.area.bottom - 2)
        right, bottom = tile.area.left + tile.label.width, tile.area.top + tile.label.height
        plate = Rectangle(inside.left, inside.top, right + 2 * PADDING, bottom + 2 * PADDING)
        canvas.over(plate.overlap(inside) or plate, kit.palette.ground)
    else:
        mark = canvas.box(tile.area, colour, "fade", radius)
    canvas.spot(tile.part.label, tile.area, mark, "" if tile.part.missing else colour)
    tile.label.draw(canvas, (tile.area.left + PADDING, tile.area.top + PADDING - 4, "left"), (ink, ink), mark)


# --- the places of tiles ----------------------------------------------------------------------------------------------


def squarified(sizes: Sequence[float], area: Rectangle, wide: float = 1) -> list[Rectangle]:
    """Return a rectangle for each size, of areas in proportion and about `wide` times as wide as high, `GAP` apart.

    After Bruls, Huizing and van Wijk, "Squarified treemaps" (2000): rows along the shorter side, each filled while its
    worst rectangle gets better. Edges lie on whole pixels.
    """
    room = Rectangle(0, 0, area.width / wide, area.height)
    scale = room.width * room.height / sum(sizes)
    found = _rows([size * scale for size in sizes], room)
    return [
        _inset(
            Rectangle(
                area.left + one.left * wide, area.top + one.top, area.left + one.right * wide, area.top + one.bottom
            ),
            area,
        )
        for one in found
    ]


def _rows(areas: Sequence[float], room: Rectangle) -> Iterator[Rectangle]:
    left = list(areas)
    while left:
        short = min(room.width, room.height)
        count = 1
        while count < len(left) and _worst(left[: count + 1], short) <= _worst(left[:count], short):
            count += 1
        depth = sum(left[:count]) / short if short else 0
        at = 0.0
        for size in left[:count]:
            length = size / depth if depth else 0
            if room.width >= room.height:
                yield Rectangle(room.left, room.top + at, room.left + depth, room.top + at + length)
            else:
                yield Rectangle(room.left + at, room.top, room.left + at + length, room.top + depth)
            at += length
        left = left[count:]
        sides = (room.left + depth, room.top) if room.width >= room.height else (room.left, room.top + depth)
        room = Rectangle(*sides, room.right, room.bottom)


def _worst(row: Sequence[float], short: float) -> float:
    """Return the longest of the shapes that sizes have in one row along the short side, as length over width."""
    total = sum(row)
    return max(max(short**2 * size / total**2, total**2 / (short**2 * size)) for size in row)


def _inset(one: Rectangle, area: Rectangle) -> Rectangle:
    """Return a rectangle on whole pixels, half the gap smaller where it has neighbours; never less than nothing."""
    half = GAP / 2
    left = min(round(one.left + (half if one.left > area.left + 1 else 0)), area.right)
    top = min(round(one.top + (half if one.top > area.top + 1 else 0)), area.bottom)
    right = round(one.right - (half if one.right < area.right - 1 else 0))
    bottom = round(one.bottom - (half if one.bottom < area.bottom - 1 else 0))
    return Rectangle(left, top, max(left, right), max(top, bottom))
