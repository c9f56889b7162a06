"""Check a painted asset: run every rule over it and return what they find, with the severities that the brand wants."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assetgen import parts
from assetgen.bind import Composition
from assetgen.model import File, Finding, Severity
from assetgen.paint import Painted


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: the composition, its painted pages and the files made from them."""

    composition: Composition
    pages: tuple[Painted, ...]
    files: tuple[File, ...]


def check(subject: Subject) -> tuple[Finding, ...]:
    """Return the findings of every rule, worst first; rules that the brand switched off are not run."""
    wanted = subject.composition.brand.rules
    found: list[Finding] = []
    for name in parts.names("rules"):
        severity = Severity(wanted[name]) if name in wanted else None
        if severity is Severity.OFF:
            continue
        for finding in parts.load("rules", name).check(subject):
            found.append(replace(finding, rule=name, severity=severity or finding.severity))
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: (order.index(finding.severity), finding.page or 0, finding.rule)))
