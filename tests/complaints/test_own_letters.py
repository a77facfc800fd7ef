"""Letters of the desk's own: from a template, edited, seen as they are read, sent once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from complaints.events import ComplaintEvent
from complaints.models import Complaint, Letter
from complaints.services import correspondence
from complaints.services.letter_templates import TEMPLATES
from complaints.services.submission import LetterContent
from notifications.models import Message as Notice
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import (
    a_registered_complaint,
    a_submitted_complaint,
    a_withdrawn_complaint,
    acknowledged,
    an_acknowledged_complaint,
)
from tests.builders.joint import an_approver
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_acknowledged_complaint,)

TYPED = {"subject": "Our answer", "text": "You asked when.\n\nIn spring."}


def at(complaint: Complaint, template: str = "") -> str:
    """The address of a new letter of a case, from a template or before one is chosen."""
    address = reverse("complaints:new_letter", args=[complaint.reference])
    return f"{address}?template={template}" if template else address


def test_a_letter_is_chosen_edited_seen_and_sent_and_the_body_is_told(client: Client) -> None:
    complaint, officer = an_acknowledged_complaint(), play("intake_officer")
    told = play("submitter")
    signed_in_as(client, officer)
    letters = client.get(reverse("complaints:letters", args=[complaint.reference]))
    assert at(complaint) in letters.content.decode()
    choice = client.get(at(complaint)).content.decode()
    assert all(template.title in choice for template in TEMPLATES)
    assert "Choose what you write from the list." in client.get(at(complaint, "x")).content.decode()
    first = client.get(at(complaint, "reply")).content.decode()
    assert f"You asked us about your super-complaint “{complaint.title}”" in first
    seen = client.post(at(complaint, "reply"), TYPED).content.decode()
    assert "The letter as it will be read" in seen
    assert "<h3>Our answer</h3>" in seen
    assert not complaint.letters.filter(kind=Letter.Kind.GENERAL).exists()
    for _click in range(2):
        sent = client.post(at(complaint, "reply"), {**TYPED, "send": "yes"})
        assert sent["Location"] == reverse("complaints:letters", args=[complaint.reference])
    letter = complaint.letters.get(kind=Letter.Kind.GENERAL)
    assert (letter.subject, letter.by) == ("Our answer", officer)
    assert letter.document is not None
    assert AuditEntry.objects.filter(event=ComplaintEvent.WRITTEN_BY_LETTER).count() == 1
    notices = Notice.objects.filter(recipient=told, body__contains="A letter on your")
    assert notices.count() == 1
    signed_in_as(client, told)
    own = client.get(reverse("complaints:documents", args=[complaint.reference])).content.decode()
    assert "Our answer: the PDF is being made." in own


def test_what_was_edited_is_kept_for_each_template_apart(client: Client) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("intake_officer"))
    client.post(at(complaint, "reply"), TYPED)
    assert "In spring." in client.get(at(complaint, "reply")).content.decode()
    assert "In spring." not in client.get(at(complaint, "general")).content.decode()


@pytest.mark.parametrize("name", [row.name for row in TEMPLATES])
def test_a_gap_of_a_template_is_named_and_not_sent(client: Client, name: str) -> None:
    complaint = an_acknowledged_complaint()
    signed_in_as(client, play("intake_officer"))
    text = client.get(at(complaint, name)).context["form"].initial["text"]
    typed = {"subject": "Our letter", "text": text, "send": "yes"}
    page = client.post(at(complaint, name), typed).content.decode()
    assert "Fill in or delete what stands in double brackets before you send it: “" in page
    with pytest.raises(ActRefusedError, match="double brackets"):
        correspondence.send_letter(complaint, subject="A", text=text, by=play("intake_officer"))
    assert not complaint.letters.filter(kind=Letter.Kind.GENERAL).exists()


def test_the_request_for_a_missing_part_names_what_the_law_asks_for_and_is_not_there(
    client: Client,
) -> None:
    lacking = acknowledged(a_registered_complaint(content=LetterContent(harm="Harm.")))
    signed_in_as(client, play("intake_officer"))
    text = client.get(at(lacking, "missing-part")).context["form"].initial["text"]
    assert "- The feature or features of policing\n- Contact person" in text
    assert "significantly harming" not in text


@pytest.mark.parametrize("who", ["submitter", "other_body_submitter", "investigator", "stranger"])
def test_nobody_else_writes_a_letter(client: Client, who: str) -> None:
    complaint = an_acknowledged_complaint()
    assert signed_in_as(client, play(who)).get(at(complaint)).status_code == 404
    with pytest.raises((PermissionDenied, ActRefusedError)):
        correspondence.send_letter(complaint, **TYPED, by=play(who))


def test_no_letter_is_written_once_the_case_is_over(client: Client) -> None:
    complaint = a_withdrawn_complaint()
    signed_in_as(client, play("intake_officer"))
    assert client.get(at(complaint)).status_code == 302
    with pytest.raises(ActRefusedError, match="closed"):
        correspondence.send_letter(complaint, **TYPED, by=play("intake_officer"))


def test_a_letter_names_no_other_case(client: Client) -> None:
    complaint, other = an_acknowledged_complaint(), a_submitted_complaint(approver=an_approver())
    signed_in_as(client, play("intake_officer"))
    typed = {**TYPED, "subject": f"Like {other.reference}"}
    page = client.post(at(complaint, "general"), typed).content.decode()
    assert "which is not public" in page
    assert "The letter as it will be read" not in page
