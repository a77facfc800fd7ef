"""Embargoed copies: the terms are accepted, each reading is recorded, a copy is revoked."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import scopes
from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from complaints.joint_standing import makes_it_as_designated
from complaints.models import Complaint
from publication.clock import at_this_clock
from publication.events import PublicationEvent as Event
from publication.models import EmbargoedCopy, Release, ReleaseStanding
from publication.states import EDITIONS, Standing
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may


def sent_release(complaint: Complaint) -> Release | None:
    """The latest sealed report that was sent to the bodies, from its own sent instant on."""
    sent = Release.objects.standing().filter(
        complaint=complaint, kind__in=EDITIONS, sending__sent_at__isnull=False
    )
    latest: Release | None = sent.select_related("sending").order_by("-edition_number").first()
    return latest


def release_sent_to(complaint: Complaint, by: Membership) -> Release | None:
    """The report that was sent to one's own body: to designated bodies, and to no co-submitter.

    Law: SI 2018/748 reg. 8(2): sent to the designated body.
    """
    opens = bool(scopes(by, Action.EMBARGOED_COPY_OPEN))
    is_theirs = opens and makes_it_as_designated(complaint, by.organisation_id)
    return sent_release(complaint) if is_theirs else None


def standing_now(release: Release) -> Standing:
    """What the public door answers for it now."""
    with at_this_clock():
        return Standing(ReleaseStanding.objects.get(release_id=release.pk).state)


@act
def accept_terms(release: Release, *, by: Membership) -> EmbargoedCopy:
    """Accept the terms of the embargo, and so open one’s own copy; twice changes nothing.

    Records: embargoed_copy:terms_accepted. Raises: PermissionDenied; ActRefusedError for a report
    that was not sent, or is no longer under embargo.
    """
    refuse_unless_may(by, Action.EMBARGOED_COPY_OPEN, release.complaint)
    if (
        release_sent_to(release.complaint, by) != release
        or standing_now(release) != Standing.CLOSED
    ):
        raise ActRefusedError("There is no embargoed copy of this report to open.")
    opened, is_new = EmbargoedCopy.objects.get_or_create(release=release, reader=by)
    if is_new:
        record(Event.COPY_TERMS_ACCEPTED, subject=opened, by=by, root_sha256=release.root_sha256)
    return opened


@act
def read_copy(copy: EmbargoedCopy, *, path: str, by: Membership) -> EmbargoedCopy:
    """Record one reading of a copy by the person that it names.

    Args: `path` is the file as the seal’s manifest names it. Records: embargoed_copy:read.
    Raises: PermissionDenied for anybody else’s copy, or one that was revoked.
    """
    current = EmbargoedCopy.objects.select_related("release__complaint").get(pk=copy.pk)
    refuse_unless_may(by, Action.EMBARGOED_COPY_OPEN, current.release.complaint)
    if current.reader_id != by.pk or current.revoked_at:
        raise PermissionDenied(f"{by} may not read {current}.")
    record(Event.COPY_READ, subject=current, by=by, path=path)
    return copy


@act
def revoke(copy: EmbargoedCopy, *, reason: str, by: Membership) -> EmbargoedCopy:
    """Revoke a copy; it bites at its reader’s next request.

    Records: embargoed_copy:revoked. Raises: PermissionDenied, ActRefusedError without a reason.
    """
    refuse_unless_may(by, Action.RELEASE_SEND_TO_BODY, copy.release)
    if not reason.strip():
        raise ActRefusedError("Say why the copy is revoked.")
    current: EmbargoedCopy = EmbargoedCopy.objects.get(pk=copy.pk)
    if current.revoked_at is None:
        current.revoked_at, current.revoked_by = timezone.now(), by
        current.revoked_because = reason.strip()
        current.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
        record(Event.COPY_REVOKED, subject=current, by=by, reason=current.revoked_because)
    return current
