"""Answering a recommendation: drafted, approved and submitted; closed by others."""

from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Action
from audit.events import record
from drafting.versions import advance
from recommendations.events import RecommendationEvent as Event
from recommendations.models import Closure, Obligation, Response
from recommendations.states import Branch, ObligationStatus, Position, ResponseStatus
from recommendations.workflow import OBLIGATION, RESPONSE
from workflow.acts import act
from workflow.errors import ActRefusedError
from workflow.permission import refuse_unless_may

ASK_ANOTHER = "Ask another lead investigator on the team for this case to close it."


@act
def draft_response(
    obligation: Obligation,
    *,
    branch: Branch,
    position: Position,
    account: str,
    complete_by_on: date | None = None,
    by: Membership,
) -> Response:
    """Begin an answer: what is done or planned, or why nothing is.

    Records: response:drafted. Raises: PermissionDenied; ActRefusedError while another answer is
    under way or when the obligation is closed.
    """
    refuse_unless_may(by, Action.RESPONSE_DRAFT, obligation)
    obligation.refresh_from_db()
    if obligation.status == ObligationStatus.CLOSED:
        raise ActRefusedError("This recommendation is closed for your organisation.")
    unsent = obligation.responses.filter(submitted_at=None)
    if unsent.exists():
        raise ActRefusedError("An answer is being written already. Open it and go on there.")
    last = obligation.responses.aggregate(last=Max("number"))["last"] or 0
    response = Response.objects.create(
        obligation=obligation,
        number=last + 1,
        branch=branch,
        position=position,
        account=account,
        complete_by_on=complete_by_on,
        drafted_by=by,
    )
    record(Event.RESPONSE_DRAFTED, subject=response, by=by, number=response.number)
    return response


@act
def change_response(
    response: Response,
    *,
    branch: Branch,
    position: Position,
    account: str,
    version: int,
    complete_by_on: date | None = None,
    by: Membership,
) -> Response:
    """Change an answer; one that was approved needs its approval again.

    Records: response:changed. Raises: PermissionDenied, VersionConflictError; ActRefusedError
    once it is submitted.
    """
    refuse_unless_may(by, Action.RESPONSE_DRAFT, response)
    response.refresh_from_db()
    if response.submitted_at:
        raise ActRefusedError("This answer is submitted. Write a further one instead.")
    advance(response, version=version)
    if response.status == ResponseStatus.APPROVED:
        RESPONSE.apply("return_to_draft", response, by=by)
    Response.objects.filter(pk=response.pk).update(
        branch=branch,
        position=position,
        account=account,
        complete_by_on=complete_by_on,
        approved_by=None,
        approved_at=None,
    )
    response.refresh_from_db()
    record(Event.RESPONSE_CHANGED, subject=response, by=by, number=response.number)
    return response


@act
def approve_response(response: Response, *, version: int, by: Membership) -> Response:
    """Approve this version of an answer for the organisation.

    Records: response:approved. Raises: PermissionDenied, TransitionRefusedError,
    VersionConflictError when the text has moved on since it was read.
    """
    refuse_unless_may(by, Action.RESPONSE_APPROVE, response)
    advance(response, version=version)
    Response.objects.filter(pk=response.pk).update(approved_by=by, approved_at=timezone.now())
    RESPONSE.apply("approve", response, by=by, number=response.number)
    response.refresh_from_db()
    return response


@act
def submit_response(response: Response, *, by: Membership) -> Response:
    """Send an approved answer to the authorities; its clock is met.

    Records: response:submitted, and obligation:answered for the first answer.
    Raises: PermissionDenied, TransitionRefusedError unless it is approved.
    """
    refuse_unless_may(by, Action.RESPONSE_SUBMIT, response)
    response.refresh_from_db()
    RESPONSE.check("submit", response)
    Response.objects.filter(pk=response.pk).update(submitted_by=by, submitted_at=timezone.now())
    RESPONSE.apply("submit", response, by=by, number=response.number)
    obligation = Obligation.objects.get(pk=response.obligation_id)
    if obligation.status == ObligationStatus.OPEN:
        OBLIGATION.apply("answer", obligation, by=by)
    response.refresh_from_db()
    return response


@act
def close_obligation(obligation: Obligation, *, reason: str, by: Membership) -> Closure:
    """Close what an addressee owes, with a reason; never the addressee itself.

    Nor a person who stands there too, or who had a hand in its answer.
    No formal rule for closing was found: a decision with its reason, one addressee at a time.
    Records: obligation:closed. Raises: PermissionDenied, TransitionRefusedError, ActRefusedError.
    """
    refuse_unless_may(by, Action.OBLIGATION_CLOSE, obligation)
    if bound := why_not_to_close(obligation, by=by):
        raise ActRefusedError(bound)
    if not reason.strip():
        raise ActRefusedError("Enter the reason for closing it.")
    OBLIGATION.check("close", obligation)
    closure = Closure.objects.create(obligation=obligation, reason=reason, by=by)
    OBLIGATION.apply("close", obligation, by=by)
    return closure


def why_not_to_close(obligation: Obligation, *, by: Membership) -> str:
    """What binds a person to the addressee, so that somebody else closes it; empty where nothing.

    It is asked of the person, not of the organisation that they act for at the moment.
    """
    addressee, person = obligation.addressee, by.user_id
    if Membership.objects.current().filter(user=person, organisation=addressee).exists():
        return f"You are a member of {addressee}, so you can’t close what it owes. {ASK_ANOTHER}"
    had_a_hand = (
        Q(drafted_by__user=person) | Q(approved_by__user=person) | Q(submitted_by__user=person)
    )
    if obligation.responses.filter(had_a_hand).exists():
        return (
            f"You drafted, approved or submitted an answer of {addressee}, so you can’t close "
            f"what it owes. {ASK_ANOTHER}"
        )
    return ""
