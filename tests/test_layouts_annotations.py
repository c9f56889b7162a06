"""Annotations in layouts with a chart: a remark at a mark, in the picture, in the alt text, ready in every shape."""

from __future__ import annotations

import pytest

from assetgen import placement
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.studio import Studio, Wish

SHAPES = ("instagram/feed-square", "instagram/feed-portrait", "instagram/story", "x/post", "facebook/link")
# What is annotated in the example of each layout.
ABOUT = {"chart-story": "Tanjung Arum", "map-story": "Papua", "budget": None, "trend": None}


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ABOUT)
def test_an_annotation_is_shown_and_told_in_every_shape(studio, name, shape):
    """The remark stands in the picture with nothing wrong around it, and the alt text says what it is about."""
    layout = Layout.load(name)
    given = layout.example()["id"]
    about = ABOUT[name] or given["items"][1]["label"]
    given = {**given, "annotation": "Jalan baru selesai", "annotation_at": str(about)}
    asset = studio.make(layout, Brand.load("lentera"), Wish(given, placement.load(shape), slug=name))
    assert [f"{one.rule}: {one.message}" for one in asset.findings if one.severity is Severity.ERROR] == []
    assert "Jalan baru selesai" in asset.alt_text
