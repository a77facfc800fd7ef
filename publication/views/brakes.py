"""The brakes and what comes after: hold, lift, suspend, withdraw, correct, send to the body."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import acting, requires
from accounts.entrance import fresh_sign_in_required
from accounts.roles import Action
from investigations.views.frame import told
from publication.models import ReleaseHold, Suspension
from publication.services import corrections, holds
from publication.services import release as verbs
from publication.views.found import (
    PAGE_OF,
    RELEASE_PAGE,
    REPORT,
    REPORT_PAGE,
    reason_page,
    release_for,
)

SECOND = "A second person must do the same."


@requires(Action.RELEASE_HOLD)
def hold(request: HttpRequest, reference: str, what: str = REPORT) -> HttpResponse:
    """Hold the release at once."""
    found = release_for(request, Action.RELEASE_HOLD, reference, what)
    return reason_page(
        request,
        found.complaint,
        lambda reason, by: holds.hold(found, reason=reason, by=by),
        title="Hold publication",
        submit="Hold publication",
        done="Publication is held. Two people lift the hold.",
        back=PAGE_OF[what],
        warning="It bites at the next request. Two people must lift it.",
    )


@require_POST
@requires(Action.RELEASE_LIFT)
@fresh_sign_in_required
def lift(request: HttpRequest, reference: str, pk: int, what: str = REPORT) -> HttpResponse:
    """Ask for a hold to be lifted or, as the second person, lift it."""
    found = release_for(request, Action.RELEASE_LIFT, reference, what)
    placed = get_object_or_404(ReleaseHold, pk=pk, release=found)
    told(
        request,
        lambda: holds.lift(placed, by=acting(request)),
        done=f"Recorded. A hold is lifted when two people ask for it. {lifting(placed)}",
    )
    return redirect(PAGE_OF[what], reference)


@require_POST
@requires(Action.RELEASE_LIFT)
@fresh_sign_in_required
def lift_suspension(
    request: HttpRequest, reference: str, pk: int, what: str = REPORT
) -> HttpResponse:
    """Ask for a suspension to be lifted or, as the second person, lift it."""
    found = release_for(request, Action.RELEASE_LIFT, reference, what)
    placed = get_object_or_404(Suspension, pk=pk, release=found)
    told(
        request,
        lambda: holds.lift(placed, by=acting(request)),
        done=f"Recorded. A suspension is lifted when two people ask for it. {lifting(placed)}",
    )
    return redirect(PAGE_OF[what], reference)


def lifting(placed: ReleaseHold | Suspension) -> str:
    """What is still missing when the first person asks."""
    return SECOND if placed.lift_asked_by_id is None else ""


@requires(Action.RELEASE_SUSPEND)
def suspend(request: HttpRequest, reference: str, what: str = REPORT) -> HttpResponse:
    """Take a public report or announcement down at once."""
    found = release_for(request, Action.RELEASE_SUSPEND, reference, what)
    return reason_page(
        request,
        found.complaint,
        lambda reason, by: corrections.suspend(found, reason=reason, by=by),
        title=f"Suspend the {what}",
        submit="Suspend it now",
        done=f"The {what} is suspended. Its addresses say “temporarily withdrawn”.",
        back=PAGE_OF[what],
        warning=f"Every address of the {what} says “temporarily withdrawn” at once.",
    )


@requires(Action.RELEASE_CORRECT)
@fresh_sign_in_required
def withdraw(request: HttpRequest, reference: str, what: str = REPORT) -> HttpResponse:
    """Ask for the report to be withdrawn or, as the second person, withdraw it."""
    found = release_for(request, Action.RELEASE_CORRECT, reference, what)
    return reason_page(
        request,
        found.complaint,
        lambda reason, by: corrections.withdraw(found, reason=reason, by=by),
        title=f"Withdraw the {what} for good",
        submit="Withdraw it",
        done=f"Recorded. The {what} is withdrawn when two people ask for it.",
        back=PAGE_OF[what],
        warning="The reason that the first person gives is shown to the public at every address.",
    )


@requires(Action.RELEASE_CORRECT)
@fresh_sign_in_required
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a corrected edition."""
    found = release_for(request, Action.RELEASE_CORRECT, reference)
    return reason_page(
        request,
        found.complaint,
        lambda reason, by: corrections.correct(found, note=reason, by=by),
        title="Correct the report",
        submit="Begin a corrected edition",
        done="A corrected edition is begun. Change its sections, and have them signed off.",
        back=REPORT_PAGE,
        warning="The reason is printed in the corrected edition.",
    )


@require_POST
@requires(Action.RELEASE_SEND_TO_BODY)
@fresh_sign_in_required
def send_to_body(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the report was sent to the body."""
    found = release_for(request, Action.RELEASE_SEND_TO_BODY, reference)
    told(
        request,
        lambda: verbs.send_to_body(found, by=acting(request)),
        done="It is on record that the report was sent to the body.",
    )
    return redirect(RELEASE_PAGE, reference)
