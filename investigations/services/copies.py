"""Copies of evidence: redacted, converted or extracted. The original stays as it came."""

from django.core.files import File

from accounts.models import Membership
from accounts.roles import Action
from documents.services.uploads import receive_upload
from investigations.models import CustodyEvent, EvidenceItem
from investigations.services import gate
from investigations.services.custody import note_custody
from investigations.services.description import same_description
from investigations.services.evidence import enter
from workflow.acts import act
from workflow.errors import ActRefusedError


@act
def register_copy(
    evidence_item: EvidenceItem,
    *,
    upload: "File[bytes]",
    made_with: str,
    title: str,
    sensitivity: str,
    by: Membership,
) -> EvidenceItem:
    """Register a copy as an item of its own, which names its original, its tool and its maker.

    A redacted copy may be handled less strictly than its original; the original is untouched.
    Records: evidence:registered. Raises: PermissionDenied, UploadRefusedError, ActRefusedError
    without a tool.
    """
    gate.check(evidence_item, Action.EVIDENCE_REGISTER, by=by)
    if not made_with.strip():
        raise ActRefusedError("Say what the copy was made with. It stays with the copy.")
    investigation = evidence_item.investigation
    stored = receive_upload(
        investigation.complaint.key,
        upload=upload,
        by=by,
        derived_from=evidence_item.file,
        derived_with=made_with.strip(),
    )
    described = same_description(evidence_item)
    described["title"], described["sensitivity"] = title, sensitivity
    copy = enter(investigation, stored, by=by, lines=evidence_item.lines.all(), **described)
    note = f"As {copy.mark}, made with {made_with.strip()}"
    note_custody(evidence_item, CustodyEvent.Kind.COPIED, by=by, note=note)
    return copy
