"""Approving a version of a draft, and what has changed since one was approved."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import acting, find_for, requires, scopes
from accounts.models import Membership
from accounts.roles import Action
from complaints.approving import awaited, changes, is_asked
from complaints.canonical import TITLES, Content, canonical, content_of, sha256_of
from complaints.forms.approving import ApproveForm
from complaints.models import Complaint
from complaints.parts import missing_parts
from complaints.services import approving as services
from complaints.views.drafts import find_draft
from documents.downloads import file_response
from documents.errors import FileClosedError
from workflow.errors import ActRefusedError


@requires(Action.COMPLAINT_APPROVE)
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Read all that the draft says and what changed since, and approve that very version."""
    find_draft(request, key)
    complaint = find_for(request, Action.COMPLAINT_APPROVE, Complaint, key=key)
    form = ApproveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.approve(complaint, **form.cleaned_data, by=acting(request))
        except ActRefusedError as refused:
            # The page opens afresh, on what the draft says now and its hash.
            messages.error(request, str(refused))
            return redirect("complaints:approve", key)
        messages.success(request, "Your approval of this version is recorded.")
        return redirect("complaints:joint", key)
    page = approval_page(complaint, acting(request))
    return render(request, "complaints/portal/approve.html", page)


@requires(Action.COMPLAINT_DRAFT)
def since_approval(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What has changed in a draft since one approval of it."""
    complaint = find_draft(request, key)
    approval = get_object_or_404(complaint.approvals.select_related("organisation"), pk=pk)
    page = {
        "complaint": complaint,
        "approval": approval,
        "changes": list(changes(json.loads(approval.content), content_of(complaint))),
        "nav_current": "portal",
    }
    return render(request, "complaints/portal/since_approval.html", page)


@requires(Action.COMPLAINT_READ_DRAFT)
def draft_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """One file of a draft, for whoever reads it: what one approves can be read."""
    complaint = find_draft(request, key, Action.COMPLAINT_READ_DRAFT)
    documents = complaint.supporting_documents.select_related("file").exclude(file=None)
    document = get_object_or_404(documents, pk=pk)
    try:
        return file_response(document.file, to=acting(request))
    except FileClosedError as closed:
        messages.info(request, str(closed))
        writes = scopes(acting(request), Action.COMPLAINT_DRAFT)
        return redirect(
            *(("complaints:part", key, "evidence") if writes else ("complaints:read_draft", key))
        )


def approval_page(complaint: Complaint, by: Membership) -> dict[str, Any]:
    """All that the draft says, bound to its hash, beside what one's body approved last."""
    content = content_of(complaint)
    sha256 = sha256_of(canonical(content))
    last = complaint.approvals.filter(organisation=by.organisation_id).last()
    return {
        "complaint": complaint,
        "asked": is_asked(complaint, by),
        "last": last,
        "stands": last and last.voided_at is None and last.content_sha256 == sha256,
        "changes": list(changes(json.loads(last.content), content)) if last else [],
        "parts": in_words(content),
        "documents": complaint.supporting_documents.select_related("file"),
        "missing": missing_parts(complaint),
        "form": ApproveForm(initial={"content_sha256": sha256}),
        "nav_current": "portal",
    }


def in_words(content: Content) -> list[tuple[str, list[tuple[str, str]]]]:
    """The parts with their lines as a page lists them, without those that say nothing."""
    return [
        (TITLES.get(name, name), [(label, text) for label, text in lines if text])
        for name, lines in content.items()
    ]


def knows_approving(by: Membership) -> bool:
    """Whether a membership's roles let it approve at all."""
    return bool(scopes(by, Action.COMPLAINT_APPROVE))


def waits_for(complaint: Complaint, by: Membership) -> bool:
    """Whether a draft waits for the approval that this very person may give."""
    joins = complaint.lead_body_id != by.organisation_id
    if not joins or not knows_approving(by):
        return False
    return by.organisation in awaited(complaint)


def awaited_of(complaint: Complaint, by: Membership) -> dict[str, Any]:
    """Whose approval is missing and whose stands, and whether one can give it."""
    waiting = awaited(complaint)
    standing = complaint.approvals.standing().exclude(organisation__in=waiting)
    return {
        "awaited": waiting,
        "approved": standing.select_related("organisation").order_by("organisation__name"),
        "may_approve": by.organisation in waiting and knows_approving(by),
    }
