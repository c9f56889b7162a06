"""Read the 38 provinces of Indonesia from `provinces.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assetgen.errors import DataError
from assetgen.regions.gazetteer import Gazetteer, Match, Region
from assetgen.settings import parse_toml

# The lists that a layout can ask for, as `regions = "…"`.
LISTS = ("provinces",)


@cache
def provinces() -> Gazetteer:
    """Return the 38 provinces, with all that they are called."""
    tables = parse_toml(Path(__file__).with_name("provinces.toml"), DataError)
    regions = (Region(**{**given, "aliases": tuple(given.get("aliases", ()))}) for given in tables["province"])
    return Gazetteer(tuple(regions), tables["words"], "province")


def match(name: str, among: Gazetteer | None = None) -> Match:
    """Return the province that a name means, or a region of another list; never a guess."""
    return (among or provinces()).match(name)
