"""Notices to the public: each refuses what would mislead people, and says what it must."""

import pytest

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import FieldError, LayoutError
from assetgen.layout import Layout
from assetgen.studio import Studio, Wish

BRAND = Brand.load("sagara")


def bound(name, slot="instagram/feed-portrait", language="id", **changes):
    layout = Layout.load(name)
    given = {key: value for key, value in {**layout.example()[language], **changes}.items() if value is not None}
    return Binder.of(layout, BRAND).bind(given, placement.load(slot), language, layout.folder)


def page(name, slot="instagram/feed-portrait", **changes):
    return bound(name, slot, **changes).pages[0].html


@pytest.mark.parametrize("days", [6, 8, 0])
def test_a_countdown_that_does_not_agree_with_its_dates_is_refused(days):
    """One day too few or too many, and "today" on another day."""
    with pytest.raises(FieldError, match="there are 7"):
        page("countdown", days=days)


def test_a_countdown_to_a_day_that_has_passed_is_refused():
    """Even when the number left is 0."""
    with pytest.raises(FieldError, match="passed"):
        page("countdown", days=0, as_of="2026-12-05")


def test_a_countdown_marks_each_day_that_is_left():
    """Seven days and the day itself; on the day it says so, and far from it the row would be dust."""
    assert page("countdown").count('class="tick') == 8
    today = page("countdown", days=0, as_of="2026-12-04")
    assert "Hari ini" in today
    assert 'class="tick' not in today
    assert 'class="tick' not in page("countdown", days=64, as_of="2026-10-01")


@pytest.mark.parametrize("end", ["2026-11-28 06:00 WIB", "2026-11-28 07:00 WITA", "2026-11-27 18:00 WIB"])
def test_a_closure_that_ends_before_it_starts_is_refused(end):
    """Also at the same moment, said in another zone."""
    with pytest.raises(FieldError, match="ends before"):
        page("traffic", end=end)


def test_an_arrow_points_somewhere_only_with_a_detour():
    """Without one the sign of a closure stands there, whatever the direction says."""
    left = "M22 9.2H12"
    assert left in page("traffic")
    assert left not in page("traffic", direction=None)
    assert left not in page("traffic", detour=None)


def test_coverage_is_recomputed_and_a_stated_one_that_differs_is_refused():
    """31,890 of 48,213 are 66.1 percent: 66 agrees, 67 does not."""
    rows = Layout.load("health-counts").example()["id"]["items"]
    stated = lambda value: [rows[0], {**rows[1], "coverage": value}, rows[2]]  # noqa: E731 — one line, used twice
    assert "66,1%" in page("health-counts", items=stated(66))
    with pytest.raises(FieldError, match="Dosis 2"):
        page("health-counts", items=stated(67))


def test_doses_that_are_not_the_sum_and_more_people_than_there_are_are_refused():
    """A total that is one off, and a dose that reached more than the population."""
    with pytest.raises(FieldError, match="sum"):
        page("health-counts", doses=86348)
    with pytest.raises(LayoutError, match="no part of"):
        page("health-counts", population=40000)


def test_a_row_of_its_own_population_is_measured_by_it():
    """Its coverage follows, and the page says of how many."""
    rows = Layout.load("health-counts").example()["id"]["items"]
    shown = page("health-counts", doses=None, items=[*rows[:2], {**rows[2], "target": 26506}])
    assert "50,0%" in shown
    assert "26.506" in shown


def test_a_code_leads_only_to_a_domain_of_the_brand():
    """The page of another is written out without a code, and one that only ends like ours is not ours."""
    assert 'data-qr="https://dinkes.kotasagara.go.id/masukan"' in page("feedback")
    for url in ("lapor.go.id/a", "xkotasagara.go.id"):
        assert "data-qr" not in page("feedback", url=url)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(
            ("scam-warning", "official"),
            ("scam-warning", "report"),
            ("scam-warning", "signs"),
            ("scam-warning", "date"),
        ),
        *(("traffic", "end"), ("traffic", "location"), ("feedback", "privacy"), ("feedback", "deadline")),
        *(("countdown", "as_of"), ("countdown", "action"), ("health-counts", "population_name")),
    ],
)
def test_what_a_notice_must_carry_is_asked_for(name, field):
    """Nothing is made without it."""
    with pytest.raises(FieldError, match=field):
        page(name, **{field: None})


def test_a_scam_warning_says_what_is_never_asked_for():
    """In the words of the agency, or in those that hold for all."""
    assert "kode OTP" in page("scam-warning")
    assert "Petugas kami tidak pernah datang ke rumah" in page(
        "scam-warning", never="Petugas kami tidak pernah datang ke rumah"
    )


@pytest.mark.parametrize(
    ("slot", "glass", "side"), [("instagram/feed-portrait", "glass", "height"), ("facebook/link", "tube", "width")]
)
def test_glasses_are_equally_large_and_filled_to_their_coverage(slot, glass, side):
    """Whatever stands beside them: a label of two lines, a population of its own; flat shapes lay them down."""
    layout = Layout.load("health-counts")
    rows = layout.example()["id"]["items"]
    rows = [{**rows[0], "label": "Campak dan rubela"}, rows[1], {**rows[2], "target": 26506}]
    given = {**layout.example()["id"], "items": rows, "doses": None}
    with Studio() as studio:
        boxes = studio.measure(layout, BRAND, Wish(given, placement.load(slot), folder=layout.folder)).pages[0].boxes
    glasses = [box for box in boxes if box.attributes.get("class") == glass]
    fills = [getattr(box.rectangle, side) for box in boxes if box.attributes.get("class") == "fill"]
    large = getattr(glasses[0].rectangle, side)
    assert [getattr(box.rectangle, side) for box in glasses] == [pytest.approx(large, abs=1)] * 3
    inside = sum(getattr(box.rectangle, side) for box in boxes if box.parent == glasses[0].element)
    assert [fill / inside for fill in fills] == pytest.approx([0.8546, 0.6614, 0.5], abs=0.01)
