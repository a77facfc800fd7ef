"""The public pages and the desk in a real browser: clean under axe, wide and at 320 px."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from publication.models import Release, Sealing
from publication.services import report as report_verbs
from publication.services.release import send_to_body
from publication.services.seal_making import make_seal
from publication.services.sealing import ask_to_seal
from tests.builders.publication import (
    a_report_in_sign_off,
    a_sealed_report,
    a_signed_off_report,
    armed,
    made_public,
    signed_off,
)
from tests.cast import play
from tests.fixtures.browser import NARROW, WIDE, BrowseAs, assert_accessible

pytestmark = pytest.mark.committed
WALKED = (a_sealed_report, a_report_in_sign_off)

SHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture
def published() -> Release:
    """A public report."""
    return made_public(a_sealed_report())


def test_the_public_pages_are_accessible_and_fit(published: Release, browse_as: BrowseAs) -> None:
    page = browse_as()
    for address in (
        "/",
        "/super-complaints",
        f"/super-complaints/{published.reference}",
        f"/reports/{published.slug}",
        f"/news/{published.slug}",
        "/reports/no-such-thing",
        "/subscribe",
        "/subscribe/asked",
        "/subscribe/confirm/no-such-thing",
        "/subscribe/stop/no-such-thing",
    ):
        page.goto(address)
        assert_accessible(page)
        keep(page, f"public{address.replace('/', '_')[:30]}")
    assert page.context.cookies() == []


def test_the_pages_of_the_case_are_accessible_and_fit(browse_as: BrowseAs) -> None:
    report = a_report_in_sign_off()
    reader = browse_as(play("iopc_decision_maker"))
    for name, more in [
        ("report", []),
        ("section", ["conclusions"]),
        ("notice", []),
        ("opinion", []),
        ("release", []),
    ]:
        reader.goto(reverse(f"publication:{name}", args=[report.reference, *more]))
        assert_accessible(reader)
        keep(reader, f"case_{name}")


def test_the_desk_is_accessible_and_fits(browse_as: BrowseAs) -> None:
    release = a_sealed_report()
    press = browse_as(play("press_officer"))
    for name in ("release", "prepare", "approve", "hold", "preview"):
        press.goto(reverse(f"publication:{name}", args=[release.reference]))
        assert_accessible(press)
        keep(press, f"desk_{name}")
    press.goto(reverse("publication:desk"))
    assert_accessible(press)
    keep(press, "desk")


def keep(page: "object", name: str) -> None:
    """Keep a picture at both widths where a folder for them is named."""
    for viewport, width in ((NARROW, "320"), (WIDE, "1280")) if SHOTS else ():
        page.set_viewport_size(viewport)  # type: ignore[attr-defined]
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)  # type: ignore[attr-defined]


def test_a_seal_is_followed_without_scripts_from_its_failure_to_its_release(
    browse_as: BrowseAs,
) -> None:
    lead = play("lead_investigator")
    report = a_signed_off_report()
    asked = ask_to_seal(report, by=lead)
    address = reverse("publication:sealing", args=[report.reference])
    looked_at, page = browse_as(lead), browse_as(lead, scripts=False)
    looked_at.goto(f"{address}?still")
    assert_accessible(looked_at)
    keep(looked_at, "sealing")
    page.goto(address)
    section = report.sections.get(key="steps-taken")
    report_verbs.edit_section(
        section, text="Other words.", version=section.version, by=play("investigator")
    )
    make_seal(asked.pk)
    page.get_by_text("The report could not be sealed.").wait_for()  # It came by itself.
    looked_at.get_by_role("link", name="Check again").click()
    assert_accessible(looked_at)
    keep(looked_at, "sealing_failed")
    signed_off(report)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting to be made.")).to_be_visible()
    make_seal(Sealing.objects.latest("pk").pk)
    page.get_by_text("The report is sealed. Set its time of publication.").wait_for()


def test_the_embargoed_copy_is_accessible_and_fits(browse_as: BrowseAs) -> None:
    release = armed(a_sealed_report())
    send_to_body(release, by=play("press_officer"))
    reader = browse_as(play("submitter"))
    for name in ("documents", "tracker"):
        reader.goto(reverse(f"complaints:{name}", args=[release.reference]))
        assert_accessible(reader)
        keep(reader, f"body_{name}")
    reader.goto(reverse("publication:sent_report", args=[release.reference]))
    assert_accessible(reader)
    keep(reader, "body_terms")
    reader.get_by_role("button", name="Accept the terms").click()
    assert_accessible(reader)
    keep(reader, "body_report")
