"""After publication: suspend at once, correct by a new edition, withdraw for good."""

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from investigations.services.gate import let_correct
from publication.clock import at_this_clock
from publication.events import PublicationEvent as Event
from publication.models import Release, Report, ReportSection, Suspension, Withdrawal
from publication.services.holds import record_brake, said
from publication.services.sealing import has_been_public
from publication.states import EDITIONS
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

NOT_PUBLIC = "This has not been public. Hold it instead."


def suspend(release: Release, *, reason: str, by: Membership) -> Suspension:
    """Take a public release down at once; its addresses say “temporarily withdrawn”.

    It commits first and is recorded after, in `house`. Records: release:suspended.
    Raises: PermissionDenied, ActRefusedError for what was never public.
    """
    refuse_unless_may(by, Action.RELEASE_SUSPEND, release)
    if not has_been_public(release):
        raise ActRefusedError(NOT_PUBLIC)
    with transaction.atomic():
        latch(release)
        placed = Suspension.objects.create(release=release, reason=said(reason), placed_by=by)
    record_brake(placed)
    return placed


def latch(release: Release) -> None:
    """Remember that a release has been public, if it is."""
    with at_this_clock(), connection.cursor() as cursor:
        cursor.execute("SELECT latch(%s)", [release.pk])


@act
def withdraw(release: Release, *, reason: str, by: Membership) -> Withdrawal:
    """Withdraw a public release for good: the first person asks, a second and different one does.

    Args: the reason is public, at every address that the release ever had.
    Records: release:withdrawal_asked, then release:withdrawn.
    Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.RELEASE_CORRECT, release)
    if not has_been_public(release):
        raise ActRefusedError(NOT_PUBLIC)
    latch(release)
    asked = Withdrawal.objects.filter(release=release).select_related("asked_by").first()
    if asked is None:
        asked = Withdrawal.objects.create(release=release, reason=said(reason), asked_by=by)
        record(Event.RELEASE_WITHDRAWAL_ASKED, subject=release, by=by)
    elif asked.withdrawn_at is None:
        if asked.asked_by.user_id == by.user_id:
            raise ActRefusedError("You asked for this already. Somebody else must confirm it.")
        asked.confirmed_by, asked.withdrawn_at = by, timezone.now()
        asked.save(update_fields=["confirmed_by", "withdrawn_at"])
        record(Event.RELEASE_WITHDRAWN, subject=release, by=by)
    return asked


@act
def correct(release: Release, *, note: str, by: Membership) -> Report:
    """Begin a corrected edition: the same sections to edit, sign off, seal and release anew.

    The edition that is public stays so, and is marked once the new one is public. Until the new
    one is sealed, the words of findings, actions and recommendations may be corrected too.
    Args: `note` says what is corrected, and is printed. Records: release:corrected.
    Raises: PermissionDenied, ActRefusedError while another correction is under way.
    """
    refuse_unless_may(by, Action.RELEASE_CORRECT, release)
    if release.kind not in EDITIONS or not has_been_public(release) or release.report is None:
        raise ActRefusedError("Only a report that has been public is corrected.")
    number = release.edition_number + 1
    if Report.objects.filter(complaint=release.complaint, edition_number__gte=number).exists():
        raise ActRefusedError("A correction is under way already.")
    corrected = Report.objects.create(
        complaint=release.complaint,
        edition_number=number,
        title=release.title,
        correction_note=said(note),
        notice_headline=f"Corrected: {release.title}"[:200],
        begun_by=by,
        last_edited_by=by,
    )
    for section in release.report.sections.all():
        ReportSection.objects.create(
            report=corrected,
            key=section.key,
            order=section.order,
            text=section.text,
            last_edited_by=by,
        )
    let_correct(release.complaint, edition=number)
    record(Event.RELEASE_CORRECTED, subject=release, by=by, edition=number)
    return corrected
