"""Releases for tests of the public door, and the walk of a report to its publication."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Membership
from clock.london import LONDON
from complaints.models import Complaint
from documents import vault
from investigations.services import team
from publication.models import Release, ReleaseApproval, ReleaseFile, Report
from publication.sections import build
from publication.services import release as release_verbs
from publication.services import report as report_verbs
from publication.services import sealing, sign_off
from publication.services.after import follow_up
from publication.services.seal_making import make_seal
from publication.states import ReleaseKind
from tests.builders.cases import STAGES
from tests.builders.complaints import a_draft
from tests.builders.investigations import (
    AUTHORITIES,
    an_agreed_finding,
    an_open_investigation,
    screened,
)
from tests.builders.recommendations import a_recommendation
from tests.builders.walked import walked_once
from tests.cast import play

_numbers = count(1)
ROOT = "a" * 64
APPROVERS = ("hmicfrs_decision_maker", "press_officer")


def a_sealed_release(complaint: Complaint | None = None, **facts: Any) -> Release:
    """A release with a seal and one file, for one second ago, and with no approval yet.

    It is written row by row: what is tested with it is the door, which believes rows only.
    """
    number = next(_numbers)
    complaint = complaint or a_draft()
    key = vault.new_key()
    files = facts.pop("files", {"report.html": b"<p>Words that were sealed.</p>"})
    said: dict[str, Any] = {
        "kind": ReleaseKind.EDITION,
        "reference": f"SC-2026-{number:03}",
        "slug": f"release-{number}",
        "title": f"Report {number}",
        "payload": {"summary": "Words that were sealed."},
        "root_sha256": ROOT,
        "release_at": timezone.now() - timedelta(seconds=1),
        **facts,
    }
    said.setdefault("wall_time", str(said["release_at"] or ""))
    sealed_at = said.pop("sealed_at", timezone.now())
    release = Release.objects.create(complaint=complaint, wrapped_key=vault.wrap(key), **said)
    for path, content in files.items():
        ReleaseFile.objects.create(
            release=release,
            path=path,
            storage_key=vault.seal_bytes(key, content),
            sha256="b" * 64,
            size_bytes=len(content),
            content_type="application/pdf" if path.endswith("pdf") else "text/html",
            language="en-GB",
        )
    release.sealed_at = sealed_at
    release.save(update_fields=["sealed_at"])
    return release


def approve(release: Release, by: Membership) -> ReleaseApproval:
    """One person's approval of the release as it stands."""
    assert release.release_at is not None
    return ReleaseApproval.objects.create(
        release=release,
        by=by,
        person=by.user,
        root_sha256=release.root_sha256,
        release_at=release.release_at,
    )


def an_approved_release(complaint: Complaint | None = None, **facts: Any) -> Release:
    """A sealed release that two people approved."""
    release = a_sealed_release(complaint, **facts)
    for name in APPROVERS:
        approve(release, play(name))
    return release


def in_seconds(number: float) -> datetime:
    """An instant so many seconds from now, by the clocks of this machine."""
    return timezone.now() + timedelta(seconds=number)


@walked_once
def a_report_being_drafted(complaint: Complaint | None = None) -> Report:
    """A report whose sections are written, on an agreed finding and one recommendation."""
    investigation = an_open_investigation(complaint)
    complaint = investigation.complaint
    screened(an_agreed_finding(investigation).evidence.get())
    a_recommendation(complaint)
    for name in ("press_officer", "second_press_officer"):
        team.add_member(investigation, membership=play(name), by=play("hmicfrs_decision_maker"))
    author = play("investigator")
    report = report_verbs.begin(complaint, title="Behind closed files", by=author)
    for section in report.sections.all():
        written = f"Written by hand for {section.key}."
        report_verbs.edit_section(section, text=written, version=section.version, by=author)
    return Report.objects.get(pk=report.pk)


@walked_once
def a_report_in_sign_off(complaint: Complaint | None = None) -> Report:
    """A report that its drafters have handed in."""
    return report_verbs.propose(a_report_being_drafted(complaint), by=play("investigator"))


def signed_off(report: Report) -> Report:
    """The report, once every authority has signed off every section as it reads now."""
    for section in report.sections.select_related("report"):
        for slug in AUTHORITIES:
            sign_off.sign_off(
                section,
                text_sha256=build(section).text_sha256,
                by=play(f"{slug}_decision_maker"),
            )
    return report


@walked_once
def a_signed_off_report(complaint: Complaint | None = None) -> Report:
    """A report that lacks nothing but its seal."""
    return signed_off(a_report_in_sign_off(complaint))


@walked_once
def a_sealed_report(complaint: Complaint | None = None) -> Release:
    """The release of a report that was signed off and sealed."""
    return sealed(a_signed_off_report(complaint))


def sealed(report: Report) -> Release:
    """The release of a report that is ready for its seal, made as the worker makes it."""
    asked = sealing.ask_to_seal(report, by=play("lead_investigator"))
    make_seal(asked.pk)
    asked.refresh_from_db()
    assert asked.release, asked.failure
    return asked.release


def prepared(release: Release, instant: datetime | None = None) -> Release:
    """The release with its instant, tomorrow at the same time unless another is given."""
    there = timezone.localtime(instant or in_seconds(86400), LONDON)
    return release_verbs.prepare(
        release,
        wall_time=f"{there:%Y-%m-%d %H:%M %Z}",
        way="By secure mail to the body’s approver",
        by=play("press_officer"),
    )


def armed(release: Release, instant: datetime | None = None) -> Release:
    """The release with its instant and both approvals."""
    release = prepared(release, instant)
    assert release.release_at is not None
    for name in ("hmicfrs_decision_maker", "press_officer"):
        release_verbs.approve(
            release,
            root_sha256=release.root_sha256,
            release_at=release.release_at,
            by=play(name),
        )
    return release


def a_case_in_sign_off(**facts: Any) -> Complaint:
    """A case whose report is in sign-off."""
    return a_report_in_sign_off(**facts).complaint


def a_sealed_case(**facts: Any) -> Complaint:
    """A case whose report is sealed, without an instant."""
    return a_sealed_report(**facts).complaint


def an_embargoed_case(**facts: Any) -> Complaint:
    """A case whose report is public tomorrow."""
    return armed(a_sealed_report(**facts)).complaint


STAGES["reporting"] = lambda **facts: a_report_being_drafted(**facts).complaint
STAGES["in_sign_off"] = a_case_in_sign_off
STAGES["sealed"] = a_sealed_case
STAGES["embargoed"] = an_embargoed_case


def made_public(release: Release) -> Release:
    """The release, public since a second ago.

    The verbs take no instant in the past, and the database's clock can't be moved: the instant
    and the approvals are written here. The door believes rows only.
    """
    instant = in_seconds(-1)
    Release.objects.filter(pk=release.pk).update(release_at=instant, wall_time="a second ago")
    release.refresh_from_db()
    for name in APPROVERS:
        approve(release, play(name))
    return release


def a_published_case(**facts: Any) -> Complaint:
    """A case whose report is public, with all that follows done."""
    release = made_public(a_sealed_report(**facts))
    follow_up(release.pk)
    return release.complaint


STAGES["published"] = a_published_case
