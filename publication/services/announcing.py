"""Announcing a decision of eligibility: one page, sealed, approved by two people, at an instant.

No provision in law was found on announcing a decision: both that it is done and how are ours.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import Membership
from accounts.roles import Action
from audit.chain import canonical
from audit.events import record
from clock.london import long_date
from complaints.models import Complaint, EligibilityDecision
from complaints.services.other_cases import references_in
from complaints.states import CaseStatus
from publication.events import PublicationEvent as Event
from publication.hidden import hidden_characters
from publication.london import in_words, instant_of
from publication.models import Release
from publication.models.releases import approvals_needed_for
from publication.published import released_at
from publication.readiness import public_references
from publication.services.sealing import has_been_public
from publication.states import ReleaseKind
from publication.text import bodies_of, received_words
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

NOTHING_TO_ANNOUNCE = "There is no decision of eligibility to announce."
SEALED_ALREADY = "This announcement is sealed. Open its seal first to change it."
CHOSEN_WITHOUT_REASON = (
    "Say why it is published that this is not eligible. No law asks for it, so the reason for the "
    "choice is kept."
)


def announcement_of(complaint: Complaint) -> Release | None:
    """The announcement of a case that has a seal, if there is one."""
    sealed = Release.objects.standing().filter(
        complaint=complaint, kind=ReleaseKind.ANNOUNCEMENT, imported=False
    )
    found: Release | None = sealed.first()
    return found


def told_of(complaint: Complaint) -> dict[str, Any]:
    """What an announcement says besides its title: from the records, and nothing else.

    The reasons of a decision against stand in it word for word. Raises: ActRefusedError where
    there is no decision of our own to announce.
    """
    decision = EligibilityDecision.objects.filter(complaint=complaint).first()
    if decision is None or decision.decided_on is None or complaint.status == CaseStatus.WITHDRAWN:
        raise ActRefusedError(NOTHING_TO_ANNOUNCE)
    day = decision.decided_on
    facts = {
        "bodies": list(bodies_of(complaint)),
        "received": received_words(complaint),
        "decided": long_date(day),
        "features": list(complaint.features.values_list("statement", flat=True)),
        "eligible": decision.eligible,
        "fictional": complaint.fictional,
    }
    if decision.eligible:
        return facts | {"stage": gettext_noop("Investigating")}
    return facts | {
        "stage": gettext_noop("Not eligible"),
        "ground": decision.get_ground_display(),
        "reasons": decision.reasons,
    }


@act
def seal_announcement(
    complaint: Complaint, *, title: str, wall_time: str, because: str = "", by: Membership
) -> Release:
    """Freeze what is announced, for one London wall time; two other people then approve it.

    Whoever seals it is its last editor, and does not approve it.
    Args: `because` is why a decision against is published; never public.
    Records: announcement:sealed. Raises: PermissionDenied, WallTimeError, ActRefusedError.
    """
    refuse_unless_may(by, Action.ANNOUNCEMENT_SEAL, complaint)
    facts = told_of(Complaint.objects.get(pk=complaint.pk))
    refuse_unannounceable(complaint, title=title)
    refuse_other_cases(complaint, words=f"{title} {facts.get('reasons', '')}")
    chosen_because = choice_of(facts, because)
    instant = instant_ahead(wall_time)
    release = Release.objects.create(
        kind=ReleaseKind.ANNOUNCEMENT,
        complaint=complaint,
        reference=complaint.reference,
        slug=complaint.reference.lower(),
        title=title.strip(),
        payload=facts,
        root_sha256=sha256_of(title.strip(), facts),
        chosen_because=chosen_because,
        last_editor=by.user,
        approvals_needed=approvals_needed_for(ReleaseKind.ANNOUNCEMENT, imported=False),
        sealed_at=timezone.now(),
        release_at=instant,
        wall_time=wall_time.strip(),
    )
    record(
        Event.ANNOUNCEMENT_SEALED,
        subject=release,
        by=by,
        root_sha256=release.root_sha256,
        release_at=instant,
        typed=wall_time,
        because=chosen_because,
    )
    return release


def choice_of(facts: dict[str, Any], because: str) -> str:
    """Why a decision against is published; nothing for one in favour. Raises: ActRefusedError."""
    if facts["eligible"]:
        return ""
    if not because.strip():
        raise ActRefusedError(CHOSEN_WITHOUT_REASON)
    return because.strip()


def instant_ahead(wall_time: str) -> datetime:
    """The instant of a London wall time. Raises: WallTimeError, ActRefusedError for one past."""
    instant = instant_of(wall_time)
    if instant <= timezone.now():
        raise ActRefusedError(f"{in_words(instant)} has passed. Choose a time in the future.")
    return instant


def sha256_of(title: str, facts: dict[str, Any]) -> str:
    """The hash of all that an announcement says."""
    return hashlib.sha256(canonical({"title": title, **facts})).hexdigest()


def refuse_unannounceable(complaint: Complaint, *, title: str) -> None:
    """Refuse what has no readable title, is sealed, or has its report out.

    Raises: ActRefusedError.
    """
    if not title.strip():
        raise ActRefusedError("Give the announcement a title.")
    if hidden := list(hidden_characters(title)):
        raise ActRefusedError(f"The title holds a hidden character ({hidden[0]}). Take it out.")
    if announcement_of(complaint) is not None:
        raise ActRefusedError(SEALED_ALREADY)
    if released_at(complaint.key) is not None:
        raise ActRefusedError("The report of this case is public, so there is nothing to announce.")


def refuse_other_cases(complaint: Complaint, *, words: str) -> None:
    """Refuse words that name a case that is not public. Raises: ActRefusedError."""
    named = references_in(words) - {complaint.reference}
    public = public_references(Complaint.objects.filter(reference__in=named)) if named else set()
    for reference in sorted(named - public):
        raise ActRefusedError(
            f"The words name {reference}, which is not public. It can’t be announced so."
        )


@act
def open_announcement(release: Release, *, reason: str, by: Membership) -> Release:
    """Open the seal of an announcement that has not been public; its approvals are void with it.

    Records: announcement:opened. Raises: PermissionDenied, ActRefusedError.
    """
    refuse_unless_may(by, Action.ANNOUNCEMENT_SEAL, release.complaint)
    if not reason.strip():
        raise ActRefusedError("Say why the seal is opened.")
    rows = Release.objects.select_for_update(of=("self",), no_key=True)
    locked: Release = rows.get(pk=release.pk)
    if not locked.is_sealed:
        return locked
    if has_been_public(locked):
        raise ActRefusedError("This announcement is public. Suspend or withdraw it instead.")
    locked.unsealed_at = timezone.now()
    locked.save(update_fields=["unsealed_at"])
    record(Event.ANNOUNCEMENT_OPENED, subject=locked, by=by, reason=reason.strip())
    return locked
