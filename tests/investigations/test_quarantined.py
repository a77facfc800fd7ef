"""An infected file is evidence of nothing: it can’t be linked, and what rested on it is bare."""

import pytest
from django.utils import timezone

from documents.models import StoredFile
from documents.states import ScanState
from investigations.models import EvidenceItem, Finding
from investigations.services import findings
from investigations.traceability import gaps, with_ties
from publication.models import Report
from publication.readiness import draft_of, lacking
from publication.services import sealing
from tests.builders.investigations import a_finding, an_evidence_item
from tests.builders.publication import a_signed_off_report
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db


def quarantined(evidence_item: EvidenceItem) -> None:
    """The item’s file, found infected by a later check."""
    StoredFile.objects.filter(pk=evidence_item.file_id).update(
        scan_state=ScanState.QUARANTINED, scanned_at=timezone.now()
    )


def test_an_item_whose_file_is_infected_is_not_linked() -> None:
    finding = a_finding()
    infected = an_evidence_item(finding.investigation)
    quarantined(infected)
    with pytest.raises(ActRefusedError, match="quarantined"):
        findings.link(finding, evidence_item=infected, bearing="supports", by=play("investigator"))


def test_a_finding_whose_only_item_is_infected_is_not_proposed() -> None:
    finding = a_finding()
    assert finding.supported_by().exists()
    quarantined(finding.evidence.get())
    assert not finding.supported_by().exists()
    said = [gap.words for gap in gaps(with_ties(finding.investigation.findings.all()))]
    assert "no evidence supports it" in said
    assert "the file of E-0001 is quarantined" in said
    with pytest.raises(ActRefusedError, match="no evidence that supports it"):
        findings.propose(finding, by=play("investigator"))


def test_a_report_on_a_finding_whose_item_was_found_infected_is_not_sealed() -> None:
    report: Report = a_signed_off_report()
    assert lacking(draft_of(report)) == []
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    quarantined(finding.evidence.get())
    with pytest.raises(ActRefusedError, match=f"supports finding {finding.mark}"):
        sealing.ask_to_seal(report, by=play("lead_investigator"))
