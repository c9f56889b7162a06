"""Write the pictures of the README from the sample campaign: each a strip of assets side by side, at phone size.

One more shows a layout with its own example in every brand, used light above and dark below.

Run it after `make demo`: `python docs/make_pictures.py`.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from assetgen import parts, placement
from assetgen.brand import THEMES, Brand
from assetgen.layout import Layout
from assetgen.studio import Studio, Wish

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out" / "nusantara"
TARGET = ROOT / "docs" / "pictures"
GAP, HEIGHT = 24, 520
STRIPS = {
    "shapes": [
        f"penduduk-indonesia/{place}-id"
        for place in ("instagram-feed-portrait", "instagram-story", "x-post", "facebook-link")
    ],
    "data": [
        "provinsi-terpadat/instagram-feed-portrait-id",
        "umk-2024/instagram-feed-square-id",
        "belanja-2026/instagram-feed-portrait-id",
        "kutipan-anggaran/instagram-feed-portrait-id",
    ],
    "stories": [
        "peta-kepadatan/instagram-feed-portrait-id",
        "ke-mana-anggaran-2026/instagram-feed-portrait-id",
        "tambahan-anggaran-2026/instagram-feed-portrait-id",
        "umk-malang-2020-2024/instagram-feed-portrait-id",
    ],
    "health": [
        "cek-kesehatan-lansia/instagram-feed-portrait-id",
        "imunisasi-anak/instagram-feed-portrait-id",
        "hoaks-vaksin/instagram-feed-portrait-id",
        "cek-kesehatan-lansia/instagram-story-en",
    ],
}


def main() -> None:
    """Write one JPEG for each strip."""
    TARGET.mkdir(exist_ok=True)
    for name, folders in STRIPS.items():
        pictures = [_scaled(Image.open(next((OUT / folder).glob("01.*")))) for folder in folders]
        width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
        strip = Image.new("RGB", (width, HEIGHT + 2 * GAP), "#e9e9e6")
        left = GAP
        for picture in pictures:
            strip.paste(picture, (left, GAP))
            left += picture.width + GAP
        strip.save(TARGET / f"{name}.jpg", quality=86, optimize=True)
        print(f"wrote {TARGET / name}.jpg")
    _brands("dashboard").save(TARGET / "brands.jpg", quality=86, optimize=True)


def _brands(name: str) -> Image.Image:
    """Return a layout in all brands, light and dark."""
    layout, place = Layout.load(name), placement.load("instagram/feed-portrait")
    wish = Wish(layout.example()["id"], place, folder=layout.folder)
    names, size = sorted(parts.kit_names("brand")), (300, 375)
    board = Image.new("RGB", (len(names) * (size[0] + GAP) + GAP, len(THEMES) * (size[1] + GAP) + GAP), "#e9e9e6")
    with Studio() as studio:
        for row, theme in enumerate(THEMES):
            for column, brand in enumerate(names):
                picture = studio.make(layout, Brand.load(brand).themed(theme), wish).image.convert("RGB")
                at = GAP + column * (size[0] + GAP), GAP + row * (size[1] + GAP)
                board.paste(picture.resize(size, Image.Resampling.LANCZOS), at)
    return board


def _scaled(picture: Image.Image) -> Image.Image:
    """Return a picture of the strip's height, or for flat ones of a width that does not drown the others."""
    height = min(HEIGHT, round(420 * picture.height / picture.width)) if picture.width > picture.height else HEIGHT
    return picture.resize((round(picture.width * height / picture.height), height), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
