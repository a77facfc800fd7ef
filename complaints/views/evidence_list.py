"""What the page of a draft's evidence shows beside its text: the pieces, and ways to add more."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from accounts.access import acting
from complaints.forms.evidence_relied_on import FilesForm, LinkForm
from complaints.models import Complaint, SupportingDocument
from complaints.services.evidence_relied_on import MOST_PIECES
from documents.models import UploadInPieces

# Short enough to read on a telephone; two hundred on one page are not.
ON_A_PAGE = 20


def evidence_page(
    request: HttpRequest,
    complaint: Complaint,
    *,
    file_form: FilesForm | None = None,
    link_form: LinkForm | None = None,
) -> dict[str, Any]:
    """The pieces of one page, which still have questions open, and one's own files on their way."""
    pieces = complaint.supporting_documents.listed()
    unanswered = complaint.supporting_documents.with_questions_open()
    return {
        "pieces": Paginator(pieces, ON_A_PAGE).get_page(request.GET.get("page")),
        "most": MOST_PIECES,
        "coming": UploadInPieces.objects.shown(complaint.key, acting(request)),
        "open_pieces": unanswered.count(),
        "next_open": unanswered.first(),
        "file_form": file_form or FilesForm(auto_id="file_%s"),
        "link_form": link_form or LinkForm(auto_id="link_%s"),
        "query": request.GET,
    }


def place_of(complaint: Complaint, document: SupportingDocument | None) -> str:
    """The address at which a piece is seen in the list of its draft."""
    address = reverse("complaints:part", args=[complaint.key, "evidence"])
    if document is None:
        return address
    before = complaint.supporting_documents.filter(number__lt=document.number).count()
    return f"{address}?page={before // ON_A_PAGE + 1}#evidence-{document.number}"
