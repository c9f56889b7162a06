"""Join the rows of a table to a list of regions by name: what fits, what does not, what is there twice or missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from assetgen.regions.gazetteer import Gazetteer, Match, Region
from assetgen.regions.names import read_name
from assetgen.regions.provinces import provinces

# A list that names most provinces and none of those that were split off is an old list; a short list is a choice.
OLD_LIST = 0.5


@dataclass(frozen=True)
class Joined:
    """The rows of a table by region.

    `rows` holds each region's row; `unmatched` the labels that name no region, with the nearest; `duplicates` the
    labels of regions that are named twice; `absent` the regions without a row; `covers` the regions of today that a
    row of an older list stands for; `remarks` what was understood beyond plain names.
    """

    gazetteer: Gazetteer
    matches: tuple[Match, ...]
    rows: Mapping[Region, Mapping[str, Any]]
    unmatched: tuple[Match, ...]
    duplicates: Mapping[Region, tuple[str, ...]]
    absent: tuple[Region, ...]
    covers: Mapping[Region, tuple[Region, ...]]
    remarks: tuple[str, ...]

    @property
    def stale(self) -> bool:
        """Tell whether the list is older than the newest split of a province that it names."""
        return bool(self.covers)

    def problems(self, *, partial: bool = False, edition: int | None = None) -> list[str]:
        """Return what keeps the join from being whole, each with the nearest names.

        A `partial` join may leave out regions. `edition` is the number of regions of an older list: it is then demanded
        whole, and its being old is no problem.
        """
        found = [_tell_unmatched(match) for match in self.unmatched]
        found += [
            f"{region.name} is there {len(labels)} times: {', '.join(labels)}"
            for region, labels in self.duplicates.items()
        ]
        if self.stale and edition is None:
            found.append(self._tell_stale())
        elif edition is not None and len(self.rows) != edition:
            found.append(f"{len(self.rows)} of {edition} regions of the older list are there")
        elif self.absent and not partial and edition is None:
            names = ", ".join(region.name for region in self.absent)
            found.append(f"{len(self.rows)} of {len(self.gazetteer.regions)} regions are there; absent: {names}")
        return found

    def _tell_stale(self) -> str:
        told = "; ".join(
            f"'{parent.name}' is the area before {min(child.since for child in children)}, when "
            f"{', '.join(child.name for child in children)} became of it"
            for parent, children in self.covers.items()
        )
        return (
            f"the list of {len(self.rows)} is older than the {len(self.gazetteer.regions)} regions of today: {told} "
            f"(say edition = {len(self.rows)} to show the older areas)"
        )


def _tell_unmatched(match: Match) -> str:
    if match.remark:
        return match.remark
    hint = f"nearest: {', '.join(match.nearest)}" if match.nearest else "no name is near"
    return f"'{match.label}' names no region ({hint})"


def join(rows: Iterable[Mapping[str, Any]], key: str, among: Gazetteer | None = None, code: str = "") -> Joined:
    """Return the rows by region, found by the names in column `key`.

    `among` is the list of regions, the 38 provinces when it is left out. Names alone decide; a column `code` is only
    compared with them, since codes repeat and differ between sources.
    """
    gazetteer = among or provinces()
    table = list(rows)
    labels = [_plain(row.get(key, "")) for row in table]
    matches = _bare_regencies([gazetteer.match(label) for label in labels], gazetteer)
    named: dict[Region, list[int]] = defaultdict(list)
    for number, match in enumerate(matches):
        if match.region:
            named[match.region].append(number)
    covers = _covers(named, gazetteer)
    remarks = [match.remark for match in matches if match.region and match.remark]
    remarks += [f"{parent.name} stands for its area before {children[0].since}" for parent, children in covers.items()]
    if code:
        remarks += _check_codes(table, matches, code)
    return Joined(
        gazetteer,
        matches,
        {region: table[numbers[0]] for region, numbers in named.items()},
        tuple(match for match in matches if not match.region),
        {region: tuple(labels[n] for n in numbers) for region, numbers in named.items() if len(numbers) > 1},
        tuple(region for region in gazetteer.regions if region not in named),
        covers,
        tuple(remarks),
    )


def _plain(label: object) -> str:
    return label.striptags() if isinstance(label, Markup) else str(label)


def _bare_regencies(matches: Sequence[Match], gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Read `Malang` beside `Kota Malang` in one table as the regency, as statistics write it, and say so."""
    taken = {match.region for match in matches if match.region}
    settled = []
    for match in matches:
        left = [region for region in gazetteer.regions if region.name in match.nearest and region not in taken]
        if match.how == "ambiguous" and len(left) == 1 and read_name(left[0].name, gazetteer.words).kind == "regency":
            remark = f"'{match.label}' was read as {left[0].name}, since the city has its own row"
            match = replace(match, region=left[0], how="alias", nearest=(), remark=remark)
        settled.append(match)
    return tuple(settled)


def _covers(named: Mapping[Region, object], gazetteer: Gazetteer) -> dict[Region, tuple[Region, ...]]:
    """Return, for an older list, the regions that were still part of others, by the region that they belonged to."""
    if len(named) < OLD_LIST * len(gazetteer.regions):
        return {}
    by_name = {region.name: region for region in gazetteer.regions}
    # A list that names a region of 2022 was made after 2022: what it lacks of that year is absent, not still part.
    newest = max((region.since for region in named), default=0)
    children: dict[Region, list[Region]] = defaultdict(list)
    for region in gazetteer.regions:
        parent = _parent(region, named, by_name)
        if region not in named and parent and region.since > newest:
            children[parent].append(region)
    return {parent: tuple(found) for parent, found in children.items()}


def _parent(region: Region, named: Mapping[Region, object], by_name: Mapping[str, Region]) -> Region | None:
    """Return the region of the list that a region's area once belonged to, through several splits where needed."""
    parent = by_name.get(region.split_from)
    while parent and parent not in named:
        parent = by_name.get(parent.split_from)
    return parent


def _check_codes(table: Sequence[Mapping[str, Any]], matches: Sequence[Match], code: str) -> list[str]:
    codes = [str(row.get(code, "")).strip() for row in table]
    found = [f"code {repeated} stands for {count} rows" for repeated, count in Counter(codes).items() if count > 1]
    for match, given in zip(matches, codes, strict=True):
        region = match.region
        known = {region.kemendagri, region.bps} - {""} if region else set()
        if region and known and given not in known:
            found.append(f"{region.name} has code {' or '.join(sorted(known))}, the table says {given}")
    return found
