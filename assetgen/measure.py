"""Tell whether all the data fits before anything is painted: a campaign or a layout goes in, sizes come out.

Every record is laid out for every placement and language; nothing is painted or encoded. What comes out says for each
asset how small its smallest text became, which texts were shrunk and how far, and the findings of the rules that look
at boxes alone: words cut off, boxes left, text below the floor, missing glyphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from assetgen import parts
from assetgen.batch import plan, read_data
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.campaign.quick import given_from_table
from assetgen.errors import AssetgenError
from assetgen.layout import Layout
from assetgen.model import Finding, Placement, Severity, Table
from assetgen.package import Failure, unique_slugs
from assetgen.package.asset import failure_of
from assetgen.paint import Painted
from assetgen.pipeline import wish_of
from assetgen.studio import Measured, Studio, Wish
from assetgen.watch import Progress


@dataclass(frozen=True)
class Text:
    """A text of an asset: its element, its words, its page, and its font size in CSS pixels of the 1080 px canvas.

    `asked` is the size that the styles ask for and `floor` the least that `data-fit` allows, for texts that may shrink.
    """

    element: str
    words: str
    page: int
    size: float
    asked: float | None = None
    floor: float | None = None
    fits: bool = True


@dataclass(frozen=True)
class Fitted:
    """How the texts of one asset fit: the smallest, those that were shrunk, and what does not fit."""

    slug: str
    row: int | None
    layout: str
    brand: str
    placement: str
    language: str
    smallest: Text | None
    shrunk: tuple[Text, ...]
    findings: tuple[Finding, ...]
    pages: int = 1

    @property
    def fits(self) -> bool:
        """Tell whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def at_floor(self) -> bool:
        """Tell whether a text is as small as its layout allows: one more word may not fit."""
        return any(text.floor is not None and text.size <= text.floor for text in self.shrunk)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {**asdict(self), "fits": self.fits, "at_floor": self.at_floor}


@dataclass(frozen=True)
class FitReport:
    """How all assets of a campaign or layout fit, in the order of the plan, and what cannot be laid out at all."""

    name: str
    assets: tuple[Fitted, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def fits(self) -> bool:
        """Tell whether everything can be laid out and fits."""
        return not self.failures and all(asset.fits for asset in self.assets)


@dataclass(frozen=True)
class _Wanted:
    layout: Layout
    brand: Brand
    wish: Wish
    row: int | None = None


def measure_campaign(campaign: Campaign, workers: int | None = None, progress: Progress | None = None) -> FitReport:
    """Return how every record of a campaign fits; raises as `pipeline.build` when it cannot be planned."""
    todo = plan(campaign, read_data(campaign))
    wanted = [
        _Wanted(campaign.layouts[job.spec.layout], campaign.brand_for(job.spec), wish_of(campaign, job), job.given.row)
        for job in todo.jobs
    ]
    return _measured(campaign.name, wanted, todo.failures, workers, progress)


def measure_layout(
    layout: Layout,
    brands: Iterable[Brand],
    placements: Iterable[Placement],
    given: Mapping[str, Mapping[str, Mapping[str, Any]]],
    progress: Progress | None = None,
) -> FitReport:
    """Return how records fit a layout: `given` holds, by language and name, the field values of each."""
    wishes = [
        Wish(fields, place, language, f"{layout.slug}-{name}", folder=layout.folder)
        for language, records in given.items()
        for name, fields in records.items()
        for place in placements
    ]
    wanted = [_Wanted(layout, brand, wish) for brand in brands for wish in wishes]
    return _measured(layout.title, wanted, (), None, progress)


def measure_table(
    layout: Layout,
    brands: Iterable[Brand],
    placements: Iterable[Placement],
    table: Table,
    languages: Iterable[str] = (),
    fields: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> FitReport:
    """Return how every row of a table fits a layout; columns fill the fields of their name, as in `make`.

    Without `languages` it is measured in all that the layout speaks.
    """
    wanted, failures, places = [], [], tuple(placements)
    brands = tuple(brands)
    for language in tuple(languages) or layout.languages:
        records = given_from_table(layout, table, fields or {}, language)
        for slug, one in zip(unique_slugs([one.slug for one in records]), records, strict=True):
            if one.error is not None:
                failures.append(failure_of(one.error, slug, one.row, "", language))
                continue
            wish = Wish(one.fields, places[0], language, slug, place=one.place, remarks=table.remarks, table=table)
            wanted += [
                _Wanted(layout, brand, replace(wish, placement=place), one.row) for brand in brands for place in places
            ]
    return _measured(layout.title, wanted, failures, None, progress)


def _measured(
    name: str,
    wanted: list[_Wanted],
    failures: Iterable[Failure],
    workers: int | None,
    progress: Progress | None,
) -> FitReport:
    made: list[Fitted] = []
    failed = list(failures)
    with Studio() as studio:
        results = parts.load("executors", "local").run(_work(studio), wanted, workers, studio.preload)
        for number, (result, one) in enumerate(zip(results, wanted, strict=True), 1):
            (made if isinstance(result, Fitted) else failed).append(result)
            if progress:
                progress(number, len(wanted), f"{one.wish.slug} · {one.wish.placement.name}")
    return FitReport(name, tuple(made), tuple(failed))


def _work(studio: Studio) -> Callable[[_Wanted], Fitted | Failure]:
    def work(one: _Wanted) -> Fitted | Failure:
        try:
            return _fitted(one, studio.measure(one.layout, one.brand, one.wish))
        except AssetgenError as error:
            return failure_of(error, one.wish.slug, one.row, one.wish.placement.name, one.wish.language)

    return work


def _fitted(one: _Wanted, measured: Measured) -> Fitted:
    texts = [text for page in measured.pages for text in _texts(page)]
    shrunk = tuple(text for page in measured.pages for text in _shrunk(page))
    wish = one.wish
    return Fitted(
        *(wish.slug, one.row, one.layout.slug, one.brand.slug, wish.placement.name, wish.language),
        smallest=min(texts, key=lambda text: text.size, default=None),
        shrunk=shrunk,
        findings=measured.findings,
        pages=len(measured.pages),
    )


def _texts(page: Painted) -> Iterator[Text]:
    for box in page.boxes:
        if box.runs and "aria-hidden" not in box.attributes:
            size = min(run.font_size for run in box.runs)
            yield Text(box.describe(), box.text[:80], page.number, round(size, 1))


def _shrunk(page: Painted) -> Iterator[Text]:
    for number, fit in page.fits.items():
        if fit.used < fit.asked or not fit.fits:
            box = page.by_number[number]
            yield Text(box.describe(), box.text[:80], page.number, fit.used, fit.asked, fit.floor, fit.fits)
