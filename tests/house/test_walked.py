"""What the tests of a module find walked to is as it was made, whatever another test did to it."""

import pytest

from complaints.models import Complaint
from tests.builders.complaints import a_draft

pytestmark = pytest.mark.django_db
WALKED = (a_draft,)
TITLE = "Immigration data"
met: set[str] = set()
made: list[int] = []


@pytest.fixture(scope="module", params=["first", "again"])
def made_for_many(shared_rows: None) -> None:
    """What the module makes for more than one test, the second time after a test that made none."""
    made.append(a_draft().pk)


@pytest.mark.parametrize("time", ["first", "again"])
def test_the_one_that_stands_is_met_unchanged_each_time(time: str) -> None:
    standing = a_draft()
    met.add(standing.key)
    assert (len(met), standing.title) == (1, TITLE), time
    Complaint.objects.filter(pk=standing.pk).update(title="Changed")
    standing.title = "Changed"


def test_a_second_call_and_one_with_facts_make_another() -> None:
    before = Complaint.objects.count()
    drafts = [a_draft(), a_draft(), a_draft(title=TITLE)]
    assert (
        len({draft.pk for draft in drafts}) == len(drafts) == Complaint.objects.count() - before + 1
    )


def test_what_is_made_for_many_tests_is_not_the_one_that_stands(made_for_many: None) -> None:
    assert Complaint.objects.count() == 1 + len(made)
