"""The words for a case come from one table, and it has one line for every case there can be."""

from itertools import product

import pytest

from complaints.stages import STAGES, Facts, Stage, public_stage, staff_tag
from complaints.states import CaseStatus


@pytest.mark.parametrize("status", CaseStatus)
def test_every_state_and_facts_have_exactly_one_line(status: CaseStatus) -> None:
    for facts in product([False, True], repeat=3):
        lines = [row for row in STAGES if row.fits(status, Facts(*facts))]
        assert len(lines) == 1, f"{status} with {facts}: {lines}"


def test_a_sealed_report_is_embargoed_until_it_is_public() -> None:
    assert staff_tag(CaseStatus.SEALED, Facts(acknowledged=True)) == "embargoed"
    assert public_stage(CaseStatus.SEALED, Facts(acknowledged=True)) is Stage.WRITING


def test_answers_still_owed_keep_a_published_case_under_monitoring() -> None:
    published = Facts(acknowledged=True, report_public=True, answers_owed=True)
    assert staff_tag(CaseStatus.SEALED, published) == "monitoring"
    assert public_stage(CaseStatus.SEALED, published) is Stage.FOLLOWING_UP
