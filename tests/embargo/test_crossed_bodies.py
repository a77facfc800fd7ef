"""One body learns nothing of another's complaint: crossed ids on every route, counts, error texts.

What names another body's row is answered as what names nothing, to every method; nothing that
another body does shows on one's own pages.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.veiled import veiled
from complaints.models import Complaint
from complaints.services import evidence_relied_on
from complaints.services.references import PREFIX
from documents.models import UploadInPieces
from notifications.models import Message
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import an_upload, decided
from tests.embargo.addresses import Route, routes
from tests.embargo.places import NOTHINGS
from tests.embargo.two_bodies import OTHER_WORD, WORD, Body

pytestmark = pytest.mark.committed

METHODS = ("get", "post", "patch")
# What differs between any two answers: the token of a form, and all of how long a session lasts.
TOKEN = re.compile(
    rb'name="(?:csrfmiddlewaretoken|sending)" value="[^"]*"|\A\{"seconds": [0-9]+\}\Z'
)
# What the forms of a body ask for, so that nothing stops at a field that is empty.
FILLED = {
    **{name: "Written by another." for name in ("text", "reason", "answer", "title", "shows")},
    **{"name": "Another Person", "role": "Head", "authorised": "on", "version": "1"},
}
CASE_NAMES = frozenset({"reference", "key", "other"})
# What an answer was made of is no part of what it says.
UNTOLD = frozenset({"Content-Length", "Set-Cookie"})
Answer = tuple[int, dict[str, str], bytes]
Pair = tuple[Any, Any]


@pytest.fixture
def other() -> Body:
    """The body whose complaint is nobody else's business."""
    return Body.named("cwj", WORD, beside="liberty")


@pytest.fixture
def own() -> Body:
    """The body that asks."""
    return Body.named("hestia", OTHER_WORD, beside="rcew")


def made_up(value: Any) -> Any:
    """What has the shape of a name of something, and names nothing."""
    if isinstance(value, int):
        return NOTHINGS + value
    if not value.startswith(PREFIX):
        return value[::-1]
    taken = set(Complaint.objects.values_list("reference", flat=True))
    return min({f"{value[:-3]}{number:03}" for number in range(4)} - taken)


def pairs(route: Route, name: str, place: str, own: Body, other: Body) -> list[Pair]:
    """What can stand in a place: another's with its made-up twin, or one's own twice."""
    if name in {"pk", "token"}:
        return [(one, made_up(one)) for one in other.named_by(place) if one != NOTHINGS]
    if name not in CASE_NAMES:
        return [(one, one) for one in other.named_by(place)[:1]]
    if place == route.pattern:
        # A draft is asked for among the complaints, too, and a complaint among the drafts.
        said = [other.complaint.reference, other.complaint.key, other.draft.key]
        return [(one, made_up(one)) for one in said]
    theirs, ours = other.named_by(place)[0], own.named_by(place)[0]
    return [(theirs, made_up(theirs)), (ours, ours)]


def crossings(route: Route, own: Body, other: Body) -> Iterator[tuple[str, str]]:
    """Each address that names something of the other body, and its twin that names nothing."""
    places = route.places()
    for chosen in product(*(pairs(route, *one, own, other) for one in places.items())):
        asked, twin = (filled(route, [pair[side] for pair in chosen]) for side in (0, 1))
        if asked != twin:
            yield asked, twin


def filled(route: Route, said: list[Any]) -> str:
    """The address that has these names in its places."""
    return next(
        route.addresses({name: [one] for name, one in zip(route.places(), said, strict=True)})
    )


def answered(client: Client, method: str, address: str, said: dict[str, str]) -> Answer:
    """All that a reader can tell of an answer, but for the tokens of its forms."""
    answer = getattr(client, method)(address, said if method == "post" else None)
    body = b"".join(answer) if answer.streaming else answer.content
    headers = {name: value for name, value in answer.items() if name not in UNTOLD}
    return answer.status_code, headers, TOKEN.sub(b"", body)


def rows_of_every_table() -> dict[str, str]:
    """The hash of the rows of each table but the sessions."""
    tables = {*connection.introspection.django_table_names(only_existing=True)} - {"django_session"}
    hashed = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables):
            cursor.execute(hashed.format(connection.ops.quote_name(table)))
            found[table] = cursor.fetchone()[0]
    return found


def test_another_bodys_ids_are_answered_as_ids_of_nothing_and_change_nothing(
    client: Client, own: Body, other: Body
) -> None:
    signed_in_as(client, own.member)
    before, asked = rows_of_every_table(), set()
    for route in routes():
        for address, twin in crossings(route, own, other):
            for method in METHODS:
                theirs = answered(client, method, address, FILLED)
                assert theirs == answered(client, method, twin, FILLED), (method, address)
                assert WORD.encode() not in theirs[2], (method, address)
            asked.add(route.pattern)
    assert len(asked) > 130
    assert rows_of_every_table() == before


def test_one_finds_by_those_addresses_what_is_ones_own(
    client: Client, own: Body, other: Body
) -> None:
    signed_in_as(client, other.member)
    found = {
        route.pattern
        for route in routes()
        for address, _twin in crossings(route, own, other)
        if answered(client, "get", address, {})[0] in {200, 302}
    }
    for below in ("portal/drafts/<str:key>", "portal/complaints/<str:reference>"):
        assert below in found
    assert "to-send/<str:reference>/<slug:place>/<str:token>" in found
    for row in (
        "evidence/<veiled:pk>",
        "asked/<veiled:pk>",
        "uploads/<str:token>",
        "files/<veiled:pk>",
    ):
        assert any(pattern.endswith(row) for pattern in found), row


def test_a_foreign_number_in_a_form_is_refused_as_a_number_of_nothing(
    client: Client, own: Body, other: Body
) -> None:
    signed_in_as(client, own.member)
    piece = own.draft.supporting_documents.get()
    address = f"/portal/drafts/{own.draft.key}/evidence/{veiled(piece.pk)}"
    theirs = other.draft.features.values_list("pk", flat=True)[0]
    said = [
        answered(client, "post", address, {**FILLED, "feature": veiled(pk)})
        for pk in (theirs, made_up(theirs))
    ]
    assert said[0] == said[1]
    assert said[0][0] == 200
    assert WORD.encode() not in said[0][2]


def test_what_one_sends_tells_nothing_of_what_another_has_sent(
    client: Client, own: Body, other: Body
) -> None:
    signed_in_as(client, own.member)
    told = {"name": "book.pdf", "size": 99, "changed": 1}
    UploadInPieces.objects.filter(case_key=own.draft.key).delete()
    begun = client.post(f"/portal/drafts/{own.draft.key}/uploads", told)
    assert begun.status_code == 201
    theirs = UploadInPieces.objects.get(case_key=other.draft.key)
    assert theirs.token not in begun.content.decode()
    for body in (other, own):
        same = an_upload(f"{body.word}-same.txt", content=b"The very same bytes.")
        evidence_relied_on.attach(body.draft, upload=same, title="Same", shows="", by=body.member)
    assert own.draft.supporting_documents.filter(title="Same").exists()


def test_nothing_that_another_body_does_shows_on_ones_own_pages(client: Client, own: Body) -> None:
    signed_in_as(client, own.member)
    read = read_by(client, addresses_of_own(own))  # What is told once is told here.
    before, told = read_by(client, read), Message.objects.filter(recipient=own.member).count()
    assert {"/portal/", "/portal/people", "/portal/conversations"} <= set(before)
    another = Body.named("cwj", WORD, beside="liberty")
    decided(another.complaint)
    assert read_by(client, read) == before
    assert Message.objects.filter(recipient=own.member).count() == told


def addresses_of_own(body: Body) -> Iterator[str]:
    """Each address of what is a body's own, or nobody's.

    The pages of a second factor show a new secret each time.
    """
    for route in routes():
        if not route.pattern.startswith("account/second-factor"):
            named = {name: body.named_by(place) for name, place in route.places().items()}
            yield from route.addresses(named)


def read_by(client: Client, addresses: Iterable[str]) -> dict[str, Answer]:
    """What a person reads at those of the addresses that show something."""
    answers = {address: answered(client, "get", address, {}) for address in addresses}
    return {address: answer for address, answer in answers.items() if answer[0] == 200}
