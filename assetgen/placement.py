"""Turn the name of a placement (`instagram/feed-portrait`) into its limits, from the TOML file of its platform.

The files in `placements/` are built-in data: loading one trusts it, and `problems()` checks them all with pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from assetgen.errors import PlacementError, Problem, did_you_mean
from assetgen.model import Placement, Rectangle, Size, Source, TextLimits, VideoLimits, Zone

FOLDER = Path(__file__).parent / "placements"

# Names are read from the table headers alone: parsing all the files would take 60 times as long.
_SLOT = re.compile(r"^\[slots\.([a-z0-9-]+)\]$", re.MULTILINE)
_PIXELS = re.compile(r"(\d{1,5})[x×](\d{1,5})")


def platforms() -> tuple[str, ...]:
    """Return the names of all platforms, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def names() -> tuple[str, ...]:
    """Return the names of all placements, platform by platform, in the order of their files."""
    return tuple(f"{platform}/{slot}" for platform in platforms() for slot in _slots(platform))


def all() -> tuple[Placement, ...]:
    """Return every placement, in the order of `names()`."""
    return tuple(_placement(platform, slot, _tables(platform)) for platform in platforms() for slot in _slots(platform))


def load(name: str, at: Size | None = None) -> Placement:
    """Return a placement, at its first size or at another one of its sizes.

    `name` is `platform/slot`, or `platform/slot@720x720` for another size, which then belongs to its name;
    the slot can be left away where a platform has only one. Raises PlacementError with the nearest name when there is
    no such placement or size.
    """
    plain, separator, size = name.partition("@")
    platform, slot = _split(plain)
    placement = _placement(platform, slot, _tables(platform))
    if separator:
        wanted = _size(size, placement)
        named = f"{placement.name}@{wanted.width}x{wanted.height}"
        return placement if wanted == placement.size else replace(_resized(placement, wanted), name=named)
    return placement if at is None or at == placement.size else _resized(placement, at)


def _size(text: str, placement: Placement) -> Size:
    """Return a size written `720x720`."""
    found = _PIXELS.fullmatch(text)
    if found is None:
        sizes = ", ".join(f"{placement.name}@{one.width}x{one.height}" for one in placement.sizes)
        raise PlacementError(f"'{text}' is no size in pixels", hint=f"allowed: {sizes}")
    return Size(int(found[1]), int(found[2]))


def problems() -> tuple[Problem, ...]:
    """Return every mistake in every file of `placements/`, with its file and line; empty when all is well."""
    from assetgen.placements._schema import Platform
    from assetgen.settings import load_settings

    found: list[Problem] = []
    for platform in platforms():
        try:
            load_settings(FOLDER / f"{platform}.toml", Platform, PlacementError)
        except PlacementError as error:
            found.extend(error.problems)
    return tuple(found)


def ratio_of(text: str) -> float:
    """Return width divided by height of a ratio written `4:5` or `1.91:1`."""
    width, _, height = text.partition(":")
    return float(width) / float(height)


def _slots(platform: str) -> list[str]:
    return _SLOT.findall((FOLDER / f"{platform}.toml").read_text("utf-8"))


def _split(name: str) -> tuple[str, str]:
    platform, _, slot = name.partition("/")
    if platform not in platforms():
        allowed = names() if slot else platforms()
        raise PlacementError(f"there is no placement '{name}'", hint=did_you_mean(name, allowed))
    slots = _slots(platform)
    if not slot and len(slots) == 1:
        return platform, slots[0]
    if not slot:
        hint = "allowed: " + ", ".join(f"{platform}/{one}" for one in slots)
        raise PlacementError(f"'{name}' has {len(slots)} placements; name one of them", hint=hint)
    if slot not in slots:
        hint = did_you_mean(slot, slots).replace("did you mean '", f"did you mean '{platform}/")
        raise PlacementError(f"there is no placement '{name}'", hint=hint)
    return platform, slot


# A campaign asks for the same few files with each of its records.
@lru_cache(maxsize=64)
def _tables(platform: str) -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads((FOLDER / f"{platform}.toml").read_text("utf-8"))


def _placement(platform: str, slot: str, tables: Mapping[str, Any]) -> Placement:
    table = tables["slots"][slot]
    sizes = tuple(Size(*pair) for pair in table["sizes"])
    low, high = (ratio_of(text) for text in table["ratio"]) if "ratio" in table else (None, None)
    count_min, count_max = table.get("count", (1, 1))
    plain = ("max_bytes", "min_width", "max_width", "min_height", "max_height", "max_pixels")
    return Placement(
        name=f"{platform}/{slot}",
        title=table["title"],
        kind=table["kind"],
        size=sizes[0],
        sizes=sizes,
        ratio_min=low,
        ratio_max=high,
        formats=tuple(table["formats"]),
        count_min=count_min,
        count_max=count_max,
        transparent=table.get("transparent", False),
        grid=table.get("grid", False),
        safe=Rectangle(*table["safe"]) if "safe" in table else None,
        safe_basis=table.get("safe_basis", ""),
        crops=_zones(table, "crops", sizes[0]),
        covered=_zones(table, "covered", sizes[0]),
        text=TextLimits(**table.get("text", {})),
        advice=table.get("advice", ""),
        notes=tuple(table.get("notes", ())),
        sources=_sources(table.get("sources", {}), tables["sources"]),
        verified_on=str(table.get("verified_on", tables["verified_on"])),
        publish=tuple(table["publish"]),
        reference=table.get("reference", ""),
        video=_video(table["video"]) if "video" in table else None,
        **{key: table.get(key) for key in plain},
    )


def _video(table: Mapping[str, Any]) -> VideoLimits:
    limits: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return VideoLimits(**limits)


def _zones(table: Mapping[str, Any], key: str, size: Size) -> tuple[Zone, ...]:
    """Return the zones of a slot drawn on a canvas of `size`; one without a size belongs to the first size."""
    first = table["sizes"][0]
    drawn = (zone for zone in table.get(key, ()) if Size(*zone.get("size", first)) == size)
    return tuple(Zone(zone["name"], Rectangle(*zone["rectangle"])) for zone in drawn)


def _sources(supports: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> tuple[Source, ...]:
    return tuple(
        Source(known[key]["url"], known[key]["evidence"], known[key]["read"], text) for key, text in supports.items()
    )


def _resized(placement: Placement, at: Size) -> Placement:
    """Return the placement at another of its sizes.

    Where the shape stays, everything scales. Where it changes, the platform shows the picture across the width of its
    screen, centred: the safe area is the part of it that lies on the picture, and zones keep to the sizes they are
    drawn for.
    """
    if at not in placement.sizes:
        allowed = ", ".join(map(str, placement.sizes))
        raise PlacementError(f"{placement.name} has no size {at}", hint=f"allowed: {allowed}")
    scale = at.width / placement.size.width
    spare = (placement.size.height * scale - at.height) / 2
    same_shape = abs(spare) <= 2
    table = _tables(placement.platform)["slots"][placement.slot]
    return replace(
        placement,
        size=at,
        safe=_within(_scaled(placement.safe, scale, spare), at) if placement.safe else None,
        crops=_zones_at(placement.crops, scale, spare) if same_shape else _zones(table, "crops", at),
        covered=_zones_at(placement.covered, scale, spare) if same_shape else _zones(table, "covered", at),
    )


def _scaled(area: Rectangle, scale: float, spare: float) -> Rectangle:
    return Rectangle(area.left * scale, area.top * scale - spare, area.right * scale, area.bottom * scale - spare)


def _within(area: Rectangle, at: Size) -> Rectangle:
    """Return the part of an area on a canvas; the side margins alone where it lies above or below the canvas."""
    return area.overlap(Rectangle(0, 0, at.width, at.height)) or Rectangle(area.left, 0, area.right, at.height)


def _zones_at(zones: tuple[Zone, ...], scale: float, spare: float) -> tuple[Zone, ...]:
    return tuple(Zone(zone.name, _scaled(zone.rectangle, scale, spare)) for zone in zones)
