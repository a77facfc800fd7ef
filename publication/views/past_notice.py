"""The press notice of a case that others published, made of what is known of it."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from accounts.access import acting, find_for, requires
from accounts.roles import Action
from clock.london import london_day, london_today
from complaints.models import Complaint
from complaints.states import Origin
from investigations.views.frame import page
from publication.built import recommended_in
from publication.forms.notice import AsAtForm
from publication.live import report_of
from publication.notice import press_notice


@requires(Action.COMPLAINT_READ)
def past_notice(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice in the form of a living one, with what was live and announced as at a day."""
    past = find_for(
        request, Action.COMPLAINT_READ, Complaint, reference=reference, origin=Origin.IMPORT
    )
    report = report_of(past)
    at = report.release_at if report else None
    usual = london_day(at) if at else london_today()
    asked = bool(request.GET)
    form = AsAtForm(request.GET if asked else None, initial={"as_at": usual})
    day: date = form.cleaned_data["as_at"] if asked and form.is_valid() else usual
    made = press_notice(
        past,
        title=past.title,
        as_at=day,
        recommended=recommended_in(past),
        publishes_at=at,
        hour_is_known=report is None or report.hour_is_known,
        reader=acting(request),
    )
    return page(
        request,
        "publication/past_notice.html",
        complaint=past,
        section="overview",
        title="Press notice",
        form=form,
        notice=made.notice,
        warnings=made.warnings,
    )
