"""Hold the values that stages hand on: what was read, bound, painted, checked and written.

Every value is frozen; a changed value is a copy. Lengths are CSS pixels of the canvas unless said otherwise.
"""

from assetgen.model.cells import Cell, parse_cell
from assetgen.model.clips import Clip, Playing
from assetgen.model.data import (
    Column,
    Grid,
    Mark,
    MarkStatus,
    Record,
    Remark,
    Repair,
    Row,
    RowPlace,
    RowRole,
    Table,
    Value,
    ValueData,
    ValueKind,
)
from assetgen.model.films import Direction, Screening
from assetgen.model.geometry import Rectangle, Size
from assetgen.model.lines import Lines
from assetgen.model.pages import Box, Font, Frame, Page, Photo, Run
from assetgen.model.places import CANVAS_WIDTH, SHAPES, Placement, Source, TextLimits, VideoLimits, Zone, shape_of
from assetgen.model.results import Fact, File, Finding, Severity, errors_in

__all__ = [
    "CANVAS_WIDTH",
    "SHAPES",
    "Box",
    "Cell",
    "Clip",
    "Column",
    "Direction",
    "Fact",
    "File",
    "Finding",
    "Font",
    "Frame",
    "Grid",
    "Lines",
    "Mark",
    "MarkStatus",
    "Page",
    "Photo",
    "Placement",
    "Playing",
    "Record",
    "Rectangle",
    "Remark",
    "Repair",
    "Row",
    "RowPlace",
    "RowRole",
    "Run",
    "Screening",
    "Severity",
    "Size",
    "Source",
    "Table",
    "TextLimits",
    "Value",
    "ValueData",
    "ValueKind",
    "VideoLimits",
    "Zone",
    "errors_in",
    "parse_cell",
    "shape_of",
]
