"""Two people at the same moment, on two real connections: one outcome, and nothing lost."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from audit import chain
from audit.events import HouseEvent, record
from audit.models import AuditEntry
from complaints.models import Complaint
from complaints.services import references, submission
from publication.models import Release, ReleaseApproval, ReportSection, SectionSignOff
from publication.sections import build
from publication.services import holds, sign_off
from publication.services import release as release_verbs
from publication.services import report as report_verbs
from recommendations.models import Response
from recommendations.services import responses
from tests.builders.accounts import signed_in_as
from tests.builders.complaints import SIGNATORY, a_complete_draft, a_regime
from tests.builders.publication import a_report_in_sign_off, a_sealed_report, prepared
from tests.builders.recommendations import an_obligation
from tests.cast import play
from tests.fixtures.service import wait_until
from tests.publication.connections import Elsewhere, another_waits, at_once
from tests.recommendations.test_responses import SAID
from workflow.errors import ActRefusedError, TransitionRefusedError

pytestmark = pytest.mark.committed


def test_a_double_click_submits_once_and_draws_one_reference() -> None:
    draft, by = a_complete_draft(), play("body_approver")
    answered: list[str] = []

    def click() -> None:
        fresh = Complaint.objects.get(pk=draft.pk)
        answered.append(submission.submit(fresh, signatory=SIGNATORY, by=by).reference)

    at_once(click, times=3)
    draft.refresh_from_db()
    assert answered == [draft.reference] * 3
    assert AuditEntry.objects.filter(chain=draft.key, event="complaint:received").count() == 1


def test_a_form_that_is_sent_several_times_at_once_makes_one_draft() -> None:
    member, regime = play("submitter"), a_regime()
    sent = {"regime": regime.pk, "title": "Searches", "sending": "a" * 32}
    browsers = [signed_in_as(Client(), member) for _ in range(3)]
    led: list[str] = []
    at_once(lambda: led.append(browsers.pop().post("/portal/new", sent)["Location"]), times=3)
    draft = Complaint.objects.get()
    assert led == [reverse("complaints:draft", args=[draft.key])] * 3


def test_submissions_at_once_draw_references_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free = references.free_numbers
    monkeypatch.setattr(references, "free_numbers", lambda *asked: free(*asked)[:1])
    drafts = [a_complete_draft() for _ in range(6)]
    waiting, by = list(drafts), play("body_approver")
    at_once(lambda: submission.submit(waiting.pop(), signatory=SIGNATORY, by=by), times=6)
    drawn = {Complaint.objects.get(pk=draft.pk).reference for draft in drafts}
    assert len(drawn) == 6


def standing(release: Release) -> tuple[bool, bool]:
    """Whether a release has its approvals, and whether it is held."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT approved, held FROM release_standing WHERE release_id = %s", [release.pk]
        )
        approved, held = cursor.fetchone()
    return approved, held


def test_a_hold_waits_for_no_approval_and_outlives_it() -> None:
    release = prepared(a_sealed_report())
    assert release.release_at is not None
    seen: dict[str, Any] = {"root_sha256": release.root_sha256, "release_at": release.release_at}
    release_verbs.approve(release, **seen, by=play("hmicfrs_decision_maker"))
    officer = play("press_officer")
    with transaction.atomic():
        release_verbs.approve(release, **seen, by=officer)
        held = Elsewhere(lambda: holds.hold(release, reason="A name is in it.", by=officer))
        assert held.ended(within_s=5).pk
    assert standing(release) == (True, True)
    assert ReleaseApproval.objects.filter(release=release, voided_at=None).count() == 2


def a_section() -> ReportSection:
    report = a_report_in_sign_off()
    found: ReportSection = report.sections.select_related("report").get(key="conclusions")
    return found


def test_a_sign_off_that_an_edit_overtakes_is_refused() -> None:
    section, signer = a_section(), play("iopc_decision_maker")
    read = build(section).text_sha256
    with transaction.atomic():
        report_verbs.edit_section(
            section, text="Other words.", version=section.version, by=play("investigator")
        )
        signing = Elsewhere(lambda: sign_off.sign_off(section, text_sha256=read, by=signer))
        wait_until(another_waits, "the sign-off waits for the edit")
    assert isinstance(signing.ended(), ActRefusedError)
    assert not SectionSignOff.objects.filter(section=section).exists()


def test_a_sign_off_that_is_overtaken_by_an_edit_is_void() -> None:
    section, author = a_section(), play("investigator")
    with transaction.atomic():
        sign_off.sign_off(
            section, text_sha256=build(section).text_sha256, by=play("iopc_decision_maker")
        )
        editing = Elsewhere(
            lambda: report_verbs.edit_section(
                section, text="Other words.", version=section.version, by=author
            )
        )
        wait_until(another_waits, "the edit waits for the sign-off")
    assert editing.ended().text == "Other words."
    signed = SectionSignOff.objects.get(section=section)
    assert signed.voided_at is not None


def test_an_answer_submitted_twice_at_once_is_submitted_once() -> None:
    obligation, by = an_obligation(), play("response_approver")
    answer = responses.draft_response(obligation, **SAID, by=play("responder"))
    responses.approve_response(answer, version=answer.version, by=by)
    refused: list[str] = []

    def send() -> None:
        try:
            responses.submit_response(Response.objects.get(pk=answer.pk), by=by)
        except TransitionRefusedError as refusal:
            refused.append(str(refusal))

    at_once(send, times=3)
    assert len(refused) == 2
    entries = AuditEntry.objects.filter(chain=obligation.chain)
    for event in ("response:submitted", "obligation:answered"):
        assert entries.filter(event=event).count() == 1, event


def test_two_answers_begun_at_once_are_one() -> None:
    obligation, by = an_obligation(), play("responder")
    refused: list[str] = []

    def begin() -> None:
        try:
            responses.draft_response(obligation, **SAID, by=by)
        except ActRefusedError as refusal:
            refused.append(str(refusal))

    at_once(begin)
    assert obligation.responses.count() == 1
    assert len(refused) == 1
    assert "being written already" in refused[0]


def test_many_entries_of_one_chain_at_the_same_moment_are_one_behind_the_other() -> None:
    case = a_complete_draft()
    before = AuditEntry.objects.filter(chain=case.chain).count()
    at_once(lambda: record(HouseEvent.EXPORTED, subject=case, by=None), times=8)
    entries = list(AuditEntry.objects.filter(chain=case.chain).order_by("number"))
    assert len(entries) == before + 8
    assert [one.previous_sha256 for one in entries[1:]] == [one.sha256 for one in entries[:-1]]


def test_a_chain_is_not_locked_where_the_lock_would_hold_nothing() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="within a transaction"):
        chain.lock(chain.HOUSE)
