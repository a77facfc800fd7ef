"""Correcting the wording of a recommendation while a new edition of its report is written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import acting
from complaints.models import Complaint
from drafting.keeping import opened
from investigations.views.frame import edited, framed, page
from recommendations.forms.correcting import WordingForm, wording_as_it_stands
from recommendations.models import Recommendation
from recommendations.services import correcting

LIST = "recommendations:drafting"
SECTION = "recommendations"


def correct_wording(
    request: HttpRequest, complaint: Complaint, found: Recommendation
) -> HttpResponse:
    """The page of a change to a recommendation that was published: of its wording alone."""
    form = WordingForm(request.POST or None, **wording_as_it_stands(found))
    title = f"Correct {found.mark.lower()}"
    answer = edited(
        request,
        form,
        lambda: correcting.correct_recommendation(found, by=acting(request), **form.cleaned_data),
        of=found,
        afresh=lambda: WordingForm(**wording_as_it_stands(Recommendation.objects.get(pk=found.pk))),
        frame=framed(complaint, section=SECTION, title=title),
    )
    if answer is True:
        messages.success(request, f"{found.mark} is corrected. The new edition carries it.")
        return redirect(LIST, complaint.reference)
    return answer or page(
        request,
        "investigations/form.html",
        complaint=complaint,
        section=SECTION,
        title=title,
        form=opened(request, form, of=found),
        submit="Save the correction",
        back=LIST,
    )
