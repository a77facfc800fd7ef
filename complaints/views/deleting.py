"""Deleting a draft once that is confirmed, and bringing it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import acting, requires
from accounts.roles import Action
from complaints.services import deleting as services
from complaints.views.drafts import find_draft
from complaints.views.presence import named_for
from workflow.errors import ActRefusedError


@requires(Action.COMPLAINT_DELETE)
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Delete a draft that one's own body leads."""
    complaint = find_draft(request, key, Action.COMPLAINT_DELETE)
    if request.method == "POST":
        try:
            services.delete_draft(complaint, by=acting(request))
        except ActRefusedError as refused:
            messages.error(request, str(refused))
            return redirect("complaints:draft", key)
        messages.success(request, "The draft is deleted. You can restore it below.")
        return redirect("complaints:portal")
    page = {
        "complaint": complaint,
        "together_with": complaint.joint_bodies.order_by("name"),
        "days": services.RESTORABLE_FOR.days,
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/delete_draft.html", page)


@requires(Action.COMPLAINT_DELETE)
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Who deleted a draft, until when it can be restored, and the step."""
    by = acting(request)
    complaint = get_object_or_404(services.restorable_by(by), key=key)
    if request.method == "POST":
        services.restore_draft(complaint, by=by)
        messages.success(request, "The draft is restored, as it was.")
        return redirect(reverse("complaints:draft", args=[key]))
    page = {
        "complaint": complaint,
        "deleted_by": named_for(by, complaint.deleted_by) if complaint.deleted_by else "",
        "until": services.restorable_until(complaint),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/restore_draft.html", page)
