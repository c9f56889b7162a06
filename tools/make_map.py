"""Make the built-in map of the 38 provinces from the TopoJSON of its authors: `python tools/make_map.py FILE`.

The source is the file in `TopoJSON/` of denyherianto/indonesia-geojson-topojson-maps-with-38-provinces on GitHub, at
commit 80aa4a90 (2025-12-18), data under CC BY 4.0. What is changed: coordinates are rounded to 0.001° (0.02 px of a
map 1080 px wide), provinces take the names of `assetgen/regions/provinces.toml`, codes that repeat are left out.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from assetgen.regions import provinces

TARGET = Path(__file__).parents[1] / "assetgen" / "geography" / "provinces.topo.json"
STEP = 1000


def rounded(document: dict[str, Any]) -> list[list[list[int]]]:
    """Return every arc as steps of 0.001°; points that fall together become one, ends stay."""
    scale, corner = document["transform"]["scale"], document["transform"]["translate"]
    arcs = []
    for arc in document["arcs"]:
        x = y = 0
        points = []
        for across, up in arc:
            x, y = x + across, y + up
            points.append((round((x * scale[0] + corner[0]) * STEP), round((y * scale[1] + corner[1]) * STEP)))
        kept = [point for n, point in enumerate(points) if n in (0, len(points) - 1) or point != points[n - 1]]
        arcs.append([list(kept[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(kept))])
    return arcs


def main(source: str) -> None:
    """Write the map, its provinces in the order of their codes."""
    document = json.loads(Path(source).read_bytes())
    (member,) = document["objects"].values()
    by_name = {provinces().match(one["properties"]["PROVINSI"]).region: one for one in member["geometries"]}
    geometries = [
        {"type": by_name[region]["type"], "properties": {"name": region.name}, "arcs": by_name[region]["arcs"]}
        for region in provinces().regions
    ]
    made = {
        "type": "Topology",
        "transform": {"scale": [1 / STEP, 1 / STEP], "translate": [0, 0]},
        "objects": {"provinces": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": rounded(document),
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
