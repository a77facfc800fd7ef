"""The measured cases are such as the service itself would hold."""

import pytest
from django.conf import settings

from accounts.services.demo import make_demo_accounts
from audit.models import AuditEntry
from audit.verification import verify_and_record
from bench import loader
from complaints.models import Complaint
from publication.published import released_at_of

CASES = 400


@pytest.mark.committed
def test_loaded_cases_stand_in_a_whole_record_and_some_are_public(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    make_demo_accounts()
    loader.load(0, CASES // 2)
    loader.load(CASES // 2, CASES)
    assert Complaint.objects.count() == CASES
    assert set(Complaint.objects.values_list("status", flat=True)) == set(loader.MIX)
    chains = AuditEntry.objects.filter(number=1).exclude(chain="house").values("chain")
    assert Complaint.objects.filter(key__in=chains).count() == CASES
    found = verify_and_record("", given=[], by=None)
    assert found.whole, found.fault
    assert found.entries >= CASES
    keys = Complaint.objects.values_list("key", flat=True)
    assert 0 < len(released_at_of(keys)) < CASES / 4
