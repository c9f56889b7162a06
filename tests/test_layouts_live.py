"""Layouts for live streams: transparent where they lie on a picture, and never live by themselves."""

import pytest

from assetgen import placement
from assetgen.brand import Brand
from assetgen.errors import AssetgenError
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.studio import Studio, Wish

OVERLAYS = {
    "lower-third": ("live/lower-third", "live/overlay", "live/vertical-overlay"),
    "ticker": ("live/lower-third", "live/overlay", "live/vertical-overlay"),
    "live-frame": ("live/overlay", "live/vertical-overlay"),
}


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


def made(studio, name, place, **more):
    layout = Layout.load(name)
    given = {**layout.example()["id"], **more}
    return studio.make(
        layout, Brand.load("lentera"), Wish(given, placement.load(place), "id", name, folder=layout.folder)
    )


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, places in OVERLAYS.items() for place in places])
def test_an_overlay_is_a_transparent_png_whose_words_stand_on_plates(studio, name, place):
    """Most of it lets the camera through, and every word is readable on black and on white."""
    asset = made(studio, name, place)
    alpha = asset.frames[0].array[..., 3]
    assert asset.files[0].format == "png"
    assert (alpha == 0).mean() > 0.3
    assert not [one.message for one in asset.findings if one.severity is not Severity.INFO]


@pytest.mark.parametrize("name", OVERLAYS)
def test_where_a_placement_cannot_be_transparent_an_overlay_is_not(studio, name):
    """A post of the same plate lies on a ground of the brand."""
    assert made(studio, name, "x/post").frames[0].opaque


def test_the_window_of_a_frame_is_empty_and_live_is_never_a_default(studio):
    """The middle of the picture is free; "LANGSUNG" is there only when the record says so."""
    before, live = made(studio, "live-frame", "live/overlay"), made(studio, "live-frame", "live/overlay", live=True)
    assert not before.frames[0].array[300:700, 200:1200, 3].any()
    assert "langsung" not in before.alt_text.lower()
    assert "langsung" in live.alt_text.lower()
    assert (before.frames[0].array != live.frames[0].array).any()


def test_a_live_announcement_needs_the_zone_of_its_hour_and_one_day_for_all_zones(studio):
    """Without a zone, or where another zone has another day, it is refused: people would come at the wrong hour."""
    with pytest.raises(AssetgenError, match="hour and zone"):
        made(studio, "live-announcement", "x/post", start="17 November 2026 19:00")
    with pytest.raises(AssetgenError, match="another day"):
        made(studio, "live-announcement", "x/post", start="17 November 2026 23:30 WITA")
