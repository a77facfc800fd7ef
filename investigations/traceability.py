"""Which evidence bears on which finding: the matrix, and the gaps it shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from investigations.models import EvidenceItem, Finding, FindingEvidence, Investigation
from investigations.querysets import EvidenceQuerySet
from investigations.states import Bearing, EvidenceStatus

# A finding on one source alone may be right, but somebody should have looked.
ENOUGH_SOURCES = 2
NOT_RELIED_ON = (EvidenceStatus.NOT_RELIED_ON, EvidenceStatus.SUPERSEDED)


@dataclass(frozen=True)
class Cell:
    """What one item does for one finding; empty where it does nothing."""

    words: str = ""
    bearing: str = ""


@dataclass(frozen=True)
class Row:
    """One evidence item across all findings."""

    item: EvidenceItem
    cells: list[Cell]


@dataclass(frozen=True)
class Gap:
    """Something to look at: what it is about, what is missing, and the page that mends it."""

    mark: str
    words: str
    page: str
    number: int


def matrix(items: Iterable[EvidenceItem], findings: list[Finding]) -> list[Row]:
    """The rows of the matrix, one query for all ties."""
    items = list(items)
    ties = FindingEvidence.objects.filter(evidence_item__in=items, finding__in=findings)
    at = {(tie.evidence_item_id, tie.finding_id): Bearing(tie.bearing) for tie in ties}
    return [Row(item, [_cell(at.get((item.pk, one.pk))) for one in findings]) for item in items]


def gaps(investigation: Investigation, visible: EvidenceQuerySet) -> list[Gap]:
    """What the matrix lacks: findings on too little, and evidence that bears on nothing."""
    return [*_of_findings(investigation), *_of_evidence(visible)]


def _cell(bearing: Bearing | None) -> Cell:
    return Cell(bearing.label, bearing.value) if bearing else Cell()


def _of_findings(investigation: Investigation) -> Iterable[Gap]:
    """Findings with few sources that support them, or that rest on what is relied on no more."""
    for finding in investigation.findings.prefetch_related("ties__evidence_item"):
        supports = [tie for tie in finding.ties.all() if tie.bearing == Bearing.SUPPORTS]
        gone = [tie for tie in supports if tie.evidence_item.status in NOT_RELIED_ON]
        sources = {tie.evidence_item.source for tie in supports if tie not in gone}
        page = ("investigations:finding", finding.number)
        if not sources:
            yield Gap(finding.mark, "has no evidence that supports it", *page)
        elif len(sources) < ENOUGH_SOURCES:
            yield Gap(finding.mark, "rests on one source alone", *page)
        for tie in gone:
            words = f"rests on {tie.evidence_item.mark}, which is relied on no more"
            yield Gap(finding.mark, words, *page)


def _of_evidence(visible: EvidenceQuerySet) -> Iterable[Gap]:
    """Items still relied on that bear on no finding."""
    for item in visible.relied_on().unlinked().only("number"):
        yield Gap(item.mark, "bears on no finding", "investigations:evidence_item", item.number)
