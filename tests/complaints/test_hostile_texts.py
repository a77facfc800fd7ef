"""Hostile and unlucky texts in each field that a body types into: taken, or refused in words.

The corpus is generated; what is stored is shown as text on the pages that its readers open.
"""

from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from notifications.models import Message as Mail
from tests.builders import complaints as built
from tests.builders.accounts import signed_in_as
from tests.complaints.two_editors import FormOfPage

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('Quoll')</script><img src=x onerror=alert(1)>"
CORPUS = {
    "script": SCRIPT,
    "template": "{{ settings.SECRET_KEY }} {% csrf_token %} ${7*7} %(name)s {0}",
    "bidi": "safe\u202etxt.exe\u202c \u2066isolated\u2069 zero\u200bwidth\ufeff",
    "Welsh": "Tŷ’r Heddlu, Llanfairpwll: gŵyl, dŵr, ŵyl, ŷ ŵ â ê î ô û",
    "NUL": "before\x00after",
    "lines": "one\r\nSubject: two\r\n\r\nthree\u2028four\x0bfive",
    "search": "100% _ \\ ' \" & | ! ( ) :* <-> --; DROP TABLE",
    "formula": '=HYPERLINK("http://x.invalid","x")',
    "reference": "file:///etc/passwd http://169.254.169.254/ <link rel=attachment href=file:///etc/hosts>",
    "long": "gair " * 10_000,
    "a megabyte": "w" * 1_000_000,
    "nothing but white": " \t\n\u00a0",
}
PARTS = ("title", "contact", "features", "forces", "harm", "evidence", "earlier")


@pytest.fixture
def body(client: Client, body_approver: Membership) -> Client:
    """The browser of the body's approver."""
    return signed_in_as(client, body_approver)


def at(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def places(by: Membership) -> Iterator[str]:
    """Every page of the portal with a form that takes text."""
    draft = built.a_complete_draft(by=by)
    for name in PARTS:
        yield at("part", draft.key, name)
    yield at("piece", draft.key, draft.supporting_documents.earliest("number").pk)
    yield at("new")
    yield at("joint", draft.key)
    yield at("submit", draft.key)
    sent = built.a_submitted_complaint(approver=by)
    yield at("own_messages", sent.reference)
    yield at("ask_to_withdraw", sent.reference)
    yield at("own_conversations")


def filled(page: str, text: str) -> dict[str, str]:
    """What the forms of a page would send with the text in each field that takes some."""
    hidden = ("version", "csrfmiddlewaretoken", "typed_shown", "typed_replaced")
    fields = FormOfPage(page).fields
    return {name: value if name in hidden else text for name, value in fields.items()}


@pytest.mark.parametrize("kind", CORPUS)
def test_a_hostile_text_is_taken_or_refused_in_words_and_never_runs(
    body: Client, body_approver: Membership, kind: str
) -> None:
    text = CORPUS[kind]
    for place in places(body_approver):
        sent = filled(body.get(place).content.decode(), text)
        answer = body.post(place, sent, follow=True)
        assert answer.status_code in {200, 404, 409, 413}, f"{place}: {answer.status_code}"
        assert "<img src=x" not in answer.content.decode(), place
    assert not [mail.subject for mail in Mail.objects.all() if "\n" in mail.subject]


@pytest.mark.parametrize("kind", ["script", "template", "bidi", "Welsh", "search", "long"])
def test_a_stored_text_is_read_back_word_for_word(
    body: Client, body_approver: Membership, kind: str
) -> None:
    text = CORPUS[kind].strip()
    draft = built.a_complete_draft(by=body_approver)
    page = at("part", draft.key, "harm")
    sent = filled(body.get(page).content.decode(), "") | {"harm": text, "finished": "no"}
    assert body.post(page, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.harm == text
    assert text in unescape(body.get(at("check", draft.key)).content.decode())
