"""Turn a spreadsheet and a brand into platform-sized infographics, carousels and short videos, ready for upload.

The public names are here and load when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetgen.brand import Brand
    from assetgen.cache import Cache
    from assetgen.campaign import Campaign
    from assetgen.errors import AssetgenError, CancelledError
    from assetgen.layout import Layout
    from assetgen.library import make, make_all
    from assetgen.model import Direction, Fact, Finding, Placement, Severity, Table, Value
    from assetgen.package import Asset
    from assetgen.pipeline import BuildOptions, Report, build
    from assetgen.read import ReadOptions, read_table
    from assetgen.studio import Studio

__all__ = [
    "Asset",
    "AssetgenError",
    "Brand",
    "BuildOptions",
    "Cache",
    "Campaign",
    "CancelledError",
    "Direction",
    "Fact",
    "Finding",
    "Layout",
    "Placement",
    "ReadOptions",
    "Report",
    "Severity",
    "Studio",
    "Table",
    "Value",
    "build",
    "make",
    "make_all",
    "read_table",
]

_HOMES = {
    "Asset": "package",
    "AssetgenError": "errors",
    "Brand": "brand",
    "BuildOptions": "pipeline",
    "Cache": "cache",
    "Campaign": "campaign",
    "CancelledError": "errors",
    "Direction": "model",
    "Fact": "model",
    "Finding": "model",
    "Layout": "layout",
    "Placement": "model",
    "ReadOptions": "read",
    "Report": "pipeline",
    "Severity": "model",
    "Studio": "studio",
    "Table": "model",
    "Value": "model",
    "build": "pipeline",
    "make": "library",
    "make_all": "library",
    "read_table": "read",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assetgen' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"assetgen.{_HOMES[name]}"), name)
