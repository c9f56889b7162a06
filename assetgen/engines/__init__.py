"""Renderers: each module opens an engine that measures and paints pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assetgen.model import Box, Frame, Page


class Engine(Protocol):
    """Measure and paint pages; safe to use from several threads until closed.

    Lines of text are whole output pixels high: a page without `leadings` is measured and painted as if it had them.
    """

    def leadings(self, page: Page) -> Mapping[int, float]:
        """Return the leadings that lay the lines of a page on whole output pixels, where its styles do not."""

    def measure(self, page: Page) -> tuple[Box, ...]:
        """Return where every element and piece of text of the page landed, in output pixels."""

    def paint(self, page: Page) -> Frame:
        """Return the pixels of the page."""

    def vector(self, page: Page) -> str:
        """Return the page as SVG markup; raises EngineError where the engine cannot draw vectors."""

    def version(self) -> str:
        """Return which renderer it is, in which version; each module tells it too, without opening one."""

    def close(self) -> None:
        """Give back what the engine holds."""
