"""The public pages and the desk in a real browser: clean under axe, wide and at 320 px."""

import os

import pytest
from django.urls import reverse

from publication.models import Release
from tests.builders.publication import a_report_in_sign_off, a_sealed_report, made_public
from tests.cast import play
from tests.fixtures.browser import NARROW, WIDE, BrowseAs, assert_accessible

pytestmark = pytest.mark.committed

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
