"""Fetch what a peer needs, and drive warm browsers: a page goes in, JPEG bytes come out."""

from __future__ import annotations

import base64
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from assetgen.encode import BEST_QUALITY
from assetgen.engines.chromium import ARGUMENTS, PROGRAMS
from assetgen.model import CANVAS_WIDTH, Page

# As our own files: all of them encode the same.
QUALITY = BEST_QUALITY


def browser_missing() -> str:
    """Return why there is no Chromium to compare with; empty when there is one, with Playwright fetched if need be."""
    if not any(map(shutil.which, PROGRAMS)):
        return "Chromium is not installed: apt-get install chromium"
    if importlib.util.find_spec("playwright") is None:
        folder = Path(tempfile.gettempdir()) / "assetgen-benchmark-peers"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "playwright>=1.50"]
        if subprocess.run(command, check=False).returncode:
            return "Playwright cannot be installed: pip install playwright"
        sys.path.append(str(folder))
    return ""


class Browsers:
    """Warm browsers, each on its own thread, that show one page and change its text in place, without a reload."""

    def __init__(self, count: int, page: Page) -> None:
        self._threads = [ThreadPoolExecutor(1) for _ in range(count)]
        self._browsers = [thread.submit(_Browser, page).result() for thread in self._threads]

    def stills(self, changes: Sequence[dict[str, str]]) -> list[bytes]:
        """Return one JPEG for each change: the new markup inside elements by their number."""
        futures = [
            self._threads[place % len(self._threads)].submit(self._browsers[place % len(self._threads)].still, change)
            for place, change in enumerate(changes)
        ]
        return [future.result() for future in futures]

    def close(self) -> None:
        for thread, browser in zip(self._threads, self._browsers, strict=True):
            thread.submit(browser.close).result()
            thread.shutdown()


class _Browser:
    def __init__(self, page: Page) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        program = next(filter(None, map(shutil.which, PROGRAMS)))
        self._browser = self._playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        viewport = {"width": CANVAS_WIDTH, "height": round(page.size.height / page.scale)}
        self._page: Any = self._browser.new_page(viewport=viewport, device_scale_factor=page.scale)
        self._page.set_content(_document(page))
        self._page.evaluate("() => document.fonts.ready.then(() => true)")
        self._page.screenshot(type="jpeg", quality=QUALITY)

    def still(self, change: dict[str, str]) -> bytes:
        self._page.evaluate(
            """change => { for (const [number, markup] of Object.entries(change))
                 document.querySelector(`[data-n="${number}"]`).innerHTML = markup; }""",
            change,
        )
        return bytes(self._page.screenshot(type="jpeg", quality=QUALITY))

    def close(self) -> None:
        self._browser.close()
        self._playwright.stop()


def _document(page: Page) -> str:
    faces = "".join(
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};font-style:{font.style};'
        f"src:url({_data_url(Path(font.path).read_bytes(), 'font/ttf')})}}"
        for font in page.fonts
    )
    html = page.html
    for name, data in page.pictures.items():
        kind = "image/svg+xml" if data.lstrip()[:1] == b"<" else "image/png" if data[:1] == b"\x89" else "image/jpeg"
        html = html.replace(f'src="{name}"', f'src="{_data_url(data, kind)}"')
    styles = "".join(f"<style>{sheet}</style>" for sheet in page.stylesheets)
    return f"<!doctype html><style>{faces}</style>{styles}<body style='margin:0'>{html}"


def _data_url(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
