"""Pages of the clocks: all by urgency, and one with its working."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import acting, requires
from accounts.roles import Action
from clock.calendar import NotComputableError
from clock.london import london_today
from complaints.models import Complaint
from deadlines.explained import explained
from deadlines.models import Deadline
from deadlines.strip import in_words, lines

ROWS_A_PAGE = 25


@requires(Action.COMPLAINT_READ)
def clock_list(request: HttpRequest) -> HttpResponse:
    """The running clocks of the cases that this membership may read, the most urgent first."""
    running = Deadline.objects.visible_to(acting(request)).unmet().marked().by_urgency()
    page = Paginator(running, ROWS_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "lines": lines(page.object_list, today=london_today()),
        "query": request.GET,
        "nav_current": "deadlines",
    }
    return render(request, "deadlines/list.html", facts)


@requires(Action.COMPLAINT_READ)
def working(request: HttpRequest, pk: int) -> HttpResponse:
    """How one due date was worked out: its law, each day counted and each day left out."""
    clock = Deadline.objects.visible_to(acting(request)).filter(pk=pk).first()
    if clock is None:
        raise Http404
    try:
        days = explained(clock)
    except NotComputableError:
        days = None
    facts = {
        "clock": clock,
        "words": in_words(clock, london_today()),
        "days": days,
        "moves": list(clock.moves.all()),
        "fictional": Complaint.objects.filter(key=clock.case_key, fictional=True).exists(),
        "nav_current": "deadlines",
    }
    return render(request, "deadlines/working.html", facts)
