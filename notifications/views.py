"""Messages: one's own choice of how often, and for administrators what could not be sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting, membership_of, requires, signed_in
from accounts.roles import Action
from notifications.forms import AT_ONCE, DAILY, ChoiceForm
from notifications.services import digests, sending

ROWS_A_PAGE = 25


@signed_in
def choice(request: HttpRequest) -> HttpResponse:
    """See and change how often one is written to, where one acts for this organisation."""
    if (by := membership_of(request)) is None:
        raise Http404
    now = DAILY if digests.is_daily(by) else AT_ONCE
    sent = request.POST if request.method == "POST" else None
    form = ChoiceForm(sent, initial={"how_often": now})
    if form.is_valid():
        digests.choose(by, daily=form.cleaned_data["how_often"] == DAILY, by=by)
        messages.success(request, "Your choice is saved.")
        return redirect("notifications:choice")
    return render(request, "notifications/choice.html", {"form": form})


@requires(Action.PEOPLE_ADMINISTER)
def unsent(request: HttpRequest) -> HttpResponse:
    """The messages that no mail server took, why, and trying them again."""
    if request.method == "POST":
        number = sending.try_all_again(acting(request))
        messages.success(request, f"Messages that are tried again within a minute: {number}.")
        return redirect("notifications:unsent")
    waiting = sending.unsent().select_related("recipient__user", "recipient__organisation")
    page = Paginator(waiting, ROWS_A_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "query": request.GET, "nav_current": "unsent"}
    return render(request, "notifications/unsent.html", facts)
