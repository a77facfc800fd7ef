"""An answer’s due date shows its rule, who set it, and each day that was counted."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from deadlines.answers import working_of_answer
from deadlines.models import Deadline as Clock
from deadlines.services.clocks import RESPONSE
from recommendations.models import Obligation
from recommendations.services import issuing
from recommendations.services.drafting import Deadline
from recommendations.states import Basis, DeadlineKind
from tests.builders.accounts import signed_in_as
from tests.builders.investigations import an_open_investigation
from tests.builders.recommendations import FIFTY_SIX_DAYS, a_recommendation, an_obligation
from tests.cast import play

pytestmark = pytest.mark.django_db

PUBLISHED_ON = date(2020, 12, 17)


def owed(deadline: Deadline = FIFTY_SIX_DAYS) -> Obligation:
    """What Norfolk owes on a report of 17 December 2020."""
    return an_obligation(published_on=PUBLISHED_ON, deadline=deadline)


def test_fifty_six_days_are_counted_out_from_the_day_of_publication() -> None:
    """Law: Police Act 1996 s.55(5A)."""
    working = working_of_answer(owed())
    assert working is not None
    assert working.rule == "56 days that begin with the day of publication"
    assert [day.number for day in working.days] == list(range(1, 57))
    assert (working.days[0].day, working.days[-1].day) == (PUBLISHED_ON, date(2021, 2, 10))
    assert working.law == "Police Act 1996 s.55(5A)"


def test_an_explicit_date_says_who_set_it_and_counts_nothing() -> None:
    asked = Deadline(DeadlineKind.DATE, Basis.SET_BY_REPORT, on=date(2021, 6, 30))
    working = working_of_answer(owed(asked))
    assert working is not None
    assert working.days == ()
    assert working.rule.startswith("An explicit date")
    assert working.set_by.startswith("Set in the report by HMICFRS, ")


def test_a_request_is_not_called_a_law() -> None:
    asked = Deadline(DeadlineKind.PERIOD, Basis.REQUESTED, calendar_days=56)
    working = working_of_answer(owed(asked))
    assert working is not None
    assert "no law demands it" in working.set_by
    assert working.law == ""


def test_a_condition_is_shown_with_its_basis() -> None:
    asked = Deadline(
        DeadlineKind.CONDITION, Basis.SET_BY_REPORT, condition="After recommendation 2"
    )
    working = working_of_answer(owed(asked))
    assert working is not None
    assert "After recommendation 2" in working.rule
    assert working.days == ()


def test_no_deadline_has_no_working() -> None:
    assert working_of_answer(owed(Deadline(DeadlineKind.NONE, None))) is None


def test_the_addressee_and_the_case_team_see_the_days() -> None:
    obligation = owed()
    reference = obligation.recommendation.complaint.reference
    for name, address in (
        ("responder", reverse("recommendations:obligation", args=[obligation.pk])),
        ("investigator", reverse("recommendations:answer", args=[reference, obligation.pk])),
    ):
        said = signed_in_as(Client(), play(name)).get(address).content.decode()
        assert "Thursday 17 December 2020: day 1<" in said
        assert "Wednesday 10 February 2021: day 56<" in said


def test_the_page_of_an_answers_clock_shows_what_set_it_and_each_day_counted() -> None:
    requested = Deadline(DeadlineKind.PERIOD, Basis.REQUESTED, calendar_days=57)
    later = Deadline(DeadlineKind.CONDITION, Basis.SET_BY_REPORT, condition="After number 2.")
    complaint = an_open_investigation().complaint
    for deadline in (FIFTY_SIX_DAYS, requested, later):
        a_recommendation(complaint, deadline=deadline)
    issuing.issue(complaint, published_on=date(2024, 9, 27))
    browse = signed_in_as(Client(), play("investigator"))
    clocks = Clock.objects.filter(case_key=complaint.key, rule_code=RESPONSE).order_by("pk")
    statutory, asked, conditional = (
        browse.get(reverse("deadlines:working", args=[clock.pk])).content.decode()
        for clock in clocks
    )
    assert "The law sets it: Police Act 1996 s.55(5A)" in statutory
    assert "56 days that begin with the day of publication." in statutory
    assert "<li>Thursday 21 November 2024</li>" in statutory
    assert "<li>Friday 22 November 2024</li>" not in statutory
    assert "no law demands it" in asked
    assert "<li>Friday 22 November 2024</li>" in asked
    assert "Set in the report by HMICFRS, " in conditional
    assert "A condition, and no date: After number 2." in conditional
    assert "Days counted" not in conditional
    assert ".." not in re.sub("<[^>]*>", "", conditional)
