"""The chain of custody of an evidence item: who did what with it, when and why."""

from guardian.shortcuts import assign_perm

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from documents.services import openings
from investigations.events import InvestigationEvent
from investigations.models import CustodyEvent, EvidenceItem
from investigations.models.evidence import READ_RESTRICTED
from investigations.services import gate
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

Kind = CustodyEvent.Kind


def note_custody(
    evidence_item: EvidenceItem, kind: CustodyEvent.Kind, *, by: Membership, note: str = ""
) -> CustodyEvent:
    """Write one custody event, with the hash that the file had then. Called inside an act."""
    return CustodyEvent.objects.create(
        evidence_item=evidence_item,
        kind=kind,
        note=note,
        file_sha256=evidence_item.file.sha256,
        by=by,
    )


@act
def record_reading(
    evidence_item: EvidenceItem, *, by: Membership, purpose: str = ""
) -> CustodyEvent:
    """Note that somebody opened the file; why, where it is sensitive or restricted.

    Records: evidence:custody_recorded. Raises: PermissionDenied; ActRefusedError when the item
    is sensitive and no purpose is given.
    """
    refuse_unless_may(by, Action.EVIDENCE_READ, evidence_item)
    if evidence_item.needs_purpose and not purpose.strip():
        raise ActRefusedError("Say why you open this file. It is kept in the chain of custody.")
    noted = note_custody(evidence_item, Kind.READ, by=by, note=purpose.strip())
    record(
        InvestigationEvent.CUSTODY_RECORDED,
        subject=evidence_item,
        by=by,
        kind=str(Kind.READ),
        mark=evidence_item.mark,
        purpose=noted.note,
    )
    return noted


@act
def name_reader(
    evidence_item: EvidenceItem, *, reader: Membership, reason: str, by: Membership
) -> None:
    """Let one more person see a restricted item, and say why.

    Records: evidence:custody_recorded. Raises: PermissionDenied, ActRefusedError.
    """
    gate.check(evidence_item, Action.EVIDENCE_CORRECT, by=by)
    if not reason.strip():
        raise ActRefusedError("Say why this person needs to see the item.")
    grant_reading(evidence_item, reader)
    note_custody(evidence_item, Kind.READER_NAMED, by=by, note=f"{reader}: {reason.strip()}")
    record(
        InvestigationEvent.CUSTODY_RECORDED,
        subject=evidence_item,
        by=by,
        private={"reader": reader.user.name},
        kind=str(Kind.READER_NAMED),
        mark=evidence_item.mark,
        membership=reader.pk,
    )


@act
def open_unchecked(
    evidence_item: EvidenceItem, *, reader: Membership, reason: str, by: Membership
) -> None:
    """Let one named person have a file that no scanner could read, and say why.

    Records: file:opened_unchecked, evidence:custody_recorded. Raises: PermissionDenied,
    ActRefusedError.
    """
    gate.check(evidence_item, Action.EVIDENCE_CORRECT, by=by)
    openings.open_unchecked(evidence_item.file, reader=reader, reason=reason, by=by)
    note = f"{reader}, although the file is not checked: {reason.strip()}"
    note_custody(evidence_item, Kind.READER_NAMED, by=by, note=note)
    record(
        InvestigationEvent.CUSTODY_RECORDED,
        subject=evidence_item,
        by=by,
        private={"reader": reader.user.name},
        kind=str(Kind.READER_NAMED),
        mark=evidence_item.mark,
        membership=reader.pk,
    )


def grant_reading(evidence_item: EvidenceItem, *readers: Membership) -> None:
    """Grant people the reading of an item that is restricted to named people."""
    for reader in readers:
        assign_perm(READ_RESTRICTED, reader.user, evidence_item)
