"""What happens when two people do the same thing at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from audit.models import AuditEntry
from investigations.services import findings
from investigations.services.evidence import EvidenceIsKnownError
from investigations.states import FindingStatus
from tests.builders.investigations import (
    AUTHORITIES,
    a_proposed_finding,
    an_evidence_item,
    an_open_investigation,
    an_upload,
)
from tests.cast import play

pytestmark = pytest.mark.committed


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do each act in a thread and a transaction of its own; what one raises is its answer."""

    def done(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_authorities_that_agree_at_once_settle_a_finding_once() -> None:
    finding = a_proposed_finding()
    people = [play(f"{slug}_decision_maker") for slug in AUTHORITIES]
    text = finding.text_sha256

    def agreeing(by: Any) -> Callable[[], Any]:
        fresh = type(finding).objects.get(pk=finding.pk)
        return lambda: findings.agree(fresh, text_sha256=text, by=by)

    at_once(*(agreeing(by) for by in [*people, *people]))
    finding.refresh_from_db()
    assert finding.status == FindingStatus.AGREED
    assert finding.agreements.standing().count() == 3
    assert AuditEntry.objects.filter(event="finding:agreed").count() == 1


def test_items_registered_at_once_get_numbers_of_their_own() -> None:
    investigation = an_open_investigation()
    by = play("investigator")
    at_once(*(lambda: an_evidence_item(investigation, by=by) for _turn in range(4)))
    numbers = investigation.evidence.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]


def test_a_double_click_registers_one_item() -> None:
    investigation = an_open_investigation()
    by = play("investigator")
    answers = at_once(
        *(
            lambda: an_evidence_item(investigation, by=by, upload=an_upload(b"Same.\n"))
            for _turn in range(3)
        )
    )
    assert investigation.evidence.count() == 1
    assert sum(isinstance(answer, EvidenceIsKnownError) for answer in answers) == 2
