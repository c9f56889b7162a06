"""Write docs/backgrounds/, what the drawn backgrounds look like and take: `python docs/make_backgrounds.py`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from assetgen import parts
from assetgen.backgrounds._picture import picture_of, source_of
from assetgen.brand import Brand
from assetgen.model import Size

TARGET = Path(__file__).parent / "backgrounds"
# What each is shown on: the brand, its ground and the colour of the drawing.
LOOKS = (("lentera", "background", "primary"), ("sagara", "surface-strong", "text-on-strong"))
SIZE, WIDTH, MOST_BYTES = Size(1080, 810), 400, 40_000
INTRO = """# Backgrounds

Drawn from formulas in the colours of the brand, quiet enough for text: 4 to 10 % by themselves. First in the section:

```html
<section class="page ground-hero">
  {{ background("kawung") }}
  {{ background("topographic", ground="strong", strength=0.12, levels=16) }}
  {{ background(ground="hero") }}
```

The last one takes what the brand chose in `brand.toml`, and nothing where it chose nothing:

```toml
[tokens]
background-hero = "kawung"
background-hero-strength = 0.045
```

`assetgen list backgrounds` names them. A background is drawn once for a brand and a size, in 2 to 120 ms, and costs a
page up to 3 ms from then on. One more is one file in `assetgen/backgrounds/`: `draw(canvas, …)` returns how much of the
colour lies on each pixel. Below, each stands in two brands, at twice its strength so that it can be judged. This page
is written by `docs/make_backgrounds.py`.
"""


def picture(name: str, look: tuple[str, str, str]) -> bytes:
    """Return a background on a ground of a brand as a small WebP of less than `MOST_BYTES`."""
    brand = Brand.load(look[0])
    strength = min(1.0, 2 * parts.load("backgrounds", name).STRENGTH)
    drawn = picture_of(source_of(name, brand.colors[look[2]], strength), SIZE, brand.look)
    assert drawn is not None
    ground = Image.new("RGBA", (SIZE.width, SIZE.height), brand.colors[look[1]])
    ground.alpha_composite(Image.open(BytesIO(drawn)).convert("RGBA"))
    small = ground.convert("RGB").resize((WIDTH, WIDTH * SIZE.height // SIZE.width), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=6)
    if len(out.getvalue()) > MOST_BYTES:
        raise ValueError(f"the picture of {name} has {len(out.getvalue())} bytes, at most {MOST_BYTES} are wanted")
    return out.getvalue()


def index() -> str:
    """Return the page that shows all backgrounds."""
    return "\n".join([INTRO, *(_entry(name) for name in parts.names("backgrounds"))])


def _entry(name: str) -> str:
    part = parts.load("backgrounds", name)
    options = "\n".join(f"- `{option}`: {about}" for option, about in part.OPTIONS.items())
    pictures = " ".join(f'<img src="{name}-{brand}.webp" width="360" alt="{name}, {brand}">' for brand, *_ in LOOKS)
    return f"## {name}\n\n{(part.__doc__ or '').strip()}\n\nStrength {part.STRENGTH:g}.\n\n{options}\n\n{pictures}\n"


def main() -> None:
    """Write all pictures and the page."""
    TARGET.mkdir(exist_ok=True)
    for name in parts.names("backgrounds"):
        for look in LOOKS:
            (TARGET / f"{name}-{look[0]}.webp").write_bytes(picture(name, look))
    (TARGET / "README.md").write_text(index(), "utf-8")


if __name__ == "__main__":
    main()
