"""Judge what happened to columns that add up: their sums go in; the damage that the sums prove, or none, comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assetgen.read.repair.seen import UNTOUCHED, Damage, Seen, Spot
from assetgen.read.repair.sums import Closing, Sum, close

# Evidence of a damage, in digits: where texts survived that no other program leaves, and where nothing else tells.
WITH_SURVIVORS, WITHOUT = 4.0, 12.0
FEWEST_WITHOUT = 3
AGAINST = 0.05
MOST_CLOSE = 0.5
NEARLY_ALL = 0.9
HINT = 1 / 20


@dataclass(frozen=True)
class Verdict:
    """What sums say of one damage: `only` close with it and not without, `against` the other way round.

    `hints` close with it and not without, but too easily to be proof.
    """

    damage: Damage
    only: tuple[Sum, ...] = ()
    against: int = 0
    digits: float = 0.0
    share: float = 0.0
    hints: int = 0

    def holds(self, survivors: bool) -> bool:
        """Tell whether the damage is proved."""
        few = len(self.only) < (1 if survivors else FEWEST_WITHOUT)
        weak = self.digits < (WITH_SURVIVORS if survivors else WITHOUT)
        share = MOST_CLOSE if self.damage.zeros else 1.0
        return not few and not weak and self.share >= share and self.against <= AGAINST * len(self.only)


@dataclass(frozen=True)
class Judged:
    """The damage of some columns, None where it is not proved; `suspect` where something speaks for one."""

    damage: Damage | None = None
    witnesses: tuple[Sum, ...] = ()
    suspect: bool = False


@dataclass
class _Count:
    only: list[Sum] = field(default_factory=list)
    against: int = 0
    digits: float = 0.0
    tried: int = 0
    hints: int = 0
    closed: int = 0


def judge(equations: Sequence[Sum], numbers: Mapping[Spot, Seen], damages: Sequence[Damage], survivors: bool) -> Judged:
    """Return the damage that the sums of some columns prove.

    Sums that close either way tell nothing: divided by a thousand together, everything adds up. What counts are those
    that close with the damage alone.
    """
    before = {equation: close(equation, numbers, UNTOUCHED) for equation in equations}
    if all(closing is None or closing.ways for closing in before.values()):
        return Judged()
    verdicts = [_verdict(before, numbers, damage) for damage in damages]
    proved = [verdict for verdict in verdicts if verdict.holds(survivors)]
    if not proved:
        return Judged(suspect=any(verdict.only or verdict.hints for verdict in verdicts))
    # The damage that explains less comes first; it is enough where nearly all sums close with it.
    best = next((one for one in proved if one.share >= NEARLY_ALL), max(proved, key=lambda one: one.share))
    return Judged(best.damage, best.only)


def _verdict(before: Mapping[Sum, Closing | None], numbers: Mapping[Spot, Seen], damage: Damage) -> Verdict:
    count = _Count()
    for equation, untouched in before.items():
        closing = close(equation, numbers, damage)
        if closing is None or untouched is None:
            continue
        count.tried += 1
        count.closed += bool(closing.ways)
        if closing.proves and not untouched.ways:
            count.only.append(equation)
            count.digits += closing.digits
        elif closing.ways and closing.chance <= HINT and not untouched.ways:
            count.hints += 1
        elif untouched.proves and not closing.ways:
            count.against += 1
    share = count.closed / count.tried if count.tried else 0.0
    return Verdict(damage, tuple(count.only), count.against, count.digits, share, count.hints)
