"""Writing a draft: begun by a body, changed part by part, kept until it is submitted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import Membership, Organisation, Regime
from accounts.roles import Action
from audit.events import record
from complaints.events import ComplaintEvent
from complaints.models import AlternateContact, Complaint, DraftPart, Feature
from complaints.services.voiding import changes_content
from complaints.states import CaseStatus
from drafting.versions import advance
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


@dataclass(frozen=True)
class Statement:
    """A feature of policing as it is written: the statement, and detail if there is any."""

    statement: str
    detail: str = ""


@dataclass(frozen=True)
class FeatureHarm:
    """The harm that one feature does, as it is written: to whom, how widespread, of what kind."""

    number: int
    harmed: str = ""
    scale: str = ""
    nature: str = ""


@act
def start_draft(regime: Regime, *, title: str, by: Membership) -> Complaint:
    """Begin a super-complaint of one's own organisation.

    Whether the body is designated is asked on the day of submission, not now.
    Records: complaint:drafted.
    """
    complaint = Complaint.objects.create(
        regime=regime,
        lead_body=by.organisation,
        title=title,
        fictional=by.organisation.fictional,
    )
    refuse_unless_may(by, Action.COMPLAINT_DRAFT, complaint)
    record(ComplaintEvent.DRAFTED, subject=complaint, by=by, regime=regime.key)
    return complaint


@changes_content
def save_title(
    complaint: Complaint, *, title: str, version: int, by: Membership, finished: bool = True
) -> Complaint:
    """Name the super-complaint, for the people who speak of it.

    Records: complaint:draft_changed. Raises: VersionConflictError.
    """
    change_part(complaint, "title", version=version, finished=finished, by=by)
    return write(complaint, title=title)


@changes_content
def save_contact(
    complaint: Complaint,
    *,
    name: str,
    email: str,
    version: int,
    by: Membership,
    phone: str = "",
    alternate_name: str = "",
    alternate_email: str = "",
    finished: bool = True,
) -> Complaint:
    """Name the contact person at the body, and an alternate. Law: SI 2018/748 reg. 4(3).

    Records: complaint:draft_changed, without the people. Raises: VersionConflictError.
    """
    contact = {"contact_name": name, "contact_email": email, "contact_phone": phone}
    change_part(complaint, "contact", version=version, finished=finished, by=by)
    name_alternate(complaint, alternate_name, alternate_email)
    return write(complaint, **contact)


@changes_content
def save_features(
    complaint: Complaint,
    *,
    features: Sequence[Statement],
    version: int,
    by: Membership,
    finished: bool = True,
) -> Complaint:
    """Set out the features of policing, in their order. Law: SI 2018/748 reg. 4(2)(a).

    Records: complaint:draft_changed. Raises: VersionConflictError.
    """
    change_part(complaint, "features", version=version, finished=finished, by=by)
    replace_features(complaint, features)
    return complaint


@changes_content
def save_forces(
    complaint: Complaint,
    *,
    concerned: str,
    forces: Iterable[Organisation],
    version: int,
    by: Membership,
    finished: bool = True,
) -> Complaint:
    """Say which forces the features concern. Law: Police Reform Act 2002 s.29A(1).

    Records: complaint:draft_changed. Raises: VersionConflictError.
    """
    change_part(complaint, "forces", version=version, finished=finished, by=by)
    some = concerned == Complaint.ForcesConcerned.SOME
    complaint.forces.set(forces if some else [])
    return write(complaint, forces_concerned=concerned)


@changes_content
def save_harm(
    complaint: Complaint,
    *,
    harm: str,
    version: int,
    by: Membership,
    of_features: Iterable[FeatureHarm] = (),
    finished: bool = True,
) -> Complaint:
    """Explain the harm to the public interest, and feature by feature. Law: reg. 4(2)(b).

    Records: complaint:draft_changed. Raises: VersionConflictError.
    """
    change_part(complaint, "harm", version=version, finished=finished, by=by)
    for one in of_features:
        complaint.features.filter(number=one.number).update(
            harmed=one.harmed, harm_scale=one.scale, harm_nature=one.nature
        )
    return write(complaint, harm=harm)


@changes_content
def save_earlier(
    complaint: Complaint, *, considered: str, version: int, by: Membership, finished: bool = True
) -> Complaint:
    """Say which earlier super-complaints the body considered. Law: reg. 6(3), 6(4).

    Records: complaint:draft_changed. Raises: VersionConflictError.
    """
    change_part(complaint, "earlier", version=version, finished=finished, by=by)
    return write(complaint, earlier_considered=considered)


@changes_content
def save_evidence(
    complaint: Complaint,
    *,
    relied_on: str,
    version: int,
    by: Membership,
    finished: bool = True,
) -> Complaint:
    """Say on which evidence the body relies. Law: SI 2018/748 reg. 4(2)(c).

    Records: complaint:draft_changed. Raises: VersionConflictError.
    """
    change_part(complaint, "evidence", version=version, finished=finished, by=by)
    return write(complaint, evidence_relied_on=relied_on)


def change_part(
    complaint: Complaint, name: str, *, version: int, finished: bool, by: Membership
) -> DraftPart:
    """Claim the right to write one part: may they, is it a draft, has nobody else saved it since.

    Records: complaint:draft_changed. Raises: PermissionDenied, ActRefusedError,
    VersionConflictError.
    """
    refuse_unless_draft(complaint, by)
    part, _is_new = DraftPart.objects.get_or_create(complaint=complaint, name=name)
    advance(part, version=version)
    part.finished, part.saved_at, part.saved_by = finished, timezone.now(), by
    part.save(update_fields=["finished", "saved_at", "saved_by"])
    changed(complaint, by, part=name)
    return part


def changed(complaint: Complaint, by: Membership, **what: str) -> None:
    """Announce a change of a draft, without its text. Records: complaint:draft_changed."""
    record(ComplaintEvent.DRAFT_CHANGED, subject=complaint, by=by, private=None, **what)


def refuse_unless_draft(complaint: Complaint, by: Membership) -> None:
    """Let only its authors change it, and only until it is submitted.

    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.COMPLAINT_DRAFT, complaint)
    complaint.refresh_from_db()
    if complaint.status != CaseStatus.DRAFT:
        raise ActRefusedError(
            f"This super-complaint was submitted as {complaint.reference} and can’t be changed. "
            "Write to the authority that received it."
        )


def name_alternate(complaint: Complaint, name: str, email: str) -> None:
    """Keep one alternate, or none."""
    AlternateContact.objects.filter(complaint=complaint).delete()
    if name:
        AlternateContact.objects.create(complaint=complaint, name=name, email=email)


def replace_features(complaint: Complaint, features: Sequence[Statement]) -> None:
    """Store the features in the order given.

    What is written of a feature's harm, and the evidence for it, follow its statement to its new
    place; a reworded feature keeps what stands at its number.
    """
    standing = list(complaint.features.all())
    if [one.statement for one in features[: len(standing)]] != [one.statement for one in standing]:
        harm, _is_new = DraftPart.objects.get_or_create(complaint=complaint, name="harm")
        advance(harm, version=harm.version)  # What is open is numbered as it was.
    rows = rows_for(features, standing)
    take_out(complaint, [feature for feature in standing if feature not in rows])
    # Out of the way first: two features may change places.
    complaint.features.update(number=F("number") + len(standing) + len(features))
    for number, (row, one) in enumerate(zip(rows, features, strict=True), start=1):
        row.complaint, row.number = complaint, number
        row.statement, row.detail = one.statement, one.detail
        row.save()


def rows_for(features: Sequence[Statement], standing: Sequence[Feature]) -> list[Feature]:
    """The row of each statement: its own, or that of the statement it replaces, or a new one."""
    by_statement = {feature.statement: feature for feature in standing}
    free = {feature.number: feature for feature in standing}
    rows = [by_statement.pop(one.statement, None) for one in features]
    for row in filter(None, rows):
        del free[row.number]
    return [row or free.get(number, Feature()) for number, row in enumerate(rows, start=1)]


def take_out(complaint: Complaint, features: Iterable[Feature]) -> None:
    """Delete features; what was written of the harm of one, and the evidence for it, stay.

    The harm goes into the whole text, and the evidence says which statement it supported.
    """
    for feature in features:
        told = (feature.harmed, feature.harm_scale, feature.harm_nature)
        if said := [text for text in told if text]:
            head = f"Of “{feature.statement}”, which was taken out of the features:"
            write(complaint, harm="\n\n".join(filter(None, [complaint.harm, head, *said])))
        feature.evidence.update(
            feature=None, feature_taken_out=feature.statement, version=F("version") + 1
        )
        feature.delete()


def write(complaint: Complaint, **facts: Any) -> Complaint:
    """Store some facts of a complaint, and count the change."""
    for name, value in facts.items():
        setattr(complaint, name, value)
    complaint.version += 1
    complaint.save(update_fields=[*facts, "version"])
    return complaint
