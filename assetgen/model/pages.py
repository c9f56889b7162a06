"""Hold what is painted: pages with fonts and pictures, the boxes and text that landed on them, and pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

from assetgen.model.clips import Clip
from assetgen.model.geometry import Rectangle, Size
from assetgen.model.places import CANVAS_WIDTH

if TYPE_CHECKING:
    import numpy
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Font:
    """One font file, to be registered under a family, weight and style."""

    family: str
    weight: int
    style: Literal["normal", "italic"]
    path: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A user's photo, and the point (shares of width and height) that must stay in sight when it is cropped.

    `digest` tells photos apart without looking at all their bytes; empty where nobody made one. `clip` is what plays in
    its place where things move; the photo is then its poster. `piece` is which of how many equal columns of the photo,
    counted from its left, stands in the box: (0, 1) is all of it.
    """

    data: bytes
    name: str
    focus: tuple[float, float] = (0.5, 0.5)
    digest: bytes = b""
    clip: Clip | None = None
    piece: tuple[int, int] = (0, 1)


@dataclass(frozen=True, slots=True)
class Page:
    """One section, ready for an engine.

    `size` is in output pixels; the styles see a canvas `CANVAS_WIDTH` CSS pixels wide, so `scale` output pixels make
    one CSS pixel. `pictures` holds finished picture bytes by the `src` that names them, `photos` what is still to be
    cut to the box in which it lands. `sizes` and `widths` are what fitting decided for single elements: font sizes and
    greatest widths, in CSS pixels. `leadings` are the line heights, as shares of the font size, that lay the lines of
    single elements on whole output pixels; an engine finds them where they are None.
    `motion` is what the styles say with their animations, for pages that move.
    """

    html: str
    stylesheets: tuple[str, ...]
    size: Size
    fonts: tuple[Font, ...]
    language: str = "id"
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    photos: Mapping[str, Photo] = field(default_factory=dict)
    sizes: Mapping[int, float] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    motion: tuple[str, ...] = ()
    leadings: Mapping[int, float] | None = None

    @property
    def styles(self) -> tuple[str, ...]:
        """Return the stylesheets, and behind them what fitting decided."""
        rules = [f'[data-n="{number}"]{{font-size:{size:g}px !important}}' for number, size in self.sizes.items()]
        rules += [f'[data-n="{number}"]{{max-width:{width:.1f}px !important}}' for number, width in self.widths.items()]
        rules += [
            f'[data-n="{number}"]{{line-height:{leading:.6f} !important}}'
            for number, leading in (self.leadings or {}).items()
        ]
        return (*self.stylesheets, "".join(rules)) if rules else self.stylesheets

    @property
    def scale(self) -> float:
        """Return how many output pixels make one CSS pixel."""
        return self.size.width / CANVAS_WIDTH


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on one line: the ink's rectangle, its font size in CSS pixels, and the element it belongs to."""

    text: str
    rectangle: Rectangle
    font_size: float
    element: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where an element landed, in output pixels.

    `element` is its number in document order, as written in `data-n`; `parent` that of the element around it;
    `runs` is the text that stands directly in it; `rotated` tells that the rectangle only bounds a turned element.
    """

    element: int
    tag: str
    attributes: Mapping[str, str]
    rectangle: Rectangle
    runs: tuple[Run, ...] = ()
    parent: int | None = None
    rotated: bool = False

    @property
    def text(self) -> str:
        """Return the text that stands directly in the element."""
        return "".join(run.text for run in self.runs).strip()

    def describe(self) -> str:
        """Write a short selector that a layout author recognises."""
        names = self.attributes.get("class", "").split()
        return self.tag + "".join(f".{name}" for name in names[:2])


LUMINANCE_WEIGHTS = (0.2126, 0.7152, 0.0722)


@cache
def linear_light() -> tuple[float, ...]:
    """Return the linear light of the 256 values of an sRGB channel (WCAG 2.2, relative luminance)."""
    shares = (value / 255 for value in range(256))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)


@dataclass(frozen=True)
class Frame:
    """Pixels: straight (not premultiplied) sRGB, 8 bits, four channels, rows from the top."""

    size: Size
    pixels: bytes | bytearray

    @cached_property
    def array(self) -> numpy.ndarray:
        """Return the pixels as a read-only array of shape (height, width, 4)."""
        import numpy

        array = numpy.frombuffer(self.pixels, numpy.uint8).reshape(self.size.height, self.size.width, 4)
        array.flags.writeable = False
        return array

    @cached_property
    def opaque(self) -> bool:
        """Tell whether no pixel is transparent."""
        # Red is the lowest byte: a pixel as one number is at least this where alpha is full. A sixth of the time.
        return bool(self.array.view("<u4").min(initial=0xFFFFFFFF) >= 0xFF000000)

    @cached_property
    def luminance(self) -> numpy.ndarray:
        """Return the relative luminance of every pixel, 0 to 1, without regard to alpha (WCAG 2.2)."""
        import numpy

        linear = numpy.array(linear_light(), numpy.float32)[self.array[..., :3]]
        found: numpy.ndarray = linear @ numpy.array(LUMINANCE_WEIGHTS, numpy.float32)
        return found

    def image(self) -> Image:
        """Return the pixels as a PIL image, RGB when opaque, else RGBA."""
        from PIL import Image

        picture = Image.frombuffer("RGBA", (self.size.width, self.size.height), self.pixels, "raw", "RGBA", 0, 1)
        return picture.convert("RGB") if self.opaque else picture.copy()
