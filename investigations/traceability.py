"""Which evidence bears on which finding: the matrix, and the gaps it shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from documents.states import ScanState
from investigations.models import EvidenceItem, Finding, FindingEvidence
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
    """A finding to look at, and what is missing."""

    finding: Finding
    words: str


def matrix(items: Iterable[EvidenceItem], findings: list[Finding]) -> list[Row]:
    """The rows of the matrix, from findings read `with_ties`."""
    ties = [tie for finding in findings for tie in finding.ties.all()]
    at = {(tie.evidence_item_id, tie.finding_id): Bearing(tie.bearing) for tie in ties}
    return [Row(item, [_cell(at.get((item.pk, one.pk))) for one in findings]) for item in items]


def _cell(bearing: Bearing | None) -> Cell:
    return Cell(bearing.label, bearing.value) if bearing else Cell()


def with_ties(findings: "QuerySet[Finding]") -> list[Finding]:
    """Findings with their ties, the items at the other end and these items' files."""
    with_files = FindingEvidence.objects.select_related("evidence_item__file")
    return list(findings.prefetch_related(Prefetch("ties", with_files)))


def gaps(findings: Iterable[Finding]) -> Iterator[Gap]:
    """Findings with few sources that support them, or that rest on what is relied on no more."""
    for finding in findings:
        supports = [tie for tie in finding.ties.all() if tie.bearing == Bearing.SUPPORTS]
        gone = [tie for tie in supports if tie.evidence_item.status in NOT_RELIED_ON]
        infected = [tie for tie in supports if is_infected(tie)]
        sources = {tie.evidence_item.source for tie in supports if tie not in gone + infected}
        if not sources:
            yield Gap(finding, "no evidence supports it")
        elif len(sources) < ENOUGH_SOURCES:
            yield Gap(finding, "it rests on one source alone")
        for tie in gone:
            yield Gap(finding, f"it rests on {tie.evidence_item.mark}, which is relied on no more")
        for tie in infected:
            yield Gap(finding, f"the file of {tie.evidence_item.mark} is quarantined")


def is_infected(tie: FindingEvidence) -> bool:
    """Whether the file of the item was found infected."""
    return tie.evidence_item.file.scan_state == ScanState.QUARANTINED
