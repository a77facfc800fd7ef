"""The pages of the public: closed before the instant, whole after it, and no cookie ever."""

import hashlib
import html
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Regime
from audit.heads import list_heads
from audit.models import AuditEntry
from documents import storage
from publication.models import Release, Suspension
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_submitted_complaint
from tests.builders.publication import a_sealed_release, an_approved_release, in_seconds
from tests.cast import play
from tests.publication.test_predicate import latch, withdraw

pytestmark = pytest.mark.committed
SECRET = "Words that were sealed."


def content(response: Any) -> bytes:
    """The body, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def told(response: HttpResponseBase) -> tuple[int, list[tuple[str, str]], bytes]:
    """All that a reader can tell of an answer."""
    return response.status_code, sorted(response.items()), content(response)


def addresses(release: Release) -> list[str]:
    slug = release.slug
    return [
        f"/reports/{slug}",
        f"/reports/{slug}.pdf",
        f"/reports/{slug}/editions/1",
        f"/reports/{slug}/editions/1/files/report.html",
        f"/reports/{slug}/files/report.html",
        f"/reports/{slug}/files/manifest.json",
        f"/news/{slug}",
        f"/super-complaints/{release.reference}",
    ]


@pytest.fixture
def before() -> Release:
    """An approved release of which the instant lies an hour ahead."""
    return an_approved_release(release_at=in_seconds(3600))


@pytest.fixture
def after() -> Release:
    """An approved release of which the instant has passed."""
    files = {"report.html": b"<p>" + SECRET.encode() + b"</p>", "report.pdf": b"%PDF-1.7 sealed"}
    return an_approved_release(files=files)


def test_an_unreleased_address_answers_as_a_random_one(before: Release, client: Client) -> None:
    for address in addresses(before):
        wrong = address.replace(before.slug, "no-such-thing").replace(
            before.reference, "SC-2026-xyz"
        )
        assert told(client.get(address)) == told(client.get(wrong)), address
        assert client.get(address)["Cache-Control"] == "no-store"
        assert told(client.head(address)) == told(client.head(wrong)), address


def test_an_unreleased_report_is_on_no_list(before: Release, client: Client) -> None:
    for address in ("/", "/super-complaints"):
        page = client.get(address).content.decode()
        assert before.title not in page
        assert before.reference not in page


def test_a_released_report_is_whole_at_every_address(after: Release, client: Client) -> None:
    page = client.get(f"/reports/{after.slug}")
    assert page.status_code == 200
    assert SECRET in page.content.decode()
    assert page["Cache-Control"] == "public, max-age=60"
    assert page["ETag"] == f'"{hashlib.sha256(page.content).hexdigest()}"'
    assert after.title in client.get("/super-complaints").content.decode()
    assert after.title in client.get("/").content.decode()
    pdf = client.get(f"/reports/{after.slug}.pdf")
    assert content(pdf) == b"%PDF-1.7 sealed"
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["ETag"] == f'"{"b" * 64}"'
    assert client.get(f"/reports/{after.slug}/files/other.txt").status_code == 404


def test_the_start_page_names_who_decides_in_each_scheme_from_its_rows(client: Client) -> None:
    spcc = Organisation.objects.get(slug="spcc")
    Organisation.objects.filter(pk=spcc.pk).update(name="Commissioner under another name")
    page = html.unescape(client.get("/").content.decode())
    for regime in Regime.objects.all():
        names = regime.authorities.order_by("parts__order").values_list("name", flat=True)
        designated = f"Bodies are designated by the {regime.designating_minister}."
        assert f"{regime.name}: {', '.join(names)}. {designated}" in page


def test_no_public_page_sets_a_cookie_or_varies_by_one(after: Release, client: Client) -> None:
    for address in ["/", "/super-complaints", *addresses(after)]:
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_a_page_is_the_same_for_whoever_is_signed_in(after: Release, client: Client) -> None:
    anonymous = client.get(f"/reports/{after.slug}").content
    signed_in_as(client, play("press_officer"))
    assert client.get(f"/reports/{after.slug}").content == anonymous


def test_the_first_reader_latches_the_release(after: Release, client: Client) -> None:
    client.get(f"/reports/{after.slug}")
    after.refresh_from_db()
    assert after.latched_at is not None
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        assert client.get(f"/reports/{after.slug}").status_code == 200


def test_the_applications_clock_alone_keeps_it_closed(after: Release, client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        assert client.get(f"/reports/{after.slug}").status_code == 404


def test_a_reader_who_holds_the_page_is_told_that_nothing_has_changed(
    after: Release, client: Client
) -> None:
    for address in (f"/reports/{after.slug}", f"/reports/{after.slug}.pdf"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["Cache-Control"] == first["Cache-Control"]
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_page_that_was_drawn_before_is_not_shown_after_a_suspension(
    after: Release, client: Client
) -> None:
    address = f"/reports/{after.slug}"
    held = client.get(address)["ETag"]
    Suspension.objects.create(release=after, reason="A mistake.")
    for headers in ({}, {"if-none-match": held}):
        assert client.get(address, headers=headers).status_code == 503


@pytest.mark.parametrize(("ahead", "most"), [(20, 20), (3600, 60)])
def test_a_list_is_not_kept_past_the_next_release(ahead: int, most: int, client: Client) -> None:
    an_approved_release(release_at=in_seconds(ahead))
    for address in ("/", "/super-complaints"):
        kept = int(client.get(address)["Cache-Control"].rsplit("=", 1)[1])
        assert most - 2 <= kept <= most


def test_a_suspended_report_is_temporarily_withdrawn_everywhere(
    after: Release, client: Client
) -> None:
    latch(after)
    Suspension.objects.create(release=after, reason="A mistake.")
    for address in addresses(after)[:-1]:
        response = client.get(address)
        assert response.status_code == 503, address
        assert "Temporarily withdrawn" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
    assert after.title not in client.get("/super-complaints").content.decode()
    assert SECRET not in client.get(f"/super-complaints/{after.reference}").content.decode()


def test_a_withdrawn_report_is_gone_with_its_reason(after: Release, client: Client) -> None:
    latch(after)
    withdraw(after)
    for address in addresses(after)[:-1]:
        response = client.get(address)
        assert response.status_code == 410, address
        assert "It named somebody." in response.content.decode()
        assert after.title not in response.content.decode()


def test_a_corrected_report_takes_the_address_and_the_old_one_says_so(
    after: Release, client: Client
) -> None:
    an_approved_release(
        kind="correction",
        slug=after.slug,
        reference=after.reference,
        edition_number=2,
        supersedes=after,
        title="The corrected report",
        payload={"correction_note": "A figure was wrong."},
    )
    latest = client.get(f"/reports/{after.slug}").content.decode()
    assert "The corrected report" in latest
    assert "A figure was wrong." in latest
    old = client.get(f"/reports/{after.slug}/editions/1").content.decode()
    assert after.title in old
    assert "This edition has been corrected." in old


def test_the_page_of_an_old_edition_leads_to_its_own_files(after: Release, client: Client) -> None:
    an_approved_release(
        kind="correction",
        slug=after.slug,
        reference=after.reference,
        edition_number=2,
        supersedes=after,
        files={"report.html": b"<p>Corrected.</p>", "report.pdf": b"%PDF-1.7 corrected"},
    )
    old = f"/reports/{after.slug}/editions/1"
    page = client.get(old).content.decode()
    for path in ("report.pdf", "notice.html", "data.json", "manifest.json"):
        assert f'href="{old}/files/{path}"' in page
    assert f'href="/reports/{after.slug}.pdf"' not in page
    assert content(client.get(f"{old}/files/report.pdf")) == b"%PDF-1.7 sealed"
    latest = client.get(f"/reports/{after.slug}").content.decode()
    assert f'href="/reports/{after.slug}.pdf"' in latest
    assert content(client.get(f"/reports/{after.slug}.pdf")) == b"%PDF-1.7 corrected"


def test_an_exposed_folder_shows_noise() -> None:
    release = a_sealed_release(files={"report.html": SECRET.encode()})
    place = storage.place("sealed", release.files.get().storage_key)
    assert SECRET.encode() not in place.read_bytes()
    assert "report" not in str(place.relative_to(settings.FILES_DIR))


@pytest.mark.parametrize("address", ["/super-complaints/%00", "/reports/%00", "/portal/%00"])
def test_an_address_with_a_nul_is_answered_like_any_unknown_one(
    client: Client, address: str
) -> None:
    assert told(client.get(address)) == told(client.get("/unknown"))


def test_a_page_says_it_is_in_the_language_that_it_is_in(client: Client) -> None:
    english = content(client.get("/", headers={"accept-language": "en"}))
    assert content(client.get("/", headers={"accept-language": "cy"})) == english
    assert b'<html lang="en"' in english


@pytest.mark.parametrize("title", ["Stops of night workers", "Stops of workers (fictional)"])
@pytest.mark.parametrize("address", ["/", "/super-complaints"])
def test_a_fictional_report_is_marked_once_on_a_list(
    address: str, title: str, client: Client
) -> None:
    an_approved_release(title=title, payload={"summary": "Made up.", "fictional": True})
    page = client.get(address).content.decode()
    assert title in page
    assert page.lower().count("fictional") == 1


def test_everybody_may_read_the_newest_head_and_learns_nothing_of_a_case(client: Client) -> None:
    assert "No hash has been listed yet" in client.get("/proof").content.decode()
    complaint = a_submitted_complaint()
    list_heads()
    newest = AuditEntry.objects.get(event="record:heads_listed")
    page = client.get("/proof").content.decode()
    assert newest.sha256 in page
    assert f">{newest.number}<" in page
    assert complaint.reference not in page
    assert complaint.key not in page
