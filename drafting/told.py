"""What a page says of the text that is kept for its reader, and what its script is answered."""

from django.http import HttpRequest, JsonResponse

from clock.london import LONDON
from drafting.models import SavedDraft
from drafting.saved import Kept


def in_view(request: HttpRequest, typed: Kept | None) -> Kept | None:
    """What is kept, or after a refused form only so much of it as that form shows."""
    return typed.in_view(request.POST) if typed and request.method == "POST" else typed


def is_older(typed: Kept | None, version: int) -> bool:
    """Whether somebody has saved the same thing since some of it was typed."""
    return any(opened != [str(version)] for opened in (typed.typed_for("version") if typed else []))


def kept_at(typed: SavedDraft) -> JsonResponse:
    """The time at which a text was kept, and whether it is wanted still."""
    at = f"{typed.saved_at.astimezone(LONDON):%H:%M}"
    return JsonResponse({"saved": at, "mark": "" if typed.is_settled else typed.mark})
