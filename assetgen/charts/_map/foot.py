"""Set what must stand below a map: provisional figures, and areas that are shown with former borders."""

from __future__ import annotations

from markupsafe import Markup

from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.foot import Legend, legend
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.words import word
from assetgen.charts._map.regions import Story


def foot_of(story: Story, kit: ChartKit) -> Legend:
    """Return the lines below a map."""
    told = [*story.remarks]
    told += [f"{sign} {word(sign, kit.language)}" for sign in story.data.signs]
    return legend([(Label.plain(text), "", False) for text in told], kit)


def remarks_of(story: Story) -> tuple[Markup, ...]:
    """Return the same remarks as sentences, for the alt text."""
    return tuple(Markup("{}.").format(remark) for remark in story.remarks)
