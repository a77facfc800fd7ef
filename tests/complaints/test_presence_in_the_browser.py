"""A part of a draft that stays open in a browser tells who else opens it."""

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from accounts.entrance import PROLONGED_EVERY_SECONDS
from tests.accounts.test_session_end import unused_for
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_draft
from tests.cast import play
from tests.complaints.test_portal_pages import page_of
from tests.fixtures.browser import BrowseAs

EACH_MS = 30_000


def test_whoever_comes_is_told_of_and_looking_prolongs_no_session(browse_as: BrowseAs) -> None:
    by = play("submitter")
    draft, page = a_draft(by=by), browse_as(by)
    page.clock.install()
    page.goto(reverse("complaints:part", args=[draft.key, "harm"]))
    told = page.get_by_text("Body approver had this section open at")
    expect(told).to_have_count(0)
    page_of(signed_in_as(Client(), play("body_approver")), "part", draft.key, "harm")
    unused_for(PROLONGED_EVERY_SECONDS + 60)
    ends = set(Session.objects.values_list("expire_date", flat=True))
    page.clock.fast_forward(EACH_MS)
    expect(told).to_be_visible()
    assert set(Session.objects.values_list("expire_date", flat=True)) == ends
