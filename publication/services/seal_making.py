"""Sealing, as the worker does it: the files are made, and the seal closes in one transaction."""

import logging

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from audit.events import record
from complaints.states import CaseStatus
from complaints.workflow import CASE
from documents.errors import RenderFailedError
from documents.making import claim_of
from documents.pdf import Progress
from documents.querysets import MAX_ATTEMPTS
from documents.services.rendering import DISK, GAVE_UP, Teller, failures_named
from documents.states import RenderState
from investigations.services.gate import let_correct
from publication.events import PublicationEvent as Event
from publication.hidden import hidden_in_pdf
from publication.models import Report, Sealing
from publication.readiness import Draft, draft_of, lacking, sha256_of
from publication.services.artefacts import (
    PDF,
    Artefact,
    clear_away,
    put_away,
    rendered,
    with_manifest,
)
from publication.workflow import REPORT
from workflow.acts import act
from workflow.errors import ActRefusedError

log = logging.getLogger(__name__)

CHANGED = (
    "The report or its press notice has changed since the seal was asked for. "
    "Read it again, then seal it as it reads now."
)
PUTTING_AWAY = "Putting the files away"
NO_LONGER = "Whoever asked for the seal may no longer seal this report."


def due() -> list[int]:
    """The seals that were asked for, and whose bell or worker was lost."""
    return list(Sealing.objects.due(timezone.now()).values_list("pk", flat=True))


def make_seal(sealing_id: int) -> None:
    """Make one seal that was asked for. Safe to call twice, late, or beside itself.

    1. One conditional UPDATE claims the row; another worker's fresh claim ends it here.
    2. The files are rendered outside any transaction, telling the renderer's stage and page.
    3. One transaction, in the case's turn, asks everything again, stores the files under the
       row's own keys, writes the release and moves the report: all of it or nothing.

    Records: report:sealed and complaint:sealed, or report:seal_failed.
    """
    sealing = Sealing.objects.claimed(sealing_id, timezone.now())
    if sealing is None:
        return
    if sealing.attempts > MAX_ATTEMPTS:
        give_up(sealing, reason=GAVE_UP)
        return
    try:
        draft = as_asked(sealing)
        with failures_named():
            artefacts = with_manifest(rendered(draft, sealing))
        refuse_hidden(artefacts)
        Teller(sealing)(Progress(PUTTING_AWAY))
        close(sealing, artefacts=artefacts)
    except ActRefusedError as refusal:
        give_up(sealing, reason=str(refusal))
    except RenderFailedError as failure:
        log.exception("Seal %s could not be made.", sealing_id)
        give_up(sealing, reason=str(failure))
    except PermissionDenied:
        give_up(sealing, reason=NO_LONGER)


def as_asked(sealing: Sealing) -> Draft:
    """The report as it reads now, if that is how it read when its seal was asked for.

    Raises: ActRefusedError where it has changed or lacks something.
    """
    draft = draft_of(Report.objects.select_related("complaint").get(pk=sealing.report_id))
    REPORT.check("seal", draft.report)
    if sha256_of(draft) != sealing.text_sha256:
        raise ActRefusedError(CHANGED)
    if missing := lacking(draft):
        raise ActRefusedError(" ".join(missing))
    return draft


def refuse_hidden(artefacts: list[Artefact]) -> None:
    """No PDF of a seal carries more than its pages. Raises: ActRefusedError with what it does."""
    for one in artefacts:
        if one.content_type == PDF and (found := hidden_in_pdf(one.content)):
            raise ActRefusedError(f"{one.path} carries {', '.join(found)}. Nothing was sealed.")


@act
def close(sealing: Sealing, *, artefacts: list[Artefact]) -> None:
    """Put the files away and close the seal, if this worker's claim still stands.

    Every act of the case waits its turn on the same chain, so what is asked again here still
    holds when this commits. Law: SI 2018/748 reg. 8(2)-(3).
    Records: report:sealed, complaint:sealed. Raises: ActRefusedError, PermissionDenied;
    RenderFailedError where the files cannot be stored.
    """
    if not claim_of(sealing).select_for_update().exists():
        return
    draft = as_asked(sealing)
    try:
        release = put_away(draft, artefacts, sealing)
    except OSError as error:
        raise RenderFailedError(DISK) from error
    claim_of(sealing).update(
        state=RenderState.READY, finished_at=timezone.now(), stage="", release=release
    )
    report, by = draft.report, sealing.requested_by
    REPORT.apply("seal", report, by=by, root_sha256=release.root_sha256)
    let_correct(report.complaint, edition=None)
    if report.complaint.status == CaseStatus.REPORTING:
        CASE.apply("seal", report.complaint, by=by)


@act
def give_up(sealing: Sealing, *, reason: str) -> None:
    """Say why a seal could not be made; nothing of it is left, and its page offers a new try.

    The files go first: a power cut between them and the row leaves a row to be made again.
    Records: report:seal_failed.
    """
    if not claim_of(sealing).select_for_update().exists():
        return
    clear_away(sealing)
    claim_of(sealing).update(
        state=RenderState.FAILED, finished_at=timezone.now(), stage="", failure=reason
    )
    record(Event.SEAL_FAILED, subject=sealing, by=None, reason=reason)
