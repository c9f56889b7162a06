"""Bind a layout to a record, a brand, a placement and a language: a composition of pages ready to be painted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any, Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assetgen.backgrounds._picture import picture_of
from assetgen.brand import Brand
from assetgen.clips import ClipFiles, as_pictures, played
from assetgen.counting import count_text
from assetgen.errors import LayoutError, Place, PlacementError, Problem, SecurityError, did_you_mean
from assetgen.facts import Words, words_of
from assetgen.fields import FieldContext, fill
from assetgen.geography import CREDIT
from assetgen.layout import Layout
from assetgen.markup import markup_problems
from assetgen.mirroring import is_from_right, mirrored, mirrored_drawing, mirrored_style
from assetgen.model import CANVAS_WIDTH, Fact, Page, Photo, Placement, Rectangle
from assetgen.photos import PhotoFiles, name_photos
from assetgen.pictures import check_svg, is_svg
from assetgen.pruning import read_stylesheet, still_styles
from assetgen.template import Templates
from assetgen.typescale import scaled_size, scaled_styles

MAX_PAGES = 50
# Flat canvases are short: their margins are this share of the brand's.
FLAT_MARGIN = 0.65
# A safe area below this many CSS pixels is a narrow column; layouts get the class `narrow`.
NARROW_WIDTH = 720


@dataclass(frozen=True)
class Composition:
    """One layout bound to one record, brand, placement and language; `said` are the facts of its words."""

    layout: Layout
    brand: Brand
    placement: Placement
    language: str
    fields: Mapping[str, Any]
    pages: tuple[Page, ...]
    alt_text: str
    caption: str
    hashtags: tuple[str, ...]
    said: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Binder:
    """Bind records to one layout and brand; templates and styles are read once. Safe to use from several threads."""

    layout: Layout
    brand: Brand
    templates: Templates

    @cached_property
    def _photo_files(self) -> PhotoFiles:
        return PhotoFiles()

    @cached_property
    def _clip_files(self) -> ClipFiles:
        return ClipFiles()

    @classmethod
    def of(cls, layout: Layout, brand: Brand) -> Binder:
        """Return a binder for a layout and a brand."""
        return cls(layout, brand, Templates((layout.folder,), layout.kit, brand.look, layout.icon_folders))

    def bind(
        self, given: Mapping[str, Any], placement: Placement, language: str, folder: Path, place: Place = Place()
    ) -> Composition:
        """Return the composition of a record; `given` holds the field values, `folder` the user's pictures.

        Raises PlacementError when the layout is not designed for the shape, FieldError for fields that do not fit,
        LayoutError for a template that fails.
        """
        check_shape(self.layout, placement)
        self.layout.check_language(language)
        files = (self._photo_files, self._clip_files)
        fields = fill(self.layout, given, FieldContext(language, folder, place, *files, self._as_set(placement)))
        named, photos = name_photos(fields)
        context = {**named, **self._context(photos, placement, language)}
        html = self.templates.render("layout.html", context)
        pages = self._pages(html, photos, placement, language)
        texts: tuple[tuple[Literal["alt", "caption"], Mapping[str, str]], ...]
        texts = (("alt", self.layout.alt), ("caption", self.layout.caption))
        words = {kind: self._words(kind, given.get(language) or given.get("id", ""), context) for kind, given in texts}
        return Composition(
            self.layout,
            self.brand,
            placement,
            language,
            fields,
            pages,
            words["alt"].text,
            words["caption"].text,
            with_hash(self.layout.hashtags),
            (*words["alt"].facts, *words["caption"].facts),
        )

    def _as_set(self, placement: Placement) -> bool:
        """Tell whether the layout makes its set of pages, not its single one."""
        return (placement.carousel or placement.moving) and self.layout.carousel

    def _context(self, photos: Mapping[str, Photo], placement: Placement, language: str) -> dict[str, Any]:
        """Return what a template knows beside its fields."""
        brand = self.brand

        def picture(source: str) -> Photo | None:
            drawing = None if source in photos else brand.picture(source)
            return Photo(drawing, source) if drawing else photos.get(source)

        return {
            "_pictures": picture,
            "language": language,
            "map_credit": CREDIT["id" if language == "id" else "en"],
            "labels": self.layout.words(language),
            "placement": {
                **_told(placement),
                "carousel": self._as_set(placement),
                "inset": insets(placement, self._margin),
            },
            "brand": {
                "name": brand.name,
                "short_name": brand.short_name.get(language) or brand.short_name.get("id") or brand.name,
                "tagline": brand.tagline.get(language) or brand.tagline.get("id", ""),
                "handle": brand.accounts.get(placement.platform) or brand.accounts.get("instagram", ""),
                "accounts": dict(brand.accounts),
                "contacts": dict(brand.contacts),
                "domains": list(brand.domains.allowed),
                "art": {name: f"art:{name}" for name in brand.art},
                "logos": {name: f"logo:{name}" for name in brand.logos},
                "logo_rules": {
                    name: {"clear_space": logo.clear_space, "min_width": logo.min_width}
                    for name, logo in brand.logos.items()
                },
                "slug": brand.slug,
                "theme": brand.theme,
            },
        }

    def _words(self, kind: Literal["alt", "caption"], source: str, context: Mapping[str, Any]) -> Words:
        """Return alt text or caption as plain text, with the facts that it says."""
        place = Place(f"{self.layout.folder / 'layout.toml'} [{kind}]")
        return words_of(self.templates.render_text(source, context, place), kind)

    def _pages(self, html: str, photos: Mapping[str, Photo], placement: Placement, language: str) -> tuple[Page, ...]:
        root = LexborHTMLParser(f"<html><body>{as_pictures(html)}</body></html>").body
        sections = [node for node in root.iter() if node.tag == "section"] if root else []
        template = Place(str(self.layout.folder / "layout.html"))
        if not sections:
            raise LayoutError("the template has no <section>: each section is a page", template)
        if len(sections) > MAX_PAGES:
            raise LayoutError(f"the template makes {len(sections)} sections, at most {MAX_PAGES}", template)
        return tuple(self._page(section, photos, placement, language, template) for section in sections)

    def _page(
        self,
        section: LexborNode,
        photos: Mapping[str, Photo],
        placement: Placement,
        language: str,
        template: Place,
    ) -> Page:
        from_right = is_from_right(language)
        canvas = self._canvas_classes(placement, from_right)
        classes = set(canvas.split())
        pictures: dict[str, bytes] = {}
        used: dict[str, Photo] = {}
        dangers: dict[str, None] = {}
        for number, node in enumerate(section.traverse(), 1):
            given = node.attributes
            dangers |= dict.fromkeys(markup_problems(node.tag or "", given))
            node.attrs["data-n"] = str(number)
            if from_right and (style := given.get("style")):
                node.attrs["style"] = mirrored_style(style)
            _scale_type(node, self.brand.type_scale)
            classes.update((given.get("class") or "").split())
            if node.tag == "img":
                source = given.get("src") or ""
                if background := picture_of(source, placement.size, self.brand.look):
                    pictures[source] = background
                else:
                    self._collect(node, photos, pictures, used, template)
        _refuse(dangers, template)
        if from_right:
            pictures = {
                name: mirrored_drawing(data) if name.startswith("art:") else data for name, data in pictures.items()
            }
        direction = "rtl" if from_right else "ltr"
        html = f'<div class="{canvas}" lang="{language}" dir="{direction}" data-n="0">{section.html}</div>'
        sheets = self._styles(html, frozenset(classes), placement, from_right)
        motion = (self.layout.motion_stylesheet, *sheets) if placement.moving else ()
        styles = tuple(map(still_styles, sheets))
        fonts = self.brand.fonts_for(html)
        return Page(html, styles, placement.size, fonts, language, pictures, used, motion=motion)

    def _canvas_classes(self, placement: Placement, from_right: bool) -> str:
        forms = {
            "narrow": is_narrow(placement),
            "rtl": from_right,
            "carousel": self._as_set(placement),
            "film": placement.moving,
            "grid": placement.grid and self._as_set(placement),
            "dark": self.brand.theme == "dark",
        }
        given = " ".join(name for name, on in forms.items() if on)
        return " ".join(f"canvas {placement.shape} {given} {self.layout.slug} brand-{self.brand.slug}".split())

    def _styles(self, html: str, classes: frozenset[str], placement: Placement, from_right: bool) -> tuple[str, ...]:
        """Return the styles of a page: kit, brand and layout without what cannot match, then the canvas.

        Of the kit's components only those are looked at whose class is on the page: a large kit costs nothing. Where
        the brand's own fonts have every character, those behind them are left out as well: asking all of them takes a
        fifth of the time of measuring.
        """
        components = self.layout.component_stylesheets
        called = [sheet for name, sheet in components.items() if name in classes]
        scale = self.brand.type_scale
        kit = [read_stylesheet(scaled_styles(css, scale)) for css in (self.layout.kit_stylesheet, *called)]
        layout = read_stylesheet(scaled_styles(self.layout.stylesheet, scale))
        # What brand.css says is said in the brand's own sizes.
        brand, plain = map(read_stylesheet, (self.brand.stylesheet, self.brand.plain_stylesheet))
        shown = unescape(html) + "".join(sheet.letters for sheet in (*kit, plain, layout))
        own = plain if not from_right and self.brand.draws(shown) else brand
        joined = "\n".join(sheet.for_classes(classes) for sheet in kit)
        sheets = [joined, own.for_classes(classes), layout.for_classes(classes)]
        sheets = [mirrored(sheet) for sheet in sheets] if from_right else sheets
        return (*sheets, canvas_stylesheet(placement, self._margin))

    @property
    def _margin(self) -> str:
        return str(self.brand.tokens.get("margin", "80px"))

    def _collect(
        self,
        node: LexborNode,
        photos: Mapping[str, Photo],
        pictures: dict[str, bytes],
        used: dict[str, Photo],
        template: Place,
    ) -> None:
        """Note the picture that an `<img src>` names: a field, a logo or a drawing of the brand; nothing else."""
        source = node.attributes.get("src") or ""
        if source in photos:
            photo = played(photos[source], node.attributes, self._clip_files, template)
            if is_svg(photo.data):  # a logo of a partner: it is drawn, not cut to its box
                pictures[source] = check_svg(photo.data, Place(photo.name))
            else:
                used[source] = photo
            return
        data = self.brand.picture(source)
        if data is None:
            known = [
                *photos,
                *(f"logo:{name}" for name in self.brand.logos),
                *(f"art:{name}" for name in self.brand.art),
            ]
            raise LayoutError(f"<img src='{source[:80]}'> names no picture", template, did_you_mean(source, known))
        pictures[source] = data


def _refuse(dangers: Iterable[str], template: Place) -> None:
    """Raise SecurityError where the markup of a page holds what it may not."""
    hint = "pictures go into <img>, styles into layout.css"
    if found := [Problem(danger, template, hint) for danger in dangers]:
        raise SecurityError(found)


def _scale_type(node: LexborNode, scale: float) -> None:
    """Set the type that an element asks for in its own attributes larger or smaller."""
    if scale == 1:
        return
    if style := node.attributes.get("style"):
        node.attrs["style"] = scaled_styles(style, scale)
    if size := node.attributes.get("data-size"):
        node.attrs["data-size"] = f"{scaled_size(float(size), scale):g}"


def with_hash(tags: Iterable[str]) -> tuple[str, ...]:
    """Return hashtags, each with its sign."""
    return tuple(tag if tag.startswith("#") else f"#{tag}" for tag in tags)


def shorten_caption(caption: str, hashtags: Iterable[str], placement: Placement) -> str:
    """Return a caption that fits the placement, by leaving out whole paragraphs; a text that cannot fit stays as it is.

    The first paragraph (the finding) and the last one (the source) stay; of those between, the last goes first.
    """
    limit = placement.text.caption
    paragraphs = [part for part in caption.split("\n\n") if part.strip()]
    tags = " ".join(hashtags)
    while limit is not None and len(paragraphs) > 2:
        if count_text("\n\n".join([*paragraphs, tags]).strip(), placement.text.unit) <= limit:
            break
        del paragraphs[-2]
    return "\n\n".join(paragraphs)


def check_shape(layout: Layout, placement: Placement) -> None:
    """Raise PlacementError when the layout has no design for the shape of the placement."""
    if placement.shape not in layout.shapes:
        message = (
            f"the layout '{layout.slug}' is not designed for {placement.name} ({placement.size}, {placement.shape})"
        )
        raise PlacementError(message, hint=f"its shapes: {', '.join(layout.shapes)}")
    if placement.count_min > 1 and not layout.carousel:
        message = f"the layout '{layout.slug}' makes one page, and {placement.name} takes {placement.count_min} or more"
        hint = "choose a placement for one picture, or a layout with carousel = true"
        raise PlacementError(message, hint=hint)


def _told(placement: Placement) -> dict[str, Any]:
    """Return what a template knows about where it goes."""
    return {
        "name": placement.name,
        "platform": placement.platform,
        "shape": placement.shape,
        "narrow": is_narrow(placement),
        "fewest": placement.count_min,
        "most": placement.pages_max,
        "transparent": placement.transparent,
        "moving": placement.moving,
        "height": canvas_height(placement),
    }


def is_narrow(placement: Placement) -> bool:
    """Tell whether the platform covers so much of the sides that one narrow column is left."""
    safe = placement.safe
    return safe is not None and safe.width / placement.size.width * CANVAS_WIDTH < NARROW_WIDTH


def canvas_height(placement: Placement) -> float:
    """Return the height of the canvas in CSS pixels."""
    return round(placement.size.height / placement.size.width * CANVAS_WIDTH, 3)


def safe_edges(placement: Placement) -> dict[str, float]:
    """Return the distances from the edges, in CSS pixels, within which the platform draws over a post."""
    size, scale = placement.size, placement.size.width / CANVAS_WIDTH
    safe = placement.safe or Rectangle(0, 0, size.width, size.height)
    # A badge at the lower edge, such as the length of a video, takes the whole line that it stands on.
    badges = [zone.rectangle.top for zone in placement.covered if zone.rectangle.bottom >= size.height]
    return {
        "top": safe.top / scale,
        "right": (size.width - safe.right) / scale,
        "bottom": (size.height - min([safe.bottom, *badges])) / scale,
        "left": safe.left / scale,
    }


def insets(placement: Placement, margin: str) -> dict[str, float]:
    """Return for each edge the larger of the platform's distance and the brand's margin, in CSS pixels."""
    least = float(re.sub(r"[^\d.]", "", margin) or 80) * (1 if placement.size.ratio <= 1.2 else FLAT_MARGIN)
    return {name: round(max(edge, least), 3) for name, edge in safe_edges(placement).items()}


def canvas_stylesheet(placement: Placement, margin: str) -> str:
    """Return the size of the canvas and the platform's safe zone as CSS.

    `--safe-*` are the platform's own distances from the edges; `--inset-*` the larger of them and the brand's margin.
    """
    rules = [f"width: {CANVAS_WIDTH}px", f"height: {_pixels(canvas_height(placement))}"]
    rules += [f"--safe-{name}: {_pixels(edge)}" for name, edge in safe_edges(placement).items()]
    rules += [f"--inset-{name}: {_pixels(edge)}" for name, edge in insets(placement, margin).items()]
    return ".canvas { " + "; ".join(rules) + " }"


def _pixels(length: float) -> str:
    return f"{round(length, 3):g}px"
