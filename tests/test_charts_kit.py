"""The pieces of charts: rulers, scales, places, colours and text."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen import parts
from assetgen.brand import Brand
from assetgen.charts._kit.colours import categorical, contrast, diverging, palette_of, sequential, told_apart
from assetgen.charts._kit.placing import Taken, around, spread
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.scales import Time, linear, nice_ticks, with_ticks
from assetgen.charts._kit.text import fit
from assetgen.look import TextStyle
from assetgen.model import Page, Rectangle, Size

BRANDS = {name: Brand.load(name) for name in ("lentera", "sagara")}
SAMPLES = (
    "Kabupaten Kepulauan Siau Tagulandang Biaro",
    "Pertanggungjawaban APBD, 2025–2026 (triliun)",
    "Rp1.234.567,89",
    "AVATAR Toba, Wajo, Yogya",
    "−12,5% * belum tersedia",
    "Šárka Đặng → ✓",
)


@pytest.mark.parametrize("name", BRANDS)
def test_the_ruler_measures_as_the_engine_sets(name):
    """Within 2 %, in every weight that charts use."""
    brand, engine = BRANDS[name], parts.load("engines", "takumi").open_engine()
    for weight in (500, 600, 700):
        lines = "".join(
            f'<p data-n="{number}" style="margin:0;white-space:nowrap;font-family:var(--font-body);font-size:40px;'
            f'font-weight:{weight};font-variant-numeric:lining-nums tabular-nums">{text}</p>'
            for number, text in enumerate(SAMPLES, 1)
        )
        html = f'<div class="canvas" data-n="0">{lines}</div>'
        page = Page(html, (brand.stylesheet, ".canvas { width: 1080px }"), Size(1080, 600), brand.font_files)
        found = {box.element: box for box in engine.measure(page)}
        for number, text in enumerate(SAMPLES, 1):
            runs = [run.rectangle for run in found[number].runs]
            wanted = max(run.right for run in runs) - min(run.left for run in runs)
            assert brand.look.ruler.width(text, TextStyle(40, weight)) == pytest.approx(wanted, rel=0.02), text
    engine.close()


@given(st.decimals(-(10**9), 10**9, places=2), st.decimals(0, 10**9, places=2), st.integers(3, 8))
def test_ticks_are_few_round_and_hold_the_data(low, span, most):
    """At even steps, from below the lowest to above the highest."""
    scale, ticks = with_ticks(linear([low, low + span], 0, 100, zero=False), most)
    assert 2 <= len(ticks) <= most
    assert ticks[0] <= low
    assert ticks[-1] >= low + span
    steps = {two - one for one, two in pairwise(ticks)}
    assert len(steps) == 1
    assert next(iter(steps)).normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}
    assert scale.low == ticks[0]


def test_ticks_of_a_common_chart():
    """0 to 10.14 has the ticks that anyone would write."""
    assert nice_ticks(Decimal(0), Decimal("10.14"), 5) == (0, 5, 10, 15)


def test_dates_have_ticks_at_months_and_years():
    """At most as many as asked for, at even steps."""
    assert [day.year for day in Time(date(2000, 3, 1), date(2025, 3, 1), 0, 100).ticks(6)] == [
        2005,
        2010,
        2015,
        2020,
        2025,
    ]
    assert [day.month for day in Time(date(2025, 1, 5), date(2025, 6, 20), 0, 100).ticks(6)] == [2, 3, 4, 5, 6]
    assert Time(date(2020, 1, 1), date(2021, 1, 1), 10, 20)(date(2021, 1, 1)) == 20


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(10, 60)), min_size=1, max_size=12))
def test_labels_are_spread_without_overlap_inside_their_room(pairs):
    """As near to their points as can be; None only where they are higher together than the room."""
    wanted, heights = [one for one, _ in pairs], [height for _, height in pairs]
    found = spread(wanted, heights, 0, 500)
    if found is None:
        assert sum(heights) > 500
        return
    order = sorted(range(len(found)), key=lambda number: found[number])
    edges = [(found[number] - heights[number] / 2, found[number] + heights[number] / 2) for number in order]
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= 500 + 1e-6
    assert all(one[1] <= two[0] + 1e-6 for one, two in pairwise(edges))


def test_labels_that_are_apart_stay_where_they_are():
    """Nothing is moved that need not be."""
    assert spread([100, 300], [40, 40], 0, 500) == [100, 300]
    assert spread([100, 110], [40, 40], 0, 500) == [85, 125]


def test_a_label_takes_the_first_free_place_around_its_point():
    """Above, unless something is there; none when all places are taken."""
    taken = Taken(Rectangle(0, 0, 400, 400))
    first = taken.first_free(around(200, 200, 80, 30, 10))
    assert first == Rectangle(160, 160, 240, 190)
    second = taken.with_area(first).first_free(around(200, 200, 80, 30, 10))
    assert second == Rectangle(160, 210, 240, 240)
    assert taken.with_area(taken.bounds).first_free(around(200, 200, 80, 30, 10)) is None


@pytest.mark.parametrize("ground", ["plain", "strong"])
@pytest.mark.parametrize("name", BRANDS)
def test_series_are_told_apart_by_all_eyes(name, ground):
    """Up to five, for normal, deutan and protan eyes, and seen on their ground."""
    look = BRANDS[name].look
    palette = palette_of(look, ground)
    for count in range(2, 6):
        colours = categorical(look, palette, count)
        assert len(set(colours)) == count
        assert colours[0] == palette.data
        assert told_apart(colours)
        assert all(contrast(colour, palette.ground) >= 1.4 for colour in colours)


def test_red_and_green_alone_are_not_told_apart():
    """The check sees what deutan eyes do not."""
    assert not told_apart(("#8a7a00", "#c05a00"))
    assert told_apart(("#000000", "#ffffff"))


@pytest.mark.parametrize("ground", ["plain", "strong"])
@pytest.mark.parametrize("name", BRANDS)
def test_ramps_rise_evenly_in_contrast(name, ground):
    """A later class of a sequential ramp is seen better on its ground; a diverging one is quiet in the middle."""
    palette = palette_of(BRANDS[name].look, ground)
    seen = [contrast(colour, palette.ground) for colour in sequential(palette, 5)]
    assert seen == sorted(seen)
    middle = [contrast(colour, palette.ground) for colour in diverging(palette, 5)]
    assert middle[2] == min(middle)
    assert len(set(diverging(palette, 5))) == 5


def test_a_hero_ground_is_what_the_brand_says():
    """Cobalt in one brand, paper in the other."""
    assert palette_of(BRANDS["sagara"].look, "hero") == palette_of(BRANDS["sagara"].look, "strong")
    assert palette_of(BRANDS["lentera"].look, "hero") == palette_of(BRANDS["lentera"].look, "plain")


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=60), st.floats(40, 800)
)
def test_fitted_text_keeps_every_word(text, width):
    """In one line or two, no wider than asked, with all letters; else None."""
    label = Label.plain(" ".join(text.split()) or "x")
    ruler, style = BRANDS["lentera"].look.ruler, TextStyle(30, 500)
    found = fit(label, width, ruler, style)
    if found is None:
        return
    assert found.width <= width + 1e-6
    assert len(found.lines) <= 2
    shown = "".join(str(line.unescape()) for line in found.lines)
    assert shown.replace(" ", "") == label.text.replace(" ", "") or "." in shown
