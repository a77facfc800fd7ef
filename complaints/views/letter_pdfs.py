"""How far the PDF of a letter or receipt is, in either frame, and making a failed one again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import acting, find_for, requires, scopes
from accounts.roles import Action
from complaints.models import Complaint, Letter
from documents import pages
from documents.models import RenderedDocument

STAFF_PAGE, OWN_PAGE = "complaints:letter_progress", "complaints:own_letter_progress"


@require_GET
@requires(Action.COMPLAINT_READ)
def progress(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How far a letter’s PDF is, for those who work on the case."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    return progress_of(
        request,
        letter_of(complaint, pk),
        file="complaints:letter",
        back="complaints:letters",
        layout="layouts/casework.html",
    )


@require_GET
@requires(Action.COMPLAINT_TRACK)
def own_progress(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How far the PDF of a letter to one’s own body is."""
    complaint = find_for(request, Action.COMPLAINT_TRACK, Complaint, reference=reference)
    return progress_of(
        request,
        letter_of(complaint, pk),
        file="complaints:download",
        back="complaints:documents",
        layout="layouts/portal.html",
    )


@require_POST
@requires(Action.LETTER_REMAKE)
def remake(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Have a PDF that failed made again, from the facts that it was asked for with."""
    complaint = find_for(request, Action.LETTER_REMAKE, Complaint, reference=reference)
    letter = letter_of(complaint, pk)
    then = STAFF_PAGE if scopes(acting(request), Action.COMPLAINT_READ) else OWN_PAGE
    return pages.retry(request, pdf_of(letter), then=reverse(then, args=[reference, pk]))


def progress_of(
    request: HttpRequest, letter: Letter, *, file: str, back: str, layout: str
) -> HttpResponse:
    """The progress page of one letter’s PDF, in one of the two frames."""
    at = [letter.complaint.reference, letter.pk]
    links = pages.Links(
        file=reverse(file, args=at),
        retry=reverse("complaints:remake_letter", args=at),
        back=reverse(back, args=at[:1]),
        back_text="Back to the letters",
    )
    may_retry = bool(scopes(acting(request), Action.LETTER_REMAKE))
    return pages.progress_page(
        request,
        pdf_of(letter),
        links=links,
        layout=layout,
        may_retry=may_retry,
        complaint=letter.complaint,
    )


def letter_of(complaint: Complaint, pk: int) -> Letter:
    """A letter of this case. Raises: Http404 for any other."""
    return get_object_or_404(complaint.letters.select_related("document", "complaint"), pk=pk)


def pdf_of(letter: Letter) -> RenderedDocument:
    """The PDF of a letter. Raises: Http404 where none was ever asked for."""
    if letter.document is None:
        raise Http404
    return letter.document
