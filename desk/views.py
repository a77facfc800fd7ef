"""Pages that look across rooms: what needs me, the case list, one case at a glance."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import acting, find_for, requires, signed_in
from accounts.roles import Action
from complaints.models import Complaint
from desk import glance
from desk.cases import COUNTED, STATUSES, CaseFilter, in_full, keys_of
from desk.homes import home_of
from desk.paging import ROWS_A_PAGE, Counted, KeyedPaginator
from desk.pending import pending
from desk.rows import columns, rows


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Send each to the page that says what needs them, by what their roles may do."""
    return redirect(home_of(acting(request)))


@requires(Action.COMPLAINT_READ)
def today(request: HttpRequest) -> HttpResponse:
    """What needs me: one list that a person can finish."""
    by = acting(request)
    return render(request, "desk/today.html", glance.today(pending(by), by))


@requires(Action.COMPLAINT_READ)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that this membership may see, filtered, sorted and paged by the address."""
    asked = CaseFilter.from_query(request.GET)
    pages = KeyedPaginator(keys_of(acting(request), asked), in_full)
    page = pages.get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "rows": rows(list(page.object_list)),
        "columns": columns(asked),
        "asked": asked,
        "count": Counted(pages.count, COUNTED),
        "statuses": STATUSES,
        "query": request.GET,
        "cases_href": reverse("desk:cases"),
        "nav_current": "cases",
    }
    return render(request, "desk/cases.html", facts)


@requires(Action.COMPLAINT_READ)
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """One case at a glance: what it is, where it stands, what comes next, what happened."""
    beside = ("lead_body", "regime", "acknowledgement", "confirmation")
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, *beside, reference=reference)
    return render(request, "desk/overview.html", glance.overview(complaint, acting(request)))


@requires(Action.COMPLAINT_READ)
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """All that people did in a case, the latest first."""
    complaint = find_for(request, Action.COMPLAINT_READ, Complaint, reference=reference)
    pages = Paginator(glance.history_of(complaint), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    facts = {
        "complaint": complaint,
        "fictional": complaint.fictional,
        "case_title": "What happened",
        "case_section": "overview",
        "page": page,
        "happened": glance.happened(list(page.object_list), complaint, acting(request)),
        "query": request.GET,
    }
    return render(request, "desk/timeline.html", facts)
