"""Sealing, as people ask for it: a seal is asked for here, made by the worker, and opened here."""

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from clock.london import london_day
from complaints.states import CaseStatus
from complaints.workflow import CASE
from documents import vault
from investigations.services.gate import let_correct
from publication.clock import at_this_clock
from publication.events import PublicationEvent as Event
from publication.models import Release, ReleaseStanding, Report, Sealing, Sending
from publication.readiness import draft_of, lacking, sha256_of
from publication.states import Standing
from publication.workflow import REPORT
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.later import after_commit
from workflow.permission import refuse_unless_may


@act
def ask_to_seal(report: Report, *, by: Membership) -> Sealing:
    """Ask for the seal of a report as it reads now; the worker makes it, all or nothing.

    All that can be refused is refused here and now. While one seal is being made, asking again
    answers that one. After a failure, asking again is the new try.
    Records: report:seal_asked. Raises: PermissionDenied, TransitionRefusedError;
    ActRefusedError with all that is lacking.
    """
    refuse_unless_may(by, Action.REPORT_SEAL, report)
    under_way: Sealing | None = Sealing.objects.under_way().filter(report=report).first()
    if under_way:
        return under_way
    REPORT.check("seal", Report.objects.get(pk=report.pk))
    draft = draft_of(report, reader=by)
    if missing := lacking(draft):
        raise ActRefusedError(" ".join(missing))
    asked = Sealing.objects.create(
        report=report,
        requested_by=by,
        text_sha256=sha256_of(draft),
        wrapped_key=vault.wrap(vault.new_key()),
    )
    record(Event.SEAL_ASKED, subject=asked, by=by, text_sha256=asked.text_sha256)
    after_commit("publication.tasks.seal_report", asked.pk)
    return asked


@act
def unseal(report: Report, *, reason: str, by: Membership) -> Report:
    """Open the seal of a report that has not been public, so that it can be changed.

    Its release is void with every approval, and a sending of it counts no more: reports on
    progress are owed again. Records: report:sending_undone, report:unsealed, complaint:unsealed.
    Raises: PermissionDenied, ActRefusedError for a report that is or has been public.
    """
    if not reason.strip():
        raise ActRefusedError("Say why the seal is opened.")
    standing = report.releases.filter(unsealed_at=None).first()
    if standing and has_been_public(standing):
        raise ActRefusedError("This report is public. Correct or withdraw it instead.")
    report.releases.filter(unsealed_at=None).update(unsealed_at=timezone.now())
    if standing and report.edition_number == 1:
        undo_sending(standing, by=by)
    REPORT.apply("unseal", report, by=by, reason=reason)
    if report.edition_number > 1:
        let_correct(report.complaint, edition=report.edition_number)
    elif report.complaint.status == CaseStatus.SEALED:
        CASE.apply("unseal", report.complaint, by=by)
    return report


def undo_sending(release: Release, *, by: Membership) -> None:
    """Announce that what the body was sent of a first edition is not the report any more.

    The day of the sending is the last on which the body was told how the investigation stands.
    """
    sending = Sending.objects.filter(release=release, sent_at__isnull=False).first()
    if sending is None or sending.sent_at is None:
        return
    record(
        Event.SENDING_UNDONE,
        subject=release,
        by=by,
        told_on=london_day(sending.sent_at),
        regime=release.complaint.regime.key,
    )


def has_been_public(release: Release) -> bool:
    """Whether the public door opens for a release now, or ever did."""
    if Release.objects.filter(pk=release.pk, latched_at__isnull=False).exists():
        return True
    with at_this_clock():
        return ReleaseStanding.objects.filter(release_id=release.pk, state=Standing.OPEN).exists()
