"""Show a film to a format that encodes it picture by picture: each look is drawn once, with how long it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy

from assetgen.motion.film import Film
from assetgen.motion.shoot import Splitter
from assetgen.watch import Watch


@dataclass
class Showing:
    """A film that is drawn from its beginning as often as a format asks.

    `looks` is what was seen the first time, small in RGB, with the frames that each stands.
    """

    film: Film
    watch: Watch = field(default_factory=Watch)
    looks: list[tuple[numpy.ndarray, int]] = field(default_factory=list)

    def play(self) -> Iterator[tuple[numpy.ndarray, int]]:
        """Yield what is drawn, valid until the next one, and the frames that it stands.

        Raises CancelledError when the one who watches wants no more.
        """
        # What is seen is judged as it is of any film: by planes of half the size.
        splitter, first = Splitter(self.film), not self.looks
        for number, count in self._runs():
            self.watch.check()
            if first:
                splitter.draw(number)
                self.looks.append((splitter.look(), count))
            else:
                splitter.projector.draw(number)
            yield splitter.projector.pixels, count
            self.film.forget_before(number)
            self.watch.tell(number + count, self.film.length, "frames")

    def _runs(self) -> Iterator[tuple[int, int]]:
        start, look = 0, self.film.signature(0)
        for number in range(1, self.film.length):
            if (found := self.film.signature(number)) != look:
                yield start, number - start
                start, look = number, found
        yield start, self.film.length - start
