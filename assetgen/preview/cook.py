"""Make the cards of a board one after another, until it is closed; run in as many threads as there are cores."""

from __future__ import annotations

from time import perf_counter

from assetgen.errors import AssetgenError, Problem
from assetgen.package.folder import describe_package
from assetgen.preview.board import Board, Picture, Result, Round
from assetgen.preview.problems import told
from assetgen.preview.scene import Card
from assetgen.studio import Studio

_LEFT_OUT = frozenset({"provenance", "text_files", "publish_at", "folder"})


def cook(board: Board) -> None:
    """Make cards until the board is closed."""
    while (work := board.take()) is not None:
        made_in, card, studio = work
        result = Result(None)
        try:
            result = _made(card, studio, made_in)
        finally:
            board.deliver(made_in, card, result)


def fault(error: Exception) -> Problem:
    """Return what to say of an error that is nobody's mistake but ours."""
    return Problem(f"{type(error).__name__}: {error}", hint="this is a fault of assetgen; please report it")


def _made(card: Card, studio: Studio, made_in: Round) -> Result:
    """Return what became of a card. Nothing that goes wrong with one may end the preview of the others."""
    begun, scene = perf_counter(), made_in.scene
    try:
        asset = card.make(studio, made_in.watch)
    except AssetgenError as error:
        return Result(None, tuple(told(error.problems, scene, card.folder)))
    except Exception as error:  # a fault of ours is shown in its place, too
        return Result(None, tuple(told([fault(error)], scene)))
    milliseconds = round((perf_counter() - begun) * 1000)
    entry, _ = describe_package(asset)
    data = {key: value for key, value in entry.data.items() if key not in _LEFT_OUT}
    return Result(data, (), tuple(Picture(file.media_type, file.data) for file in asset.files), milliseconds)
