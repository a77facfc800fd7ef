"""A case is closed once its report is public and nothing is owed, with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint
from complaints.states import CaseStatus
from deadlines.models import Deadline
from publication.models import Release
from publication.services import corrections
from publication.services.after import follow_up
from publication.services.closing import close_case
from recommendations.models import Obligation
from recommendations.services import responses
from tests.builders.accounts import signed_in_as
from tests.builders.publication import a_published_case, a_sealed_report, made_public
from tests.builders.recommendations import answered
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

WALKED = (a_sealed_report,)


def close(complaint: Complaint, reason: str = "Every answer is in.") -> Complaint:
    return close_case(complaint, reason=reason, by=play("lead_investigator"))


def nothing_owed(complaint: Complaint) -> None:
    for owed in Obligation.objects.filter(recommendation__complaint=complaint):
        responses.close_obligation(owed, reason="Seen on a visit.", by=play("lead_investigator"))


def test_a_case_is_not_closed_before_its_report_is_public_and_followed_up() -> None:
    sealed = a_sealed_report()
    with pytest.raises(ActRefusedError, match="not public"):
        close(sealed.complaint)
    release = made_public(sealed)
    with pytest.raises(ActRefusedError, match="in a minute"):
        close(sealed.complaint)
    follow_up(release.pk)
    with pytest.raises(ActRefusedError, match="Recommendation 1: "):
        close(sealed.complaint)


def test_an_answer_alone_does_not_let_a_case_be_closed() -> None:
    complaint = a_published_case()
    answered(Obligation.objects.get(recommendation__complaint=complaint))
    with pytest.raises(ActRefusedError, match="Answers page"):
        close(complaint)
    nothing_owed(complaint)
    with pytest.raises(ActRefusedError, match="Say why"):
        close(complaint, " ")
    with pytest.raises(PermissionDenied):
        close_case(complaint, reason="Done.", by=play("investigator"))
    assert close(complaint).status == CaseStatus.CLOSED
    entry = AuditEntry.objects.get(event=ComplaintEvent.CLOSED)
    assert entry.detail["reason"] == "Every answer is in."
    clocks = Deadline.objects.unmet().filter(case_key=complaint.key)
    assert not clocks.filter(rule_code="progress-report").exists()


def test_a_case_stays_open_while_a_correction_is_written() -> None:
    complaint = a_published_case()
    nothing_owed(complaint)
    release = Release.objects.get(complaint=complaint)
    corrections.correct(release, note="A figure.", by=play("press_officer"))
    with pytest.raises(ActRefusedError, match="Edition 2 of the report is being written"):
        close(complaint)


def test_the_overview_leads_to_the_page_and_tells_why_a_case_was_closed() -> None:
    sealed = a_sealed_report()
    client = signed_in_as(Client(), play("lead_investigator"))
    overview = reverse("desk:overview", args=[sealed.reference])
    page = reverse("publication:close", args=[sealed.reference])
    assert page not in client.get(overview).content.decode()
    follow_up(made_public(sealed).pk)
    assert page in client.get(overview).content.decode()
    refused = client.post(page, {"reason": "It is over."}).content.decode()
    assert "Close what is still owed first" in refused
    nothing_owed(sealed.complaint)
    assert client.post(page, {"reason": "It is over."}).status_code == 302
    assert "It is over." in client.get(overview).content.decode()
