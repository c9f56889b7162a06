"""Tell series apart: each gets a colour that all eyes tell from the others, and an entry in the legend above."""

from __future__ import annotations

from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import categorical, diverging, mix, sequential
from assetgen.charts._kit.foot import Legend, legend
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Data

COLOURS = "colours of the series: categories (default), sequential for steps of one thing, or diverging"
MOST_SERIES = 5


def series_colours(data: Data, options: Options, kit: ChartKit) -> tuple[str, ...]:
    """Return a colour for each series: the highlighted one stands out of greys, else those that `colours` asks for.

    Raises LayoutError for more series than can be told apart.
    """
    count = len(data.series)
    if count > MOST_SERIES:
        hint = "join the smaller ones, or draw one chart for each"
        raise kit.refuse(f"{count} series cannot be told apart, at most {MOST_SERIES} can", hint)
    if data.mine is not None:
        return greys_around(data.mine, count, kit)
    ramp = options.choice("colours", ("categories", "sequential", "diverging"))
    if ramp == "sequential":
        return sequential(kit.palette, count)
    return diverging(kit.palette, count) if ramp == "diverging" else categorical(kit.look, kit.palette, count)


def greys_around(mine: int, count: int, kit: ChartKit) -> tuple[str, ...]:
    """Return the data colour for one series, and greys of different lightness for the others."""
    palette = kit.palette
    others = iter(range(count - 1))
    share = {number: 1 - 0.55 * number / max(count - 2, 1) for number in range(count)}
    return tuple(
        palette.data if number == mine else mix(palette.soft, palette.ground, share[next(others)])
        for number in range(count)
    )


def series_legend(data: Data, colours: tuple[str, ...], kit: ChartKit) -> Legend:
    """Return the legend of all series in their order, each with its colour."""
    return legend([(label, colour, False) for label, colour in zip(data.series, colours, strict=True)], kit, 600)
