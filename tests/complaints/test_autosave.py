"""What is typed into a draft and not saved: kept for its author, and given back."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Membership
from complaints.models import Complaint
from complaints.services import drafts
from complaints.services.drafts import Statement
from drafting.models import SavedDraft
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import DECLARED, a_complete_draft, a_draft
from tests.cast import play
from tests.complaints.two_editors import FormOfPage
from tests.fixtures.browser import BrowseAs
from tests.fixtures.service import wait_until

WORDS = " ".join(f"word{number}" for number in range(500))

# How many texts lie in this browser's IndexedDB.
ON_DISK = """() => new Promise((resolve) => {
  indexedDB.open("typed", 1).onsuccess = ({ target: { result: database } }) => {
    database.transaction("typed").objectStore("typed").count().onsuccess = ({ target }) => {
      resolve(target.result);
      database.close();
    };
  };
})"""


def part(draft: Complaint, name: str = "harm") -> str:
    return reverse("complaints:part", args=[draft.key, name])


def keep(draft: Complaint, name: str = "harm") -> str:
    return reverse("complaints:keep", args=[draft.key, name])


@pytest.mark.django_db
def test_what_is_typed_is_kept_for_its_author_alone(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter)
    answer = client.post(keep(draft), {"harm": "Half a sen", "version": 0})
    assert len(answer.json()["saved"]) == len("14:02")
    assert "Half a sen" in client.get(part(draft)).content.decode()
    assert "Half a sen" not in client.get(part(draft) + "?stored").content.decode()
    draft.refresh_from_db()
    assert draft.harm == ""
    assert "Half a sen" not in signed_in_as(client, body_approver).get(part(draft)).content.decode()


@pytest.mark.django_db
def test_nothing_is_kept_by_outsiders_nor_once_it_is_submitted(
    client: Client, body_approver: Membership
) -> None:
    draft = a_complete_draft(by=body_approver)
    typed = {"harm": "Text", "version": 1}
    for outsider in ("other_body_submitter", "intake_officer"):
        assert signed_in_as(client, play(outsider)).post(keep(draft), typed).status_code == 404
    signed_in_as(client, body_approver)
    assert client.post(keep(draft, "nothing"), typed).status_code == 404
    client.post(reverse("complaints:submit", args=[draft.key]), DECLARED)
    assert client.post(keep(draft), typed).status_code == 404
    assert not SavedDraft.objects.exists()


@pytest.mark.django_db
def test_what_is_restored_does_not_silently_replace_a_later_save_of_somebody_else(
    client: Client, submitter: Membership, body_approver: Membership
) -> None:
    draft = a_draft(by=submitter)
    signed_in_as(client, submitter).post(keep(draft), {"harm": "Mine.", "version": 0})
    drafts.save_harm(draft, harm="Hers.", version=0, by=body_approver)
    page = client.get(part(draft)).content.decode()
    assert "Somebody has saved this section since" in page
    assert 'name="version" value="0"' in page
    answer = client.post(part(draft), {"harm": "Mine.", "version": 0, "finished": "no"})
    assert answer.status_code == 409
    assert "Hers." in answer.content.decode()


@pytest.mark.django_db
def test_a_row_that_was_never_saved_comes_back(client: Client, submitter: Membership) -> None:
    draft = a_draft(by=submitter)
    typed = {"statement_1": "One.", "statement_2": "Two.", "version": 0}
    signed_in_as(client, submitter).post(keep(draft, "features"), typed)
    assert "Two." in client.get(part(draft, "features")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kept_before", [True, False])
def test_what_is_typed_of_a_feature_that_a_colleague_takes_out_is_shown_and_saved(
    client: Client, submitter: Membership, body_approver: Membership, kept_before: bool
) -> None:
    draft = a_draft(by=submitter)
    one, two = Statement("One."), Statement("Two.")
    drafts.save_features(draft, features=[one, two], version=0, by=submitter)
    typed = {"harm": "All.", "harmed_1": "Some.", "harmed_2": "Women.", "version": 0}
    signed_in_as(client, submitter)
    if kept_before:
        client.post(keep(draft), typed)
    drafts.save_features(draft, features=[one], version=1, by=body_approver)
    if not kept_before:
        client.post(keep(draft), typed)
    page = unescape(client.get(part(draft)).content.decode())
    assert "Who is harmed by feature 2? (It was taken out.)\nWomen." in page
    refused = client.post(part(draft), {**typed, "finished": "no"})
    assert refused.status_code == 409
    form = FormOfPage(refused.content.decode()).fields
    assert client.post(part(draft), form).status_code == 302
    draft.refresh_from_db()
    assert "Women." in draft.harm
    assert draft.features.get().harmed == "Some."


def shown(page: Page) -> str:
    return page.locator("textarea[name=harm]").input_value()


def test_what_was_typed_outlives_a_closed_page(browse_as: BrowseAs) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    page.locator("textarea[name=harm]").fill(WORDS)
    expect(page.locator("[data-autosave-saved]")).to_contain_text("Saved")
    elsewhere = browse_as(by)  # Another browser: only what the server has.
    elsewhere.goto(part(draft))
    assert shown(elsewhere) == WORDS


def test_what_the_server_did_not_get_is_in_the_browser(browse_as: BrowseAs) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    page.locator("textarea[name=harm]").fill(WORDS)
    page.close(run_before_unload=False)  # Before two seconds are over.
    again = page.context.new_page()
    again.goto(part(draft))
    expect(again.locator("textarea[name=harm]")).to_have_value(WORDS)
    expect(again.get_by_text("This page shows what you typed")).to_be_visible()


def stopped(page: Page) -> None:
    """The page’s own clock stands still, until it is moved."""
    page.clock.install()
    page.reload()
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))


def saved_on_leaving(page: Page, words: str) -> None:
    """Typed, left and saved, until the page says so: before that it would not send the next."""
    saved = page.locator("[data-autosave-saved]")
    saved.evaluate("saved => saved.textContent = ''")
    page.locator("textarea[name=harm]").fill(words)
    page.keyboard.press("Tab")
    page.clock.run_for(10)
    expect(saved).to_contain_text("Saved")


def test_what_was_typed_is_saved_when_the_page_is_left(browse_as: BrowseAs) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    stopped(page)  # Two seconds never pass here.
    page.locator("textarea[name=harm]").fill(WORDS)
    page.goto(reverse("complaints:portal"))
    wait_until(lambda: SavedDraft.objects.filter(content__harm=[WORDS]).exists(), "it is kept")


def test_a_field_that_is_left_is_saved_and_a_listener_is_told_once_a_minute(
    browse_as: BrowseAs,
) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    stopped(page)
    told = page.locator("form[data-autosave] > [role=status].govuk-visually-hidden")
    expect(told).to_be_empty()
    for words in (WORDS, WORDS * 2):
        saved_on_leaving(page, words)
    expect(told).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    told.evaluate("told => told.textContent = 'Read out before.'")
    saved_on_leaving(page, WORDS)
    expect(told).to_have_text("Read out before.")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_button_stays_under_the_pointer_while_the_page_says_saved(
    browse_as: BrowseAs, width: int
) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(part(draft, "title"))
    # Without an event, as if it had been answered before: nothing has been saved on this page yet.
    page.get_by_label("No, I will come back to it").evaluate("radio => (radio.checked = true)")
    page.locator("[name=title]").fill("Stops that nobody counts")
    page.get_by_role("button", name="Save and continue").hover()
    page.mouse.down()
    expect(page.locator("[data-autosave-saved]")).to_contain_text("Saved")
    with page.expect_navigation():
        page.mouse.up()
    draft.refresh_from_db()
    assert draft.title == "Stops that nobody counts"


def test_what_was_typed_outlives_the_session(browse_as: BrowseAs) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator("textarea[name=harm]").fill(WORDS)
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(part(draft))
    expect(page.locator("textarea[name=harm]")).to_have_value(WORDS)


def test_what_came_back_with_its_errors_and_was_mended_is_not_recovered(
    browse_as: BrowseAs,
) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft, "contact"))
    name, address = (page.locator(f"input[name={each}]") for each in ("name", "email"))
    name.fill("Contact person")
    page.get_by_label("No, I will come back to it").check()
    for typed in ("nobody", "contact@example.invalid"):
        address.fill(typed)
        with page.expect_navigation():
            page.get_by_role("button", name="Save and continue").click()
    draft.refresh_from_db()
    assert draft.contact_email == "contact@example.invalid"
    page.goto(part(draft, "contact"))
    wait_until(lambda: page.evaluate(ON_DISK) == 0, "what was held is brought to the server")
    expect(address).to_have_value("contact@example.invalid")
    expect(page.get_by_text("This page shows what you typed")).to_have_count(0)


def test_a_lost_connection_is_told_and_made_good(browse_as: BrowseAs) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    page.route("**/keep", lambda route: route.abort())
    page.locator("textarea[name=harm]").fill(WORDS)
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.unroute("**/keep")
    expect(page.locator("[data-autosave-saved]")).to_contain_text("Saved", timeout=15_000)
    assert SavedDraft.objects.get().content["harm"] == [WORDS]


def test_signing_out_leaves_nothing_in_the_browser(browse_as: BrowseAs) -> None:
    by = play("body_approver")
    draft, page = a_draft(by=by), browse_as(by)
    page.goto(part(draft))
    page.route("**/keep", lambda route: route.abort())
    page.locator("textarea[name=harm]").fill("Nobody else’s business.")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    assert page.evaluate(ON_DISK) == 1
    page.goto("/sign-out")
    page.locator("[data-sign-out] button").click()
    page.wait_for_load_state()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert page.evaluate(ON_DISK) == 0
