"""Find a region by its name in a list of regions: by name, by alias, by a slip that can mean one region only.

A slip is accepted when the name has at least 8 letters and differs by one letter (two from 14 letters) from a region,
while every other region differs by at least two letters more. So one slip never leads to a wrong region: it would have
to be nearer by two letters to the other one than to its own.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from assetgen.regions.names import Kind, Name, read_name

How = Literal["name", "alias", "spelling", "ambiguous", "none"]
ONE_SLIP, TWO_SLIPS, MARGIN = 8, 14, 2
_FAR = 99


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its name, and what else is known of it."""

    name: str
    english: str = ""
    kemendagri: str = ""
    bps: str = ""
    iso: str = ""
    island: str = ""
    short: str = ""
    aliases: tuple[str, ...] = ()
    split_from: str = ""
    since: int = 0

    def label(self, language: str) -> str:
        """Return the name in a language: English where it has one, else its own."""
        return self.english if language == "en" and self.english else self.name


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a label: the region and how it was found, or the nearest names."""

    label: str
    region: Region | None
    how: How
    nearest: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """A list of regions to find names in; `kind` is what a name without `Kab.` or `Kota` is when the list knows."""

    regions: tuple[Region, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = ""

    @classmethod
    def of(cls, names: Iterable[str], words: Mapping[str, str] | None = None) -> Gazetteer:
        """Return a list of the names that are given, such as those of the features of a map."""
        return cls(tuple(Region(name) for name in dict.fromkeys(names)), words or {})

    def match(self, label: str) -> Match:
        """Return the region that a label names, or the nearest names."""
        return self.match_exactly(label) or self._misspelt(label, read_name(label, self.words))

    def match_exactly(self, label: str) -> Match | None:
        """Return the region that a label names without a slip, or the regions that it can mean; None for neither."""
        literal = self._literal.get(label.strip().casefold())
        if literal:
            return Match(label, literal, "name")
        name = read_name(label, self.words)
        found = list(dict.fromkeys(region for key, region in self._entries if _same(name, key)))
        if not found:
            return self._without_kind(label, name)
        if len(found) > 1:
            names = tuple(region.name for region in found)
            return Match(label, None, "ambiguous", names, f"'{label}' can be {' or '.join(names)}")
        return Match(label, found[0], "name" if read_name(found[0].name, self.words).key == name.key else "alias")

    def _without_kind(self, label: str, name: Name) -> Match | None:
        """Return a region whose own name begins with the word for a kind: `Kota Baru` is the regency Kotabaru."""
        whole = "kota" + name.key
        if name.kind != "city":
            return None
        found = [region for key, region in self._entries if key.key == whole]
        return Match(label, found[0], "alias") if len(found) == 1 else None

    def _misspelt(self, label: str, name: Name) -> Match:
        allowed = (len(name.key) >= ONE_SLIP) + (len(name.key) >= TWO_SLIPS)
        distances: dict[Region, int] = {}
        for entry, region in self._entries:
            if abs(len(entry.key) - len(name.key)) <= allowed + MARGIN and _kinds_agree(name.kind, entry.kind):
                distances[region] = min(distances.get(region, _FAR), slips(name.key, entry.key))
        ranked = sorted(distances.items(), key=lambda item: item[1])
        if ranked and ranked[0][1] <= allowed and all(far >= ranked[0][1] + MARGIN for _, far in ranked[1:]):
            return Match(label, ranked[0][0], "spelling", remark=f"'{label}' was read as {ranked[0][0].name}")
        return Match(label, None, "none", self._nearest(name), self._remark(label))

    def _nearest(self, name: Name) -> tuple[str, ...]:
        keys: dict[str, str] = {}
        for entry, region in self._entries:
            keys.setdefault(entry.key, region.name)
        close = difflib.get_close_matches(name.key, keys, 6, 0.7) if len(name.key) > 2 else []
        return tuple(dict.fromkeys(keys[key] for key in close))[:3]

    def _remark(self, label: str) -> str:
        code = label.strip()
        meant = {
            kind: region.name
            for kind, attribute in (("Kemendagri", "kemendagri"), ("BPS", "bps"))
            for region in self.regions
            if code and getattr(region, attribute) == code
        }
        if not meant:
            return ""
        said = " and ".join(f"{name} for {kind}" for kind, name in meant.items())
        return f"'{code}' is a code, {said}: codes differ between sources, so give the names"

    @cached_property
    def _literal(self) -> Mapping[str, Region]:
        return {region.name.strip().casefold(): region for region in reversed(self.regions)}

    @cached_property
    def _entries(self) -> tuple[tuple[Name, Region], ...]:
        return tuple(self._keys())

    def _keys(self) -> Iterator[tuple[Name, Region]]:
        for region in self.regions:
            for text in (region.name, region.english, region.short, region.iso, *region.aliases):
                if text:
                    name = read_name(text, self.words)
                    yield Name(name.kind or self.kind, name.key), region


def _same(label: Name, entry: Name) -> bool:
    return label.key == entry.key and _kinds_agree(label.kind, entry.kind)


def _kinds_agree(label: Kind, entry: Kind) -> bool:
    """Tell whether a label can mean an entry: statistics write a regency without its kind, never a city."""
    return label == entry or not label or (not entry and label == "regency")


def slips(first: str, second: str) -> int:
    """Return how many letters were left out, added, changed or swapped with their neighbour between two words.

    Optimal string alignment, after Damerau 1964.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
