"""How many queries each page needs, compared with a stored baseline: more and fewer both fail."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from accounts.services.demo import make_demo_accounts
from complaints.models import Complaint
from desk.demo import content, loading
from publication.models import Release
from publication.states import ReleaseKind
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_complete_draft
from tests.builders.publication import a_published_case
from tests.cast import play

pytestmark = pytest.mark.committed

BASELINE = Path(__file__).with_name("query_counts.json")
REWRITE = "WRITE_QUERY_COUNTS=1 ./bin/test tests/house/test_query_counts.py"
# A page of a case with forty evidence items may need no more than a page with one.
DESK = "decision-maker-hmicfrs"
CASE_PAGES = {
    "overview": "",
    "evidence log": "/evidence",
    "findings": "/findings",
    "matrix": "/analysis",
    "answers": "/answers",
}


def pages() -> dict[str, tuple[str, Membership | None]]:
    """The address of each page of the baseline, and who opens it."""
    people = make_demo_accounts()
    lead, decider = people["lead-investigator"], people[DESK]
    case = Complaint.objects.get(title=content.NIGHT_STOPS.title)
    published = a_published_case()
    slug = Release.objects.get(complaint=published, kind=ReleaseKind.EDITION).slug
    asked = Complaint.objects.get(title=content.LOST_PROPERTY.title)
    signing, sealed = (
        Complaint.objects.get(title=story.title)
        for story in (content.INTERPRETERS, content.MISSING_ADULTS)
    )
    draft = f"/portal/drafts/{a_complete_draft(files=2).key}"
    report = f"/casework/cases/{signing.reference}/report"
    compared = f"/casework/cases/{asked.reference}/eligibility"
    at_case = {
        f"case: {name}": (f"/casework/cases/{case.reference}{end}", lead)
        for name, end in CASE_PAGES.items()
    }
    return {
        "home": ("/casework/", decider),
        "earlier ones": (f"{compared}/earlier", decider),
        "comparison": (f"{compared}/earlier/{published.reference}", decider),
        "eligibility": (compared, decider),
        "messages": (f"/casework/cases/{asked.reference}/correspondence", decider),
        "report": (report, decider),
        "report: section": (f"{report}/sections/conclusions", decider),
        "report: press notice": (f"{report}/press-notice", decider),
        "release": (f"/casework/publish/{sealed.reference}", people["press-officer"]),
        "draft": (draft, play("body_approver")),
        "draft: features": (f"{draft}/features", play("body_approver")),
        "draft: evidence": (f"{draft}/evidence", play("body_approver")),
        "draft: check": (f"{draft}/check", play("body_approver")),
        "case list": ("/casework/cases", decider),
        "case list, searched": ("/casework/cases?q=stops", decider),
        **at_case,
        "deadlines": ("/casework/deadlines", decider),
        "publication desk": ("/casework/publish/", people["press-officer"]),
        "respond": ("/respond/", play("responder")),
        "portal": ("/portal/", people["body-approver"]),
        "public register": ("/super-complaints", None),
        "public complaint": (f"/super-complaints/{published.reference}", None),
        "public report": (f"/reports/{slug}", None),
    }


def counted(path: str, membership: Membership | None) -> int:
    """The queries of the second visit, through both roles that pages use.

    A transaction's BEGIN and COMMIT ask nothing, and are not counted.
    """
    client = signed_in_as(Client(), membership) if membership else Client()
    assert client.get(path).status_code == 200, path
    with (
        CaptureQueriesContext(connections["default"]) as own,
        CaptureQueriesContext(connections["public"]) as public,
    ):
        client.get(path)
    asked = [*own.captured_queries, *public.captured_queries]
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in asked)


def test_each_page_needs_as_many_queries_as_its_baseline_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    loading.load_demo(lambda _line: None)
    found = {name: counted(*page) for name, page in pages().items()}
    if os.environ.get("WRITE_QUERY_COUNTS"):
        BASELINE.write_text(json.dumps(found, indent=2) + "\n")
    expected = json.loads(BASELINE.read_text())
    assert found == expected, f"If this is meant, write the baseline anew: {REWRITE}"
