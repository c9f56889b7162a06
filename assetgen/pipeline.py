"""Take a campaign from start to finish: data, layouts, brands and placements go in, finished packages come out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Event, Lock

from assetgen import parts
from assetgen.batch import Job, Plan, plan, read_data
from assetgen.cache import Cache
from assetgen.campaign import Campaign
from assetgen.errors import AssetgenError
from assetgen.model import Direction
from assetgen.package import (
    Asset,
    Entry,
    Failure,
    Manifest,
    OutputFolder,
    Provenance,
    describe_package,
    package_folder,
)
from assetgen.package.asset import failure_of
from assetgen.provenance import Hashes
from assetgen.studio import Studio, Wish
from assetgen.watch import Progress, Watch


@dataclass(frozen=True)
class Report:
    """What a build made: the manifest as it was written, where, the files that it removed, and how much was kept."""

    out: Path
    manifest: Manifest
    removed: tuple[str, ...] = ()
    unchanged: int = 0

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
    """How a build is run: only some slugs, in how many threads, on which engine and executor, as a draft.

    A `cache` keeps the segments of videos for later builds. What has not changed since the last build is kept, unless
    everything is to be made `fresh`.
    """

    only: tuple[str, ...] = ()
    workers: int | None = None
    engine: str = "takumi"
    executor: str = "local"
    draft: bool = False
    cache: Cache | None = None
    fresh: bool = False


def build(
    campaign: Campaign, out: Path | str, options: BuildOptions = BuildOptions(), progress: Progress | None = None
) -> Report:
    """Build a campaign into a folder: files, manifest and contact sheet; what cannot be made is reported.

    An asset is made again when anything that it is made from has changed, or a file of it is not as it was written.
    `progress(done, total, what)` is called after each asset and with the frames of videos, from one thread at a time.
    Raises DataError, CampaignError and UsageError before anything is written when the campaign cannot be built.
    """
    todo = plan(campaign, read_data(campaign), options.only)
    way = _Way.of(campaign, todo, options, progress)
    with (
        OutputFolder(Path(out), with_language=way.named) as folder,
        Studio(options.engine, options.cache) as studio,
    ):
        earlier = way.unchanged(folder.earlier, Path(out))
        results = _run(way, [job for job in todo.jobs if way.folder(job) not in earlier], studio, folder.write)
        made, failed = _collect((earlier.get(way.folder(job)) or next(results) for job in todo.jobs), way)
        kept, lost = _kept(folder.earlier, todo) if options.only else ((), ())
        manifest = way.manifest((*kept, *made), (*lost, *way.told((*todo.failures, *failed))))
        return Report(Path(out), manifest, folder.finish(manifest), len(earlier))


def review(campaign: Campaign, options: BuildOptions = BuildOptions(), progress: Progress | None = None) -> Manifest:
    """Return the manifest that a build would write, with all findings; everything is made, nothing is written.

    Raises as `build`.
    """
    todo = plan(campaign, read_data(campaign), options.only)
    way = _Way.of(campaign, todo, options, progress)

    def deliver(asset: Asset) -> Entry:
        return describe_package(asset, with_language=way.named)[0]

    with Studio(options.engine, options.cache) as studio:
        made, failed = _collect(_run(way, todo.jobs, studio, deliver), way)
    return way.manifest(made, way.told((*todo.failures, *failed)))


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


def has_languages(campaign: Campaign) -> bool:
    """Tell whether a campaign has assets in several languages, which then go into the names of folders."""
    return len({*campaign.languages, *(language for spec in campaign.make for language in spec.languages or ())}) > 1


class _Watched:
    """Tell who watches how many assets are there, and how far the frames of a video are."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._progress = total, progress
        self._done, self._process = 0, os.getpid()
        self._lock = Lock()
        self.stopped = Event()

    def done(self, job: Job) -> None:
        """Count one more asset."""
        with self._lock:
            self._done += 1
            if self._progress:
                self._progress(self._done, self._total, _name(job))

    def watch(self, job: Job) -> Watch:
        """Return who watches the frames of one asset; from another process nothing can be told."""

        def tell(done: int, total: int, stage: str) -> None:
            if self._progress and stage == "frames" and done < total and os.getpid() == self._process:
                with self._lock:
                    self._progress(self._done, self._total, f"{done / total:.0%} {_name(job)}")

        return Watch(tell, self.stopped)


@dataclass(frozen=True)
class _Way:
    """What a build makes things from, and how it is run; `named` tells that folders are named by language.

    `provenances` are those of the jobs, by folder.
    """

    campaign: Campaign
    jobs: Sequence[Job]
    options: BuildOptions
    named: bool
    watched: _Watched
    hashes: Hashes
    provenances: dict[str, Provenance] = field(default_factory=dict)

    @classmethod
    def of(cls, campaign: Campaign, todo: Plan, options: BuildOptions, progress: Progress | None) -> _Way:
        """Hash all that the jobs are made from, and only then read the kits that they are made with.

        So nothing is taken for newer than it is: not with a campaign that was loaded long ago, and not while somebody
        saves a layout.
        """
        hashes = Hashes(options.engine, options.draft)
        watched = _Watched(len(todo.jobs), progress)
        way = cls(campaign.anew(), todo.jobs, options, has_languages(campaign), watched, hashes)
        way.provenances.update((way.folder(job), hashes.provenance(campaign, job)) for job in todo.jobs)
        return way

    def folder(self, job: Job) -> str:
        """Return the folder of a job below the output folder."""
        return package_folder(job.slug, job.placement, job.language if self.named else "")

    def unchanged(self, earlier: Manifest | None, out: Path) -> dict[str, Entry]:
        """Return the entries of what an earlier build made, and a new one would make the same, by folder."""
        found = {}
        for entry in earlier.entries if earlier and not self.options.fresh else ():
            now = self.provenances.get(entry.folder)
            if now is not None and entry.made_from(now.key) and entry.unchanged(out):
                found[entry.folder] = entry.from_sources(now)
        return found

    def told(self, failures: Iterable[Failure]) -> Iterator[Failure]:
        """Yield failures as the manifest tells them."""
        return (told_from(self.campaign.folder, failure) for failure in failures)

    def manifest(self, entries: Iterable[Entry], failures: Iterable[Failure]) -> Manifest:
        """Return the manifest of a build."""
        return Manifest(self.campaign.name, self.campaign.languages[0], tuple(entries), tuple(failures))


def _run(
    way: _Way, jobs: Sequence[Job], studio: Studio, deliver: Callable[[Asset], Entry]
) -> Iterator[Entry | Failure]:
    """Yield what became of each job, in their order."""

    def work(job: Job) -> Entry | Failure:
        try:
            return deliver(make_job(way, job, studio))
        except AssetgenError as error:
            return failure_of(error, job.slug, job.given.row, job.placement.name, job.language)

    executor = parts.load("executors", way.options.executor)
    results: Iterator[Entry | Failure] = executor.run(
        work, jobs, way.options.workers, studio.preload, way.watched.stopped.set
    )
    return results


def _name(job: Job) -> str:
    return f"{job.slug} · {job.placement.name}"


def _collect(results: Iterator[Entry | Failure], way: _Way) -> tuple[list[Entry], list[Failure]]:
    """Return what was made and what failed; after a file was changed meanwhile, the next build keeps nothing of it."""
    made: list[Entry] = []
    failed: list[Failure] = []
    for result, job in zip(results, way.jobs, strict=True):
        if isinstance(result, Entry):
            made.append(result)
        else:
            failed.append(result)
        way.watched.done(job)
    return made if way.hashes.still_true() else [entry.without_key() for entry in made], failed


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


def make_job(way: _Way, job: Job, studio: Studio) -> Asset:
    """Return the asset of one job of a campaign, without its pixels; raises as `Studio.make`."""
    campaign = way.campaign
    layout, brand = campaign.layouts[job.spec.layout], campaign.brand_for(job.spec)
    wish = wish_of(campaign, job, way.options.draft)
    asset = studio.make(layout, brand, wish, way.watched.watch(job))
    provenance = way.provenances[way.folder(job)].with_cells(asset.facts)
    return replace(asset, frames=(), publish_at=job.given.publish_at, row=job.given.row, provenance=provenance)
