"""The files that a message, an answer or further evidence is sent with, where they come in pieces.

They wait beside the form until it is sent; until then only who sends it is shown them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from accounts.veiled import veiled
from complaints.forms.correspondence import SentWithFiles
from complaints.models import Complaint
from complaints.services.arriving import TO_SEND
from complaints.services.correspondence import refuse_unless_open
from documents import receiving
from documents.models import StoredFile, UploadInPieces
from documents.services.pieces import cancel
from drafting.fields import SeveralFilesField
from workflow.errors import ActRefusedError

MESSAGE, EVIDENCE = "message", "evidence"


@dataclass(frozen=True)
class Waiting:
    """A file that has come whole, whether the form sends it, and until when it waits if not."""

    token: str
    file: StoredFile
    goes: bool
    until: datetime


@dataclass(frozen=True)
class Tray:
    """What a form's field of files shows beside it: what is on its way, and what waits."""

    announce: str
    coming: Sequence[UploadInPieces]
    waiting: Sequence[Waiting]
    # What is larger goes in pieces.
    whole_bytes: int = receiving.PIECE_BYTES


def answer_place(pk: int) -> str:
    """The place of the files of an answer to what was asked for."""
    return f"answer-{veiled(pk)}"


def with_tray(request: HttpRequest, form: SentWithFiles, complaint: Complaint, place: str) -> None:
    """Give a form the files that wait for it; what was sent says which of them go."""
    mine = (complaint.key, acting(request), place)
    ticked = request.POST.getlist("brought")
    waiting = [
        Waiting(
            row.token, row.stored_file, not form.is_bound or row.token in ticked, row.kept_until
        )
        for row in UploadInPieces.objects.unsent(*mine)
        if row.stored_file
    ]
    form.brought = [one.file for one in waiting if one.goes]
    cast(SeveralFilesField, form.fields["uploads"]).tray = Tray(
        announce=reverse("complaints:announce_to_send", args=[complaint.reference, place]),
        coming=list(UploadInPieces.objects.shown(*mine)),
        waiting=waiting,
    )


def forget_sent(request: HttpRequest, complaint: Complaint, place: str) -> None:
    """Take off the list what a form was sent with; what was left out waits on."""
    rows = UploadInPieces.objects.unsent(complaint.key, acting(request), place)
    rows.filter(token__in=request.POST.getlist("brought")).delete()


@require_POST
@requires(Action.CORRESPONDENCE_WRITE)
def announce(request: HttpRequest, reference: str, place: str) -> JsonResponse:
    """Begin to bring a file to a form, or go on with one that was begun."""
    complaint = find_open(request, reference, place)
    by = acting(request)
    try:
        refuse_unless_open(complaint, by)
    except ActRefusedError as refused:
        return receiving.refused(str(refused), receiving.REFUSED)
    return receiving.announced(
        request,
        complaint.key,
        then=TO_SEND,
        by=by,
        address="complaints:to_send",
        of=[complaint.reference, place],
        place=place,
    )


@require_http_methods(["GET", "PATCH"])
@requires(Action.CORRESPONDENCE_WRITE)
def to_send(request: HttpRequest, reference: str, place: str, token: str) -> JsonResponse:
    """One's own upload: how far it is, or its next piece."""
    return receiving.piece_or_state(request, find_own(request, reference, place, token))


@require_POST
@requires(Action.CORRESPONDENCE_WRITE)
def forget_to_send(request: HttpRequest, reference: str, place: str, token: str) -> JsonResponse:
    """Cancel one's own upload, or take a refused one off the list."""
    cancel(find_own(request, reference, place, token))
    return JsonResponse({})


def find_open(request: HttpRequest, reference: str, place: str) -> Complaint:
    """The case, for who may write on it. Raises: Http404 for a place that none of its forms has."""
    found = find_for(request, Action.CORRESPONDENCE_WRITE, Complaint, reference=reference)
    if place not in {MESSAGE, EVIDENCE}:
        asked_for = found.part_requests.values_list("pk", flat=True)
        if place not in map(answer_place, asked_for):
            raise Http404
    return found


def find_own(request: HttpRequest, reference: str, place: str, token: str) -> UploadInPieces:
    """An upload that this very membership began to this form. Raises: Http404."""
    own = UploadInPieces.objects.filter(case_key=find_open(request, reference, place).key)
    return get_object_or_404(own, begun_by=acting(request), place=place, token=token)
