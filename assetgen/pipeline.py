"""Take a campaign from start to finish: data, layouts, brands and placements go in, finished packages come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from assetgen import parts
from assetgen.batch import Job, Plan, plan, read_data
from assetgen.campaign import Campaign
from assetgen.errors import AssetgenError
from assetgen.model import Direction
from assetgen.package import Asset, Entry, Failure, Manifest, OutputFolder, describe_package
from assetgen.package.asset import failure_of
from assetgen.provenance import Hashes
from assetgen.studio import Studio, Wish

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Report:
    """What a build made: the manifest as it was written, where, and the files that it removed."""

    out: Path
    manifest: Manifest
    removed: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the assets, as the manifest tells them."""
        return self.manifest.entries

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Return what could not be made."""
        return self.manifest.failures

    @property
    def ready(self) -> bool:
        """Tell whether everything was made and nothing has a finding of severity error."""
        return self.manifest.ready

    @cached_property
    def totals(self) -> dict[str, int]:
        """Return how many assets were made, are ready and are not, and how many things failed."""
        return self.manifest.totals


@dataclass(frozen=True)
class BuildOptions:
    """How a build is run: only some slugs, in how many threads, on which engine and executor, as a draft."""

    only: tuple[str, ...] = ()
    workers: int | None = None
    engine: str = "takumi"
    executor: str = "local"
    draft: bool = False


def build(
    campaign: Campaign, out: Path | str, options: BuildOptions = BuildOptions(), progress: Progress | None = None
) -> Report:
    """Build a campaign into a folder: files, manifest and contact sheet; what cannot be made is reported.

    `progress(done, total, what)` is called after each asset. Raises DataError, CampaignError and UsageError before
    anything is written when the campaign as a whole cannot be built.
    """
    tables = read_data(campaign)
    todo = plan(campaign, tables, options.only)
    with (
        OutputFolder(Path(out), with_language=has_languages(todo, campaign)) as folder,
        Studio(options.engine) as studio,
    ):
        results = _run(campaign, todo, studio, folder.write, options)
        made, failed = _collect(results, todo, progress)
        kept, lost = _kept(folder.earlier, todo) if options.only else ((), ())
        failures = (told_from(campaign.folder, failure) for failure in (*todo.failures, *failed))
        manifest = Manifest(campaign.name, campaign.languages[0], (*kept, *made), (*lost, *failures))
        return Report(Path(out), manifest, folder.finish(manifest))


def review(campaign: Campaign, options: BuildOptions = BuildOptions(), progress: Progress | None = None) -> Manifest:
    """Return the manifest that a build would write, with all findings; everything is made, nothing is written.

    Raises as `build`.
    """
    tables = read_data(campaign)
    todo = plan(campaign, tables, options.only)
    named = has_languages(todo, campaign)

    def deliver(asset: Asset) -> Entry:
        return describe_package(asset, with_language=named)[0]

    with Studio(options.engine) as studio:
        made, failed = _collect(_run(campaign, todo, studio, deliver, options), todo, progress)
    failures = (told_from(campaign.folder, failure) for failure in (*todo.failures, *failed))
    return Manifest(campaign.name, campaign.languages[0], tuple(made), tuple(failures))


def told_from(folder: Path, failure: Failure) -> Failure:
    """Return a failure whose places are told from the campaign's folder: a manifest is the same on any machine."""
    problems = []
    for problem in failure.problems:
        place = problem.place
        path = Path(place.file).absolute()
        for root in (folder, parts.built_in("layouts").parent):
            if place.file and path.is_relative_to(root):
                place = replace(place, file=path.relative_to(root).as_posix())
                break
        problems.append(replace(problem, place=place))
    return replace(failure, problems=tuple(problems))


def has_languages(todo: Plan, campaign: Campaign) -> bool:
    """Tell whether a build has assets in several languages, which then go into the names of folders."""
    return len({*campaign.languages, *(job.language for job in todo.jobs)}) > 1


def _run(
    campaign: Campaign, todo: Plan, studio: Studio, deliver: Callable[[Asset], Entry], options: BuildOptions
) -> Iterator[Entry | Failure]:
    """Yield what became of each job, in their order."""
    hashes = Hashes(options.engine, options.draft)

    def work(job: Job) -> Entry | Failure:
        try:
            return deliver(make_job(campaign, job, studio, hashes, options.draft))
        except AssetgenError as error:
            return failure_of(error, job.slug, job.given.row, job.placement.name, job.language)

    executor = parts.load("executors", options.executor)
    results: Iterator[Entry | Failure] = executor.run(work, todo.jobs, options.workers, studio.preload)
    return results


def _collect(
    results: Iterator[Entry | Failure], todo: Plan, progress: Progress | None
) -> tuple[list[Entry], list[Failure]]:
    made: list[Entry] = []
    failed: list[Failure] = []
    for number, (result, job) in enumerate(zip(results, todo.jobs, strict=True), 1):
        if isinstance(result, Entry):
            made.append(result)
        else:
            failed.append(result)
        if progress:
            progress(number, len(todo.jobs), f"{job.slug} · {job.placement.name}")
    return made, failed


def _kept(earlier: Manifest | None, todo: Plan) -> tuple[tuple[Entry, ...], tuple[Failure, ...]]:
    """Return what an earlier build made and failed to make of slugs that this one leaves alone."""
    if earlier is None:
        return (), ()
    again = {job.slug for job in todo.jobs} | {failure.slug for failure in todo.failures}
    return (
        tuple(entry for entry in earlier.entries if entry.slug not in again),
        tuple(failure for failure in earlier.failures if failure.slug not in again),
    )


def wish_of(campaign: Campaign, job: Job, draft: bool = False) -> Wish:
    """Return what one job of a campaign asks for."""
    given = job.given
    return Wish(
        given=given.fields,
        placement=job.placement,
        language=job.language,
        slug=job.slug,
        folder=campaign.folder,
        place=given.place,
        draft=draft,
        remarks=job.table.remarks if job.table else (),
        table=job.table,
        caption=given.caption,
        alt_text=given.alt,
        hashtags=job.spec.hashtags,
        direction=Direction(**dict(job.spec.video)),
    )


def make_job(campaign: Campaign, job: Job, studio: Studio, hashes: Hashes, draft: bool = False) -> Asset:
    """Return the asset of one job of a campaign, without its pixels; raises as `Studio.make`."""
    layout, brand = campaign.layouts[job.spec.layout], campaign.brand_for(job.spec)
    asset = studio.make(layout, brand, wish_of(campaign, job, draft))
    return replace(
        asset,
        frames=(),
        publish_at=job.given.publish_at,
        row=job.given.row,
        provenance=hashes.provenance(campaign, job, asset.facts),
    )
