"""The demonstration is fictional, marked so, walked through the real verbs, and loads once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.states import CaseStatus, Origin
from investigations.models import EvidenceItem

pytestmark = pytest.mark.django_db


def load() -> str:
    told = StringIO()
    call_command("load_demo", "--renew", stdout=told)
    return told.getvalue()


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


def test_it_is_refused_unless_demo_is_set(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="Set DEMO=1"):
        load()
    assert not Complaint.objects.exists()


def test_every_case_that_was_not_imported_is_marked_fictional(demo: None) -> None:
    load()
    made = Complaint.objects.exclude(origin=Origin.IMPORT)
    assert made.count() >= 3
    assert all(one.fictional and "(fictional)" in one.title for one in made)
    assert all(one.lead_body.fictional for one in made)


def test_there_is_one_case_in_each_stage(demo: None) -> None:
    load()
    made = Complaint.objects.exclude(origin=Origin.IMPORT)
    assert made.filter(status=CaseStatus.SUBMITTED, acknowledgement=None).count() == 1
    assert made.filter(status=CaseStatus.SUBMITTED).exclude(acknowledgement=None).count() == 1
    investigating = made.get(status=CaseStatus.INVESTIGATING)
    assert EvidenceItem.objects.filter(investigation__complaint=investigating).count() == 40


def test_loading_twice_changes_nothing(demo: None) -> None:
    load()
    entries = AuditEntry.objects.count()
    load()
    assert AuditEntry.objects.count() == entries
