"""Measure and paint pages with Chromium through Playwright: the reference that the default engine is proved against.

One browser on one thread of its own serves every caller. For each set of fonts there is one tab with the fonts loaded;
a page of ours replaces what stands in the tab. The tab may load nothing: fonts and pictures are handed in as bytes.
"""

from __future__ import annotations

import base64
import math
import shutil
import subprocess
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from assetgen.engines._boxes import Element, Markup
from assetgen.engines._directions import isolated, without_marks
from assetgen.engines._leading import whole_leadings
from assetgen.errors import EngineError
from assetgen.model import CANVAS_WIDTH, Box, Font, Frame, Page, Rectangle, Run, Size

Result = TypeVar("Result")
MAX_TABS = 8
TIMEOUT_MS = 30_000
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "pip install 'assetgen[chromium]' and install Chromium (apt-get install chromium, or playwright install)"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)

# No script of a page runs and nothing is fetched; what is evaluated from outside is not bound by this policy.
DOCUMENT = (
    '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"></head>"
    '<body style="margin:0"></body></html>'
)
ADD_FONTS = """async (fonts) => {
  for (const font of fonts) {
    const bytes = Uint8Array.from(atob(font.data), (character) => character.charCodeAt(0));
    const face = new FontFace(font.family, bytes.buffer, { weight: font.weight, style: font.style });
    document.fonts.add(await face.load());
  }
}"""
# A picture that is not there yet takes its place in the layout, and shows nothing.
SHOW_PAGE = """async ({ html, stylesheets, pictures, language }) => {
  const nothing = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  const template = document.createElement("template");
  template.innerHTML = html;
  const images = [...template.content.querySelectorAll("img")];
  for (const image of images) image.src = pictures[image.getAttribute("src")] ?? nothing;
  document.head.querySelectorAll("style").forEach((style) => style.remove());
  for (const text of stylesheets) {
    const style = document.createElement("style");
    style.textContent = text;
    document.head.append(style);
  }
  document.documentElement.lang = language;
  document.body.replaceChildren(template.content);
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  await document.fonts.ready;
}"""
# Chromium tells where characters are, not where lines break: characters that follow one another at one height are one
# run.
READ_BOXES = """() => {
  const edges = (box) => [box.left, box.top, box.right, box.bottom];
  const cases = { uppercase: (text) => text.toUpperCase(), lowercase: (text) => text.toLowerCase() };
  const turned = (element) => {
    for (; element; element = element.parentElement) {
      const style = getComputedStyle(element);
      const turn = style.transform === "none" ? null : new DOMMatrix(style.transform);
      if (turn && (Math.abs(turn.b) > 1e-3 || Math.abs(turn.c) > 1e-3)) return true;
      if (style.rotate !== "none" && parseFloat(style.rotate) % 360) return true;
    }
    return false;
  };
  const runsOf = (node, show) => {
    const runs = [], range = document.createRange();
    let place = 0;
    for (const character of node.data) {
      range.setStart(node, place);
      range.setEnd(node, (place += character.length));
      const box = [...range.getClientRects()].find((one) => one.width || one.height);
      if (!box) continue;
      const last = runs[runs.length - 1];
      if (last && Math.abs(last.box[3] - box.bottom) < 1 && box.left > last.box[0] - box.height) {
        last.text += show(character);
        last.box = [Math.min(last.box[0], box.left), last.box[1], Math.max(last.box[2], box.right), last.box[3]];
      } else runs.push({ text: show(character), box: edges(box) });
    }
    return runs;
  };
  return [...document.querySelectorAll("[data-n]")]
    .filter((element) => !element.parentElement.closest("svg"))
    .map((element) => {
      const style = getComputedStyle(element), show = cases[style.textTransform] ?? ((text) => text);
      const texts = element.tagName === "svg" ? [] : [...element.childNodes].filter((node) => node.nodeType === 3);
      return {
        number: +element.dataset.n, box: edges(element.getBoundingClientRect()), size: parseFloat(style.fontSize),
        shown: element.getClientRects().length > 0, turned: turned(element),
        inline: style.display === "inline" && !["img", "svg", "br"].includes(element.tagName.toLowerCase()),
        runs: texts.flatMap((node) => runsOf(node, show)),
      };
    });
}"""

READ_LEADINGS = """() => [...document.querySelectorAll("[data-n]")]
  .filter((element) => !element.parentElement.closest("svg"))
  .map((element) => [+element.dataset.n, getComputedStyle(element)])
  .filter(([, style]) => style.display !== "inline" && style.lineHeight !== "normal")
  .map(([number, style]) => [number, parseFloat(style.lineHeight), parseFloat(style.fontSize)])"""


class Chromium:
    """One browser and its tabs, behind a thread of their own. Safe to use from several threads."""

    def __init__(self) -> None:
        """Start the browser; raises EngineError when Playwright or Chromium is not installed."""
        self._thread = _OwnThread()
        try:
            self._browser = self._thread.run(_Browser)
        except BaseException:
            self._thread.close()
            raise

    def measure(self, page: Page) -> tuple[Box, ...]:
        """Return where every element and piece of text of the page landed, in output pixels."""
        page = self._laid(page)
        return _boxes(self._thread.run(lambda: self._browser.measure(page)), Markup.read(page.html), page.scale)

    def leadings(self, page: Page) -> Mapping[int, float]:
        """Return the leadings that lay the lines of a page on whole output pixels, where its styles do not."""
        bare = replace(page, leadings={})
        told = [
            (number, high, size) for number, high, size in self._thread.run(lambda: self._browser.lines(bare)) if size
        ]
        leadings = {number: high / size for number, high, size in told}
        return whole_leadings(leadings, {number: size for number, _, size in told}, page.scale)

    def paint(self, page: Page) -> Frame:
        """Return the pixels of the page."""
        page = self._laid(page)
        return _frame(self._thread.run(lambda: self._browser.screenshot(page)), page.size)

    def version(self) -> str:
        """Return the name and version of the browser."""
        return version()

    def vector(self, page: Page) -> str:  # noqa: ARG002 — the interface of engines
        """Raise EngineError: a browser paints pixels only."""
        raise EngineError("chromium cannot draw vectors", hint="use the engine takumi for svg and pdf")

    def _laid(self, page: Page) -> Page:
        return page if page.leadings is not None else replace(page, leadings=self.leadings(page))

    def close(self) -> None:
        """Stop the browser and its thread."""
        if self._thread.alive:
            self._thread.run(self._browser.close)
            self._thread.close()


class _OwnThread:
    """Run calls one after the other on one thread: Playwright's objects may be used on no other."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._lock = Lock()
        self.alive = True
        self._thread = Thread(target=self._work, name="assetgen-chromium", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            function, future = call
            try:
                future.set_result(function())
            except BaseException as error:
                future.set_exception(error)

    def run(self, function: Callable[[], Result]) -> Result:
        """Return what a function returns there; raises what it raises, and EngineError once closed."""
        future: Future[Result] = Future()
        with self._lock:
            if not self.alive:
                raise EngineError("the engine is closed")
            self._calls.put((function, future))
        return future.result()

    def close(self) -> None:
        """Finish the calls that wait, and end the thread."""
        with self._lock:
            self.alive = False
            self._calls.put(None)
        self._thread.join()


class _Browser:
    """The browser and one tab for each set of fonts, least recently used last; lives on one thread."""

    def __init__(self) -> None:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError as error:
            raise EngineError("Playwright is not installed", hint=INSTALL) from error
        from playwright.sync_api import Error

        self._tabs: OrderedDict[tuple[Font, ...], _Tab] = OrderedDict()
        self._playwright = sync_playwright().start()
        program = _program()
        try:
            self._browser = self._playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        except Error as error:
            self._playwright.stop()
            first = str(error).strip().splitlines()[0]
            raise EngineError(f"Chromium does not start: {first}", hint=INSTALL) from error

    def measure(self, page: Page) -> list[dict[str, Any]]:
        """Return the boxes of the page as the browser tells them, in CSS pixels."""
        return self._call(lambda tab: tab.evaluate(READ_BOXES), page)

    def lines(self, page: Page) -> list[tuple[int, float, float]]:
        """Return the elements that have boxes, with line height and font size in CSS pixels."""
        return self._call(lambda tab: tab.evaluate(READ_LEADINGS), page)

    def screenshot(self, page: Page) -> bytes:
        """Return the page as a PNG file, at least as large as the page."""
        return self._call(_Tab.screenshot, page)

    def close(self) -> None:
        """Stop the browser."""
        self._tabs.clear()
        self._browser.close()
        self._playwright.stop()

    def _call(self, function: Callable[[_Tab], Result], page: Page) -> Result:
        from playwright.sync_api import Error

        try:
            tab = self._tab(page.fonts)
            tab.show(page)
            return function(tab)
        except Error as error:
            raise EngineError(f"the page could not be drawn: {str(error).strip().splitlines()[0]}") from error

    def _tab(self, fonts: tuple[Font, ...]) -> _Tab:
        if fonts not in self._tabs:
            if len(self._tabs) >= MAX_TABS:
                self._tabs.popitem(last=False)[1].close()
            self._tabs[fonts] = _Tab.open(self._browser, fonts)
        self._tabs.move_to_end(fonts)
        return self._tabs[fonts]


@dataclass
class _Tab:
    """A tab in which one set of fonts is loaded, and the page that it shows."""

    context: Any
    page: Any
    session: Any
    shown: Page | None = None

    @classmethod
    def open(cls, browser: Any, fonts: tuple[Font, ...]) -> _Tab:
        """Return a new tab, cut off from the network."""
        context = browser.new_context(offline=True, service_workers="block", accept_downloads=False)
        context.set_default_timeout(TIMEOUT_MS)
        context.route("**/*", lambda route: route.abort())
        page = context.new_page()
        page.set_content(DOCUMENT)
        page.evaluate(ADD_FONTS, [_font_face(font) for font in fonts])
        session = context.new_cdp_session(page)
        session.send("Emulation.setDefaultBackgroundColorOverride", {"color": {"r": 0, "g": 0, "b": 0, "a": 0}})
        return cls(context, page, session)

    def show(self, page: Page) -> None:
        """Put a page into the tab, at its own size and scale, unless it is there already."""
        if self.shown == page:
            return
        self.shown = None
        height = math.ceil(page.size.height / page.scale)
        metrics = {"width": CANVAS_WIDTH, "height": height, "deviceScaleFactor": page.scale, "mobile": False}
        self.session.send("Emulation.setDeviceMetricsOverride", metrics)
        pictures = {name: _data_url(data) for name, data in page.pictures.items()}
        values = {"html": isolated(page.html), "stylesheets": list(page.styles), "pictures": pictures}
        self.page.evaluate(SHOW_PAGE, {**values, "language": page.language})
        self.shown = page

    def evaluate(self, script: str) -> Any:
        """Return what a script returns."""
        return self.page.evaluate(script)

    def screenshot(self) -> bytes:
        """Return what the tab shows as a PNG file."""
        options = {"format": "png", "optimizeForSpeed": True}
        return base64.b64decode(self.session.send("Page.captureScreenshot", options)["data"])

    def close(self) -> None:
        """Close the tab."""
        self.context.close()


def _font_face(font: Font) -> dict[str, str]:
    data = base64.b64encode(Path(font.path).read_bytes()).decode("ascii")
    return {"family": font.family, "weight": str(font.weight), "style": font.style, "data": data}


def _data_url(data: bytes) -> str:
    kinds = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
    kind = next((kind for start, kind in kinds.items() if data.startswith(start)), "svg+xml")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _frame(png: bytes, size: Size) -> Frame:
    """Return the pixels of a screenshot without what stands over at the right and bottom."""
    from PIL import Image

    with Image.open(BytesIO(png)) as picture:
        if picture.width < size.width or picture.height < size.height:
            raise EngineError(f"Chromium painted {picture.width}×{picture.height} instead of {size}")
        return Frame(size, picture.convert("RGBA").crop((0, 0, size.width, size.height)).tobytes())


def _boxes(found: list[dict[str, Any]], markup: Markup, scale: float) -> tuple[Box, ...]:
    read = {one["number"]: one for one in found}
    boxes = (_box(element, read[number], scale) for number, element in markup.elements.items() if number in read)
    return tuple(box for box in boxes if box is not None)


def _box(element: Element, found: Mapping[str, Any], scale: float) -> Box | None:
    """Return the box of an element, None when it is not shown; text inside a line is bounded by its ink alone."""
    runs = tuple(_run(run, found["size"], element.number, scale) for run in found["runs"] if run["text"].strip())
    if not found["shown"] or (found["inline"] and not runs):
        return None
    area = _scaled(found["box"], scale)
    if found["inline"]:
        area = runs[0].rectangle
        for run in runs[1:]:
            area = area.union(run.rectangle)
    return Box(element.number, element.tag, element.attributes, area, runs, element.parent, found["turned"])


def _run(found: Mapping[str, Any], size: float, number: int, scale: float) -> Run:
    left, top, right, bottom = found["box"]
    ink = _scaled((left, max(top, bottom - size), right, bottom), scale)
    return Run(without_marks(found["text"]), ink, size, number)


def _scaled(edges: tuple[float, float, float, float] | list[float], scale: float) -> Rectangle:
    return Rectangle(*(edge * scale for edge in edges))


def _program() -> str | None:
    """Return the browser of this machine; None where that of Playwright is taken."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@cache
def version() -> str:
    """Return the name and version of the browser, as it tells them itself; that of Playwright comes with its library.

    Raises EngineError when it does not start.
    """
    program = _program()
    if program is None:
        return "chromium of playwright"
    try:
        told = subprocess.run([program, "--version"], capture_output=True, timeout=TIMEOUT_MS / 1000, check=True)  # noqa: S603 — the program that is to draw
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineError(f"'{program}' does not tell its version: {error}", hint=INSTALL) from error
    return told.stdout.decode("utf-8", "replace").strip()


def open_engine() -> Chromium:
    """Return a new engine; raises EngineError when Playwright or Chromium is not installed."""
    return Chromium()
