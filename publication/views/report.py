"""The report of a case: its sections, its sign-off, its press notice."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from complaints.models import Complaint
from drafting.keeping import opened
from drafting.sending import makes_once
from investigations.views.frame import did, edited, framed, page
from publication.forms.report import (
    BeginForm,
    ExclusionForm,
    NoticeForm,
    SectionForm,
)
from publication.lint import faults_of
from publication.models import Report, ReportSection
from publication.readiness import checks, draft_of
from publication.sections import build
from publication.services import report as verbs
from publication.states import ReportStatus
from publication.strips import rows_of, strip
from publication.views.found import CASE_OF_A_REPORT, REPORT_PAGE, last_seal_asked, may, report_for
from publication.workflow import REPORT


@requires(Action.REPORT_READ)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The report as a whole: what is written, what is signed off, and what is lacking."""
    complaint = find_for(request, Action.REPORT_READ, Complaint, reference=reference)
    reports = Report.objects.filter(complaint=complaint).select_related(*CASE_OF_A_REPORT)
    begun = reports.order_by("-edition_number").first()
    if begun is None:
        return begin(request, complaint)
    draft = draft_of(begun, reader=acting(request))
    checked = list(checks(draft))
    return page(
        request,
        "publication/report.html",
        complaint=complaint,
        section="report",
        title="Report",
        report=begun,
        sealing=last_seal_asked(begun) if begun.status == ReportStatus.IN_SIGN_OFF else None,
        sections=rows_of(begun, draft.sections),
        checks=checked,
        may_seal_now=all(check.is_met for check in checked),
        warnings=draft.made.warnings,
        steps={step.name for step in REPORT.open_to(begun, acting(request))},
        may=may(
            request,
            Action.REPORT_DRAFT,
            Action.EXCLUSION_DECIDE,
            Action.REPORT_SIGN_OFF,
            thing=begun,
        ),
    )


def begin(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """No report yet: whoever drafts may begin it."""
    may_begin = "report_draft" in may(request, Action.REPORT_DRAFT, thing=complaint)
    form = BeginForm(request.POST or None) if may_begin else BeginForm()
    started = did(form, lambda: verbs.begin(complaint, by=acting(request), **form.cleaned_data))
    if started:
        messages.success(request, "The report is begun. Write its sections.")
        return redirect(REPORT_PAGE, complaint.reference)
    return page(
        request,
        "publication/begin.html",
        complaint=complaint,
        section="report",
        title="Report",
        form=form,
        may_begin=may_begin,
    )


@requires(Action.REPORT_READ)
def section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One section as it reads now, and who has signed it off."""
    report_, found = section_for(request, Action.REPORT_READ, reference, key)
    built = build(found)
    return page(
        request,
        "publication/section.html",
        complaint=report_.complaint,
        section="report",
        title=built.title,
        report=report_,
        part=found,
        built=built,
        boxes=strip(found, built.text_sha256),
        may=may(request, Action.REPORT_DRAFT, Action.REPORT_SIGN_OFF, thing=found),
    )


def section_for(
    request: HttpRequest, action: Action, reference: str, key: str
) -> tuple[Report, ReportSection]:
    """A section, fetched through its report. Raises: Http404, PermissionDenied."""
    report_ = report_for(request, Action.REPORT_READ, reference)
    return report_, find_for(request, action, ReportSection, report=report_, key=key)


@requires(Action.REPORT_DRAFT)
def edit_section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Change one section; the page says beforehand whose sign-off an edit voids."""
    report_, found = section_for(request, Action.REPORT_DRAFT, reference, key)
    title = f"Change “{build(found).title}”"
    form = SectionForm(request.POST or None, **as_it_stands(found))
    answer = edited(
        request,
        form,
        lambda: verbs.edit_section(found, by=acting(request), **form.cleaned_data),
        of=found,
        afresh=lambda: SectionForm(**as_it_stands(ReportSection.objects.get(pk=found.pk))),
        frame=framed(report_.complaint, section="report", title=title),
    )
    if answer is True:
        messages.success(request, "The section is changed.")
        return redirect("publication:section", reference, key)
    return answer or page(
        request,
        "publication/form.html",
        complaint=report_.complaint,
        section="report",
        title=title,
        form=opened(request, form, of=found),
        submit="Save the section",
        warning="Saving voids the sign-offs of this section." if signed(found) else "",
        cancel=REPORT_PAGE,
    )


def as_it_stands(found: ReportSection) -> dict[str, Any]:
    """A form's start: the section as it is, with its version."""
    return {"initial": {"text": found.text}, "version": found.version}


def signed(found: ReportSection) -> bool:
    """Whether an authority has signed off this section."""
    return found.sign_offs.filter(voided_at=None).exists()


@requires(Action.REPORT_DRAFT)
def edit_notice(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the title, and what the press notice says besides the records."""
    found = report_for(request, Action.REPORT_DRAFT, reference)
    form = NoticeForm(request.POST or None, **notice_as_it_stands(found))
    answer = edited(
        request,
        form,
        lambda: verbs.edit_notice(found, by=acting(request), **form.cleaned_data),
        of=found,
        afresh=lambda: NoticeForm(**notice_as_it_stands(Report.objects.get(pk=found.pk))),
        frame=framed(found.complaint, section="report", title="Press notice"),
    )
    if answer is True:
        messages.success(request, "The press notice is changed.")
        return redirect("publication:notice", reference)
    return answer or page(
        request,
        "publication/form.html",
        complaint=found.complaint,
        section="report",
        title="Press notice",
        form=opened(request, form, of=found),
        submit="Save the press notice",
        cancel=REPORT_PAGE,
    )


def notice_as_it_stands(found: Report) -> dict[str, Any]:
    """A form's start: the report's title and notice as they are, with their version."""
    initial = {
        "title": found.title,
        "headline": found.notice_headline,
        "standfirst": found.notice_standfirst,
        "planned_for": found.planned_for,
    }
    return {"initial": initial, "version": found.version}


@requires(Action.REPORT_READ)
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """The press notice as it would be sealed now, with its warnings."""
    found = report_for(request, Action.REPORT_READ, reference)
    made = draft_of(found, reader=acting(request)).made
    return page(
        request,
        "publication/notice.html",
        complaint=found.complaint,
        section="report",
        title="Press notice",
        report=found,
        notice=made.notice,
        warnings=(*made.warnings, *faults_of(made.notice)),
        may=may(request, Action.REPORT_DRAFT, thing=found),
    )


@requires(Action.EXCLUSION_DECIDE)
@makes_once
def exclude(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide to leave a passage out, on one of the two grounds."""
    found = report_for(request, Action.REPORT_READ, reference)
    if "exclusion_decide" not in may(request, Action.EXCLUSION_DECIDE, thing=found):
        raise Http404
    form = ExclusionForm(request.POST or None)
    if did(form, lambda: verbs.exclude(found, by=acting(request), **form.cleaned_data)):
        messages.success(request, "The passage is left out. Take it out of the text.")
        return redirect(REPORT_PAGE, reference)
    return page(
        request,
        "publication/form.html",
        complaint=found.complaint,
        section="report",
        title="Leave a passage out",
        form=form,
        submit="Decide to leave it out",
        cancel=REPORT_PAGE,
    )
