"""An infected file is evidence of nothing: it can’t be linked, and what rested on it is bare."""

import pytest
from django.utils import timezone

from documents.models import StoredFile
from documents.states import ScanState
from investigations.models import EvidenceItem, Finding
from investigations.services import evidence, findings
from investigations.traceability import gaps, with_ties
from publication.built import StepsTaken
from publication.models import Report
from publication.readiness import draft_of, lacking
from publication.sections import build
from publication.services import sealing
from tests.builders.investigations import a_finding, an_evidence_item, screened
from tests.builders.publication import a_report_in_sign_off, a_signed_off_report
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


def test_a_report_relies_on_what_is_screened_and_supports_a_finding_and_on_nothing_else() -> None:
    report = a_report_in_sign_off()
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    investigation, by = finding.investigation, play("investigator")
    screened(an_evidence_item(investigation))
    unscreened, infected = an_evidence_item(investigation), an_evidence_item(investigation)
    against = screened(an_evidence_item(investigation))
    for item, bearing in (
        (unscreened, "supports"),
        (infected, "supports"),
        (against, "contradicts"),
    ):
        findings.link(finding, evidence_item=item, bearing=bearing, by=by)
    quarantined(infected)
    assert relied_on(report) == 1
    screened(unscreened)
    assert relied_on(report) == 2
    second = a_finding(investigation)
    findings.link(second, evidence_item=unscreened, bearing="supports", by=by)
    assert relied_on(report) == 2


def relied_on(report: Report) -> int:
    """How many items the report says that its conclusions rely on."""
    built = build(report.sections.get(key="steps-taken"))
    assert isinstance(built.content, StepsTaken)
    return built.content.evidence_items


def test_a_report_whose_finding_rests_on_unscreened_evidence_is_not_sealed() -> None:
    report = a_signed_off_report()
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    evidence_item, by = finding.evidence.get(), play("investigator")
    evidence.set_aside(evidence_item, reason="It is doubted.", by=by)
    evidence.rely_on_again(evidence_item, reason="It is not.", by=by)
    assert "No screened evidence supports finding F-01. Screen or link an item." in lacking(
        draft_of(report)
    )
