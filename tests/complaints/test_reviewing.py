"""A body's reviewer reads all that is the body's and changes nothing; who may do what is told."""

from collections.abc import Callable
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import MATRIX, Role
from complaints.models import Complaint
from complaints.services import correspondence, drafts, submission
from complaints.services import evidence_relied_on as evidence
from complaints.views.reading import BODY_ROLES, IN_WORDS
from tests.builders.accounts import a_membership, signed_in_as
from tests.builders.complaints import (
    DECLARED,
    HARM,
    SIGNATORY,
    a_complete_draft,
    a_draft,
    a_submitted_complaint,
    an_upload,
)
from tests.cast import play

pytestmark = pytest.mark.django_db

NOT_FOUND, REFUSED = 404, 403


@pytest.fixture
def reviewer(db: None) -> Membership:
    """Somebody who reviews at the body."""
    return a_membership(Role.BODY_REVIEWER, at="cwj", name="Body reviewer")


def page_of(client: Client, name: str, *args: object) -> str:
    """A page that must be there."""
    answer = client.get(reverse(f"complaints:{name}", args=args))
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return unescape(answer.content.decode())


def test_a_reviewer_reads_the_draft_with_its_files(client: Client, reviewer: Membership) -> None:
    draft = a_complete_draft()
    home = page_of(signed_in_as(client, reviewer), "portal")
    assert reverse("complaints:read_draft", args=[draft.key]) in home
    assert "Start a draft" not in home
    page = page_of(client, "read_draft", draft.key)
    assert HARM in page
    assert "Your role does not change, approve or submit it." in page
    assert "<textarea" not in page
    assert ">Change<" not in page
    [document] = draft.supporting_documents.all()
    file = reverse("complaints:draft_file", args=[draft.key, document.pk])
    assert file in page
    # The scanner has not looked yet: the page says so, and does not lead to where it is changed.
    assert client.get(file)["Location"] == reverse("complaints:read_draft", args=[draft.key])


def test_a_reviewer_follows_what_was_submitted(client: Client, reviewer: Membership) -> None:
    complaint = a_submitted_complaint()
    correspondence.send_message(complaint, text="We have read it.", by=play("intake_officer"))
    signed_in_as(client, reviewer)
    tracker = page_of(client, "tracker", complaint.reference)
    assert "Send further evidence" not in tracker
    assert "Ask to withdraw it" not in tracker
    page_of(client, "documents", complaint.reference)
    messages = page_of(client, "own_messages", complaint.reference)
    assert "We have read it." in messages
    assert "<textarea" not in messages


@pytest.mark.parametrize(
    ("name", "further"),
    [
        ("draft", ()),
        ("part", ("harm",)),
        ("keep", ("harm",)),
        ("check", ()),
        ("submit", ()),
        ("attach", ()),
        ("add_link", ()),
        ("joint", ()),
        ("invite", ()),
        ("approve", ()),
    ],
)
def test_no_page_that_changes_a_draft_is_there_for_a_reviewer(
    client: Client, reviewer: Membership, name: str, further: tuple[str, ...]
) -> None:
    draft = a_complete_draft()
    signed_in_as(client, reviewer)
    address = reverse(f"complaints:{name}", args=[draft.key, *further])
    typed = {"harm": "Changed.", "version": 1, "finished": "yes", **DECLARED}
    assert client.get(address).status_code in {NOT_FOUND, 405}
    assert client.post(address, typed).status_code == NOT_FOUND
    draft.refresh_from_db()
    assert (draft.harm, draft.reference) == (HARM, "")


@pytest.mark.parametrize("name", ["add_evidence", "ask_to_withdraw", "confirm", "own_messages"])
def test_a_reviewer_writes_nothing_to_us(client: Client, reviewer: Membership, name: str) -> None:
    complaint = a_submitted_complaint()
    signed_in_as(client, reviewer)
    address = reverse(f"complaints:{name}", args=[complaint.reference])
    typed = {"text": "Mine.", "reason": "Mine.", "upload": an_upload()}
    assert client.post(address, typed).status_code in {NOT_FOUND, REFUSED}
    assert not complaint.messages.exists()
    assert not complaint.withdrawal_requests.exists()
    assert complaint.supporting_documents.count() == 1


VERBS: dict[str, Callable[[Complaint, Membership], object]] = {
    "change": lambda draft, by: drafts.save_harm(draft, harm="Mine.", version=1, by=by),
    "attach": lambda draft, by: evidence.attach(draft, upload=an_upload(), title="Mine", by=by),
    "submit": lambda draft, by: submission.submit(draft, signatory=SIGNATORY, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_obeys_a_reviewer(reviewer: Membership, verb: str) -> None:
    draft = a_complete_draft()
    with pytest.raises(PermissionDenied):
        VERBS[verb](draft, reviewer)


def test_another_bodys_reviewer_finds_nothing(client: Client) -> None:
    draft, complaint = a_draft(title="Ours alone"), a_submitted_complaint()
    signed_in_as(client, a_membership(Role.BODY_REVIEWER, at="hestia"))
    home = page_of(client, "portal")
    assert "Ours alone" not in home
    assert complaint.reference not in home
    for name, key in (("read_draft", draft.key), ("tracker", complaint.reference)):
        address = reverse(f"complaints:{name}", args=[key])
        assert client.get(address).status_code == NOT_FOUND


def test_who_may_do_what_is_told_from_the_matrix(client: Client, reviewer: Membership) -> None:
    for name in ("submitter", "body_approver", "other_body_submitter"):
        play(name)
    page = page_of(signed_in_as(client, reviewer), "people")
    assert "Who may do what at Centre for Women" in page
    for name in ("Submitter", "Body approver", "Body reviewer"):
        assert f"<strong>{name}</strong>" in page
    assert "Other body submitter" not in page
    by_role = dict(zip(BODY_ROLES, page.split("<h2")[1:], strict=False))
    for role, part in by_role.items():
        for action, words in IN_WORDS.items():
            assert (f"<li>{words}</li>" in part) is (action in MATRIX[role]), f"{role}: {action}"


def test_every_action_of_a_body_has_its_words() -> None:
    assert {action for role in BODY_ROLES for action in MATRIX[role]} == set(IN_WORDS)
    reads = {action.value for action in MATRIX[Role.BODY_REVIEWER]}
    assert reads == {"complaint:read_draft", "complaint:track"}


def test_who_has_left_is_not_listed(client: Client, reviewer: Membership) -> None:
    leaver = a_membership(Role.SUBMITTER, at="cwj", name="Left long ago")
    leaver.ended_at = leaver.began_at
    leaver.save()
    assert "Left long ago" not in page_of(signed_in_as(client, reviewer), "people")
