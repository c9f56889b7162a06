"""Keep what a page shows and what it waits for: scenes and finished cards go in, work and news come out.

Everything that several threads touch is here, behind one condition. A new scene makes every result stale: what is being
made of an older scene is thrown away when it comes, what only waited is never begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Event
from typing import Any

from assetgen.package.manifest import placement_object
from assetgen.preview.problems import told
from assetgen.preview.scene import Card, Scene
from assetgen.studio import Studio
from assetgen.watch import Watch

# Beyond so many cards only those are made that somebody looks at, and so many keep their pictures.
BACKGROUND = 150
MOST_KEPT = 400


@dataclass(frozen=True)
class Picture:
    """One finished file."""

    media_type: str
    data: bytes


@dataclass(frozen=True)
class Result:
    """What became of a card: its entry in a manifest and its pictures, or the problems that kept it from being made."""

    asset: dict[str, Any] | None
    problems: tuple[dict[str, Any], ...] = ()
    pictures: tuple[Picture, ...] = ()
    milliseconds: int = 0


class Round:
    """One scene and the studio that makes its cards: opened when first used, closed by the last who uses it."""

    def __init__(self, number: int, scene: Scene) -> None:
        self.number, self.scene = number, scene
        self.studio: Studio | None = None
        self.users = 0
        self.over = False
        self._unwanted = Event()
        # A film that is being made of a scene that is over ends with its next picture.
        self.watch = Watch(cancelled=self._unwanted)

    def end(self) -> None:
        """Let nothing more be made of the scene."""
        self.over = True
        self._unwanted.set()

    def left(self) -> Studio | None:
        """Return the studio to be closed, once the scene is over and nobody works in it any more."""
        if not self.over or self.users:
            return None
        studio, self.studio = self.studio, None
        return studio


@dataclass(frozen=True)
class _Shown:
    """The result of a card that is shown: of which round, and as which news it came."""

    result: Result
    round: int
    version: int


class Board:
    """What is shown now. Safe to use from several threads."""

    def __init__(self) -> None:
        self.closed = False
        self._news = Condition()
        self._round = Round(0, Scene("", "", Path(), ()))
        self._version = self._scene_version = 0
        self._looked_at: tuple[str, ...] = ()
        self._anyone = False
        self._shown: dict[str, _Shown] = {}
        self._begun: set[str] = set()

    @property
    def scene(self) -> Scene:
        """Return the scene that is shown."""
        return self._round.scene

    def show(self, scene: Scene) -> None:
        """Show a scene; one that could not be read keeps the cards of the one before, as stale ones."""
        with self._news:
            before = self._round
            before.end()
            idle = scene.problems and not scene.cards
            if idle:
                title = before.scene.title or scene.title
                scene = replace(scene, title=title, cards=before.scene.cards, failures=before.scene.failures)
            self._round = Round(before.number + 1, scene)
            ids = {card.id for card in scene.cards}
            self._begun = set(ids) if idle else set()
            self._shown = {key: shown for key, shown in self._shown.items() if key in ids}
            self._version = self._scene_version = self._version + 1
            self._news.notify_all()
            unused = before.left()
        _close(unused)

    def look(self, ids: Iterable[str]) -> None:
        """Note which cards somebody looks at, first one first: they are made first."""
        with self._news:
            self._looked_at, self._anyone = tuple(ids), True
            self._news.notify_all()

    def take(self) -> tuple[Round, Card, Studio] | None:
        """Return the next card to make, waiting until there is one; None when the board was closed."""
        with self._news:
            while not self.closed:
                if card := self._next():
                    self._begun.add(card.id)
                    self._round.users += 1
                    self._round.studio = self._round.studio or Studio()
                    return self._round, card, self._round.studio
                self._news.wait()
            return None

    def deliver(self, made_in: Round, card: Card, result: Result) -> None:
        """Take what became of a card; of a scene that is no longer shown it is thrown away."""
        with self._news:
            made_in.users -= 1
            unused = made_in.left()
            if made_in is self._round and not self.closed:
                self._version += 1
                self._shown.pop(card.id, None)
                self._shown[card.id] = _Shown(result, made_in.number, self._version)
                self._forget()
                self._news.notify_all()
        _close(unused)

    def tell(self, after: int, timeout: float) -> dict[str, Any]:
        """Return what is new since a version, waiting up to `timeout` seconds for something to be."""
        with self._news:
            # Somebody who knows more than there is has seen an earlier preview at this address.
            after = after if after <= self._version else 0
            self._news.wait_for(lambda: self.closed or self._version > after, timeout)
            news = {key: shown for key, shown in self._shown.items() if shown.version > after}
            scene = _scene_object(self._round.scene) if self._scene_version > after else None
            return {
                "version": self._version,
                "closed": self.closed,
                "round": self._round.number,
                "results": {key: _result_object(shown) for key, shown in news.items()},
                **({"scene": scene} if scene else {}),
            }

    def picture(self, key: str, version: int, page: int) -> Picture | None:
        """Return a picture of a card as it was told in a version, None when it is not kept."""
        with self._news:
            shown = self._shown.get(key)
        if shown is None or shown.version != version or not 1 <= page <= len(shown.result.pictures):
            return None
        return shown.result.pictures[page - 1]

    def close(self) -> None:
        """Wake everybody who waits, and give back the studio."""
        with self._news:
            self.closed = True
            self._round.end()
            unused = self._round.left()
            self._news.notify_all()
        _close(unused)

    def _next(self) -> Card | None:
        """Return the card to make next: first what is looked at, then the rest, where it is not too much."""
        cards = {card.id: card for card in self._round.scene.cards if card.id not in self._begun}
        looked_at = next((cards[key] for key in self._looked_at if key in cards), None)
        if looked_at is not None or not self._anyone or len(self._round.scene.cards) > BACKGROUND:
            return looked_at
        # A film takes both cores for seconds: it is made when somebody looks.
        return next((card for card in cards.values() if not card.placement.moving), None)

    def _forget(self) -> None:
        """Let go of what was made first and is not looked at; it is made again when it is."""
        for key in [key for key in self._shown if key not in self._looked_at][: max(0, len(self._shown) - MOST_KEPT)]:
            del self._shown[key]
            self._begun.discard(key)


def _close(studio: Studio | None) -> None:
    if studio is not None:
        studio.close()


def _scene_object(scene: Scene) -> dict[str, Any]:
    kinds = {(card.placement.name, card.placement.size): card.placement for card in scene.cards}
    return {
        "title": scene.title,
        "kind": scene.kind,
        "problems": told(scene.problems, scene),
        "failures": [
            {"slug": one.slug, "row": one.row, "problems": told(one.problems, scene)} for one in scene.failures
        ],
        "placements": [placement_object(one) for one in kinds.values()],
        "cards": [
            {
                "id": card.id,
                "group": card.group,
                "slug": card.slug,
                "placement": card.placement.name,
                "size": [card.placement.size.width, card.placement.size.height],
                "shape": card.placement.shape,
                "language": card.language,
                "brand": card.brand,
            }
            for card in scene.cards
        ],
    }


def _result_object(shown: _Shown) -> dict[str, Any]:
    result = shown.result
    return {
        "version": shown.version,
        "round": shown.round,
        "milliseconds": result.milliseconds,
        "asset": result.asset,
        "problems": list(result.problems),
    }
