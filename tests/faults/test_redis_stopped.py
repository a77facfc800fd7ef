"""Redis is gone, or holds its connections and answers nothing: people work on, the public reads."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.urls import get_resolver

from accounts.models import Membership
from publication.models import Release, ReleaseHold
from tests.builders.accounts import PASSWORD, app_code, with_an_app
from tests.builders.complaints import DECLARED, a_complete_draft
from tests.builders.publication import a_sealed_report, made_public
from tests.cast import play
from tests.embargo.addresses import routes
from tests.faults.visitor import Visitor
from tests.fixtures.own_redis import OwnRedis
from tests.fixtures.service import Started, process
from tests.publication.test_unknown_addresses import PUBLIC_URLS, places_of

pytestmark = pytest.mark.committed
WALKED = (a_sealed_report,)

AT_ONCE_S = 1.0
# Writing waits for the bell to be given up, once for each bell.
SOON_S = 8.0


@pytest.fixture(params=["gone", "frozen"])
def away(request: pytest.FixtureRequest, own_redis: OwnRedis) -> Callable[[], None]:
    """Take Redis away, one way or the other."""
    return own_redis.stop if request.param == "gone" else own_redis.freeze


@pytest.fixture
def web(committed: None, own_redis: OwnRedis) -> Iterator[Started]:
    """A web process on a Redis of its own."""
    with process("web", called="by-itself", REDIS_URL=own_redis.url) as started:
        yield started


@pytest.fixture
def public_report(committed: None) -> Release:
    """A report that is public."""
    return made_public(a_sealed_report())


def signed_in(web: Started, member: Membership) -> Visitor:
    """Somebody who has come in by password and app, page by page."""
    with_an_app(member.user)
    visitor = Visitor(web.url)
    visitor.send("/sign-in", login=member.user.email, password=PASSWORD)
    answer = visitor.send("/sign-in/second-factor", code=app_code())
    assert answer.status == 200
    assert visitor.get("/account").text.count(member.user.email)
    return visitor


def public_addresses(release: Release) -> list[str]:
    found = {
        address
        for route in routes(get_resolver(PUBLIC_URLS))
        for address in route.addresses(places_of(release))
    }
    return sorted(found - {f"/reports/{release.slug}/files/manifest.json"})


def test_every_public_page_is_whole(
    web: Started, public_report: Release, away: Callable[[], None]
) -> None:
    visitor = Visitor(web.url)
    addresses = public_addresses(public_report)
    assert len(addresses) > 10
    before = {address: visitor.get(address) for address in addresses}
    assert {answer.status for answer in before.values()} == {200}
    away()
    for address in addresses:
        answer = visitor.get(address)
        assert (answer.status, answer.body) == (200, before[address].body), address
        assert answer.seconds < AT_ONCE_S, address


def test_a_person_signs_in_and_a_hold_bites_at_the_next_request(
    web: Started, public_report: Release, away: Callable[[], None]
) -> None:
    reader = Visitor(web.url)
    report = f"/reports/{public_report.slug}"
    assert reader.get(report).status == 200
    away()
    officer = signed_in(web, play("press_officer"))
    answer = officer.send(
        f"/casework/publish/{quote(public_report.reference)}/hold", reason="A name is in it."
    )
    assert answer.status == 200
    assert "Publication is held." in answer.text
    assert answer.seconds < SOON_S
    refused = reader.get(report)
    assert (refused.status, refused.seconds < AT_ONCE_S) == (503, True)
    assert "Temporarily withdrawn" in refused.text
    assert ReleaseHold.objects.get().recorded_at is not None


def test_an_act_that_rings_for_the_worker_is_done_and_says_so(
    web: Started, away: Callable[[], None]
) -> None:
    draft = a_complete_draft()
    approver = signed_in(web, play("body_approver"))
    away()
    answer = approver.send(f"/portal/drafts/{draft.key}/submit", **DECLARED)
    draft.refresh_from_db()
    assert draft.reference
    assert (answer.status, answer.seconds < SOON_S) == (200, True)
    assert draft.reference in answer.text
