"""The paths besides the straight one, each walked through pages, wide and at 320 px.

Not eligible, withdrawn, sent back, held, suspended, corrected, and the report withdrawn.
"""

import pytest

from complaints.models import Complaint
from complaints.states import CaseStatus
from publication.models import Release, Report
from publication.states import ReportStatus
from tests.builders.complaints import an_acknowledged_complaint
from tests.builders.publication import (
    a_report_in_sign_off,
    a_sealed_report,
    armed,
    made_public,
    sealed,
    signed_off,
)
from tests.cast import PARTS, play
from tests.fixtures.browser import BrowseAs, assert_accessible
from tests.journeys.walker import Person, Walker

pytestmark = pytest.mark.timeout(300)
WALKED = (a_sealed_report,)

DECIDERS = ("hmicfrs_decision_maker", "iopc_decision_maker", "college_decision_maker")
LIFTING = (DECIDERS[0], DECIDERS[1])
WHY = "It repeats what another super-complaint is about, and nothing has changed since."


@pytest.fixture
def walker(browse_as: BrowseAs) -> Walker:
    """Everybody of the cast, each at their own browser."""
    for name in PARTS:
        play(name)
    return Walker(browse_as)


def report_of(release: Release) -> str:
    return f"/reports/{release.slug}"


def newcomer(walker: Walker) -> Person:
    """Somebody whose browser has kept no page yet."""
    return Person(walker.browse_as(), walker.look)


def refused(walker: Walker, release: Release, *, status: int, words: str) -> None:
    """The report's address answers a newcomer with this status and these words."""
    reader = newcomer(walker)
    answer = reader.page.goto(report_of(release))
    assert answer is not None
    assert answer.status == status
    reader.reads(words)
    assert_accessible(reader.page)


def test_a_super_complaint_is_found_not_eligible_with_reasons(walker: Walker) -> None:
    complaint = an_acknowledged_complaint(approver=play("body_approver"))
    case = f"/casework/cases/{complaint.reference}"
    for name in DECIDERS:
        decider = walker.become(name).open(f"{case}/eligibility/view").choose("No, not eligible")
        decider.choose("It does not set out").fill("Reasons", WHY).press("Record this view")
    decider = walker.become(DECIDERS[0]).open(f"{case}/eligibility/decide")
    decider.fill("Reasons for the decision", WHY)
    decider.fill("Letter", f"We found your super-complaint not eligible.\n\n{WHY}")
    decider.press("Preview the letter").reads(WHY).press("Decide and send")
    decider.open(f"{case}/eligibility").reads("Not eligible").reads(WHY)
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("It was found not eligible. Our letter gives the reasons.")
    assert Complaint.objects.get(pk=complaint.pk).status == CaseStatus.NOT_ELIGIBLE


def test_a_super_complaint_is_withdrawn_with_a_reason(walker: Walker) -> None:
    complaint = an_acknowledged_complaint(approver=play("body_approver"))
    intake = walker.become("intake_officer")
    intake.open(f"/casework/cases/{complaint.reference}").follow("Record a withdrawal")
    intake.choose("Yes").fill("Reason", "The body asked for it.")
    intake.press("Preview the letter").press("Withdraw it")
    intake.open(f"/casework/cases/{complaint.reference}").reads("Withdrawn")
    body = walker.become("body_approver").open(f"/portal/complaints/{complaint.reference}")
    body.reads("Withdrawn")
    assert Complaint.objects.get(pk=complaint.pk).status == CaseStatus.WITHDRAWN


def test_a_report_is_sent_back_twice_and_goes_on(walker: Walker) -> None:
    report = a_report_in_sign_off()
    page = f"/casework/cases/{report.reference}/report"
    lead = walker.become("lead_investigator").open(page).follow("Send it back to its drafters")
    lead.fill("Reason", "The second conclusion needs its source.").press("Send it back")
    lead.open(page).follow("Send the case back to the investigation")
    lead.fill("Reason", "A return is missing.").press("Send the case back")
    assert Complaint.objects.get(key=report.complaint_id).status == CaseStatus.INVESTIGATING
    writer = walker.become("investigator").open(page).reads("back with the investigation")
    writer.press("Go on with the report").press("Hand in for sign-off")
    assert Report.objects.get(pk=report.pk).status == ReportStatus.IN_SIGN_OFF


def test_a_release_is_held_by_one_and_let_go_by_two(walker: Walker) -> None:
    release = armed(a_sealed_report())
    desk = f"/casework/publish/{release.reference}"
    press = walker.become("press_officer").open(desk).follow("Hold publication")
    press.fill("Reason", "A family has not been told.").press("Hold publication")
    press.open(desk).reads("Publication is held.").reads("A family has not been told.")
    walker.become(LIFTING[0]).open(desk).press("Lift the hold").reads("a second must")
    walker.become(LIFTING[1]).open(desk).press("Lift the hold")
    press.open(desk).reads("No hold is open")
    assert "Publication is held." not in press.page.inner_text("main")


def test_a_public_report_is_suspended_at_once_and_shown_again_by_two(walker: Walker) -> None:
    release = made_public(a_sealed_report())
    desk = f"/casework/publish/{release.reference}"
    newcomer(walker).open(report_of(release))
    press = walker.become("press_officer").open(desk).follow("Suspend at once")
    press.fill("Reason", "A name can be guessed.").press("Suspend it now")
    refused(walker, release, status=503, words="Temporarily withdrawn")
    walker.become(LIFTING[0]).open(desk).press("Lift the suspension").reads("a second must")
    refused(walker, release, status=503, words="Temporarily withdrawn")
    walker.become(LIFTING[1]).open(desk).press("Lift the suspension")
    newcomer(walker).open(report_of(release))


def test_a_public_report_is_corrected_by_a_new_edition(walker: Walker) -> None:
    first = made_public(a_sealed_report())
    desk = f"/casework/publish/{first.reference}"
    decider = walker.become(DECIDERS[1]).open(desk).follow("Correct it by a new edition")
    decider.fill("Reason", "One figure was wrong.").press("Begin a corrected edition")
    second = Report.objects.get(complaint=first.complaint, edition_number=2)
    newcomer(walker).open(report_of(first))
    walker.become("investigator").open(f"/casework/cases/{first.reference}/report").press(
        "Hand in for sign-off"
    )
    made_public(sealed(signed_off(Report.objects.get(pk=second.pk))))
    anybody = newcomer(walker)
    anybody.open(report_of(first)).reads("One figure was wrong.")
    anybody.open(f"{report_of(first)}/editions/1").reads("This edition has been corrected.")


def test_a_public_report_is_withdrawn_by_two_with_a_reason(walker: Walker) -> None:
    release = made_public(a_sealed_report())
    desk = f"/casework/publish/{release.reference}"
    for name in LIFTING:
        decider = walker.become(name).open(desk).follow("Withdraw it for good")
        decider.fill("Reason", "It names a witness.").press("Withdraw it")
    refused(walker, release, status=410, words="It names a witness.")
