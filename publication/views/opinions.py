"""Each authority's opinion on a matter in dispute: given, and changed by the same authority."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.access import acting, requires
from accounts.roles import Action
from drafting.keeping import opened
from investigations.views.frame import edited, framed, page
from publication.forms.report import OpinionForm
from publication.models import Opinion, Report
from publication.services.sign_off import give_opinion
from publication.views.found import REPORT_PAGE, report_for


@requires(Action.REPORT_SIGN_OFF)
def opinion(request: HttpRequest, reference: str) -> HttpResponse:
    """Give an authority's opinion on a matter in dispute."""
    found = report_for(request, Action.REPORT_SIGN_OFF, reference)
    return opinion_page(request, found, None, title="Give an opinion on a matter in dispute")


@requires(Action.REPORT_SIGN_OFF)
def change_opinion(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change the opinion that one's own authority has given on a matter."""
    found = report_for(request, Action.REPORT_SIGN_OFF, reference)
    own = get_object_or_404(found.opinions, pk=pk, authority=acting(request).organisation_id)
    return opinion_page(request, found, own, title=f"Change the opinion on “{own.matter}”")


def opinion_page(
    request: HttpRequest, found: Report, own: Opinion | None, *, title: str
) -> HttpResponse:
    """The form of an opinion, and what comes of it."""
    form = OpinionForm(request.POST or None, **as_it_stands(own))
    of = own or found
    answer = edited(
        request,
        form,
        lambda: give_opinion(found, by=acting(request), **form.cleaned_data),
        of=of,
        afresh=lambda: OpinionForm(**as_it_stands(own_opinion(request, found, form))),
        frame=framed(found.complaint, section="report", title=title),
    )
    if answer is True:
        messages.success(request, "The opinion is in the report. Its section needs new sign-offs.")
        return redirect(REPORT_PAGE, found.reference)
    return answer or page(
        request,
        "publication/form.html",
        complaint=found.complaint,
        section="report",
        title=title,
        form=opened(request, form, of=of),
        submit="Put it into the report",
        cancel=REPORT_PAGE,
    )


def own_opinion(request: HttpRequest, found: Report, form: OpinionForm) -> Opinion | None:
    """What one's own authority holds by now on the matter of a form."""
    matter = form.cleaned_data["matter"]
    return found.opinions.filter(authority=acting(request).organisation_id, matter=matter).first()


def as_it_stands(given: Opinion | None) -> dict[str, Any]:
    """A form's start: the opinion as it is with its version, or an empty one."""
    if given is None:
        return {}
    return {"initial": {"matter": given.matter, "text": given.text}, "version": given.version}
