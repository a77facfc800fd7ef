"""Super-complaints at each of their first stages, reached by the real verbs.

Each builder names its people by default from the cast: a body's approver, the intake officer and
one decision-maker of each authority.
"""

from datetime import date
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership, Organisation, Regime
from accounts.roles import Role
from clock.london import london_today
from complaints.models import Complaint, SupportingDocument
from complaints.services import (
    acknowledgement,
    drafts,
    eligibility,
    evidence_relied_on,
    letter_texts,
    submission,
    withdrawal,
)
from complaints.services.authorities import deciding_authorities
from complaints.services.declaring import Signatory
from complaints.services.drafts import Statement
from complaints.services.evidence_relied_on import Description
from complaints.services.submission import LetterContent
from complaints.states import Ground
from tests.builders.accounts import a_membership, organisation
from tests.builders.walked import walked_once
from tests.cast import PARTS, play

_numbers = count(1)

STATEMENT = "Forces share the immigration status of victims with other authorities."
HARM = "Victims of crime do not report it, and those who harm them go on unseen."
SHOWS = "What was said to her when she reported it."
EVIDENCE = "We rely on case files of 40 women, and on the policies of 12 forces."
WHY_ELIGIBLE = "It sets out all that is asked for, and repeats no earlier one."
REASONS = "It does not say who is harmed, and relies on no evidence."

SIGNATORY = Signatory("Body Approver", "Head of policy")
# The declaration as its form sends it.
DECLARED = {"name": SIGNATORY.name, "role": SIGNATORY.role, "authorised": "on"}

LETTER = LetterContent(
    contact_name="Contact Person",
    contact_email="contact@example.invalid",
    features=[Statement("Searches are not recorded.")],
    harm=HARM,
    evidence_relied_on=EVIDENCE,
)


def a_regime(key: str = "police") -> Regime:
    """A regime of the reference rows."""
    return Regime.objects.get(key=key)


def an_upload(name: str = "", *, content: bytes = b"") -> SimpleUploadedFile:
    """A small text file, different from every other."""
    number = next(_numbers)
    content = content or f"Document {number}: what we saw and heard.".encode()
    return SimpleUploadedFile(name or f"document-{number}.txt", content, "text/plain")


@walked_once
def a_draft(*, by: Membership | None = None, title: str = "Immigration data") -> Complaint:
    """A draft with a title and nothing else."""
    return drafts.start_draft(a_regime(), title=title, by=by or play("submitter"))


@walked_once
def a_complete_draft(*, by: Membership | None = None, files: int = 1, **facts: Any) -> Complaint:
    """A draft with every part that regulation 4 asks for."""
    by = by or play("submitter")
    draft = a_draft(by=by, **facts)
    drafts.save_contact(
        draft, name="Contact Person", email="contact@example.invalid", version=0, by=by
    )
    statements = [Statement(STATEMENT), Statement("Forces have no policy on it.")]
    drafts.save_features(draft, features=statements, version=0, by=by)
    everywhere = Complaint.ForcesConcerned.ALL
    drafts.save_forces(draft, concerned=everywhere, forces=[], version=0, by=by)
    drafts.save_harm(draft, harm=HARM, version=0, by=by)
    drafts.save_evidence(draft, relied_on=EVIDENCE, version=0, by=by)
    for number in range(files):
        title = f"Case file {number + 1}"
        evidence_relied_on.attach(draft, upload=an_upload(), title=title, shows=SHOWS, by=by)
    return draft


def described(
    document: SupportingDocument, *, by: Membership | None = None, **said: Any
) -> SupportingDocument:
    """A piece of evidence of a draft, once its body has answered every question about it."""
    facts = {"shows": SHOWS, "seen_by": "investigation", "has_personal_data": False, **said}
    return evidence_relied_on.describe(
        document.complaint,
        document=document,
        said=Description(**{"title": document.title, **facts}),
        version=document.version,
        by=by or play("submitter"),
    )


@walked_once
def a_submitted_complaint(*, approver: Membership | None = None, **facts: Any) -> Complaint:
    """Submitted in the portal today by the body's approver."""
    approver = approver or play("body_approver")
    return submission.submit(
        a_complete_draft(by=approver, **facts), signatory=SIGNATORY, by=approver
    )


@walked_once
def a_registered_complaint(
    *,
    received_on: date | None = None,
    lead_body: Organisation | None = None,
    by: Membership | None = None,
    **facts: Any,
) -> Complaint:
    """Registered from a letter by the intake officer, today unless another day is given."""
    asked = {"title": "Stop and search", "content": LETTER, **facts}
    return submission.register(
        a_regime(),
        lead_body=lead_body or organisation("cwj"),
        received_on=received_on or london_today(),
        letter_upload=an_upload("letter.txt"),
        by=by or play("intake_officer"),
        **asked,
    )


def acknowledged(complaint: Complaint, *, by: Membership | None = None) -> Complaint:
    """The complaint, once its receipt is acknowledged."""
    text = letter_texts.acknowledgement(complaint)
    acknowledgement.acknowledge(complaint, text=text, by=by or play("intake_officer"))
    return complaint


@walked_once
def an_acknowledged_complaint(**facts: Any) -> Complaint:
    """Submitted, and its receipt acknowledged."""
    return acknowledged(a_submitted_complaint(**facts))


def with_views(
    complaint: Complaint, *, eligible: bool = True, ground: str = "", reasons: str = ""
) -> Complaint:
    """The complaint, once every authority of its regime has recorded the same view."""
    for part in deciding_authorities(complaint.regime):
        eligibility.record_view(
            complaint,
            eligible=eligible,
            ground=ground,
            reasons=reasons,
            by=a_decision_maker(part.organisation),
        )
    return complaint


def a_decision_maker(authority: Organisation) -> Membership:
    """The cast's decision-maker of an authority, or a new one where the cast has none."""
    name = f"{authority.slug}_decision_maker"
    return play(name) if name in PARTS else a_membership(Role.DECISION_MAKER, at=authority)


def decided(complaint: Complaint, *, eligible: bool = True) -> Complaint:
    """The complaint, once it is decided as every authority holds."""
    against = {} if eligible else {"ground": Ground.CONTENT, "reasons": REASONS}
    with_views(complaint, eligible=eligible, **against)
    eligibility.decide(
        complaint,
        reasons=WHY_ELIGIBLE if eligible else REASONS,
        text=letter_texts.decision(complaint, eligible=eligible, reasons=REASONS),
        by=play("hmicfrs_decision_maker"),
    )
    return complaint


@walked_once
def an_eligible_complaint(**facts: Any) -> Complaint:
    """Acknowledged, and found eligible by every authority."""
    return decided(an_acknowledged_complaint(**facts))


def a_not_eligible_complaint(**facts: Any) -> Complaint:
    """Acknowledged, and found not eligible by every authority."""
    return decided(an_acknowledged_complaint(**facts), eligible=False)


def a_withdrawn_complaint(**facts: Any) -> Complaint:
    """Acknowledged, then withdrawn at the body's own wish."""
    complaint = an_acknowledged_complaint(**facts)
    withdrawal.withdraw(
        complaint,
        reason="The body asked for it in a letter.",
        asked_for_by_body=True,
        by=play("intake_officer"),
    )
    return complaint
