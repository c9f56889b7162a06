"""Read maps: a GeoJSON or TopoJSON file goes in, an atlas of named areas comes out; the 38 provinces are built in."""

from assetgen.geography.atlas import CREDIT, Area, Atlas, Ring, provinces_atlas
from assetgen.geography.files import MAX_MAP_BYTES, MapFile, read_atlas

__all__ = ["CREDIT", "MAX_MAP_BYTES", "Area", "Atlas", "MapFile", "Ring", "provinces_atlas", "read_atlas"]
