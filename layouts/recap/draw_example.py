"""Draw the photo of the example, a public service mall between hills: run it in this folder to make it again."""

from math import sin
from pathlib import Path

from PIL import Image, ImageDraw

WIDE, HIGH = 2160, 920
SKY, SUN, HILLS, GRASS, ROAD = "#cfe4ec", "#f3c64f", ("#a9c9c4", "#7fae9c", "#4f8a72"), "#3f7a58", "#d8cdb4"
WALL, SHADE, ROOF, GLASS = "#f6efe0", "#ded3bd", "#b4532f", "#7fb3c4"


def ridge(draw: ImageDraw.ImageDraw, height: int, wave: float, color: str) -> None:
    """Draw a range of hills from edge to edge."""
    tops = [(x, height - 70 * sin(x / wave) - 34 * sin(x / (wave / 2.7) + 1)) for x in range(0, WIDE + 20, 20)]
    draw.polygon([*tops, (WIDE, HIGH), (0, HIGH)], color)


def tree(draw: ImageDraw.ImageDraw, x: int, foot: int, size: int) -> None:
    """Draw a tree with a round crown, lit from the left."""
    draw.rectangle((x - size // 16, foot - size // 2, x + size // 16, foot), "#6b4a2f")
    draw.ellipse((x - size // 3, foot - size, x + size // 3, foot - size // 3), "#2f6a4a")
    draw.ellipse((x - size // 3, foot - size, x + size // 8, foot - size // 2), "#4c9168")


def building(draw: ImageDraw.ImageDraw, left: int, right: int, foot: int) -> None:
    """Draw the mall: a low hall with windows, a gabled roof and pillars in the middle."""
    middle, top = (left + right) // 2, foot - 260
    draw.rectangle((left, top, right, foot), WALL)
    draw.polygon([(left - 40, top), (left + 60, top - 110), (right - 60, top - 110), (right + 40, top)], ROOF)
    for x in range(left + 50, right - 120, 130):
        draw.rectangle((x, top + 60, x + 80, foot - 60), GLASS)
        draw.rectangle((x, top + 60, x + 80, top + 84), SHADE)
    draw.rectangle((middle - 210, top - 20, middle + 210, foot), SHADE)
    draw.polygon([(middle - 260, top - 20), (middle, top - 190), (middle + 260, top - 20)], ROOF)
    for x in range(middle - 190, middle + 191, 95):
        draw.rectangle((x - 16, top - 10, x + 16, foot), WALL)
    draw.rectangle((middle - 250, foot - 18, middle + 250, foot + 14), WALL)


def scene() -> Image.Image:
    """Return the whole picture, which has something to see in each half."""
    picture = Image.new("RGB", (WIDE, HIGH), SKY)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 130, 520, 350), SUN)
    for number, color in enumerate(HILLS):
        ridge(draw, 420 + 90 * number, 310 - 60 * number, color)
    draw.rectangle((0, 690, WIDE, HIGH), GRASS)
    building(draw, 640, 1640, 720)
    draw.polygon([(1060, 734), (1220, 734), (1500, HIGH), (780, HIGH)], ROAD)
    for x, foot, size in (
        (120, 780, 300),
        (360, 740, 240),
        (560, 800, 280),
        (1730, 790, 290),
        (1930, 745, 230),
        (2080, 820, 320),
    ):
        tree(draw, x, foot, size)
    return picture


if __name__ == "__main__":
    scene().save(Path(__file__).parent / "mall.jpg", quality=82, optimize=True)
