"""What the tests of a module find walked to is as it was made, whatever another test did to it."""

import pytest

from complaints.models import Complaint
from tests.builders.complaints import a_draft

pytestmark = pytest.mark.django_db
WALKED = (a_draft,)
TITLE = "Immigration data"
met: set[str] = set()


@pytest.mark.parametrize("time", ["first", "again"])
def test_the_one_that_stands_is_met_unchanged_each_time(time: str) -> None:
    standing = a_draft()
    met.add(standing.key)
    assert (len(met), standing.title) == (1, TITLE), time
    Complaint.objects.filter(pk=standing.pk).update(title="Changed")
    standing.title = "Changed"


def test_a_second_call_and_one_with_facts_make_another() -> None:
    drafts = [a_draft(), a_draft(), a_draft(title=TITLE)]
    assert len({draft.pk for draft in drafts}) == len(drafts) == Complaint.objects.count()
