"""Releasing: an instant is set, two people approve, the body is sent its copy."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from publication.clock import at_this_clock
from publication.events import PublicationEvent as Event
from publication.live import lists_others, names_unannounced
from publication.london import in_words, instant_of
from publication.models import Release, ReleaseApproval, ReleaseStanding, Sending
from publication.services.sealing import has_been_public
from publication.states import EDITIONS
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

CHANGED = "The seal or the instant has changed since you opened this page. Look at it again."

OVERTAKEN = (
    "Somebody else has changed the time or the way meanwhile, and nothing was saved over theirs. "
    "Open this page again, and see what they set."
)


@act
def prepare(
    release: Release, *, wall_time: str, way: str = "", seen: str | None = None, by: Membership
) -> Release:
    """Set the London wall time at which the release is public, and how the body is sent it.

    Another instant voids every approval. Records: release:prepared, release:approvals_voided.
    Args: `seen` is how the time and the way stood when one looked; None where nobody did.
    Raises: PermissionDenied, WallTimeError, ActRefusedError.
    """
    refuse_unless_may(by, Action.RELEASE_PREPARE, release)
    release = still_closed(release)
    if seen is not None and seen != standing_of(release):
        raise ActRefusedError(OVERTAKEN)
    instant = instant_of(wall_time)
    if instant <= timezone.now():
        raise ActRefusedError(f"{in_words(instant)} has passed. Choose a time in the future.")
    planned = release.payload.get("planned_for", "")
    if planned and instant_of(planned) != instant:
        raise ActRefusedError(
            f"The sealed press notice says {in_words(instant_of(planned))}. "
            "Choose that time, or open the seal to change it."
        )
    if way.strip():
        plan_sending(release, way=way.strip(), by=by)
    if release.release_at != instant:
        set_instant(release, instant, wall_time=wall_time.strip(), by=by)
    return release


def standing_of(release: Release) -> str:
    """How the time and the way stand, as a form carries it from its opening to its sending."""
    sending = Sending.objects.filter(release=release).first()
    at = release.release_at.isoformat() if release.release_at else ""
    return f"{at}|{sending.way if sending else ''}"


def set_instant(release: Release, instant: datetime, *, wall_time: str, by: Membership) -> None:
    """Write the instant and what was typed; a trigger voids the approvals of another."""
    voided = release.approvals.filter(voided_at=None).count()
    release.release_at, release.wall_time = instant, wall_time
    release.save(update_fields=["release_at", "wall_time"])
    record(Event.RELEASE_PREPARED, subject=release, by=by, release_at=instant, typed=wall_time)
    if voided:
        record(Event.RELEASE_APPROVALS_VOIDED, subject=release, by=by, approvals=voided)


def plan_sending(release: Release, *, way: str, by: Membership) -> None:
    """Write down how the body is sent the report; once sent, it stands."""
    planned, _is_new = Sending.objects.get_or_create(
        release=release, defaults={"way": way, "planned_by": by}
    )
    if planned.sent_at is None and planned.way != way:
        planned.way, planned.planned_by = way, by
        planned.save(update_fields=["way", "planned_by"])


@act
def approve(
    release: Release, *, root_sha256: str, release_at: datetime, by: Membership
) -> ReleaseApproval:
    """Approve one seal for one instant, as one of two people; approving twice counts once.

    Args: the root hash and the instant that the approver saw.
    Records: release:approved. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.RELEASE_APPROVE, release)
    release = still_closed(release)
    if release.root_sha256 != root_sha256 or release.release_at != release_at:
        raise ActRefusedError(CHANGED)
    if release_at <= timezone.now():
        raise ActRefusedError("The time of publication has passed. Set another first.")
    if differs := lists_others(release):
        raise ActRefusedError(differs)
    if release.last_editor_id == by.user_id:
        raise ActRefusedError("You edited this last, so somebody else must approve it.")
    if release.kind in EDITIONS and not Sending.objects.filter(release=release).exists():
        raise ActRefusedError("Say first how the report will be sent to the body.")
    given, is_new = ReleaseApproval.objects.get_or_create(
        release=release,
        person=by.user,
        voided_at=None,
        defaults={"by": by, "root_sha256": root_sha256, "release_at": release_at},
    )
    if is_new:
        record(
            Event.RELEASE_APPROVED,
            subject=release,
            by=by,
            root_sha256=root_sha256,
            release_at=release_at,
            audience=given.audience,
        )
    return given


def void_unannounced() -> None:
    """Void the approvals of each report ahead whose notice names what will not be public by then.

    A trigger does so with what keeps an announcement back; an approval that was given at that very
    moment it can't see, and a brake waits for nobody. A sweep of the minute tick.
    """
    approved = ReleaseApproval.objects.filter(release=OuterRef("pk"), voided_at=None)
    ahead = Release.objects.standing().filter(
        Exists(approved), kind__in=EDITIONS, release_at__gt=timezone.now()
    )
    for release in ahead.select_related("complaint"):
        if names_unannounced(release):
            void_approvals(release)


@act
def void_approvals(release: Release) -> None:
    """Void what two people approved: it would be public before what it names.

    Records: release:approvals_voided.
    """
    voided = release.approvals.filter(voided_at=None).update(voided_at=timezone.now())
    record(Event.RELEASE_APPROVALS_VOIDED, subject=release, by=None, approvals=voided)


@act
def send_to_body(release: Release, *, by: Membership) -> Sending:
    """Record that the report was sent to the body, now: an act of its own.

    Sent twice changes nothing. Law: SI 2018/748 reg. 8(2). Records: report:sent_to_body.
    Raises: PermissionDenied; ActRefusedError until it is sealed, approved and kept back by nothing.
    """
    refuse_unless_may(by, Action.RELEASE_SEND_TO_BODY, release)
    sending = Sending.objects.filter(release=release).first()
    if sending is None or not Release.objects.standing().filter(pk=release.pk).exists():
        raise ActRefusedError("Seal the report, and say how it is sent to the body first.")
    if sending.sent_at is None:
        if kept_back := keeps_from_sending(release):
            raise ActRefusedError(kept_back)
        sending.sent_at, sending.sent_by = timezone.now(), by
        sending.save(update_fields=["sent_at", "sent_by"])
        record(Event.REPORT_SENT_TO_BODY, subject=release, by=by, way=sending.way)
    return sending


def keeps_from_sending(release: Release) -> str:
    """What keeps the body from being sent its report now and how to put it right, or nothing."""
    if release.release_at is None:
        return "Set the time of publication, and have two people approve it. Then send the report."
    with at_this_clock():
        standing = ReleaseStanding.objects.get(release_id=release.pk)
    if not standing.approved:
        return "Two people must approve this seal and time. Then send the report."
    if standing.held:
        return "Publication is held. Have two people lift the hold, then send the report."
    if release.suspensions.filter(lifted_at=None).exists():
        return "The report is suspended. Have two people lift that, then send the report."
    return ""


def still_closed(release: Release) -> Release:
    """The release, locked, while its instant may still change. Raises: ActRefusedError."""
    # The key stays free: a hold, whose row points here, must not wait for an act under way.
    rows = Release.objects.select_for_update(of=("self",), no_key=True)
    locked: Release = rows.get(pk=release.pk)
    if not locked.is_sealed:
        raise ActRefusedError("This release has no seal. Seal the report first.")
    if has_been_public(locked):
        raise ActRefusedError("This is public already, so its instant can’t be changed.")
    return locked
