"""Registering evidence, correcting what is said of it, and superseding it. Nothing is deleted."""

from collections.abc import Iterable
from typing import Any, Unpack

from django.core.files import File

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from documents.models import StoredFile
from documents.services.uploads import receive_upload
from investigations.events import InvestigationEvent
from investigations.models import (
    CustodyEvent,
    EvidenceCorrection,
    EvidenceItem,
    Investigation,
    LineOfEnquiry,
)
from investigations.services import gate
from investigations.services.custody import grant_reading, note_custody
from investigations.services.description import (
    Described,
    changed_of,
    in_words,
    own_lines,
    said_of,
    same_description,
    say,
)
from investigations.states import Sensitivity
from investigations.workflow import EVIDENCE
from workflow.acts import act
from workflow.errors import ActRefusedError

Kind = CustodyEvent.Kind


class EvidenceIsKnownError(ActRefusedError):
    """The same bytes are in the log already."""

    def __init__(self, known: EvidenceItem) -> None:
        super().__init__(f"This file is in the log already as {known.mark}. Nothing was added.")
        self.known = known


@act
def register(
    investigation: Investigation,
    *,
    upload: "File[bytes]",
    by: Membership,
    lines: Iterable[LineOfEnquiry] = (),
    **described: Unpack[Described],
) -> EvidenceItem:
    """Put a file into the evidence log with its provenance; its custody begins here.

    Records: evidence:registered. Raises: PermissionDenied, UploadRefusedError,
    EvidenceIsKnownError when the same bytes are in this log already.
    """
    gate.check(investigation, Action.EVIDENCE_REGISTER, by=by)
    stored = receive_upload(investigation.complaint.key, upload=upload, by=by)
    return enter(investigation, stored, by=by, lines=lines, **described)


def enter(
    investigation: Investigation,
    stored: StoredFile,
    *,
    by: Membership,
    lines: Iterable[LineOfEnquiry] = (),
    **described: Unpack[Described],
) -> EvidenceItem:
    """Give a file its number in the log and begin its custody. Called inside an act."""
    _check_unknown(investigation, stored)
    registered = EvidenceItem.objects.create(
        investigation=investigation,
        number=gate.next_number(investigation, "evidence"),
        file=stored,
        registered_by=by,
        **described,
    )
    registered.lines.set(own_lines(investigation, lines))
    return _begin_custody(registered, by=by)


@act
def correct(
    evidence_item: EvidenceItem,
    *,
    changes: dict[str, Any],
    reason: str,
    version: int,
    by: Membership,
) -> EvidenceItem:
    """Correct what is said of an item; the file itself never changes, and the old words stay.

    Records: evidence:corrected. Raises: PermissionDenied, VersionConflictError,
    ActRefusedError without a reason or without a change.
    """
    gate.check(evidence_item, Action.EVIDENCE_CORRECT, by=by)
    fresh = gate.opened_at(evidence_item, version)
    changed = changed_of(fresh, changes)
    if not changed:
        raise ActRefusedError("Nothing was changed. Change what is wrong, or go back.")
    if not reason.strip():
        raise ActRefusedError("Say why you correct this. The reason stays with the item.")
    for name, new in changed.items():
        _note_correction(fresh, name, new, reason=reason, by=by)
    say(fresh, changed)
    _restrict_to_named_people(fresh, by=by)
    note_custody(fresh, Kind.CORRECTED, by=by, note=reason)
    record(
        InvestigationEvent.EVIDENCE_CORRECTED,
        subject=fresh,
        by=by,
        mark=fresh.mark,
        fields=sorted(changed),
        reason=reason,
    )
    return fresh


@act
def supersede(
    evidence_item: EvidenceItem, *, upload: "File[bytes]", reason: str, by: Membership
) -> EvidenceItem:
    """Register a newer file in an item's place; the old one stays and says what replaced it.

    The ties to findings stay with the old item: a person looks whether the newer one bears the
    finding too.
    Records: evidence:registered, evidence:superseded. Raises: PermissionDenied, ActRefusedError.
    """
    gate.check(evidence_item, Action.EVIDENCE_CORRECT, by=by)
    evidence_item.refresh_from_db()
    EVIDENCE.check("supersede", evidence_item)
    if not reason.strip():
        raise ActRefusedError("Say why this item is superseded. The reason stays with both items.")
    newer = register(
        evidence_item.investigation,
        upload=upload,
        by=by,
        lines=evidence_item.lines.all(),
        **same_description(evidence_item),
    )
    newer.supersedes = evidence_item
    newer.save(update_fields=["supersedes"])
    note = f"By {newer.mark}: {reason}"
    note_custody(evidence_item, Kind.SUPERSEDED, by=by, note=note)
    EVIDENCE.apply(
        "supersede", evidence_item, by=by, mark=evidence_item.mark, newer=newer.mark, reason=reason
    )
    return newer


@act
def screen(evidence_item: EvidenceItem, *, by: Membership, note: str = "") -> EvidenceItem:
    """Say that an item was looked through and may be relied on.

    Records: evidence:screened. Raises: PermissionDenied, ActRefusedError unless the file was
    found clean.
    """
    gate.check(evidence_item, Action.EVIDENCE_REGISTER, by=by)
    EVIDENCE.check("screen", evidence_item)
    note_custody(evidence_item, Kind.SCREENED, by=by, note=note)
    screened: EvidenceItem = EVIDENCE.apply("screen", evidence_item, by=by, mark=evidence_item.mark)
    return screened


@act
def set_aside(evidence_item: EvidenceItem, *, reason: str, by: Membership) -> EvidenceItem:
    """Say that an item is not relied on, and why; it stays in the log.

    Records: evidence:not_relied_on. Raises: PermissionDenied, ActRefusedError without a reason.
    """
    return _turn(evidence_item, "set_aside", Kind.NOT_RELIED_ON, reason=reason, by=by)


@act
def rely_on_again(evidence_item: EvidenceItem, *, reason: str, by: Membership) -> EvidenceItem:
    """Take an item back that was set aside, and say why; it is screened afresh.

    Records: evidence:relied_on_again. Raises: PermissionDenied, ActRefusedError without a reason.
    """
    return _turn(evidence_item, "rely_on_again", Kind.RELIED_ON_AGAIN, reason=reason, by=by)


def _turn(
    evidence_item: EvidenceItem,
    step: str,
    kind: CustodyEvent.Kind,
    *,
    reason: str,
    by: Membership,
) -> EvidenceItem:
    """One step that needs a reason: custody first, status last."""
    gate.check(evidence_item, Action.EVIDENCE_CORRECT, by=by)
    EVIDENCE.check(step, evidence_item)
    if not reason.strip():
        raise ActRefusedError("Give a reason. It stays with the item.")
    note_custody(evidence_item, kind, by=by, note=reason)
    turned: EvidenceItem = EVIDENCE.apply(
        step, evidence_item, by=by, mark=evidence_item.mark, reason=reason
    )
    return turned


def _begin_custody(registered: EvidenceItem, *, by: Membership) -> EvidenceItem:
    """The first custody event, the grants of a restricted item, and the announcement."""
    note_custody(registered, Kind.REGISTERED, by=by, note=f"From {registered.source}")
    _restrict_to_named_people(registered, by=by)
    record(
        InvestigationEvent.EVIDENCE_REGISTERED,
        subject=registered,
        by=by,
        mark=registered.mark,
        sha256=registered.file.sha256,
    )
    return registered


def _restrict_to_named_people(evidence_item: EvidenceItem, *, by: Membership) -> None:
    """A restricted item is open to who restricted and registered it, and to the lead."""
    if evidence_item.sensitivity == Sensitivity.RESTRICTED:
        grant_reading(
            evidence_item, by, evidence_item.registered_by, evidence_item.investigation.lead
        )


def _check_unknown(investigation: Investigation, stored: StoredFile) -> None:
    """The same bytes are logged once in a case."""
    known = investigation.evidence.filter(file__sha256=stored.sha256).first()
    if known is not None:
        raise EvidenceIsKnownError(known)


def _note_correction(
    evidence_item: EvidenceItem, name: str, new: Any, *, reason: str, by: Membership
) -> None:
    """Keep what one field said, what it says now, and why."""
    EvidenceCorrection.objects.create(
        evidence_item=evidence_item,
        field=name,
        before=in_words(name, said_of(evidence_item, name)),
        after=in_words(name, new),
        reason=reason,
        by=by,
    )
