"""A response is public once one person of the case lets it out, word for word."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from publication.models import Release, ReleaseStanding
from publication.services.after import follow_up
from publication.services.responses import publish_response
from publication.states import ReleaseKind, Standing
from recommendations.models import Obligation, Response
from recommendations.services import responses
from recommendations.states import Branch, Position, ResponseStatus
from tests.builders.accounts import signed_in_as
from tests.builders.publication import (
    a_published_case,
    a_sealed_release,
    a_sealed_report,
    approve,
    made_public,
)
from tests.cast import play
from workflow.errors import ActRefusedError, TransitionRefusedError

WALKED = (a_sealed_report,)

FOUND = 200
SAID = "We have told every officer to stop."


def submitted(obligation: Obligation) -> Response:
    """Norfolk's answer, drafted, approved and submitted."""
    answer = responses.draft_response(
        obligation,
        branch=Branch.NO_ACTION,
        position=Position.IN_PART,
        account=SAID,
        complete_by_on=date(2027, 3, 5),
        by=play("responder"),
    )
    approver = play("response_approver")
    responses.approve_response(answer, version=answer.version, by=approver)
    return responses.submit_response(answer, by=approver)


def an_answer_to(release: Release) -> Response:
    follow_up(release.pk)
    return submitted(Obligation.objects.get(recommendation__complaint=release.complaint))


@pytest.mark.committed
def test_the_public_reads_a_response_once_one_person_lets_it_out() -> None:
    release = made_public(a_sealed_report())
    answer = an_answer_to(release)
    address = reverse("public:complaint", args=[release.reference])
    assert SAID not in Client().get(address).content.decode()
    lead = signed_in_as(Client(), play("lead_investigator"))
    page = lead.get(reverse("publication:responses", args=[release.reference]))
    assert SAID in page.content.decode()
    lead.post(reverse("publication:publish_response", args=[release.reference, answer.pk]))
    public = Client().get(address).content.decode()
    assert SAID in public
    assert "Norfolk Constabulary on recommendation 1" in public
    for told in ("Accepted in part", "No action, and why", "To be complete by", "5 March 2027"):
        assert told in public


@pytest.mark.committed
def test_a_response_that_was_frozen_without_its_date_is_still_read() -> None:
    frozen = {"position": "Accepted", "branch": "Action taken or planned", "account": SAID}
    response = a_sealed_release(kind=ReleaseKind.RESPONSE, approvals_needed=1, payload=frozen)
    approve(response, play("lead_investigator"))
    public = Client().get(reverse("public:complaint", args=[response.reference]))
    assert SAID in public.content.decode()
    assert "To be complete by" not in public.content.decode()


@pytest.mark.django_db
def test_a_response_is_published_once_and_by_whoever_may() -> None:
    answer = an_answer_to(made_public(a_sealed_report()))
    for name in ("press_officer", "responder", "response_approver", "stranger"):
        with pytest.raises(PermissionDenied):
            publish_response(answer, by=play(name))
    release = publish_response(answer, by=play("lead_investigator"))
    assert release.payload["account"] == SAID
    answer.refresh_from_db()
    assert answer.status == ResponseStatus.PUBLISHED
    with pytest.raises(TransitionRefusedError):
        publish_response(answer, by=play("lead_investigator"))


@pytest.mark.django_db
def test_no_response_is_public_while_the_report_is_not() -> None:
    release = made_public(a_sealed_report())
    answer = an_answer_to(release)
    release.suspensions.create(reason="A mistake.")
    assert ReleaseStanding.objects.get(release_id=release.pk).state == Standing.SUSPENDED
    with pytest.raises(ActRefusedError, match="report itself is not public"):
        publish_response(answer, by=play("lead_investigator"))


@pytest.mark.committed
def test_the_way_to_the_responses_is_shown_to_those_who_may_read_them(client: Client) -> None:
    complaint = a_published_case()
    way = reverse("publication:responses", args=[complaint.reference])
    for who, shown in (("lead_investigator", True), ("press_officer", False)):
        browse = signed_in_as(client, play(who))
        page = browse.get(reverse("publication:release", args=[complaint.reference]))
        assert (way in page.content.decode()) is shown
        assert (browse.get(way).status_code == FOUND) is shown
