"""Opening an investigation, its team and its lines of enquiry."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Membership
from accounts.roles import Role
from accounts.services.teams import team_members
from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.services.withdrawal import withdraw
from complaints.states import CaseStatus
from drafting.errors import VersionConflictError
from investigations.models import EvidenceItem, Investigation
from investigations.services import lines, opening, team
from publication.built import StepsTaken
from publication.sections import build
from tests.builders.accounts import a_membership, organisation
from tests.builders.complaints import an_acknowledged_complaint, an_eligible_complaint
from tests.builders.investigations import an_evidence_item, an_open_investigation
from tests.builders.publication import (
    a_report_in_sign_off,
    a_sealed_report,
    sealed,
    signed_off,
)
from tests.cast import play
from workflow.errors import ActRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_eligible_complaint,)


def open_for(complaint: Complaint, **other: Any) -> Investigation:
    asked: dict[str, Any] = {
        "lead_authority": organisation("hmicfrs"),
        "lead": play("lead_investigator"),
        "by": play("hmicfrs_decision_maker"),
        **other,
    }
    return opening.open_investigation(complaint, **asked)


def test_an_eligible_complaint_is_investigated_by_its_team() -> None:
    complaint = an_eligible_complaint()
    open_for(complaint, members=[play("investigator")])
    assert complaint.status == CaseStatus.INVESTIGATING
    assert set(team_members(complaint)) == {play("lead_investigator"), play("investigator")}
    assert AuditEntry.objects.filter(event="complaint:investigation_opened").count() == 1


def test_the_team_sees_the_case_and_other_investigators_do_not(
    unassigned_investigator: Membership,
) -> None:
    investigation = an_open_investigation()
    visible = Investigation.objects.visible_to
    assert visible(play("investigator")).get() == investigation
    assert not visible(unassigned_investigator).exists()
    assert not visible(play("submitter")).exists()


def test_a_complaint_that_is_not_yet_eligible_is_not_investigated() -> None:
    with pytest.raises(TransitionRefusedError):
        open_for(an_acknowledged_complaint())
    assert not Investigation.objects.exists()


def test_an_investigation_opens_once() -> None:
    complaint = an_open_investigation().complaint
    with pytest.raises(TransitionRefusedError):
        open_for(complaint)


def test_an_organisation_that_does_not_decide_does_not_lead() -> None:
    with pytest.raises(ActRefusedError, match="does not decide"):
        open_for(an_eligible_complaint(), lead_authority=organisation("norfolk"))


def test_the_lead_is_a_lead_investigator_of_the_authority_that_leads() -> None:
    complaint = an_eligible_complaint()
    with pytest.raises(ActRefusedError, match="is not at IOPC"):
        open_for(complaint, lead_authority=organisation("iopc"))
    with pytest.raises(ActRefusedError, match="not a lead investigator"):
        open_for(complaint, lead=play("investigator"))


def test_an_investigator_does_not_open_an_investigation(investigator: Membership) -> None:
    with pytest.raises(PermissionDenied):
        open_for(an_eligible_complaint(), by=investigator)


def test_who_joins_sees_the_case_and_who_leaves_sees_it_no_more() -> None:
    investigation = an_open_investigation()
    colleague = a_membership(Role.INVESTIGATOR, at="iopc")
    team.add_member(investigation, membership=colleague, by=play("lead_investigator"))
    team.add_member(investigation, membership=colleague, by=play("lead_investigator"))
    assert Investigation.objects.visible_to(colleague).exists()
    team.remove_member(investigation, membership=colleague, by=play("lead_investigator"))
    assert not Investigation.objects.visible_to(colleague).exists()
    assert investigation.team_members.filter(membership=colleague).count() == 1


def test_the_lead_is_replaced_and_not_removed() -> None:
    investigation = an_open_investigation()
    lead = play("lead_investigator")
    with pytest.raises(ActRefusedError, match="leads this investigation"):
        team.remove_member(investigation, membership=lead, by=lead)
    second = a_membership(Role.LEAD_INVESTIGATOR, at="hmicfrs")
    restricted = an_evidence_item(investigation, sensitivity="restricted")
    team.change_lead(investigation, lead=second, by=lead)
    assert EvidenceItem.objects.visible_to(second).get() == restricted
    team.remove_member(investigation, membership=lead, by=second)
    assert set(team_members(investigation.complaint)) == {second, play("investigator")}


def test_a_lead_is_named_after_the_seal_and_not_once_the_case_is_over() -> None:
    investigation = Investigation.objects.get(complaint=a_sealed_report().complaint)
    second = a_membership(Role.LEAD_INVESTIGATOR, at="hmicfrs")
    by = play("hmicfrs_decision_maker")
    assert team.change_lead(investigation, lead=second, by=by).lead == second
    over = an_open_investigation()
    withdraw(over.complaint, reason="It is over.", asked_for_by_body=True, by=by)
    with pytest.raises(ActRefusedError, match="can’t be changed"):
        team.change_lead(over, lead=second, by=by)


def test_an_investigator_does_not_change_the_team() -> None:
    with pytest.raises(PermissionDenied):
        team.add_member(
            an_open_investigation(),
            membership=a_membership(Role.INVESTIGATOR),
            by=play("investigator"),
        )


def test_lines_of_enquiry_are_numbered_and_belong_to_a_feature_of_the_complaint() -> None:
    investigation = an_open_investigation()
    feature = investigation.complaint.features.get(number=1)
    first = lines.add_line(
        investigation, question="Who shares what?", feature=feature, by=play("investigator")
    )
    second = lines.add_line(investigation, question="How often?", by=play("investigator"))
    assert [first.number, second.number] == [1, 2]
    other = an_eligible_complaint().features.get(number=1)
    with pytest.raises(ActRefusedError, match="another super-complaint"):
        lines.add_line(investigation, question="Why?", feature=other, by=play("investigator"))


def test_a_line_is_dropped_once_with_a_reason_and_changed_no_more() -> None:
    investigation, by = an_open_investigation(), play("investigator")
    line = lines.add_line(investigation, question="Who shares what?", by=by)
    said: dict[str, Any] = {"question": "Who shares?", "method": "", "feature": None, "owner": by}
    lines.change_line(line, **said, version=1, by=by)
    with pytest.raises(VersionConflictError):
        lines.change_line(line, **said, version=1, by=by)
    with pytest.raises(ActRefusedError, match="Say why"):
        lines.drop_line(line, reason=" ", by=by)
    lines.drop_line(line, reason="It leads nowhere.", by=by)
    with pytest.raises(ActRefusedError, match="L-01 is dropped"):
        lines.change_line(line, **said, version=2, by=by)
    with pytest.raises(ActRefusedError, match="L-01 is dropped"):
        lines.drop_line(line, reason="Again.", by=by)
    kept = investigation.lines.get()
    assert (kept.question, kept.owner, kept.dropped_reason) == (
        "Who shares?",
        by,
        "It leads nowhere.",
    )
    events = AuditEntry.objects.filter(event__in=["line:changed", "line:dropped"])
    assert [(one.event, one.detail["number"]) for one in events.order_by("number")] == [
        ("line:changed", 1),
        ("line:dropped", 1),
    ]
    with pytest.raises(IntegrityError, match="a_dropped_line_says_why"), transaction.atomic():
        investigation.lines.update(dropped_reason="")


def test_a_sealed_report_keeps_the_lines_that_it_prints() -> None:
    report = a_report_in_sign_off()
    investigation, by = Investigation.objects.get(complaint=report.complaint), play("investigator")
    kept, dropped = (
        lines.add_line(investigation, question=question, by=by) for question in ("Who?", "Why?")
    )
    lines.drop_line(dropped, reason="It leads nowhere.", by=by)
    built = build(report.sections.get(key="steps-taken")).content
    assert isinstance(built, StepsTaken)
    assert [line.question for line in built.lines] == ["Who?"]
    sealed(signed_off(report))
    with pytest.raises(ActRefusedError, match="sealed, so the work on it"):
        lines.drop_line(kept, reason="Too late.", by=by)
    said: dict[str, Any] = {"question": "Who else?", "method": "", "feature": None, "owner": None}
    with pytest.raises(ActRefusedError, match="sealed, so the work on it"):
        lines.change_line(kept, **said, version=1, by=by)
