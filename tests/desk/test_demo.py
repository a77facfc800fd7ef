"""The demonstration is fictional, marked so, walked through the real verbs, and loads once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from accounts.demo import FORCE
from audit.models import AuditEntry
from clock.london import LONDON, london_today
from complaints.models import BodyConfirmation, Complaint
from complaints.states import CaseStatus, Origin
from deadlines.services.computing import calendar_on_record
from desk.demo import content, renewing
from investigations.models import EvidenceItem, Finding
from publication.london import in_words
from publication.models import Release, Report
from publication.readiness import draft_of
from publication.services.after import follow_up
from recommendations.models import Response
from recommendations.states import ObligationStatus
from tests.builders.publication import made_public


def load() -> str:
    told = StringIO()
    call_command("load_demo", "--renew", stdout=told)
    return told.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration, loaded once for all tests that only read it, and taken back after."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """What is done in this block is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_it_is_refused_unless_demo_is_set(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="Set DEMO=1"):
        load()
    assert not Complaint.objects.exists()


def test_every_case_that_was_not_imported_is_marked_fictional(loaded: None) -> None:
    made = Complaint.objects.exclude(origin=Origin.IMPORT)
    assert made.count() >= 3
    assert all(one.fictional and "(fictional)" in one.title for one in made)
    assert all(one.lead_body.fictional for one in made)


def test_there_is_one_case_in_each_stage(loaded: None) -> None:
    made = Complaint.objects.exclude(origin=Origin.IMPORT)
    assert made.filter(status=CaseStatus.SUBMITTED, acknowledgement=None).count() == 1
    assert made.filter(status=CaseStatus.SUBMITTED).exclude(acknowledgement=None).count() == 1
    assert made.filter(status=CaseStatus.REPORTING).count() == 1
    assert made.filter(status=CaseStatus.SEALED).count() == 2
    investigating = made.get(status=CaseStatus.INVESTIGATING)
    assert EvidenceItem.objects.filter(investigation__complaint=investigating).count() == 40


def test_each_finding_is_about_its_own_case(loaded: None) -> None:
    words = dict(Finding.objects.values_list("investigation__complaint__title", "conclusion"))
    assert len(set(words.values())) == len(words) == 4
    assert "camera" in words["Cameras switched off (fictional)"]


def test_every_demonstrated_press_notice_says_when_its_report_is_public(loaded: None) -> None:
    for release in Release.objects.filter(complaint__fictional=True).exclude(report=None):
        notice = draft_of(Report.objects.get(pk=release.report_id)).made.notice
        assert release.release_at
        assert notice.publication.endswith(f"from {in_words(release.release_at)}.")


def test_the_body_has_one_registration_left_to_confirm(loaded: None) -> None:
    assert BodyConfirmation.objects.filter(confirmed_at=None).count() == 1


def test_loading_twice_changes_nothing(loaded: None) -> None:
    entries = AuditEntry.objects.count()
    load()
    assert AuditEntry.objects.count() == entries


def test_the_embargo_lies_at_ten_in_london_on_the_next_working_day(loaded: None) -> None:
    embargoed = Release.objects.order_by("release_at").last()
    assert embargoed is not None
    assert embargoed.release_at is not None
    there = embargoed.release_at.astimezone(LONDON)
    assert (there.hour, there.minute) == (10, 0)
    assert there.date() > london_today()
    assert not calendar_on_record().why_not_working(there.date())
    assert embargoed.approvals.filter(voided_at=None).count() == 2


def test_renewing_walks_another_case_once_the_embargo_has_passed(loaded: None) -> None:
    before = Complaint.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=True), undone():
        load()
        load()
        assert Complaint.objects.count() == before + 1


def test_answers_arrive_once_to_the_fictional_report_that_is_public(
    loaded: None, settings: Settings
) -> None:
    settings.DEMO = True
    sealed = Release.objects.get(title=content.BODY_CAMERAS.title, report__isnull=False)
    with undone():
        renewing.sweep()
        assert not Response.objects.exists(), "Nothing is owed before the report is public."
        follow_up(made_public(sealed).pk)
        renewing.sweep()
        renewing.sweep()
        (answer,) = Response.objects.all()
        assert answer.obligation.addressee.slug == FORCE
        assert answer.obligation.status == ObligationStatus.ANSWERED


def test_the_record_of_the_demonstration_is_whole(loaded: None) -> None:
    call_command("verify_record", stdout=StringIO())


def test_a_service_police_case_was_found_eligible_by_its_two_authorities(loaded: None) -> None:
    case = Complaint.objects.get(regime__key="service_police")
    assert case.status == CaseStatus.ELIGIBLE
    authorities = case.eligibility_views.values_list("authority__slug", flat=True)
    assert sorted(authorities) == ["hmicfrs", "spcc"]
    assert [force.name for force in case.forces.all()] == ["Harbour Provost (fictional)"]
