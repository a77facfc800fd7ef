"""Opening one file that no scanner could read, for one named person, by decision of another."""

from accounts.models import Membership
from audit.events import record
from documents.events import DocumentEvent
from documents.models import StoredFile, UncheckedOpening
from documents.states import ScanState
from workflow.acts import act
from workflow.errors import ActRefusedError


@act
def open_unchecked(
    stored: StoredFile, *, reader: Membership, reason: str, by: Membership
) -> UncheckedOpening:
    """Let one person have a file that could not be checked. The calling room says who may decide.

    Records: file:opened_unchecked. Raises: ActRefusedError without a reason, and for a file in
    any other state: a clean one needs no opening, a quarantined one is never opened.
    """
    stored.refresh_from_db()
    if stored.scan_state != ScanState.UNSCANNABLE:
        raise ActRefusedError(
            f"“{stored.original_name}” is not a file that could not be checked: "
            f"{stored.scan_words.lower()}."
        )
    if not reason.strip():
        raise ActRefusedError("Say why this person needs the file although it is not checked.")
    opening, is_new = UncheckedOpening.objects.get_or_create(
        stored_file=stored, reader=reader, defaults={"reason": reason.strip(), "opened_by": by}
    )
    if is_new:
        record(
            DocumentEvent.FILE_OPENED_UNCHECKED,
            subject=stored,
            by=by,
            private={"reader": reader.user.name},
            membership=reader.pk,
            reason=opening.reason,
        )
    return opening
