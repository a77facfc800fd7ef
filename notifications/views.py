"""One's own choice about messages: each at once, or one a day."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import membership_of, signed_in
from notifications.forms import AT_ONCE, DAILY, ChoiceForm
from notifications.services import digests


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
