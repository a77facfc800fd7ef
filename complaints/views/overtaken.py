"""A letter that somebody was writing while a colleague sent the one that there can be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import acting
from complaints.models import Complaint, Letter
from drafting.conflict import CONFLICT

# What the forms of letters call what a person writes.
WRITTEN = ("reasons", "text")


def sent_by_a_colleague(request: HttpRequest, complaint: Complaint, letter: Letter) -> HttpResponse:
    """Say whose letter was sent and when, and give back what was typed; else lead to the letters.

    Who sent it themselves, by pressing twice, is led on as after the first press.
    """
    by = acting(request)
    typed = [text for name in WRITTEN if (text := request.POST.get(name, "").strip())]
    if not typed or letter.by_id == by.pk:
        return redirect("complaints:letters", complaint.reference)
    page = {
        "complaint": complaint,
        "case_title": f"{letter.called} was sent already",
        "case_section": "letters",
        "letter": letter,
        "typed": typed,
    }
    return render(request, "complaints/casework/overtaken.html", page, status=CONFLICT)
