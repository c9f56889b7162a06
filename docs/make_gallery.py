"""Write docs/gallery/, every layout in every shape with its own example: `python docs/make_gallery.py [layout …]`.

Two brands show each layout, and the brands take turns, so that each is seen with every kind of content. A layout that
makes several pages for a carousel shows them as a row of their own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from assetgen import parts, placement
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Frame, Placement
from assetgen.studio import Studio, Wish

TARGET = Path(__file__).parent / "gallery"
SHAPES = ("feed-portrait", "feed-portrait-3x4", "feed-square", "story")
PLACES = (*(f"instagram/{name}" for name in SHAPES), "x/post", "facebook/link")
OTHER_PLACES = {"banner": "x/header"}
CAROUSEL = "instagram/carousel"
HEIGHT, GAP, PAPER, MOST_BYTES = 300, 10, "#dcdcd6", 200_000
BRANDS = tuple(sorted(parts.kit_names("brand")))
LAYOUTS = tuple(sorted(parts.kit_names("layouts")))
INTRO = """# Gallery

Every layout with its own example, in every shape that it is made for; two brands show each. A layout becomes another
design with another brand: see [brands.md](../brands.md). How to make one: [layouts.md](../layouts.md). This page and
its pictures are written by `docs/make_gallery.py`.
"""


def brands_of(number: int) -> tuple[str, str]:
    """Return the two brands that show the layout with a number."""
    return BRANDS[number % len(BRANDS)], BRANDS[(number + 1 + number // len(BRANDS) % (len(BRANDS) - 1)) % len(BRANDS)]


def places_of(layout: Layout) -> list[Placement]:
    """Return one placement for each shape of a layout."""
    wanted = [placement.load(name) for name in (*PLACES, *OTHER_PLACES.values())]
    return [place for place in wanted if place.shape in layout.shapes]


def strip(frames: Sequence[Frame]) -> Image.Image:
    """Return pictures side by side, of one height; flat ones a little lower, so that they do not drown the others."""
    pictures = [_small(frame) for frame in frames]
    width = sum(picture.width + GAP for picture in pictures) + GAP
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), PAPER)
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    return sheet


def _small(frame: Frame) -> Image.Image:
    picture = frame.image().convert("RGBA")
    ground = Image.new("RGBA", picture.size, "#8f958f")
    ground.alpha_composite(picture)
    height = HEIGHT if picture.width <= picture.height else HEIGHT * 3 // 4
    size = (round(picture.width * height / picture.height), height)
    return ground.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def sheets(layout: Layout, brands: Sequence[str], studio: Studio) -> dict[str, Image.Image]:
    """Return the strips of a layout by the ends of their names."""
    made = {}
    for name in brands:
        brand = Brand.load(name)

        def paint(place: Placement, brand: Brand = brand) -> tuple[Frame, ...]:
            wish = Wish(layout.example()["id"], place, "id", layout.slug, folder=layout.folder)
            return studio.make(layout, brand, wish).frames

        made[name] = strip([paint(place)[0] for place in places_of(layout)])
        carousel = placement.load(CAROUSEL)
        slides = paint(carousel) if name == brands[0] and layout.carousel else ()
        if len(slides) > 1:
            made["carousel"] = strip(slides)
    return made


def index() -> str:
    """Return the page that shows all strips."""
    return "\n".join([INTRO, *(_entry(Layout.load(name), number) for number, name in enumerate(LAYOUTS))])


def _entry(layout: Layout, number: int) -> str:
    names = [*brands_of(number), *(["carousel"] if (TARGET / f"{layout.slug}-carousel.webp").is_file() else [])]
    pictures = "\n\n".join(f"![{layout.slug}, {name}]({layout.slug}-{name}.webp)" for name in names)
    return f"## {layout.slug}: {layout.title}\n\n{layout.description}\n\n{pictures}\n"


def main(wanted: Sequence[str]) -> None:
    """Write the strips of the layouts named, or of all, and the page."""
    TARGET.mkdir(exist_ok=True)
    with Studio() as studio:
        for number, name in enumerate(LAYOUTS):
            if wanted and name not in wanted:
                continue
            for old in TARGET.glob(f"{name}-*.webp"):
                old.unlink()
            for end, sheet in sheets(Layout.load(name), brands_of(number), studio).items():
                (TARGET / f"{name}-{end}.webp").write_bytes(encoded(sheet))
            print(f"wrote {TARGET}/{name}-*.webp")
    (TARGET / "README.md").write_text(index(), "utf-8")


def encoded(sheet: Image.Image) -> bytes:
    """Return a strip as WebP; raises ValueError where it is larger than a repository should carry."""
    out = BytesIO()
    sheet.save(out, "WEBP", quality=50, method=6)
    if len(out.getvalue()) > MOST_BYTES:
        raise ValueError(f"the picture has {len(out.getvalue())} bytes, at most {MOST_BYTES} are wanted")
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
