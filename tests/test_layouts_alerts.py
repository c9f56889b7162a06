"""The layouts of alerts: what they show is what was published, they refuse what an alert must not lack, and they fit."""

import pytest

from assetgen import make, placement
from assetgen.brand import Brand
from assetgen.errors import FieldError
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.parts import kit_names
from assetgen.studio import Studio, Wish

SHAPES = {
    "square": "instagram/feed-square",
    "portrait": "instagram/feed-portrait",
    "tall": "instagram/feed-portrait-3x4",
    "story": "instagram/story",
    "cover": "instagram/reel-cover",
    "narrow": "tiktok/photo",
    "wide": "x/post",
    "landscape": "facebook/link",
}
LONG = "Kabupaten Kepulauan Siau Tagulandang Biaro"
SOURCE = "BMKG Stasiun Geofisika Kelas I Manado"
QUAKE = {
    "place": "128 km BaratDaya KEP-SIAUTAGULANDANGBIARO-SULUT",
    "magnitude": 5.6,
    "date": "2026-10-14",
    "time": "04:12:37 WIB",
    "latitude": "8.71 LS",
    "longitude": "108.94 BT",
    "depth": "24 km",
    "tsunami": "Tidak berpotensi tsunami",
    "source": "BMKG",
}
LONG_QUAKE = {
    **QUAKE,
    "place": f"di laut, 128 km barat daya {LONG}",
    "magnitude": 10.0,
    "date": "2026-09-30",
    "tsunami": "Gempa ini dirasakan untuk diteruskan pada masyarakat",
    "felt": f"VII-VIII {LONG}, VI Kabupaten Bolaang Mongondow Selatan, V Bitung, IV Kota Kotamobagu, III-IV Manado, "
    "III Kabupaten Minahasa Tenggara, II-III Ternate",
    "updated": 12,
    "advice": ["Jauhi bangunan retak dan periksa rumah sebelum masuk lagi", "Bersiap untuk gempa susulan di malam hari"],
    "rubric": "Info Gempa Terkini",
    "source": SOURCE,
}
CASES = {
    "quake, longest": ("quake", LONG_QUAKE),
    "quake, shortest": ("quake", QUAKE),
    "quake, tsunami announced": ("quake", {**LONG_QUAKE, "tsunami": "Berpotensi tsunami untuk diteruskan", "felt": "-"}),
    "quake, far from land": ("quake", {**QUAKE, "latitude": "14.9 LS", "longitude": "95.1 BT"}),
}


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_an_alert_fits_in_every_shape_and_brand(studio, case, shape):
    """At its longest and at its shortest, in both languages, there is no finding of severity error."""
    name, given = CASES[case]
    layout = Layout.load(name)
    for brand in kit_names("brand"):
        for language in ("id", "en"):
            wish = Wish(given, placement.load(SHAPES[shape]), language, slug=name, folder=layout.folder)
            findings = studio.make(layout, Brand.load(brand), wish).findings
            errors = [f"{one.rule}: {one.message}" for one in findings if one.severity is Severity.ERROR]
            assert not errors, f"{brand}, {language}: " + "; ".join(errors[:4])
