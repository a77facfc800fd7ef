"""Who gets through which door of an investigation: a table over every address."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.services.walls import raise_wall
from investigations import urls
from investigations.models import Finding, Investigation
from investigations.services import lines, progress
from tests.builders.accounts import signed_in_as
from tests.builders.investigations import a_proposed_finding, an_open_investigation
from tests.builders.walked import as_made
from tests.cast import play

pytestmark = pytest.mark.django_db

WALKED = (an_open_investigation,)

# Where an address needs more than the case's reference.
FURTHER = {
    "evidence_item": [1],
    "evidence_file": [1],
    "correct_evidence": [1],
    "supersede_evidence": [1],
    "copy_evidence": [1],
    "screen_evidence": [1],
    "set_aside_evidence": [1],
    "name_reader": [1],
    "open_unchecked": [1],
    "change_progress_report": [1],
    "send_progress_report": [1],
    "finding": [1],
    "change_finding": [1],
    "link_evidence": [1],
    "unlink_evidence": [1, 1],
    "propose_finding": [1],
    "return_finding": [1],
    "agree_finding": [1],
    "drop_finding": [1],
    "change_line": [1],
    "drop_line": [1],
    "remove_member": [1],
}
NAMES = [pattern.name or "" for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
READ = {
    *("team", "lines", "evidence", "evidence_item", "evidence_file"),
    *("progress_reports", "findings", "finding", "matrix"),
}
INVESTIGATES = {
    *("add_line", "add_evidence", "correct_evidence", "supersede_evidence", "screen_evidence"),
    *("copy_evidence", "drop_finding", "open_unchecked"),
    *("set_aside_evidence", "name_reader", "write_progress_report", "change_progress_report"),
    *("draft_finding", "change_finding", "link_evidence", "unlink_evidence"),
    *("propose_finding", "return_finding", "change_line", "drop_line"),
}
MAY = {
    "investigator": READ | INVESTIGATES,
    "lead_investigator": READ
    | INVESTIGATES
    | {"send_progress_report", "remove_member", "change_lead"},
    "iopc_decision_maker": READ | {"agree_finding", "remove_member", "change_lead", "open"},
}
OUTSIDE = [
    *("unassigned_investigator", "submitter", "body_approver", "other_body_submitter"),
    *("responder", "stranger", "intake_officer", "press_officer", "administrator"),
]


@pytest.fixture
def investigation(made: Investigation) -> Investigation:
    """A case with an item, a line, a proposed finding and an unsent progress report."""
    return as_made(made)


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Investigation:
    """The case, made once."""
    finding = a_proposed_finding(an_open_investigation())
    progress.write(finding.investigation, text="It goes on.", by=play("investigator"))
    lines.add_line(finding.investigation, question="Who knew?", by=play("investigator"))
    return finding.investigation


def address(name: str, investigation: Investigation) -> str:
    reference = investigation.complaint.reference
    return reverse(f"investigations:{name}", args=[reference, *FURTHER.get(name, [])])


def answers(client: Client, investigation: Investigation) -> dict[str, int]:
    """What each address answers to a look at it; POST alone is 405 for those let in."""
    return {name: client.get(address(name, investigation)).status_code for name in NAMES}


@pytest.mark.parametrize("role", MAY)
def test_each_role_gets_through_its_own_doors_and_no_other(
    client: Client, investigation: Investigation, role: str
) -> None:
    found = answers(signed_in_as(client, play(role)), investigation)
    opened = {name for name, code in found.items() if code in {200, 302, 405}}
    # A wrong method is answered before the question who asks.
    post_only = {name for name, code in found.items() if code == 405}
    assert opened - post_only == MAY[role] - post_only
    assert {code for name, code in found.items() if name not in opened} <= {403, 404}


@pytest.mark.parametrize("outsider", OUTSIDE)
def test_whoever_is_outside_the_case_finds_nothing(
    client: Client, investigation: Investigation, outsider: str
) -> None:
    signed_in_as(client, play(outsider))
    for name in NAMES:
        where = address(name, investigation)
        assert client.post(where, {"text": "x"}).status_code == 404, name
        assert client.get(where).status_code in {404, 405}, name


def test_nobody_signed_in_is_asked_to_sign_in(client: Client, investigation: Investigation) -> None:
    for name in NAMES:
        answer = client.post(address(name, investigation), {"text": "x"})
        assert answer.status_code in {302, 404}, name
        assert b"It goes on" not in answer.content


@pytest.mark.parametrize("name", sorted(FURTHER))
def test_ids_of_another_case_are_not_found(
    client: Client, investigation: Investigation, name: str
) -> None:
    other = an_open_investigation()
    signed_in_as(client, play("lead_investigator"))
    reference = other.complaint.reference
    crossed = reverse(f"investigations:{name}", args=[reference, *FURTHER[name]])
    assert client.post(crossed, {"reason": "x", "text": "x"}).status_code in {403, 404}
    assert Finding.objects.get().status == "proposed"


def test_a_wall_shuts_out_a_member_of_the_team(
    client: Client, investigation: Investigation
) -> None:
    walled = play("investigator")
    raise_wall(
        investigation.complaint,
        person=walled.user,
        reason="A relative works at the force.",
        by=play("administrator"),
    )
    signed_in_as(client, walled)
    for name in NAMES:
        where = address(name, investigation)
        assert client.get(where).status_code in {404, 405}, name
        assert client.post(where, {"text": "x"}).status_code == 404, name
