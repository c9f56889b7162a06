"""Every built-in layout holds what its fields promise: longest, shortest, bare and hostile data, everywhere.

All cases × shapes × languages × brands of a layout are hundreds of pages. Each case is measured in each shape and
language, in one brand by turns, the longest in two: every brand meets every shape. Some of these are painted, too.
"""

from itertools import count

import pytest

from assetgen import placement
from assetgen.brand import Brand
from assetgen.errors import FieldError
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.parts import kit_names
from assetgen.stress import Stress
from assetgen.studio import Studio, Wish

LAYOUTS = tuple(sorted(kit_names("layouts")))
BRANDS = tuple(sorted(kit_names("brand")))
PLACES = (
    *("instagram/feed-square", "instagram/feed-portrait", "instagram/feed-portrait-3x4", "instagram/story"),
    *("tiktok/photo", "x/post", "facebook/link"),
)
# A layout may refuse to be made of too little; what it takes it must show.
MAY_REFUSE = ("shortest", "bare")
PAINTED = 11


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


def wishes(layout):
    """Yield the name, the wish and the brand of every record in every language and shape."""
    places = [place for place in map(placement.load, PLACES) if place.shape in layout.shapes]
    turn = count()
    for language in layout.example():
        cases = Stress(layout, language).records()
        del cases["example"]  # drawn everywhere by the tests of the contract
        for case, given in cases.items():
            for place in places:
                wish = Wish(given, place, language, f"{layout.slug}-{case}", folder=layout.folder)
                number = next(turn) + number_of(layout)
                yield case, wish, BRANDS[number % len(BRANDS)]
                if case == "longest":
                    yield case, wish, BRANDS[(number + 2) % len(BRANDS)]


def number_of(layout):
    return len(layout.slug)  # another brand first in each layout


# Markup in data is shown as it is, and the rule on alternative texts rightly tells that it is there.
def errors_of(case, findings, wish, brand):
    return [
        f"{case} {wish.language} {wish.placement.name} {brand}: {one.rule}: {one.message}"
        for one in findings
        if one.severity is Severity.ERROR and not (case == "hostile" and one.rule == "alt-text")
    ]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_holds_all_data_that_its_fields_take(studio, name):
    """Nothing is cut off, leaves its box or the safe area, gets too small to read or has no glyph."""
    layout, kits = Layout.load(name), {brand: Brand.load(brand) for brand in BRANDS}
    found = []
    for case, wish, brand in wishes(layout):
        try:
            found += errors_of(case, studio.measure(layout, kits[brand], wish).findings, wish, brand)
        except FieldError:
            assert case in MAY_REFUSE
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_painted_of_all_data_is_ready(studio, name):
    """Contrast, facts and files too: some of the records, with cases, shapes and brands in turn."""
    layout, kits = Layout.load(name), {brand: Brand.load(brand) for brand in BRANDS}
    found = []
    for case, wish, brand in list(wishes(layout))[::PAINTED]:
        try:
            asset = studio.make(layout, kits[brand], wish)
        except FieldError:
            assert case in MAY_REFUSE
            continue
        found += errors_of(case, asset.findings, wish, brand)
        assert asset.alt_text
    assert not found, "\n".join(found)
