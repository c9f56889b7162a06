"""Hold the figures of the samples of maps: people (second half of 2024) and area of the 38 provinces.

From the sample campaign's provinsi-38-luas-penduduk-2025.csv; see NOTICE for its sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PEOPLE_AND_AREA: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "Aceh": (5623479, 56835),
        "Sumatera Utara": (15640905, 72438),
        "Sumatera Barat": (5820359, 42108),
        "Riau": (7099297, 89901),
        "Jambi": (3834439, 49023),
        "Sumatera Selatan": (9064690, 86772),
        "Bengkulu": (2127957, 20122),
        "Lampung": (9144263, 33571),
        "Kepulauan Bangka Belitung": (1549562, 16670),
        "Kepulauan Riau": (2271890, 8170),
        "DKI Jakarta": (11038216, 662),
        "Jawa Barat": (51316378, 37053),
        "Jawa Tengah": (38430645, 34347),
        "DI Yogyakarta": (3743365, 3170),
        "Jawa Timur": (41919906, 48056),
        "Banten": (12881374, 9356),
        "Bali": (4375263, 5583),
        "Nusa Tenggara Barat": (5751295, 19632),
        "Nusa Tenggara Timur": (5700772, 46378),
        "Kalimantan Barat": (5646268, 147018),
        "Kalimantan Tengah": (2825290, 153430),
        "Kalimantan Selatan": (4305281, 37125),
        "Kalimantan Timur": (4123303, 126952),
        "Kalimantan Utara": (770627, 69901),
        "Sulawesi Utara": (2645291, 14488),
        "Sulawesi Tengah": (3219494, 61497),
        "Sulawesi Selatan": (9528276, 45324),
        "Sulawesi Tenggara": (2824589, 36139),
        "Gorontalo": (1250960, 12025),
        "Sulawesi Barat": (1466741, 16591),
        "Maluku": (1935586, 46134),
        "Maluku Utara": (1394231, 31466),
        "Papua": (1102360, 81383),
        "Papua Barat": (576255, 60309),
        "Papua Selatan": (562220, 117859),
        "Papua Tengah": (1369112, 61080),
        "Papua Pegunungan": (1470518, 52509),
        "Papua Barat Daya": (623186, 39103),
    }
)
