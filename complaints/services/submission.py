"""Receiving a super-complaint: submitted in the portal, or registered from a letter or e-mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files import File
from django.utils import timezone

from accounts.models import Designation, Membership, Organisation, Regime
from accounts.roles import Action
from clock.london import london_day, london_today
from complaints.canonical import content_sha256
from complaints.joint_standing import designated_bodies
from complaints.models import Complaint, JointBody
from complaints.services.authorities import refuse_unless_it_receives, whom_to_ask
from complaints.services.confirming import ask_to_confirm
from complaints.services.declaring import Signatory, declare
from complaints.services.drafts import Statement, replace_features, write
from complaints.services.evidence_relied_on import new_piece
from complaints.services.presence import forget_visits
from complaints.services.references import draw_reference
from complaints.states import Origin
from complaints.workflow import CASE
from documents.services.uploads import receive_upload
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@act
def submit(complaint: Complaint, *, signatory: Signatory, by: Membership) -> Complaint:
    """Send a complete draft to the authorities: it is received now, and gets its reference.

    A second click finds it submitted and answers the same. The record holds that it was declared;
    who declared it stands in the entry's private part.
    Law: Police Reform Act 2002 s.29A(1); SI 2018/748 reg. 4.
    Records: complaint:received. Raises: PermissionDenied, GuardRefusedError naming what is
    missing, ActRefusedError when the body is not designated today or nobody is named who declares.
    """
    refuse_unless_may(by, Action.COMPLAINT_SUBMIT, complaint)
    complaint.refresh_from_db()
    if complaint.submitted_at is not None:
        return complaint
    now = timezone.now()
    today = london_day(now)
    settle_designation(complaint, on=today)
    CASE.check("submit", complaint)
    refuse_unless_designated(
        complaint.regime, complaint.lead_body, on=today, then=whom_to_ask(complaint.regime)
    )
    write(
        complaint,
        content_sha256=content_sha256(complaint),
        reference=draw_reference(today.year),
        received_on=today,
        submitted_at=now,
    )
    forget_visits(complaint)
    declared = declare(complaint, signatory, at=now, by=by)
    private = {"declared_by": declared.name, "declared_as": declared.role}
    bound = {"content_sha256": complaint.content_sha256, "joint_bodies": together_with(complaint)}
    said = {**of_receipt(complaint), "declared_at": now, **bound}
    return CASE.apply("submit", complaint, by=by, private=private, **said)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class LetterContent:
    """What a letter says, part by part as regulation 4 asks; a part may be missing."""

    contact_name: str = ""
    contact_email: str = ""
    features: Sequence[Statement] = ()
    harm: str = ""
    evidence_relied_on: str = ""
    joint_bodies: Sequence[Organisation] = ()


@act
def register(
    regime: Regime,
    *,
    lead_body: Organisation,
    title: str,
    received_on: date,
    letter_upload: "File[bytes]",
    by: Membership,
    content: LetterContent = LetterContent(),
) -> Complaint:
    """Enter a super-complaint that came by letter or e-mail, with the original attached.

    It was received on the day it came, whenever it is entered. The body is asked to confirm that
    it is its complaint; the clocks do not wait for that.
    Law: SI 2018/748 reg. 4(1): in writing, in whatever form.
    Records: file:received, complaint:confirmation_asked, complaint:received.
    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_wrong_day(regime, received_on)
    refuse_unless_designated(regime, lead_body, on=received_on)
    refuse_unless_it_receives(regime, by)
    complaint = Complaint.objects.create(
        regime=regime,
        lead_body=lead_body,
        title=title,
        origin=Origin.LETTER,
        received_on=received_on,
        submitted_at=timezone.now(),
        fictional=lead_body.fictional,
    )
    refuse_unless_may(by, Action.COMPLAINT_REGISTER, complaint)
    write_out(complaint, content)
    attach_original(complaint, letter_upload, by=by)
    write(complaint, reference=draw_reference(received_on.year))
    ask_to_confirm(complaint, by=by)
    return CASE.apply("register", complaint, by=by, **of_receipt(complaint))  # type: ignore[no-any-return]


def write_out(complaint: Complaint, content: LetterContent) -> None:
    """Enter what the letter says under the parts that it belongs to."""
    write(
        complaint,
        contact_name=content.contact_name,
        contact_email=content.contact_email,
        harm=content.harm,
        evidence_relied_on=content.evidence_relied_on,
    )
    replace_features(complaint, content.features)
    name_joint_bodies(complaint, content.joint_bodies)


def of_receipt(complaint: Complaint) -> dict[str, str]:
    """What the entry of receipt says; the deadlines' listener counts from it."""
    received_on = complaint.received_on.isoformat() if complaint.received_on else ""
    return {
        "received_on": received_on,
        "regime": complaint.regime.key,
        "origin": complaint.origin,
    }


def refuse_unless_designated(
    regime: Regime, body: Organisation, *, on: date, then: str = ""
) -> None:
    """Only a body designated on the day may complain. Law: Police Reform Act 2002 s.29A(1).

    Args: `then` is what to do about it, for whoever is refused.
    Raises: ActRefusedError.
    """
    if not is_designated(regime, body, on=on):
        raise ActRefusedError(
            f"{body.name} is not designated for {regime.name.lower()} on "
            f"{on.day} {on:%B %Y}. Only a body that the {regime.designating_minister} has "
            f"designated may make one. {then}".strip()
        )


def is_designated(regime: Regime, body: Organisation, *, on: date) -> bool:
    """Whether a body's designation in a regime stands on a day."""
    return Designation.objects.on(on).filter(regime=regime, organisation=body).exists()


def refuse_wrong_day(regime: Regime, received_on: date) -> None:
    """A complaint is received neither tomorrow nor before there was a scheme.

    Raises: ActRefusedError.
    """
    began_on = regime.began_on
    if received_on > london_today():
        raise ActRefusedError("The day of receipt must be today or in the past.")
    if received_on < began_on:
        raise ActRefusedError(
            f"The day of receipt must be on or after {began_on.day} {began_on:%B %Y}, when the "
            "scheme began."
        )


def name_joint_bodies(complaint: Complaint, bodies: Iterable[Organisation]) -> None:
    """Write down the bodies that complain together, and whether each is designated that day."""
    on = complaint.received_on or london_today()
    JointBody.objects.bulk_create(
        JointBody(
            complaint=complaint,
            organisation=body,
            designated=is_designated(complaint.regime, body, on=on),
        )
        for body in bodies
        if body.pk != complaint.lead_body_id
    )


def together_with(complaint: Complaint) -> list[str]:
    """The organisations that complain together with the lead body, as the record names them."""
    return list(complaint.joint_bodies.order_by("slug").values_list("slug", flat=True))


def settle_designation(complaint: Complaint, *, on: date) -> None:
    """Write down which of the bodies that complain together are designated on the day."""
    designated = designated_bodies(complaint, on=on)
    for joint in complaint.joints.all():
        complaint.joints.filter(pk=joint.pk).update(designated=joint.organisation_id in designated)


def attach_original(complaint: Complaint, upload: "File[bytes]", *, by: Membership) -> None:
    """Keep the letter or e-mail as it came."""
    stored = receive_upload(complaint.key, upload=upload, by=by)
    new_piece(complaint, file=stored, title="Original letter or e-mail", original_letter=True)
