"""Write docs/kit/, what the pieces of the kit look like and take: `python docs/make_kit.py [piece …]`.

Each file of `layouts/_kit/` tells its piece in the comment at its head, with a sample that is drawn here.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.paint import Painted, Painter

KIT = parts.built_in("layouts") / "_kit"
TARGET = Path(__file__).parent / "kit"
BRANDS = ("lentera", "sagara")
WIDTH, MARGIN, MOST_BYTES = 480, 48, 40_000
HEAD = re.compile(r"\{#(.*?)#\}", re.S)
SETTINGS = """title = "Kit"
description = "A piece of the kit."
shapes = ["square", "portrait", "story", "wide", "landscape"]
[fields.photo]
type = "image"
help = "A photo."
[labels.id]
source = "Sumber"
[labels.en]
source = "Source"
[alt]
id = "Contoh satu bagian dari kit, dengan angka 48.213."
en = "A sample of one piece of the kit, with the figure 48,213."
"""
STYLES = """.page { gap: 20px }
.page .demo { position: relative; flex: 1 1 0; min-height: 0; display: flex; flex-direction: column; gap: 28px }
"""
PAGE_HEAD = "{{ kit.masthead() }}"
PAGE_FOOT = '{{ kit.colophon("BPS") }}'
INTRO = """# The kit

Pieces that layouts share, drawn with their own samples in two brands, on the plain and on the strong ground:

```html
{% import "_kit/kit.html" as kit with context %}
{{ kit.badge("Gratis", "safe", "check") }}
```

A piece takes its colours from the ground it stands on and its form from the brand's tokens (`--radius`, `--rule`,
fonts). Its sizes inside are in `em`: set `font-size` on its class in `layout.css` to resize it, and restyle it there or
in `brand.css` by its classes. Lists take `size` and `least`: they then shrink to a bounded box like any text with
`data-fit`. A piece is a file `layouts/_kit/NAME.html` with its styles in `NAME.css`, which only pages with the class
`kit-NAME` pay for. This page is written by `docs/make_kit.py` from the heads of these files.
"""


@dataclass(frozen=True)
class Piece:
    """One file of the kit: its name, what it is, how it is called, and a sample (empty where it cannot stand alone)."""

    name: str
    about: str
    parameters: str
    sample: str


def pieces() -> tuple[Piece, ...]:
    """Return the pieces of the kit by name."""
    return tuple(_read(file) for file in sorted(KIT.glob("*.html")) if file.stem != "kit")


def _read(file: Path) -> Piece:
    found = HEAD.match(file.read_text("utf-8"))
    text = found[1] if found else ""
    told, _, sample = text.partition("Sample: ")
    about, *parameters = (" ".join(part.split()) for part in told.strip().split("\n\n"))
    return Piece(file.stem, about, " ".join(parameters), sample.strip())


def sample_layout(sample: str, folder: Path, ground: str = "", bare: bool = False) -> Layout:
    """Write a layout whose page shows a sample between masthead and source (nothing else when bare), and return it."""
    (folder / "layout.toml").write_text(SETTINGS, "utf-8")
    head, foot = ("", "") if bare else (PAGE_HEAD, PAGE_FOOT)
    (folder / "layout.html").write_text(
        '{% import "_kit/kit.html" as kit with context %}'
        f'<section class="page {ground}">{head}<div class="demo">{sample}</div>{foot}</section>',
        "utf-8",
    )
    (folder / "layout.css").write_text(STYLES, "utf-8")
    return Layout.load(folder)


def _cut(page: Painted) -> Image.Image:
    """Return what is drawn of the sample, with a margin."""
    demo = next(box for box in page.boxes if box.attributes.get("class") == "demo")
    inner = [box.rectangle for box in page.boxes if box.element > demo.element and box.parent == demo.element]
    bottom = max(area.bottom for area in inner) + MARGIN
    area = demo.rectangle
    return page.frame.image().convert("RGB").crop((0, round(area.top - MARGIN), page.frame.size.width, round(bottom)))


def picture(piece: Piece, brand: str, painter: Painter) -> bytes:
    """Return a piece on the plain and on the strong ground of a brand, as a small WebP of less than `MOST_BYTES`."""
    cuts = []
    for ground in ("", "ground-strong"):
        with TemporaryDirectory() as folder:
            layout = sample_layout(piece.sample, Path(folder), ground, bare=True)
            made = Binder.of(layout, Brand.load(brand)).bind(
                {}, placement.load("instagram/feed-portrait"), "id", layout.folder
            )
            cuts.append(_cut(painter.paint(made, ahead=False)[0]))
    whole = Image.new("RGB", (cuts[0].width, sum(cut.height for cut in cuts)))
    whole.paste(cuts[0], (0, 0))
    whole.paste(cuts[1], (0, cuts[0].height))
    small = whole.resize((WIDTH, round(whole.height * WIDTH / whole.width)), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=6)
    if len(out.getvalue()) > MOST_BYTES:
        raise ValueError(
            f"the picture of {piece.name} has {len(out.getvalue())} bytes, at most {MOST_BYTES} are wanted"
        )
    return out.getvalue()


def index() -> str:
    """Return the page that shows all pieces."""
    return "\n".join([INTRO, *(_entry(piece) for piece in pieces())])


def _entry(piece: Piece) -> str:
    lines = [f"## {piece.name}", piece.about, piece.parameters]
    if piece.sample:
        lines.append(f"```html\n{piece.sample}\n```")
        lines.append(
            " ".join(
                f'<img src="{piece.name}-{brand}.webp" width="360" alt="{piece.name}, {brand}">' for brand in BRANDS
            )
        )
    return "\n\n".join(line for line in lines if line) + "\n"


def main(wanted: list[str]) -> None:
    """Write the pictures of the pieces named, or of all, and the page."""
    TARGET.mkdir(exist_ok=True)
    with Painter() as painter:
        for piece in pieces():
            if piece.sample and (not wanted or piece.name in wanted):
                for brand in BRANDS:
                    (TARGET / f"{piece.name}-{brand}.webp").write_bytes(picture(piece, brand, painter))
    (TARGET / "README.md").write_text(index(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
