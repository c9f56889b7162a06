"""Agenda and recruitment refuse what would send people to the wrong day or the wrong address."""

import pytest

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import AssetgenError
from assetgen.layout import Layout


def bound(name, place="instagram/feed-portrait", **more):
    layout = Layout.load(name)
    given = {**layout.example()["id"], **more}
    return Binder.of(layout, Brand.load("sagara")).bind(given, placement.load(place), "id", layout.folder)


@pytest.mark.parametrize("url", ["bit.ly/loker-sagara", "rekrutmen-kotasagara.com", "go.id.example.com"])
def test_a_recruitment_refuses_an_address_that_is_not_official(url):
    """Fraud lives on short links and look-alike addresses."""
    with pytest.raises(AssetgenError, match="no official page"):
        bound("recruitment", url=url)


def test_a_recruitment_says_its_period_and_that_it_costs_nothing():
    """The warning is on each picture, the total is that of all positions, and the period has an order."""
    page = bound("recruitment").pages[0].html
    assert "Tidak dipungut biaya" in page
    assert "Waspada penipuan" in page
    assert ">46<" in page
    with pytest.raises(AssetgenError, match="close before they open"):
        bound("recruitment", closes="2026-11-01")


def test_an_agenda_is_in_the_order_of_its_days_and_counts_what_it_leaves_out():
    """Rows of a sheet come in any order; a wide picture says how many more there are."""
    items = list(reversed(Layout.load("agenda").example()["id"]["items"]))
    page = bound("agenda", "x/post", items=items).pages[0].html
    assert page.index("Imunisasi kejar campak") < page.index("Kelas ibu hamil")
    assert "agenda lain" in page


def test_an_agenda_refuses_an_event_that_ends_before_it_begins():
    """Nobody could go there."""
    items = [{"date": "2026-12-05", "date_end": "2026-12-03", "title": "Bazar", "place": "Balai Kota"}] * 2
    with pytest.raises(AssetgenError, match=r"ends before it begins|before it starts"):
        bound("agenda", items=items)
