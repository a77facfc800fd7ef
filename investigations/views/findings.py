"""Findings: listed, read, drafted, changed, tied to evidence."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from documents.states import ScanState
from drafting.keeping import is_keeping, keep_typed, opened
from drafting.saved import forget
from drafting.sending import makes_once
from investigations.agreeing import strip
from investigations.forms.findings import FindingForm, LinkForm
from investigations.models import Finding, Investigation
from investigations.services import findings
from investigations.states import Bearing
from investigations.views.evidence import log_of
from investigations.views.frame import (
    did,
    edited,
    framed,
    investigation_for,
    may_here,
    page,
)
from investigations.workflow import FINDING

FINDING_PAGE = "investigations:finding"
# What supports, but for infected files: of these a finding counts none.
SUPPORTS = Q(
    ties__bearing=Bearing.SUPPORTS,
    ties__evidence_item__file__scan_state__in=set(ScanState) - {ScanState.QUARANTINED},
)


def finding_for(
    request: HttpRequest, action: Action, reference: str, number: int
) -> tuple[Investigation, Finding]:
    """A finding, fetched through its investigation. Raises: Http404, PermissionDenied."""
    investigation = investigation_for(request, Action.FINDING_READ, reference)
    found = find_for(request, action, Finding, investigation=investigation, number=number)
    found.investigation = investigation
    return investigation, found


@requires(Action.FINDING_READ)
def finding_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Every finding with its support and how many authorities agreed."""
    investigation = investigation_for(request, Action.FINDING_READ, reference)
    rows = investigation.findings.annotate(
        supports=Count("ties", filter=SUPPORTS, distinct=True),
        against=Count("ties", filter=Q(ties__bearing=Bearing.CONTRADICTS), distinct=True),
        agreed_by=Count("agreements", filter=Q(agreements__voided_at=None), distinct=True),
    )
    return page(
        request,
        "investigations/findings/list.html",
        complaint=investigation.complaint,
        section="findings",
        title="Findings",
        findings=rows,
        authority_count=investigation.complaint.regime.parts.count(),
        may_draft=may_here(request, Action.FINDING_DRAFT, investigation),
    )


@requires(Action.FINDING_READ)
def finding(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One finding: its text, its evidence, what each authority says, and what may be done."""
    investigation, found = finding_for(request, Action.FINDING_READ, reference, number)
    visible = log_of(request, investigation)
    ties = found.ties.select_related("evidence_item").order_by("evidence_item__number")
    shown = ties.filter(evidence_item__in=visible)
    may_change = may_here(request, Action.FINDING_DRAFT, found, or_corrected=True)
    return page(
        request,
        "investigations/findings/detail.html",
        complaint=investigation.complaint,
        section="findings",
        title=f"{found.mark} {found.title}",
        finding=found,
        ties=shown,
        hidden=ties.count() - len(shown),
        boxes=strip(found),
        voided=found.agreements.exclude(voided_at=None).select_related("authority"),
        steps={step.name for step in FINDING.open_to(found, acting(request))},
        may_draft=may_here(request, Action.FINDING_DRAFT, found),
        may_change=may_change,
        **({"work_is_over": ""} if may_change else {}),
    )


@requires(Action.FINDING_DRAFT)
@makes_once
def draft_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a finding; `?feature=` suggests the feature that it is about."""
    investigation = investigation_for(request, Action.FINDING_DRAFT, reference)
    form = FindingForm(
        request.POST or None,
        investigation=investigation,
        initial={"feature": request.GET.get("feature")},
    )
    if is_keeping(request):
        return keep_typed(request, form, of=investigation)
    drafted = did(form, lambda: findings.draft(investigation, by=acting(request), **text_of(form)))
    if drafted:
        forget(form=form, of=investigation, by=acting(request))
        messages.success(request, f"{drafted.mark} is drafted. Link the evidence it rests on.")
        return redirect(FINDING_PAGE, reference, drafted.number)
    return page(
        request,
        "investigations/form.html",
        complaint=investigation.complaint,
        section="findings",
        title="Draft a finding",
        form=opened(request, form, of=investigation),
        submit="Save the draft",
        back="investigations:findings",
    )


@requires(Action.FINDING_DRAFT)
def change_finding(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a finding; the page says beforehand whose agreement an edit voids."""
    investigation, found = finding_for(request, Action.FINDING_DRAFT, reference, number)
    form = FindingForm(request.POST or None, **as_it_stands(found))
    frame = framed(investigation.complaint, section="findings", title=f"Change {found.mark}")
    answer = edited(
        request,
        form,
        lambda: findings.change(
            found, version=form.cleaned_data["version"], by=acting(request), **text_of(form)
        ),
        of=found,
        afresh=lambda: FindingForm(**as_it_stands(Finding.objects.get(pk=found.pk))),
        frame=frame,
    )
    if answer is True:
        messages.success(request, f"{found.mark} is changed.")
        return redirect(FINDING_PAGE, reference, number)
    return answer or page(
        request,
        "investigations/findings/change.html",
        complaint=investigation.complaint,
        section="findings",
        title=f"Change {found.mark}",
        form=opened(request, form, of=found),
        finding=found,
        standing=found.agreements.standing().select_related("authority"),
    )


def text_of(form: FindingForm) -> dict[str, Any]:
    """What a finding says, without the version of the form."""
    return {name: said for name, said in form.cleaned_data.items() if name != "version"}


def as_it_stands(found: Finding) -> dict[str, Any]:
    """A form's start: the finding as it is, with its version."""
    names = ("title", "conclusion", "reasons", "feature")
    return {
        "initial": {name: getattr(found, name) for name in names},
        "version": found.version,
        "investigation": found.investigation,
    }


@requires(Action.FINDING_DRAFT)
@makes_once
def link_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say what an evidence item does for a finding; `?evidence=` suggests the item."""
    investigation, found = finding_for(request, Action.FINDING_DRAFT, reference, number)
    form = LinkForm(
        request.POST or None,
        items=log_of(request, investigation).relied_on(),
        initial={"evidence_item": request.GET.get("evidence"), "bearing": Bearing.SUPPORTS},
    )
    tie = did(form, lambda: findings.link(found, by=acting(request), **form.cleaned_data))
    if tie:
        messages.success(request, f"{tie.evidence_item.mark} is linked to {found.mark}.")
        return redirect(FINDING_PAGE, reference, number)
    return page(
        request,
        "investigations/findings/link.html",
        complaint=investigation.complaint,
        section="findings",
        title=f"Link evidence to {found.mark}",
        form=form,
        finding=found,
    )
