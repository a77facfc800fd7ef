"""A case whose every text carries words that stand nowhere else, up to its embargo."""

from typing import Any

from complaints.models import Complaint
from complaints.services import drafts, evidence_relied_on, submission
from documents.models import RenderedDocument, StoredFile
from documents.services import rendering, scanning
from investigations.models import Investigation
from investigations.services import progress, team
from publication.models import Release
from publication.services import report as reporting
from publication.services.copies import accept_terms
from publication.services.release import send_to_body
from tests.builders import complaints as built
from tests.builders.investigations import (
    an_agreed_finding,
    an_evidence_item,
    an_open_investigation,
    an_upload,
)
from tests.builders.publication import APPROVERS, approve, armed, in_seconds, sealed, signed_off
from tests.builders.recommendations import a_recommendation
from tests.cast import play

# Words of the complaint, which its own body wrote, and of what the authorities wrote about it.
COMPLAINT_WORD = "Quillfeather"
REPORT_WORD = "Brindlemark"


def an_embargoed_secret() -> Release:
    """Sealed, approved by two people, and due a few seconds ago by the database's clock.

    The application's clock is then set before the instant or after it: the earlier one decides.
    """
    investigation = _investigated(built.decided(built.acknowledged(a_secret_complaint())))
    release = sealed(signed_off(_reported(investigation)))
    # The body is sent only what two people approved, for a time that is still to come.
    release = armed(release)
    send_to_body(release, by=play("press_officer"))
    # Of the body’s people one has accepted the terms; the other finds the terms alone.
    accept_terms(release, by=play("submitter"))
    Release.objects.filter(pk=release.pk).update(release_at=in_seconds(-5), wall_time="5 s ago")
    release.refresh_from_db()
    for name in APPROVERS:
        approve(release, play(name))
    for file in StoredFile.objects.all():
        scanning.scan(file.pk)
    for document in RenderedDocument.objects.all():
        rendering.render(document.pk)
    return release


def a_secret_complaint() -> Complaint:
    """A submitted complaint whose texts carry the complaint's word."""
    by = play("body_approver")
    draft = built.a_complete_draft(by=by, title=f"{COMPLAINT_WORD} stops", files=0)
    drafts.save_harm(draft, harm=f"{COMPLAINT_WORD} harm.", version=1, by=by)
    upload = an_upload(f"{COMPLAINT_WORD} accounts".encode(), "accounts.txt")
    words = f"{COMPLAINT_WORD} accounts"
    evidence_relied_on.attach(draft, upload=upload, title=words, shows=words, by=by)
    return submission.submit(draft, signatory=built.SIGNATORY, by=by)


def _investigated(complaint: Complaint) -> Investigation:
    investigation = an_open_investigation(complaint)
    for name in ("press_officer", "second_press_officer", "legal_adviser"):
        member = play(name)
        team.add_member(investigation, membership=member, by=play("hmicfrs_decision_maker"))
    upload = an_upload(f"{REPORT_WORD} return".encode())
    an_evidence_item(investigation, title=f"{REPORT_WORD} return", upload=upload)
    an_agreed_finding(investigation, title=f"{REPORT_WORD} finding")
    a_recommendation(complaint, wording=f"{REPORT_WORD} is to end.")
    lead = play("lead_investigator")
    progress.send(progress.write(investigation, text="We go on.", by=lead), by=lead)
    return investigation


def _reported(investigation: Investigation) -> Any:
    by = play("investigator")
    report = reporting.begin(investigation.complaint, title=f"{REPORT_WORD} report", by=by)
    for section in report.sections.all():
        text = f"{REPORT_WORD} in {section.key}."
        reporting.edit_section(section, text=text, version=section.version, by=by)
    return reporting.propose(report, by=by)
