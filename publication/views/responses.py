"""The responses of a case: what addressees have submitted, and letting the public read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.models import Complaint
from investigations.views.frame import page, told
from publication.services import responses as verbs
from recommendations.models import Response
from recommendations.states import ResponseStatus

SHOWN = 200


@requires(Action.RESPONSE_READ)
def responses(request: HttpRequest, reference: str) -> HttpResponse:
    """What addressees have submitted: first what the public cannot read yet."""
    complaint = find_for(request, Action.RESPONSE_READ, Complaint, reference=reference)
    rows = Response.objects.visible_to(acting(request)).filter(
        obligation__recommendation__complaint=complaint
    )
    rows = rows.select_related("obligation__addressee", "obligation__recommendation")
    publishable = Response.objects.for_action(acting(request), Action.RESPONSE_PUBLISH)
    return page(
        request,
        "publication/responses.html",
        complaint=complaint,
        section="release",
        title="Responses",
        waiting=rows.filter(status=ResponseStatus.SUBMITTED).order_by("submitted_at")[:SHOWN],
        published=rows.filter(status=ResponseStatus.PUBLISHED).order_by("-submitted_at")[:SHOWN],
        may_publish=publishable.filter(obligation__recommendation__complaint=complaint).exists(),
    )


@require_POST
@requires(Action.RESPONSE_PUBLISH)
def publish(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Let the public read one response."""
    found = find_for(
        request,
        Action.RESPONSE_PUBLISH,
        Response,
        pk=pk,
        obligation__recommendation__complaint__reference=reference,
    )
    told(
        request,
        lambda: verbs.publish_response(found, by=acting(request)),
        done="The response is public.",
    )
    return redirect("publication:responses", reference)
