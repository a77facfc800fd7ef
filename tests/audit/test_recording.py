"""What is done and what is recorded of it stand or fall together."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from audit.events import HouseEvent, record
from audit.models import AuditEntry
from complaints.models import Complaint
from tests.builders.complaints import a_draft

pytestmark = pytest.mark.django_db


def done_with_a_record_that_fails(draft: Complaint) -> None:
    """An act that goes on though what it did could not be recorded."""
    Complaint.objects.filter(pk=draft.pk).update(title="Unrecorded")
    with suppress(TypeError):  # No JSON holds it.
        record(HouseEvent.EXPORTED, subject=draft, by=None, held=object())
    Complaint.objects.filter(pk=draft.pk).update(title="Unrecorded too")


def test_no_act_goes_on_past_a_record_that_failed_and_nothing_of_it_stands() -> None:
    draft, entries = a_draft(), AuditEntry.objects.count()
    with pytest.raises(TransactionManagementError), transaction.atomic():
        done_with_a_record_that_fails(draft)
    assert Complaint.objects.get(pk=draft.pk).title == draft.title
    assert AuditEntry.objects.count() == entries
