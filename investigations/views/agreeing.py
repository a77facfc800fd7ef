"""The steps of a finding: proposed, returned, agreed to by each authority."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from investigations.agreeing import strip
from investigations.forms.evidence import ReasonForm
from investigations.forms.findings import AgreeForm
from investigations.models import EvidenceItem
from investigations.services import findings
from investigations.views.evidence import log_of
from investigations.views.findings import FINDING_PAGE, finding_for
from investigations.views.frame import page, told


@require_POST
@requires(Action.FINDING_DRAFT)
def propose_finding(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a finding before the authorities."""
    _investigation, found = finding_for(request, Action.FINDING_DRAFT, reference, number)
    told(
        request,
        lambda: findings.propose(found, by=acting(request)),
        done=f"{found.mark} lies before the authorities.",
    )
    return redirect(FINDING_PAGE, reference, number)


@require_POST
@requires(Action.FINDING_DRAFT)
def return_finding(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a proposed finding back to draft."""
    _investigation, found = finding_for(request, Action.FINDING_DRAFT, reference, number)
    told(
        request,
        lambda: findings.return_to_draft(found, by=acting(request)),
        done=f"{found.mark} is a draft again. Agreements already given are void.",
    )
    return redirect(FINDING_PAGE, reference, number)


@requires(Action.FINDING_DRAFT)
def drop_finding(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Drop a draft that leads nowhere, with a reason."""
    investigation, found = finding_for(request, Action.FINDING_DRAFT, reference, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        mark = found.mark
        dropped = told(
            request,
            lambda: findings.drop(found, by=acting(request), **form.cleaned_data),
            done=f"{mark} is dropped. The record keeps that it was there.",
        )
        if dropped:
            return redirect("investigations:findings", reference)
        return redirect(FINDING_PAGE, reference, number)
    return page(
        request,
        "investigations/form.html",
        complaint=investigation.complaint,
        section="findings",
        title=f"Drop {found.mark}",
        form=form,
        submit="Drop this draft",
        back="investigations:findings",
    )


@require_POST
@requires(Action.FINDING_DRAFT)
def unlink_evidence(
    request: HttpRequest, reference: str, number: int, evidence: int
) -> HttpResponse:
    """Take back the tie to one evidence item."""
    investigation, found = finding_for(request, Action.FINDING_DRAFT, reference, number)
    evidence_item = find_for(
        request, Action.EVIDENCE_READ, EvidenceItem, investigation=investigation, number=evidence
    )
    told(
        request,
        lambda: findings.unlink(found, evidence_item=evidence_item, by=acting(request)),
        done=f"{evidence_item.mark} is no longer linked to {found.mark}.",
    )
    return redirect(FINDING_PAGE, reference, number)


@requires(Action.FINDING_AGREE)
def agree_finding(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read the text once more and agree to it for one's authority, bound to its hash."""
    investigation, found = finding_for(request, Action.FINDING_AGREE, reference, number)
    form = AgreeForm(request.POST or None, initial={"text_sha256": found.text_sha256})
    if request.method == "POST" and form.is_valid():
        given = told(
            request,
            lambda: findings.agree(
                found, text_sha256=form.cleaned_data["text_sha256"], by=acting(request)
            ),
            done=f"{acting(request).organisation.short_name} agrees to {found.mark}.",
        )
        # After a refusal the page opens afresh, on the text and the hash as they are now.
        after = FINDING_PAGE if given else "investigations:agree_finding"
        return redirect(after, reference, number)
    return page(
        request,
        "investigations/findings/agree.html",
        complaint=investigation.complaint,
        section="findings",
        title=f"Agree to {found.mark}",
        form=form,
        finding=found,
        boxes=strip(found),
        ties=found.ties.filter(evidence_item__in=log_of(request, investigation)).select_related(
            "evidence_item"
        ),
    )
