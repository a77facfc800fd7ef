"""The press notice, built from records, in the form of the first one."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from complaints.models import Complaint
from desk.history.facts import past_cases
from desk.history.importing import import_history
from publication.built import recommended_in
from publication.models import Report
from publication.notice import NO_TIME, Made, press_notice
from publication.readiness import draft_of
from recommendations.models import Recommendation
from tests.builders.complaints import an_eligible_complaint
from tests.builders.publication import a_report_in_sign_off
from tests.cast import play

pytestmark = pytest.mark.django_db
WALKED = (a_report_in_sign_off,)

PUBLISHED = datetime(2020, 12, 17, 10, tzinfo=UTC)


@pytest.fixture
def safe_to_share() -> Made:
    """The notice of the first published report, made of the imported facts."""
    import_history(past_cases())
    complaint = Complaint.objects.get(reference="SC-2018-001")
    return notice_of(complaint, as_at=date(2020, 12, 17), publishes_at=PUBLISHED)


def notice_of(complaint: Complaint, **facts: Any) -> Made:
    """The notice of a case with what is recommended in it."""
    recommended = recommended_in(complaint)
    return press_notice(complaint, title=complaint.title, recommended=recommended, **facts)


def test_three_others_were_live_and_announced_on_17_december_2020(safe_to_share: Made) -> None:
    others = [
        past
        for past in past_cases()
        if past.reference != "SC-2018-001" and "ethnic minority" not in past.title
    ]
    assert sorted(safe_to_share.notice.live) == sorted(past.subject for past in others)
    assert len(safe_to_share.notice.live) == 3


def test_no_other_case_bears_the_title_of_a_report_that_came_later(safe_to_share: Made) -> None:
    titles = set(Complaint.objects.values_list("title", flat=True))
    assert not titles & set(safe_to_share.notice.live)


def test_the_fourth_is_withheld_with_a_warning_that_says_why(safe_to_share: Made) -> None:
    fourth = Complaint.objects.get(title__contains="ethnic minority")
    (warning,) = safe_to_share.warnings
    assert warning.startswith(f"{fourth.reference} was eligible and live, but had not been")
    assert "17 December 2020" in warning


def test_a_case_whose_report_was_public_by_then_is_no_longer_live(safe_to_share: Made) -> None:
    complaint = Complaint.objects.get(reference="SC-2018-001")
    later = notice_of(complaint, as_at=date(2021, 9, 1))
    assert len(later.notice.live) == 1


def test_the_notice_has_every_part_of_the_form(safe_to_share: Made) -> None:
    notice = safe_to_share.notice
    assert "Liberty" in notice.trigger
    assert "18 December 2018" in notice.trigger
    assert len(notice.recommendations) == 5
    assert "Home Office" in notice.who_must_act
    assert "College of Policing" in notice.who_must_act
    assert notice.publication.endswith("10:00 GMT on Thursday 17 December 2020.")
    assert any("section 29A" in note for note in notice.notes)
    assert "It was received on 18 December 2018." in notice.notes
    (found,) = notice.found
    assert "significant harm to the public interest" in found
    assert f"{notice.headline}." == found
    assert all("press office" in contact for contact in notice.contacts)


def test_a_living_case_that_was_not_announced_is_never_named() -> None:
    other = an_eligible_complaint(title="Searches that nobody wrote down")
    draft = draft_of(Report.objects.get(pk=a_report_in_sign_off().pk))
    assert draft.made.notice.live == ()
    assert other.title not in draft.words
    assert any(other.reference in warning for warning in draft.made.warnings)


def test_a_warning_names_no_case_that_its_reader_may_not_open() -> None:
    other = an_eligible_complaint(title="Searches that nobody wrote down")
    report = Report.objects.get(pk=a_report_in_sign_off().pk)
    lead = play("lead_investigator")
    said = " ".join(draft_of(report, reader=lead).made.warnings)
    assert not Complaint.objects.visible_to(lead).filter(pk=other.pk).exists()
    assert other.reference not in said
    assert "that you may not open, 1 eligible and live" in said


def test_a_notice_without_a_planned_time_is_warned_of() -> None:
    report = Report.objects.get(pk=a_report_in_sign_off().pk)
    assert NO_TIME in draft_of(report).made.warnings
    report.planned_for = "2030-03-04 10:00 GMT"
    made = draft_of(report).made
    assert NO_TIME not in made.warnings
    assert made.notice.publication.endswith("10:00 GMT on Monday 4 March 2030.")


def test_each_scope_of_a_recommendation_is_a_sentence_of_its_own() -> None:
    report = a_report_in_sign_off()
    Recommendation.objects.filter(complaint=report.complaint).update(
        wording="Record each stop.", applies_to="All stations"
    )
    (line,) = draft_of(Report.objects.get(pk=report.pk)).made.notice.recommendations
    assert line.endswith(": Record each stop. Applies to: All stations.")
