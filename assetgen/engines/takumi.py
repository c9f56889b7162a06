"""Measure and paint pages with Takumi, the default engine: no browser, no network, the same bytes every time."""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TypeVar

from assetgen.engines._boxes import (
    PROBE_FAMILY,
    Boxes,
    Markup,
    Node,
    Probe,
    flatten,
    marker_stylesheet,
)
from assetgen.engines._directions import ROOT, has_directions, isolated
from assetgen.engines._leading import told_leadings, told_leadings_inline
from assetgen.engines._memory import keep_freed_memory
from assetgen.engines._padding import split_markup, split_stylesheet
from assetgen.engines._spaces import drop_gaps, keep_spaces
from assetgen.errors import EngineError
from assetgen.fonts import FIRST_FOREIGN
from assetgen.model import CANVAS_WIDTH, Box, Font, Frame, Page
from assetgen.pictures import empty_drawing

Result = TypeVar("Result")
MAX_PROBES = 512
# Fitting measures one page several times; threads work on a few pages at once.
MAX_SOURCES = 32
CACHE_BYTES = 96 * 1024 * 1024
_DRAWING = re.compile(r"""(<svg\b(?:[^<>"]|"[^"]*")*>)[^<]*(?:<(?!/?svg\b)[^<]*)*</svg>""")


class Takumi:
    """One Takumi renderer for each set of fonts, and the probes that were made. Safe to use from several threads."""

    def __init__(self) -> None:
        self._renderers: dict[tuple[Font, ...], _Renderer] = {}
        self._probes: OrderedDict[object, Probe] = OrderedDict()
        self._sources: OrderedDict[str, _Source] = OrderedDict()
        self._lock = Lock()

    def measure(self, page: Page) -> tuple[Box, ...]:
        """Return where every element and piece of text of the page landed, in output pixels."""
        renderer, source = self._renderer(page.fonts), self._source(page.html)
        probe = self._probe(page, source)
        page = self._laid(page)
        nodes = renderer.nodes(page, source, probe)
        if len(probe.owners) != len(nodes):
            probe = self._probe(page, source, anew=True)
            nodes = renderer.nodes(page, source, probe)
        if len(probe.owners) != len(nodes):
            raise EngineError("the engine placed the page differently when it was measured twice")
        return Boxes(source.markup, nodes, probe.owners, probe.sizes_with(page.sizes), page.scale).read()

    def leadings(self, page: Page) -> Mapping[int, float]:
        """Return the leadings that lay the lines of a page on whole output pixels, where its styles do not."""
        source = self._source(page.html)
        if not source.markup.elements:
            return {}
        return self._probe(page, source).leadings_with(page.sizes, page.scale, source.markup)

    def paint(self, page: Page) -> Frame:
        """Return the pixels of the page."""
        source = self._source(page.html)
        return Frame(page.size, self._renderer(page.fonts).render(self._laid(page), source, "raw"))

    def version(self) -> str:
        """Return the name and version of the renderer."""
        return version()

    def vector(self, page: Page) -> str:
        """Return the page as SVG markup, text as paths."""
        source = self._source(page.html)
        return self._renderer(page.fonts).vector(self._laid(page), source)

    def close(self) -> None:
        """Let go of renderers, fonts and probes."""
        self._renderers.clear()
        self._probes.clear()
        self._sources.clear()

    def _laid(self, page: Page) -> Page:
        """Return a page whose leadings are known."""
        return page if page.leadings is not None else replace(page, leadings=self.leadings(page))

    def _probe(self, page: Page, source: _Source, anew: bool = False) -> Probe:
        """Return the probe of a page: known, or made now."""
        key = (page.fonts, page.size, page.stylesheets, source.markup.skeleton)
        with self._lock:
            probe = None if anew else self._probes.get(key)
        if probe is None:
            bare = replace(page, sizes={}, widths={}, leadings={})
            probe = self._renderer(page.fonts).probe(bare, source)
            with self._lock:
                self._probes[key] = probe
                while len(self._probes) > MAX_PROBES:
                    self._probes.popitem(last=False)
        return probe

    def _renderer(self, fonts: tuple[Font, ...]) -> _Renderer:
        with self._lock:
            if fonts not in self._renderers:
                self._renderers[fonts] = _Renderer(fonts)
            return self._renderers[fonts]

    def _source(self, html: str) -> _Source:
        with self._lock:
            source = self._sources.pop(html, None) or _Source(html)
            self._sources[html] = source
            while len(self._sources) > MAX_SOURCES:
                self._sources.popitem(last=False)
        return source


class _Source:
    """The markup of a page, read once: as the engine's own trees, and as our elements."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._splits: dict[frozenset[int], Any] = {}

    @cached_property
    def tree(self) -> Any:
        """Return the tree that the engine draws; raises EngineError."""
        return _tree(self._spaced)

    @cached_property
    def outline(self) -> Any:
        """Return the tree that the engine measures: its drawings are empty, for only their roots take room."""
        return _tree(self._outlined)

    def split(self, numbers: frozenset[int]) -> Any:
        """Return the tree that the engine measures with the text of elements in boxes of their own."""
        if numbers not in self._splits:
            self._splits[numbers] = _tree(split_markup(self._outlined, numbers))
        return self._splits[numbers]

    @cached_property
    def _outlined(self) -> str:
        return told_leadings_inline(_DRAWING.sub(r"\1</svg>", self._spaced))

    @cached_property
    def _spaced(self) -> str:
        return keep_spaces(isolated(drop_gaps(self.html)))

    @cached_property
    def from_right(self) -> bool | None:
        """Tell whether the page is written from right to left; None where no text of it is."""
        return ROOT in self.html if has_directions(self.html) else None

    @cached_property
    def markup(self) -> Markup:
        """Return the elements and their text."""
        return Markup.read(self.html)


def _tree(html: str) -> Any:
    from pytakumi import from_html

    return _guarded(lambda: from_html(html))


def _guarded(call: Callable[[], Result]) -> Result:
    try:
        return call()
    except (RuntimeError, ValueError, TypeError) as error:
        raise EngineError(f"the page could not be drawn: {error}") from error


class _Renderer:
    """A Takumi renderer with a set of fonts."""

    def __init__(self, fonts: tuple[Font, ...]) -> None:
        from pytakumi import Renderer

        self._renderer = Renderer(cache_max_bytes=CACHE_BYTES)
        for font in fonts:
            data = Path(font.path).read_bytes()
            self._renderer.register_font(data, name=font.family, weight=font.weight, style=font.style)
        self._renderer.register_font(Path(fonts[0].path).read_bytes(), name=PROBE_FAMILY)
        self._line_heights = {"x": self._probe_line_height("x")}

    def _line_height(self, text: str) -> float:
        """Return the height of a line in the probe's font, in em: letters that it lacks come from other fonts."""
        letter = next((one for one in text if ord(one) >= FIRST_FOREIGN and one.isalpha()), "x")
        if letter not in self._line_heights:
            self._line_heights[letter] = self._probe_line_height(letter)
        return self._line_heights[letter]

    def _probe_line_height(self, letter: str) -> float:
        from pytakumi import from_html

        sample = from_html(f'<section style="font-family:{PROBE_FAMILY};font-size:100px">{letter}</section>')
        measured = self._renderer.measure(sample, width=400, height=400)
        return float(measured["runs"][0]["height"]) / 100

    def measure(self, page: Page, source: _Source, styles: Sequence[str] = (), tree: Any = None) -> dict[str, Any]:
        """Return the engine's tree of boxes, in CSS pixels; `styles` and `tree` stand for those of the page."""
        height = math.ceil(page.size.height / page.scale)
        return _guarded(
            lambda: self._renderer.measure(
                tree or source.outline,
                width=CANVAS_WIDTH,
                height=height,
                stylesheets=list(styles or page.styles),
                images={name: empty_drawing(data) for name, data in page.pictures.items()},
                lang=page.language,
            )
        )

    def nodes(self, page: Page, source: _Source, probe: Probe) -> list[Node]:
        """Return the boxes of a page, in CSS pixels."""
        if not (padded := probe.padded) or source.from_right:  # from right to left split texts land elsewhere
            return flatten(self.measure(page, source), source.from_right)
        tree = self.measure(page, source, (*page.styles, split_stylesheet(padded)), source.split(padded))
        return flatten(tree, source.from_right, probe.owners, padded)

    def probe(self, page: Page, source: _Source) -> Probe:
        """Return the element of each box, its font size, leading and padding, and which sizes follow a fitted one."""
        probe = self._probe_once(page, source)
        if probe.texts:
            whole, split = (
                self.nodes(page, source, replace(probe, padded=some)) for some in (frozenset(), probe.texts)
            )
            probe = probe.with_padding(whole, split)
        fitted = probe.fitted(source.markup)
        if not fitted:
            return probe
        halved = self._probe_once(replace(page, sizes={number: size / 2 for number, size in fitted.items()}), source)
        return probe.following(halved, fitted, source.markup)

    def _probe_once(self, page: Page, source: _Source) -> Probe:
        markers = marker_stylesheet(list(source.markup.elements), page.styles)
        tree = self.measure(page, source, (*told_leadings(page.styles), markers))
        return Probe.read(flatten(tree, source.from_right), source.markup, self._line_height)

    def render(self, page: Page, source: _Source, kind: Literal["raw", "png"]) -> bytes:
        """Return the page as raw RGBA or as a PNG file."""
        return _guarded(
            lambda: self._renderer.render(
                source.tree,
                width=page.size.width,
                height=page.size.height,
                format=kind,
                stylesheets=list(page.styles),
                images=dict(page.pictures),
                device_pixel_ratio=page.scale,
                lang=page.language,
            )
        )

    def vector(self, page: Page, source: _Source) -> str:
        """Return the page as SVG markup."""
        size = page.size
        markup = _guarded(
            lambda: self._renderer.render_svg(
                source.tree,
                width=CANVAS_WIDTH,
                height=math.ceil(size.height / page.scale),
                stylesheets=list(page.styles),
                images=dict(page.pictures),
                lang=page.language,
            )
        )
        return markup.replace(f'width="{CANVAS_WIDTH}"', f'width="{size.width}"', 1)


def version() -> str:
    """Return the name and version of the renderer."""
    from importlib.metadata import version

    return f"takumi {version('pytakumi')}"


def open_engine() -> Takumi:
    """Return a new engine; from now on this process keeps the memory of finished pages for the next ones."""
    keep_freed_memory()
    return Takumi()
