"""Draw the two photos of the example, a river bank before and after: run it in this folder to make them again."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = 900
SKY, FAR, HILL = ("#b9c3c4", "#a9d3ec"), ("#7d8a83", "#7fae8e"), ("#5f6e62", "#4f8f5d")
BANK, WATER, SHINE = ("#7b6a52", "#6da455"), ("#6b6248", "#4f9db4"), ("#7d7458", "#8cc7d6")


def scene(after: int) -> Image.Image:
    """Return the river: grey with rubbish on its bank (0), or clear with trees and a path (1)."""
    picture = Image.new("RGB", (SIZE, SIZE), SKY[after])
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 330), (180, 230), (380, 320), (600, 210), (900, 330), (900, 500), (0, 500)], FAR[after])
    draw.polygon([(0, 420), (300, 350), (560, 430), (900, 360), (900, 560), (0, 560)], HILL[after])
    draw.polygon([(0, 500), (900, 470), (900, 900), (0, 900)], BANK[after])
    draw.polygon([(430, 480), (540, 478), (780, 900), (120, 900)], WATER[after])
    for row in range(9):
        y, half = 520 + row * 42, 18 + row * 22
        draw.rounded_rectangle((470 - half + row % 3 * 20, y, 480 + half - row % 2 * 40, y + 4 + row), 4, SHINE[after])
    for number in range(7):
        x, y = (70 + number * 53, 640 + number * 37 % 190) if number < 4 else (690 + number * 24, 560 + number * 43)
        if after:
            draw.rectangle((x - 7, y - 60, x + 7, y + 20), "#6b4a2f")
            draw.ellipse((x - 58, y - 170, x + 58, y - 40), "#3d7f45")
            draw.ellipse((x - 40, y - 160, x + 20, y - 90), "#579a53")
        else:
            for piece, color in enumerate(("#d9d3c4", "#8d3f35", "#3f5a78", "#c9a13f", "#4b4b46")):
                left, top = x + piece * 23 % 70 - 40, y + piece * 31 % 50
                draw.polygon([(left, top), (left + 34, top - 12), (left + 48, top + 16), (left + 8, top + 28)], color)
    if after:
        draw.polygon([(585, 480), (610, 479), (900, 800), (900, 900), (850, 900)], "#d8c7a3")
    return picture.filter(ImageFilter.GaussianBlur(1.6))


if __name__ == "__main__":
    for number, name in enumerate(("before", "after")):
        scene(number).save(Path(__file__).parent / f"{name}.jpg", quality=82, optimize=True)
