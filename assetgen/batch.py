"""Plan a build: every record of a campaign, for every placement and language, as one job; and what cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from assetgen import placement
from assetgen.campaign import Campaign, Given, records_of
from assetgen.campaign.file import DataSpec, MakeSpec
from assetgen.errors import AssetgenError, DataError, Problem, UsageError, did_you_mean
from assetgen.model import Placement, Table
from assetgen.package import Failure, safe_slug, unique_slugs
from assetgen.package.asset import failure_of
from assetgen.parts import built_in
from assetgen.paths import resolve_inside
from assetgen.read import read_table
from assetgen.template import Templates

Reader = Callable[[Campaign, str, DataSpec], Table]


@dataclass(frozen=True)
class Job:
    """One asset to make: a record in one language for one placement."""

    slug: str
    spec: MakeSpec
    given: Given
    layout: str
    brand: str
    placement: Placement
    language: str
    table: Table | None = None


@dataclass(frozen=True)
class Plan:
    """The jobs of a build in order, and the records that failed before painting."""

    jobs: tuple[Job, ...]
    failures: tuple[Failure, ...] = ()


def read_data(campaign: Campaign, read: Reader | None = None) -> dict[str, Table]:
    """Return the tables of a campaign by name; raises DataError with the problems of all files.

    `read` reads one of them: `read_one`, or a function that knows some of them already.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, spec in campaign.data.items():
        try:
            tables[name] = (read or read_one)(campaign, name, spec)
        except AssetgenError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return tables


def read_one(campaign: Campaign, name: str, spec: DataSpec) -> Table:
    """Return one table of a campaign; raises DataError."""
    path = resolve_inside(campaign.folder, spec.file, campaign.place("data", name, "file"))
    return read_table(path, spec.sheet, spec.options)


def plan(campaign: Campaign, tables: Mapping[str, Table], only: Collection[str] = ()) -> Plan:
    """Return what a build makes; `only` keeps the records of these slugs.

    Raises UsageError when a slug of `only` does not exist.
    """
    jobs: list[Job] = []
    failures: list[Failure] = []
    for number, spec in enumerate(campaign.make):
        made, failed = _plan_one(campaign, number, spec, tables)
        jobs += made
        failures += failed
    plan = _with_unique_slugs(Plan(tuple(jobs), tuple(failures)))
    if not only:
        return plan
    known = dict.fromkeys([job.slug for job in plan.jobs] + [failure.slug for failure in plan.failures])
    if unknown := [slug for slug in only if slug not in known]:
        raise UsageError(f"no asset has the slug '{unknown[0]}'", hint=did_you_mean(unknown[0], known))
    return Plan(
        tuple(job for job in plan.jobs if job.slug in only),
        tuple(failure for failure in plan.failures if failure.slug in only),
    )


def _plan_one(
    campaign: Campaign, number: int, spec: MakeSpec, tables: Mapping[str, Table]
) -> tuple[list[Job], list[Failure]]:
    table = tables[spec.source] if spec.source else None
    layout, brand = campaign.layouts[spec.layout], spec.brand or campaign.brand
    templates = Templates((campaign.folder,), built_in("layouts") / "_kit")
    placements = [
        placement.load(name) for name in (spec.placements if spec.placements is not None else campaign.placements)
    ]
    jobs: dict[tuple[int, int, str], Job] = {}
    failures: list[Failure] = []
    languages = spec.languages or campaign.languages
    for order, language in enumerate(languages):
        for index, given in enumerate(records_of(campaign, number, table, templates, language)):
            if given.error is not None:
                if order == 0 or not any(
                    failure.row == given.row and failure.slug == given.slug for failure in failures
                ):
                    failures.append(failure_of(given.error, given.slug, given.row, "", language if order else ""))
                continue
            for one in placements:
                job = Job(given.slug, spec, given, layout.slug, brand, one, language, table)
                jobs[index, placements.index(one), language] = job
    ordered = sorted(jobs, key=lambda key: (key[0], key[1], languages.index(key[2])))
    return [jobs[key] for key in ordered], failures


def _with_unique_slugs(plan: Plan) -> Plan:
    """Give every record a folder name of its own: two records with one slug would overwrite each other."""
    records = list(dict.fromkeys((id(job.spec), job.slug, job.given.row) for job in plan.jobs))
    names = dict(zip(records, unique_slugs([slug for _, slug, _ in records]), strict=True))
    jobs = (replace(job, slug=names[id(job.spec), job.slug, job.given.row]) for job in plan.jobs)
    failures = (replace(failure, slug=safe_slug(failure.slug)) for failure in plan.failures)
    return Plan(tuple(jobs), tuple(failures))
