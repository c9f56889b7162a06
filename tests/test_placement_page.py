"""The page about placements says what the data says."""

import runpy
from pathlib import Path

MAKER = Path(__file__).parents[1] / "docs" / "make_placements.py"


def test_the_page_matches_the_data():
    """`docs/placements.md` is what `docs/make_placements.py` makes now; run it after a figure has changed."""
    assert MAKER.with_name("placements.md").read_text("utf-8") == runpy.run_path(str(MAKER))["page"]()


def test_every_placement_is_on_the_page():
    """No placement is missing from the page."""
    from assetgen import placement

    text = MAKER.with_name("placements.md").read_text("utf-8")
    assert [name for name in placement.names() if f"| `{name}`<br>" not in text] == []
