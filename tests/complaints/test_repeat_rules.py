"""The repeat rules bind the view of each authority: it agrees with what the authority compared."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from complaints.models import Comparison, Complaint, EligibilityView
from complaints.services import comparing, eligibility, substances
from complaints.states import Ground
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import a_submitted_complaint, an_eligible_complaint
from tests.builders.publication import a_published_case
from tests.cast import play
from workflow.errors import ActRefusedError, GuardRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_eligible_complaint,)

WHO = "iopc_decision_maker"


def compared(complaint: Complaint, earlier: Complaint, **facts: Any) -> Comparison:
    """As one authority holds: the same substance, unless other facts are given."""
    said = {"same_substance": True, "materially_changed": None, "version": 0, **facts}
    return comparing.compare(complaint, earlier=earlier, reasons="Read.", by=play(WHO), **said)


def viewed(
    complaint: Complaint, *, repeats: Complaint | None = None, who: str = WHO, **facts: Any
) -> EligibilityView:
    """The view of one authority: eligible, or not as a repeat."""
    said = {"eligible": repeats is None, "ground": "", "reasons": "Read.", **facts}
    return eligibility.record_view(complaint, repeats=repeats, by=play(who), **said)


def test_a_repeat_of_a_live_one_is_never_eligible() -> None:
    """Law: SI 2018/748 reg. 6(3)."""
    complaint, live = a_submitted_complaint(), an_eligible_complaint()
    compared(complaint, live)
    with pytest.raises(ActRefusedError, match=rf"{live.reference}.*not eligible \(reg\. 6\(3\)\)"):
        viewed(complaint)
    assert viewed(complaint, repeats=live, ground=Ground.REPEATS_LIVE).repeats == live


def test_a_repeat_of_a_concluded_one_is_eligible_if_circumstances_have_changed() -> None:
    """Law: SI 2018/748 reg. 6(4)."""
    concluded = a_published_case()
    same = a_submitted_complaint()
    compared(same, concluded, materially_changed=False)
    with pytest.raises(ActRefusedError, match=r"not eligible \(reg\. 6\(4\)\)"):
        viewed(same)
    changed = a_submitted_complaint()
    compared(changed, concluded, materially_changed=True)
    with pytest.raises(ActRefusedError, match="no ground against it"):
        viewed(changed, repeats=concluded, ground=Ground.REPEATS_CONCLUDED)
    assert viewed(changed).eligible


def test_a_comparison_is_not_recorded_against_ones_own_view() -> None:
    complaint, live = a_submitted_complaint(), an_eligible_complaint()
    viewed(complaint)
    with pytest.raises(ActRefusedError, match="Change your authority’s view first"):
        compared(complaint, live)
    viewed(complaint, repeats=live, ground=Ground.REPEATS_LIVE, version=1)
    with pytest.raises(ActRefusedError, match="another matter"):
        compared(complaint, live, same_substance=False)
    assert compared(complaint, live).same_substance


def test_what_another_authority_compared_binds_it_alone() -> None:
    complaint, live = a_submitted_complaint(), an_eligible_complaint()
    compared(complaint, live)
    assert viewed(complaint, who="college_decision_maker").eligible


def test_a_ground_of_repetition_names_a_case_that_stands_so() -> None:
    complaint, live = a_submitted_complaint(), an_eligible_complaint()
    undecided = a_submitted_complaint()
    against: dict[str, Any] = {"eligible": False, "ground": Ground.REPEATS_LIVE}
    with pytest.raises(ActRefusedError, match="Choose the super-complaint that it repeats"):
        viewed(complaint, **against)
    with pytest.raises(ActRefusedError, match="Received, not yet decided"):
        viewed(complaint, repeats=undecided, **against)
    with pytest.raises(ActRefusedError, match=r"Live.*already investigated"):
        viewed(complaint, repeats=live, ground=Ground.REPEATS_CONCLUDED)
    on_content = viewed(complaint, repeats=live, ground=Ground.CONTENT)
    assert on_content.repeats is None
    with pytest.raises(IntegrityError, match="a_repeat_names_its_case"), transaction.atomic():
        EligibilityView.objects.update(ground=Ground.REPEATS_LIVE)


def test_views_that_name_different_cases_differ() -> None:
    complaint, one, other = (
        a_submitted_complaint(),
        an_eligible_complaint(),
        an_eligible_complaint(),
    )
    for who, repeated in (("hmicfrs", one), ("iopc", one), ("college", other)):
        viewed(
            complaint,
            repeats=repeated,
            ground=Ground.REPEATS_LIVE,
            who=f"{who}_decision_maker",
        )
    with pytest.raises(GuardRefusedError, match="the same super-complaint"):
        eligibility.decide(
            complaint, reasons="Read.", text="Read.", by=play("hmicfrs_decision_maker")
        )


def test_the_choice_is_of_the_compared_and_the_likest_that_a_rule_asks_of(client: Client) -> None:
    complaint = a_submitted_complaint()
    like, unread, undecided = (
        an_eligible_complaint(),
        an_eligible_complaint(),
        a_submitted_complaint(),
    )
    for one in (like, undecided):
        substances.read(one)
    browse = signed_in_as(client, play(WHO))
    address = reverse("complaints:view", args=[complaint.reference])
    page = browse.get(address).content.decode()
    assert f"{like.reference} {like.title} (Live)" in page
    assert undecided.reference not in page
    assert unread.reference not in page
    compared(complaint, unread, same_substance=False)
    assert unread.reference in browse.get(address).content.decode()
    typed = {"eligible": "no", "ground": "repeats_live", "reasons": "A repeat.", "version": 0}
    assert (
        "Choose the super-complaint that it repeats" in browse.post(address, typed).content.decode()
    )
    assert browse.post(address, {**typed, "repeats": like.pk}).status_code == 302
    workbench = reverse("complaints:eligibility", args=[complaint.reference])
    assert (
        f"under investigation: {like.reference}. A repeat."
        in browse.get(workbench).content.decode()
    )
