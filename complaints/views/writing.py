"""Writing a letter of the desk's own: a template is chosen, edited, seen as it is read, sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, find_for, may, requires
from accounts.roles import Action
from complaints.forms.writing import FORMS, TemplateForm
from complaints.models import Complaint, Letter
from complaints.services import correspondence as services
from complaints.services.authorities import receiving_authority
from complaints.services.letter_templates import BY_NAME, LetterTemplate
from complaints.views.composing import composed, is_previewed, preview_of, tell_sent
from drafting.keeping import is_keeping, keep_typed
from drafting.refusals import refusals_in
from drafting.saved import forget

TITLE = "Write a letter"


@requires(Action.COMPLAINT_READ)
@requires(Action.CORRESPONDENCE_WRITE)
def new_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter from the template that the address names, or the choice of one."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    if not may_write_letter(request, complaint):
        return redirect("complaints:letters", complaint.reference)
    template = BY_NAME.get(request.GET.get("template", ""))
    if template is not None:
        return letter_from(request, complaint, template)
    page = {
        "complaint": complaint,
        "case_title": TITLE,
        "case_section": "letters",
        "form": TemplateForm(request.GET if "template" in request.GET else None),
    }
    return render(request, "complaints/casework/choose_template.html", page)


def letter_from(
    request: HttpRequest, complaint: Complaint, template: LetterTemplate
) -> HttpResponse:
    """Edit what a template says, see the letter as the body will, send it."""
    written = {"subject": template.line_above(complaint), "text": template.text(complaint)}
    form = composed(request, FORMS[template.name], complaint, **written)
    if is_keeping(request):
        return keep_typed(request, form, of=complaint)
    if request.method == "POST" and form.is_valid() and not is_previewed(request):
        with refusals_in(form):
            by = acting(request)
            services.send_letter(complaint, **form.cleaned_data, by=by)
            forget(form=form, of=complaint, by=by)
            tell_sent(request, form, "The letter is sent.")
            return redirect("complaints:letters", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": template.title,
        "case_section": "letters",
        "template": template,
        "form": form,
        "preview": preview_of(request, form, complaint, Letter.Kind.GENERAL),
    }
    return render(request, "complaints/casework/new_letter.html", page)


def may_write_letter(request: HttpRequest, complaint: Complaint) -> bool:
    """Whether this membership's authority writes to the bodies of a case that is still open."""
    by = acting(request)
    receives = receiving_authority(complaint.regime).organisation_id == by.organisation_id
    open_still = services.is_open(complaint)
    return receives and open_still and may(by, Action.CORRESPONDENCE_WRITE, complaint)
