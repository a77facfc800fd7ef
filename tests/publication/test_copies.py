"""The report in the portal of its body: from its sent instant, under terms, marked, revocable."""

import io
import subprocess
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.roles import Role
from audit.models import AuditEntry
from notifications.models import Message
from publication.events import PublicationEvent as Event
from publication.london import in_words
from publication.models import EmbargoedCopy, Release, Sending
from publication.services import copies
from publication.services.release import send_to_body
from publication.services.sealing import unseal
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.publication import a_sealed_report, armed, made_public
from tests.builders.walked import as_made
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db

WORDS = "Written by hand for conclusions."
OTHERS = ("other_body_submitter", "stranger", "responder", "investigator", "press_officer")


@pytest.fixture(scope="module")
def made(shared_rows: None) -> Release:
    """A sealed report, approved for tomorrow, made once."""
    return armed(a_sealed_report())


@pytest.fixture
def release(made: Release) -> Release:
    """A sealed report, approved for tomorrow, and not yet sent to the body."""
    return as_made(made)


@pytest.fixture
def sent(release: Release) -> Release:
    """The same, sent to the body."""
    send_to_body(release, by=play("press_officer"))
    return release


def browser(name: str) -> Client:
    """A browser in which one of the cast is signed in."""
    return signed_in_as(Client(), play(name))


def at(name: str, release: Release, *more: Any) -> str:
    return reverse(f"publication:{name}", args=[release.reference, *more])


def documents(client: Client, release: Release) -> str:
    answer = client.get(reverse("complaints:documents", args=[release.reference]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def pdf_text(content: bytes) -> str:
    told = subprocess.run(
        ["/usr/bin/pdftotext", "-", "-"], input=content, capture_output=True, check=True
    )
    return told.stdout.decode()


def events(event: Event) -> int:
    return AuditEntry.objects.filter(event=event).count()


def accepted(release: Release, name: str = "submitter") -> Client:
    """A browser of somebody who has accepted the terms."""
    client = browser(name)
    client.post(at("accept_terms", release))
    return client


def test_before_it_is_sent_the_body_sees_no_report_at_all(release: Release) -> None:
    client = browser("submitter")
    for name in ("sent_report", "sent_report_pdf"):
        assert client.get(at(name, release)).status_code == 404
    assert client.post(at("accept_terms", release)).status_code == 404
    assert "Read the report" not in documents(client, release)


def test_once_sent_it_is_listed_with_its_instant_and_its_embargo(sent: Release) -> None:
    said = documents(browser("submitter"), sent)
    assert sent.release_at is not None
    assert "Documents sent to you" in said
    assert "Acknowledgement" in said
    assert f"Not public until {in_words(sent.release_at)}" in said
    assert "do not pass the report on" in said
    assert at("sent_report_pdf", sent) in said
    assert sent.title not in said


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_finds_it_in_the_portal(sent: Release, who: str) -> None:
    client = browser(who)
    for name in ("sent_report", "sent_report_pdf"):
        assert client.get(at(name, sent)).status_code == 404
    assert client.post(at("accept_terms", sent)).status_code == 404
    assert not EmbargoedCopy.objects.exists()


def test_it_opens_after_its_terms_are_accepted_and_each_reading_is_recorded(sent: Release) -> None:
    client = browser("submitter")
    terms = client.get(at("sent_report", sent)).content.decode()
    assert "Accept the terms" in terms
    assert WORDS not in terms
    assert client.get(at("sent_report_pdf", sent)).status_code == 302
    assert events(Event.COPY_READ) == 0
    client.post(at("accept_terms", sent))
    client.post(at("accept_terms", sent))
    answer = client.get(at("sent_report", sent))
    assert WORDS in answer.content.decode()
    assert escape(EmbargoedCopy.objects.get().mark) in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    client.get(at("sent_report_pdf", sent))
    assert (events(Event.COPY_TERMS_ACCEPTED), events(Event.COPY_READ)) == (1, 2)
    assert AuditEntry.objects.filter(event=Event.COPY_READ).first().chain == sent.chain  # type: ignore[union-attr]


def test_every_page_of_the_pdf_carries_its_reader(sent: Release) -> None:
    client = accepted(sent)
    content = b"".join(client.get(at("sent_report_pdf", sent)))
    mark = EmbargoedCopy.objects.get().mark
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    # Every page of the text ends with a form feed, and the text itself is still there.
    shown = [" ".join(page.split()) for page in pdf_text(content).split("\f")[:pages]]
    assert all(mark in page for page in shown), shown
    assert WORDS in " ".join(shown)


def test_terms_that_one_person_accepted_open_nothing_to_a_colleague(sent: Release) -> None:
    accepted(sent, "submitter")
    colleague = browser("body_approver")
    assert WORDS not in colleague.get(at("sent_report", sent)).content.decode()
    with pytest.raises(PermissionDenied):
        copies.read_copy(EmbargoedCopy.objects.get(), path="report.html", by=play("body_approver"))


def test_the_people_of_a_joint_body_read_a_copy_of_their_own(sent: Release) -> None:
    sent.complaint.joint_bodies.add(organisation("hestia"))
    assert (
        WORDS
        in accepted(sent, "other_body_submitter").get(at("sent_report", sent)).content.decode()
    )


def test_a_co_submitter_that_is_not_designated_has_no_copy_and_no_word_of_one(
    release: Release,
) -> None:
    reader = play("other_body_submitter")
    release.complaint.joint_bodies.add(reader.organisation, through_defaults={"designated": False})
    send_to_body(release, by=play("press_officer"))
    client = browser("other_body_submitter")
    assert "Read the report" not in documents(client, release)
    for name in ("sent_report", "sent_report_pdf"):
        assert client.get(at(name, release)).status_code == 404
    assert client.post(at("accept_terms", release)).status_code == 404
    with pytest.raises(ActRefusedError, match="no embargoed copy"):
        copies.accept_terms(release, by=reader)
    told = Message.objects.filter(body__contains="A document on your super-complaint")
    readers = {message.recipient for message in told}
    assert play("body_approver") in readers
    assert reader not in readers


def test_a_revoked_copy_is_closed_at_the_next_request(sent: Release) -> None:
    client = accepted(sent)
    copy = EmbargoedCopy.objects.get()
    desk = signed_in_as(Client(), play("press_officer"), fresh=True)
    assert at("revoke_copy", sent, copy.pk) in desk.get(at("release", sent)).content.decode()
    desk.post(at("revoke_copy", sent, copy.pk), {"reason": "It was passed on."})
    answer = client.get(at("sent_report", sent))
    assert answer.status_code == 403
    assert WORDS not in answer.content.decode()
    assert client.get(at("sent_report_pdf", sent)).status_code == 302
    client.post(at("accept_terms", sent))
    assert client.get(at("sent_report", sent)).status_code == 403
    assert events(Event.COPY_REVOKED) == 1


def test_a_copy_is_revoked_with_a_reason_by_whoever_may_send(sent: Release) -> None:
    accepted(sent)
    copy = EmbargoedCopy.objects.get()
    with pytest.raises(ActRefusedError, match="why"):
        copies.revoke(copy, reason=" ", by=play("press_officer"))
    with pytest.raises(PermissionDenied):
        copies.revoke(copy, reason="It was passed on.", by=play("investigator"))


def test_whoever_left_the_body_reads_it_no_more(sent: Release) -> None:
    leaver = a_membership(Role.SUBMITTER, at="cwj")
    client = signed_in_as(Client(), leaver)
    client.post(at("accept_terms", sent))
    leaver.user.is_active = False
    leaver.user.save()
    assert WORDS not in client.get(at("sent_report", sent)).content.decode()


def test_a_seal_that_is_opened_again_takes_the_copies_with_it(sent: Release) -> None:
    client = accepted(sent)
    assert sent.report is not None
    unseal(sent.report, reason="A name is misspelt.", by=play("iopc_decision_maker"))
    assert client.get(at("sent_report", sent)).status_code == 404


def test_once_public_the_body_is_led_to_the_public_report(sent: Release) -> None:
    client = accepted(sent)
    made_public(sent)
    assert client.get(at("sent_report", sent))["Location"] == f"/reports/{sent.slug}"
    assert client.get(at("sent_report_pdf", sent))["Location"].startswith(f"/reports/{sent.slug}")
    assert "Not public" not in documents(client, sent)
    assert Sending.objects.get().sent_at is not None


def test_who_reviews_at_the_body_opens_no_copy_under_embargo(sent: Release) -> None:
    reviewer = a_membership(Role.BODY_REVIEWER, at="cwj")
    client = signed_in_as(Client(), reviewer)
    assert at("sent_report", sent) not in documents(client, sent)
    assert client.get(at("sent_report", sent)).status_code == 404
    with pytest.raises(PermissionDenied):
        copies.accept_terms(sent, by=reviewer)
