"""The files of a draft that a browser sends in pieces."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import acting, requires
from accounts.roles import Action
from complaints.services.arriving import TASK
from complaints.services.evidence_relied_on import refuse_one_too_many
from complaints.views.drafts import find_draft
from documents import receiving
from documents.errors import UploadRefusedError
from documents.models import UploadInPieces
from documents.services.pieces import cancel


@require_POST
@requires(Action.COMPLAINT_DRAFT)
def announce(request: HttpRequest, key: str) -> JsonResponse:
    """Begin to send a file, or go on with one that was begun."""
    draft = find_draft(request, key)
    try:
        refuse_one_too_many(draft, "This file")
    except UploadRefusedError as refused:
        return receiving.refused(str(refused), receiving.REFUSED)
    return receiving.announced(
        request, draft.key, then=TASK, by=acting(request), address="complaints:upload", of=[key]
    )


@require_http_methods(["GET", "PATCH"])
@requires(Action.COMPLAINT_DRAFT)
def upload(request: HttpRequest, key: str, token: str) -> JsonResponse:
    """One's own upload: how far it is, or its next piece."""
    return receiving.piece_or_state(request, find_own(request, key, token))


@require_POST
@requires(Action.COMPLAINT_DRAFT)
def forget(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Cancel one's own upload, or take a refused one off the list."""
    cancel(find_own(request, key, token))
    return redirect("complaints:part", key, "evidence")


def find_own(request: HttpRequest, key: str, token: str) -> UploadInPieces:
    """An upload that this very membership began to this draft. Raises: Http404."""
    own = UploadInPieces.objects.filter(case_key=find_draft(request, key).key)
    return get_object_or_404(own, begun_by=acting(request), token=token)
