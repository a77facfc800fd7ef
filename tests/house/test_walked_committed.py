"""What the committed tests of a module find walked to is as it was made, for every process."""

import pytest

from complaints.models import Complaint
from tests.builders.complaints import a_draft

WALKED = (a_draft,)
TITLE = "Immigration data"
met: set[str] = set()


@pytest.mark.committed
@pytest.mark.parametrize("time", ["first", "again"])
def test_the_one_that_stands_is_met_unchanged_each_time(time: str, server: str) -> None:
    standing = a_draft()
    met.add(standing.key)
    assert (len(met), standing.title) == (1, TITLE), time
    Complaint.objects.filter(pk=standing.pk).update(title="Changed")
    assert list(Complaint.objects.exclude(pk=a_draft().pk)) == [standing]
