"""Make the sheet of a brand, to send round: colours with contrast, type, logo rules, words, accounts, sample assets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from assetgen import parts
from assetgen.brand import Brand
from assetgen.errors import UsageError
from assetgen.fitting import fit_page
from assetgen.locale import check_language
from assetgen.model import CANVAS_WIDTH, Frame, Page, Size
from assetgen.paint import Painter
from assetgen.paths import write_whole
from assetgen.sheet.content import content_of
from assetgen.sheet.samples import samples_of
from assetgen.studio import Studio
from assetgen.template import Templates

SIZE = Size(1920, 1080)
HERE = Path(__file__).parent
# Each page, and whether it is made again for dark use.
PAGES = (("cover", False), ("colours", True), ("type", False), ("logo", False), ("words", False), ("samples", True))


@dataclass(frozen=True)
class Sheet:
    """The pages of a sheet, in order."""

    brand: str
    frames: tuple[Frame, ...]

    def save(self, path: Path | str) -> list[Path]:
        """Write the sheet and return where it is: one PDF, or a picture a page (`sheet.png` becomes `sheet-1.png` …).

        Raises UsageError when the suffix is of no format that can be made.
        """
        target = Path(path)
        known = {parts.load("formats", name).SUFFIX: parts.load("formats", name) for name in parts.names("formats")}
        part = known.get(target.suffix.lower())
        if part is None or part.VECTOR:
            raise UsageError(f"a sheet cannot be written as '{target.name}'", hint="take .pdf or .png")
        if part.MANY_PAGES:
            write_whole(target, part.encode(self.frames))
            return [target]
        paths = [
            target.with_name(f"{target.stem}-{number}{target.suffix}") for number in range(1, len(self.frames) + 1)
        ]
        for one, frame in zip(paths, self.frames, strict=True):
            write_whole(one, part.encode((frame,)))
        return paths


def make_sheet(brand: Brand, language: str = "id", studio: Studio | None = None) -> Sheet:
    """Return the sheet of a brand, light and, where the kit has it, dark. The same kit gives the same bytes.

    Raises AssetgenError subclasses for what keeps a page from being painted.
    """
    check_language(language)
    with nullcontext(studio) if studio else Studio() as maker, Painter() as painter:
        frames = (painter.engine.paint(page) for page in _pages(brand.themed("light"), language, maker, painter))
        return Sheet(brand.slug, tuple(frames))


def _pages(brand: Brand, language: str, studio: Studio, painter: Painter) -> Iterator[Page]:
    """Yield the pages, each fitted to its boxes."""
    themes = (brand, brand.themed("dark")) if brand.dark else (brand,)
    wanted = [(name, one) for name, both in PAGES for one in (themes if both else themes[:1])]
    for number, (name, one) in enumerate(wanted, 1):
        context = {
            **content_of(one, language),
            "words": _words(language),
            "place": {"number": number, "count": len(wanted), "page": name},
        }
        pictures = dict(samples_of(one, language, studio)) if name == "samples" else {}
        yield fit_page(_page(name, one, {**context, "shown": list(pictures)}, pictures), painter.engine)[0]


def _page(name: str, brand: Brand, context: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Page:
    """Return one page as markup and styles, not fitted yet."""
    kit = parts.built_in("layouts") / "_kit"
    html = Templates((HERE,), kit, brand.look).render(f"{name}.html", context)
    [section] = LexborHTMLParser(f"<html><body>{html}</body></html>").css("section")
    drawings: dict[str, bytes] = {}
    for number, node in enumerate(section.traverse(), 1):
        node.attrs["data-n"] = str(number)
        source = node.attributes.get("src") or ""
        if node.tag == "img" and (data := pictures.get(source) or brand.picture(source)):
            drawings[source] = data
    dark = " dark" if brand.theme == "dark" else ""
    canvas = f"canvas sheet wide{dark} brand-{brand.slug}"
    markup = f'<div class="{canvas}" lang="{context["language"]}" data-n="0">{section.html}</div>'
    height = SIZE.height / SIZE.width * CANVAS_WIDTH
    room = f".canvas {{ width: {CANVAS_WIDTH}px; height: {height:g}px; --inset-top: 52px; --inset-right: 52px; }}"
    edges = ".canvas { --inset-bottom: 52px; --inset-left: 52px; --safe-top: 0px; --safe-bottom: 0px; }"
    styles = ((kit / "kit.css").read_text("utf-8"), brand.stylesheet, (HERE / "sheet.css").read_text("utf-8"))
    return Page(markup, (*styles, room + edges), SIZE, brand.font_files, context["language"], drawings)


def _words(language: str) -> Mapping[str, str]:
    """Return the sheet's own words; English ones for languages that it does not speak."""
    words: dict[str, dict[str, str]] = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    return words.get(language) or words["en"]
