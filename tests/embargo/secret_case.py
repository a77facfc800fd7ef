"""A case whose every text carries words that stand nowhere else, up to its embargo."""

from clock.london import london_today
from complaints.models import Complaint
from complaints.services import (
    contact,
    correspondence,
    drafts,
    eligibility,
    evidence_relied_on,
    letter_texts,
    submission,
)
from complaints.services.reconsidering import note_meeting
from documents.models import RenderedDocument, StoredFile
from documents.services import rendering, scanning
from investigations.models import Investigation
from investigations.services import lines, progress, team
from publication.models import Release, Report
from publication.services import holds
from publication.services import report as reporting
from publication.services.copies import accept_terms
from publication.services.release import send_to_body
from publication.services.sign_off import give_opinion
from publication.states import Ground
from recommendations.services import drafting
from tests.builders import complaints as built
from tests.builders.accounts import organisation
from tests.builders.investigations import (
    an_agreed_finding,
    an_evidence_item,
    an_open_investigation,
    an_upload,
    screened,
)
from tests.builders.publication import APPROVERS, approve, armed, in_seconds, sealed, signed_off
from tests.builders.recommendations import a_recommendation
from tests.cast import play

# Words of the complaint; of what body and authorities wrote to each other, and of what was said
# before there was a complaint; of what the authorities wrote; of what they leave out of the report.
COMPLAINT_WORD = "Quillfeather"
LETTER_WORD = "Marrowgate"
TALK_WORD = "Tallowmere"
REPORT_WORD = "Brindlemark"
EXCLUDED_WORD = "Cinderquoin"
WORDS = (COMPLAINT_WORD, LETTER_WORD, TALK_WORD, REPORT_WORD, EXCLUDED_WORD)
# What everybody may read of a case from the instant on.
PUBLIC_WORDS = (COMPLAINT_WORD, REPORT_WORD)


def an_embargoed_secret() -> Release:
    """Sealed, approved by two people, and due a few seconds ago by the database's clock.

    The application's clock is then set before the instant or after it: the earlier one decides.
    """
    said_before()
    # With another case this one can be compared.
    built.a_registered_complaint(lead_body=organisation("hestia"))
    complaint = decided(in_deficiency(built.acknowledged(a_secret_complaint())))
    release = sealed(signed_off(reported(investigated(complaint))))
    braked(release)
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


def said_before() -> None:
    """A conversation of the body with the authorities, and the desk's own note of it."""
    talk = contact.open_conversation(
        built.a_regime(), subject=f"{TALK_WORD} plans", text=TALK_WORD, by=play("submitter")
    )
    contact.write(talk, text=f"{TALK_WORD} answered.", by=play("intake_officer"))
    contact.note(talk, text=f"{TALK_WORD} noted.", by=play("intake_officer"))


def a_secret_complaint() -> Complaint:
    """A submitted complaint whose texts carry the complaint's word."""
    by = play("body_approver")
    draft = built.a_complete_draft(by=by, title=f"{COMPLAINT_WORD} stops", files=0)
    drafts.save_harm(draft, harm=f"{COMPLAINT_WORD} harm.", version=1, by=by)
    upload = an_upload(f"{COMPLAINT_WORD} accounts".encode(), "accounts.txt")
    words = f"{COMPLAINT_WORD} accounts"
    evidence_relied_on.attach(draft, upload=upload, title=words, shows=words, by=by)
    return submission.submit(draft, signatory=built.SIGNATORY, by=by)


def in_deficiency(complaint: Complaint) -> Complaint:
    """The complaint, once both sides have written and a missing part was asked for and given."""
    body, desk = play("submitter"), play("intake_officer")
    upload = an_upload(f"{LETTER_WORD} attached".encode(), f"{LETTER_WORD}.txt")
    correspondence.send_message(complaint, text=f"{LETTER_WORD}?", uploads=[upload], by=body)
    correspondence.send_message(complaint, text=f"{LETTER_WORD}!", by=desk)
    asked_for = correspondence.ask_for_part(
        complaint, part="harm", asked=LETTER_WORD, answer_by=london_today(), by=desk
    )
    correspondence.answer_part(complaint, asked_for=asked_for, answer=LETTER_WORD, by=body)
    return complaint


def decided(complaint: Complaint) -> Complaint:
    """The complaint, found eligible for reasons that the authorities keep to themselves."""
    today, by = london_today(), play("hmicfrs_decision_maker")
    built.with_views(complaint, reasons=f"{REPORT_WORD} view.")
    note_meeting(complaint, held_on=today, text=f"{REPORT_WORD} was talked of.", by=by)
    text = f"{letter_texts.decision(complaint, eligible=True, reasons='')}\n\n{LETTER_WORD}."
    eligibility.decide(complaint, reasons="It is in form.", text=text, by=by)
    return complaint


def investigated(complaint: Complaint) -> Investigation:
    """The case, with a row of each kind that an investigation writes, and its full team."""
    investigation = an_open_investigation(complaint)
    for name in ("press_officer", "second_press_officer", "legal_adviser"):
        member = play(name)
        team.add_member(investigation, membership=member, by=play("hmicfrs_decision_maker"))
    by, lead = play("investigator"), play("lead_investigator")
    lines.add_line(investigation, question=f"{REPORT_WORD}?", method=REPORT_WORD, by=by)
    upload = an_upload(f"{REPORT_WORD} return".encode())
    an_evidence_item(investigation, title=f"{REPORT_WORD} return", upload=upload)
    screened(an_agreed_finding(investigation, title=f"{REPORT_WORD} finding").evidence.get())
    to_end, scope = f"{REPORT_WORD} is to end.", f"{REPORT_WORD} forces"
    a_recommendation(complaint, wording=to_end, applies_to=scope)
    college = organisation("college")
    drafting.draft_action(complaint, authority=college, text=f"{REPORT_WORD} guidance.", by=by)
    progress.send(progress.write(investigation, text=f"{LETTER_WORD} so far.", by=lead), by=lead)
    progress.write(investigation, text=f"{REPORT_WORD} not sent yet.", by=lead)
    return investigation


def reported(investigation: Investigation) -> Report:
    """The report in sign-off, with its notice, an opinion, and a passage left out for good."""
    by, chief = play("investigator"), play("hmicfrs_decision_maker")
    report = reporting.begin(investigation.complaint, title=f"{REPORT_WORD} report", by=by)
    for section in report.sections.all():
        text = f"{REPORT_WORD} in {section.key}."
        reporting.edit_section(section, text=text, version=section.version, by=by)
    give_opinion(report, matter=f"{REPORT_WORD} cost", text=f"{REPORT_WORD} opinion.", by=chief)
    exclusion = {"passage": f"{EXCLUDED_WORD} names.", "reason": f"{EXCLUDED_WORD} is at risk."}
    reporting.exclude(report, ground=Ground.SAFETY, by=chief, **exclusion)
    reporting.edit_notice(
        report,
        title=f"{REPORT_WORD} report",
        headline=f"{REPORT_WORD} headline",
        standfirst=f"{REPORT_WORD} standfirst.",
        planned_for="",
        version=report.version,
        by=by,
    )
    return reporting.propose(report, by=by)


def braked(release: Release) -> None:
    """The release was held and let go again, for a reason that stays with the authorities."""
    held = holds.hold(release, reason=f"{EXCLUDED_WORD} is to be told.", by=play("press_officer"))
    for name in ("press_officer", "hmicfrs_decision_maker"):
        holds.lift(held, by=play(name))
