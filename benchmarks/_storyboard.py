"""Tell one small story in the words of each tool: scenes with a title and three cards that enter one after another.

It is all plain: no chart, no sound. `still=False` lays a photograph under it that comes nearer for as long as each
scene stands (the ken-burns effect), so that no two frames are alike.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

WIDTH, HEIGHT, RATE = 1080, 1920, 30
FAMILY, WEIGHTS = "Public Sans", (400, 800)
FONTS = Path(__file__).parent.parent / "fonts" / "public-sans"
PHOTO = "photo.jpg"
EASE = (0.2, 0.8, 0.2, 1.0)
TITLES = ("Layanan baru di kotamu", "Tiga syarat saja", "Selesai hari ini")
CARDS = (
    ("Daftar lewat gawai", "Isi nama dan nomor kependudukan"),
    ("Unggah berkas", "Foto asli, terang, dan tidak terpotong"),
    ("Terima hasilnya", "Surat datang bertanda tangan elektronik"),
)
GROUNDS = ("#0b3d4f", "#3b2a5c", "#14532d")


@dataclass(frozen=True)
class Storyboard:
    """How many scenes there are, how long each stands, and whether all stands still once the cards are there."""

    scenes: int = 3
    seconds: float = 5.0
    still: bool = True
    enter: float = 0.5
    stagger: float = 0.25
    distance: int = 60
    transition: str = "cut"

    @property
    def frames(self) -> int:
        """Return how many frames it has."""
        return round(self.scenes * self.seconds * RATE)

    def delay(self, order: int) -> float:
        """Return when the title (0) or a card (1 to 3) starts to enter, in seconds of its scene."""
        return 0.2 + order * self.stagger

    def styles(self) -> str:
        """Return the styles of a scene with standard CSS animations."""
        delays = "".join(f".o{order}{{animation-delay:{self.delay(order)}s}}" for order in range(4))
        return f"""
.scene {{ position: relative; width: {WIDTH}px; height: {HEIGHT}px; overflow: hidden; color: #ffffff;
  display: flex; flex-direction: column; padding: 300px 90px 0; gap: 44px; }}
.ground {{ position: absolute; left: 0; top: 0; width: {WIDTH}px; height: {HEIGHT}px; }}
.title {{ color: #ffffff; font-size: 112px; line-height: 1.1; font-weight: 800; margin: 0 0 40px; }}
.card {{ background: #ffffff; color: #10222b; border-radius: 32px; padding: 48px 56px; }}
.card b {{ display: block; font-size: 54px; line-height: 1.2; font-weight: 800; margin: 0; }}
.card p {{ font-size: 38px; line-height: 1.35; margin: 12px 0 0; }}
.in {{ animation: come {self.enter}s cubic-bezier{EASE} both; }}
.grow {{ animation: swell {self.seconds}s linear both; }}
{delays}
@keyframes come {{ from {{ opacity: 0; transform: translateY({self.distance}px); }} }}
@keyframes swell {{ from {{ transform: scale(1); }} to {{ transform: scale(1.1); }} }}
"""

    def scene(self, number: int, attributes: str = "", photo: str = "{{ photo }}") -> str:
        """Return the markup of a scene."""
        ground = "" if self.still else f'<img class="photo ground grow" src="{photo}" alt="">'
        cards = "".join(
            f'<div class="card in o{order}"><b>{head}</b><p>{line}</p></div>'
            for order, (head, line) in enumerate(CARDS, 1)
        )
        title = f'<h1 class="title in o0">{TITLES[number % 3]}</h1>'
        opening = f'<section class="scene" style="background:{GROUNDS[number % 3]}" {attributes}>'
        return f"{opening}{ground}{title}{cards}</section>"

    def write_layout(self, folder: Path) -> Path:
        """Write it as a layout of ours and return its folder."""
        target = folder / f"storyboard-{self.scenes}-{'still' if self.still else 'moving'}"
        target.mkdir(parents=True, exist_ok=True)
        wishes = f'data-duration="{self.seconds}" data-transition="{self.transition}"'
        scenes = "".join(self.scene(number, wishes) for number in range(self.scenes))
        (target / "layout.html").write_text(scenes)
        (target / "layout.css").write_text(self.styles())
        (target / "layout.toml").write_text(
            'title = "Storyboard"\ndescription = "What a benchmark shows."\nshapes = ["story"]\n'
            '[fields.photo]\ntype = "image"\nhelp = "What lies under it."\n[alt]\nid = "Papan cerita"\n'
        )
        (target / "example.toml").write_text("[id]\n")
        return target

    def page(self) -> str:
        """Return a page with all scenes, timed by attributes as HyperFrames reads them; fonts and photo lie beside."""
        scenes = "".join(
            self.scene(number, f'data-start="{number * self.seconds}" data-duration="{self.seconds}"', PHOTO).replace(
                'class="scene"', 'class="scene clip"'
            )
            for number in range(self.scenes)
        )
        faces = "".join(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url("{weight}.ttf")}}' for weight in WEIGHTS
        )
        plain = f"*{{box-sizing:border-box}}body{{margin:0;font-family:'{FAMILY}'}}.scene{{position:absolute;inset:0}}"
        size = f'data-width="{WIDTH}" data-height="{HEIGHT}" data-duration="{self.scenes * self.seconds}"'
        return (
            f"<!doctype html><html><head><meta charset='utf-8'><style>{faces}{self.styles()}{plain}</style></head>"
            f'<body><div id="root" data-composition-id="root" data-no-timeline data-start="0" {size}>{scenes}'
            "</div></body></html>"
        )

    def write_beside(self, folder: Path, photo: bytes) -> None:
        """Write what peers read: the story as JSON, its fonts and its photograph."""
        folder.mkdir(parents=True, exist_ok=True)
        for weight in WEIGHTS:
            shutil.copy(FONTS / f"{weight}.ttf", folder)
        (folder / PHOTO).write_bytes(photo)
        (folder / "story.json").write_text(self.data())

    def data(self) -> str:
        """Return all that it says as JSON, for tools that speak another language."""
        said = {
            **asdict(self),
            "width": WIDTH,
            "height": HEIGHT,
            "rate": RATE,
            "ease": EASE,
            "titles": [TITLES[number % 3] for number in range(self.scenes)],
            "grounds": [GROUNDS[number % 3] for number in range(self.scenes)],
            "cards": CARDS,
            "frames": self.frames,
            "delays": [self.delay(order) for order in range(4)],
        }
        return json.dumps(said)
