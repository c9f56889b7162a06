"""Join names of regions, as tables write them, to one list: the 38 provinces, or any list that is given.

`match` finds one name, `join` a whole column. Nothing is guessed: a name is found by its spelling, a known alias or a
slip of the pen that can mean one region only; all else comes back with the nearest names.
"""

from assetgen.regions.gazetteer import Gazetteer, Match, Region
from assetgen.regions.joining import Joined, join
from assetgen.regions.names import Name, read_name
from assetgen.regions.provinces import LISTS, match, provinces

__all__ = ["LISTS", "Gazetteer", "Joined", "Match", "Name", "Region", "join", "match", "provinces", "read_name"]
