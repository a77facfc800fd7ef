"""The end of a session: asked about without prolonging it, announced, put off by one press."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.entrance import PROLONGED_EVERY_SECONDS, seconds_unasked
from tests.accessibility.pictures import pictured
from tests.builders.accounts import signed_in_as
from tests.cast import play
from tests.fixtures.browser import BrowseAs, assert_accessible

LEFT_S = 180
WARNED_S = 300
# A page asks once its session may be that near to its end.
ASKED_AFTER_MS = (seconds_unasked() - WARNED_S) * 1000


def unused_for(seconds: int) -> None:
    """Every session was used last so many seconds ago."""
    seen = int(time.time()) - seconds
    for row in Session.objects.all():
        store = SessionStore(row.session_key)
        store["seen_at"] = seen
        store.save()
    left = timedelta(seconds=settings.SESSION_COOKIE_AGE - seconds)
    Session.objects.update(expire_date=timezone.now() + left)


@pytest.mark.django_db
def test_asking_how_long_it_lasts_does_not_prolong_it_and_a_press_does(client: Client) -> None:
    signed_in_as(client, play("investigator")).get(reverse("desk:cases"))
    unused_for(settings.SESSION_COOKIE_AGE - LEFT_S)
    for _time in range(2):
        assert LEFT_S - 5 <= client.get(reverse("session")).json()["seconds"] <= LEFT_S
    assert client.post(reverse("session")).json()["seconds"] == settings.SESSION_COOKIE_AGE
    assert client.get(reverse("session")).json()["seconds"] > LEFT_S


@pytest.mark.django_db
def test_one_that_no_page_has_used_yet_is_not_said_to_be_over(client: Client) -> None:
    signed_in_as(client, play("investigator"))
    full = settings.SESSION_COOKIE_AGE
    assert client.get(reverse("session")).json()["seconds"] == full


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_it_is_asked_and_kept_and_nothing_else(client: Client, method: str) -> None:
    signed_in_as(client, play("investigator"))
    assert getattr(client, method)(reverse("session")).status_code == 405


@pytest.mark.django_db
def test_any_other_page_prolongs_it(client: Client) -> None:
    signed_in_as(client, play("investigator")).get(reverse("desk:cases"))
    unused_for(PROLONGED_EVERY_SECONDS + 1)
    client.get(reverse("desk:cases"))
    full = settings.SESSION_COOKIE_AGE
    assert full - 5 <= client.get(reverse("session")).json()["seconds"] <= full


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_told_nothing(client: Client) -> None:
    answer = client.get(reverse("session"))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in")


def with_a_page_open(browse_as: BrowseAs, *, unused_s: int) -> Page:
    """A page that stood open, in a session that was used last so long ago."""
    page = browse_as(play("investigator"))
    page.clock.install()
    page.goto(reverse("desk:cases"))
    unused_for(unused_s)
    page.clock.fast_forward(ASKED_AFTER_MS)
    return page


def test_the_end_is_announced_and_put_off(browse_as: BrowseAs) -> None:
    page = with_a_page_open(browse_as, unused_s=settings.SESSION_COOKIE_AGE - LEFT_S)
    ends = page.get_by_role("dialog", name="You will be signed out soon")
    expect(ends).to_be_visible()
    assert_accessible(page)
    pictured(page, "session-ends")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(ends).to_be_hidden()
    assert Session.objects.get().expire_date > timezone.now() + timedelta(seconds=LEFT_S + 60)


def test_a_session_that_another_window_uses_is_not_announced(browse_as: BrowseAs) -> None:
    page = browse_as(play("investigator"))
    page.clock.install()
    page.goto(reverse("desk:cases"))
    with page.expect_response("**/session"):
        page.clock.fast_forward(ASKED_AFTER_MS)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_session_that_ended_says_so_and_leads_back_to_the_page(browse_as: BrowseAs) -> None:
    page = with_a_page_open(browse_as, unused_s=settings.SESSION_COOKIE_AGE + 1)
    ended = page.get_by_role("dialog", name="You are signed out")
    expect(ended).to_be_visible()
    assert_accessible(page)
    pictured(page, "session-ended")
    ended.get_by_role("button", name="Sign in and go on").click()
    page.wait_for_url("**/sign-in?next=*")
    assert reverse("desk:cases").replace("/", "%2F") in page.url


def test_who_signs_in_again_in_another_window_goes_on_in_this_one(browse_as: BrowseAs) -> None:
    page = with_a_page_open(browse_as, unused_s=settings.SESSION_COOKIE_AGE + 1)
    ended = page.get_by_role("dialog", name="You are signed out")
    expect(ended).to_be_visible()
    again = signed_in_as(Client(), play("investigator")).cookies[settings.SESSION_COOKIE_NAME]
    origin = page.evaluate("location.origin")
    page.context.add_cookies([{"name": again.key, "value": again.value, "url": origin}])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ended).to_be_hidden()
