"""Check a painted asset: run every rule over it and return what they find, with the severities that the brand wants."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from assetgen import parts
from assetgen.bind import Composition
from assetgen.blocks import Block, lines_in
from assetgen.model import File, Finding, Remark, Screening, Severity, Table
from assetgen.paint import Painted
from assetgen.read import Lookup


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: the composition, its painted pages, the files made from them, and the data behind them.

    `screening` is what was seen of a video.
    """

    composition: Composition
    pages: tuple[Painted, ...]
    files: tuple[File, ...]
    remarks: tuple[Remark, ...] = ()
    table: Table | None = None
    data: Lookup | None = None
    screening: Screening = field(default_factory=Screening)

    @cached_property
    def words_beside(self) -> tuple[tuple[str, Block], ...]:
        """Return the lines of the alternative text and the caption, each with the name of what it belongs to."""
        beside = (("alt text", self.composition.alt_text), ("caption", self.composition.caption))
        return tuple((name, line) for name, text in beside for line in lines_in(text))


def check(subject: Subject, *, fit: bool = False) -> tuple[Finding, ...]:
    """Return the findings of every rule, worst first; rules that the brand switched off are not run.

    With `fit`, only rules are asked that say `FIT`: they tell whether texts fit from where these lie, without pixels.
    A finding carries the name of its rule, unless the rule named a part of itself (`file.bytes`).
    """
    wanted = subject.composition.brand.rules
    found: list[Finding] = []
    for name in parts.names("rules"):
        severity = Severity(wanted[name]) if name in wanted else None
        if severity is Severity.OFF:
            continue
        rule = parts.load("rules", name)
        if fit and not getattr(rule, "FIT", False):
            continue
        for finding in rule.check(subject):
            found.append(replace(finding, rule=finding.rule or name, severity=severity or finding.severity))
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: (order.index(finding.severity), finding.page or 0, finding.rule)))
