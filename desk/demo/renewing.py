"""Keeping the demonstration alive: an embargo that lies ahead, and answers that arrive."""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.services.demo import make_demo_accounts
from complaints.models import Complaint
from desk.demo import content, loading
from publication.models import Release
from recommendations.models import Obligation
from recommendations.services import responses
from recommendations.states import Branch, ObligationStatus, Position


def renew(say: Callable[[str], None]) -> None:
    """Walk another fictional case to its embargo where no embargo lies ahead any more.

    What has been public stays so: an instant that passed is not moved.
    """
    ahead = Release.objects.standing().filter(
        complaint__fictional=True, release_at__gt=timezone.now() + loading.PUBLISHED_WITHIN
    )
    if ahead.exists():
        return
    told = content.MISSING_ADULTS
    walked = Complaint.objects.filter(title__startswith=told.title.removesuffix(" (fictional)"))
    number = walked.count() + 1
    title = told.title.replace(" (fictional)", f", part {number} (fictional)")
    with transaction.atomic():
        complaint = loading.embargoed(replace(told, title=title), make_demo_accounts())
    say(f"Fictional case {complaint.reference}: sealed, embargoed")


def sweep() -> None:
    """Let answers arrive to the fictional report that is public. Called by the tick."""
    if not settings.DEMO:
        return
    people = make_demo_accounts()
    approver = people["response-approver"]
    owed = Obligation.objects.owed().filter(
        addressee=approver.organisation, recommendation__complaint__fictional=True
    )
    for obligation in owed.filter(responses=None):
        answer(obligation, people["responder"], approver)


def answer(obligation: Obligation, responder: Membership, approver: Membership) -> None:
    """One answer, drafted by one person, approved and submitted by another."""
    if obligation.status != ObligationStatus.OPEN:
        return
    drafted = responses.draft_response(
        obligation,
        branch=Branch.ACTION,
        position=Position.ACCEPTED,
        account=content.answer_to(obligation.recommendation.complaint.title),
        by=responder,
    )
    responses.approve_response(drafted, version=drafted.version, by=approver)
    responses.submit_response(drafted, by=approver)
