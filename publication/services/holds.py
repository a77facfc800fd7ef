"""Holding a release: one person at once, and two to let go."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from publication.events import PublicationEvent as Event
from publication.models import Release, ReleaseHold, Suspension
from publication.models.brakes import Brake
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

PLACED = {ReleaseHold: Event.RELEASE_HELD, Suspension: Event.RELEASE_SUSPENDED}
LIFTED = {ReleaseHold: Event.RELEASE_HOLD_LIFTED, Suspension: Event.RELEASE_SUSPENSION_LIFTED}


def hold(release: Release, *, reason: str, by: Membership) -> ReleaseHold:
    """Hold a release at once. It commits first and is recorded after, waiting for nobody.

    Records: release:held, in `house`. Raises: PermissionDenied, ActRefusedError without a reason.
    """
    refuse_unless_may(by, Action.RELEASE_HOLD, release)
    with transaction.atomic():
        placed = ReleaseHold.objects.create(release=release, reason=said(reason), placed_by=by)
    record_brake(placed)
    return placed


def hold_case(reference: str, *, reason: str, by: Membership) -> int:
    """Hold all that has a seal in a case, from the command line. Answers how many that is.

    Whoever has the command line could hold by SQL too: it asks for a name, and for no role.
    Records: release:held for each, in `house`. Raises: ActRefusedError without a reason.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT hold_release(%s, %s)", [reference, said(reason)])
        held = int(cursor.fetchone()[0])
        placed = ReleaseHold.objects.filter(release__reference=reference, recorded_at=None)
        placed.filter(placed_by=None, reason=said(reason)).update(placed_by=by)
    record_brakes()
    return held


def record_brakes() -> int:
    """Record each hold and suspension that is not recorded yet, such as one placed by SQL."""
    found: list[Any] = [
        *ReleaseHold.objects.filter(recorded_at=None),
        *Suspension.objects.filter(recorded_at=None),
    ]
    return sum(record_brake(placed) for placed in found)


@transaction.atomic
def record_brake(placed: Any) -> bool:
    """Record one brake, once, in the chain `house`."""
    fresh = type(placed).objects.filter(pk=placed.pk, recorded_at=None)
    if fresh.update(recorded_at=timezone.now()) != 1:
        return False
    event = PLACED[type(placed)]
    record(event, subject=placed, by=placed.placed_by, release=placed.release_id)
    return True


@act
def lift(brake: Brake, *, by: Membership) -> Brake:
    """Let go of a hold or a suspension: the first person asks, a second and different one lifts.

    Records: release:hold_lifted or release:suspension_lifted, once lifted.
    Raises: PermissionDenied, ActRefusedError for the same person twice.
    """
    refuse_unless_may(by, Action.RELEASE_LIFT, brake.release)
    model: Any = type(brake)
    fresh = model.objects.select_for_update(of=("self",)).get(pk=brake.pk)
    if fresh.lifted_at is not None:
        return fresh  # type: ignore[no-any-return]
    if fresh.lift_asked_by is None:
        fresh.lift_asked_by, fresh.lift_asked_at = by, timezone.now()
        fresh.save(update_fields=["lift_asked_by", "lift_asked_at"])
        return fresh  # type: ignore[no-any-return]
    if fresh.lift_asked_by.user_id == by.user_id:
        raise ActRefusedError("You asked for this already. Somebody else must lift it.")
    fresh.lifted_by, fresh.lifted_at = by, timezone.now()
    fresh.save(update_fields=["lifted_by", "lifted_at"])
    record(LIFTED[model], subject=fresh, by=by, release=fresh.release_id)
    return fresh  # type: ignore[no-any-return]


def said(reason: str) -> str:
    """The reason. Raises: ActRefusedError where none is given."""
    if not reason.strip():
        raise ActRefusedError("Say why, in a few words.")
    return reason.strip()
