"""Evidence: registered, corrected with a reason, superseded, never lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from documents.services.scanning import scan
from drafting.errors import VersionConflictError
from investigations.models import CustodyEvent, EvidenceCorrection, EvidenceItem
from investigations.services import custody, evidence, team
from investigations.services.copies import register_copy
from investigations.services.lines import add_line
from investigations.states import EvidenceStatus, Sensitivity
from tests.builders.accounts import a_membership
from tests.builders.investigations import (
    an_evidence_item,
    an_open_investigation,
    an_upload,
    described,
)
from tests.builders.walked import as_made
from tests.cast import play
from workflow.errors import ActRefusedError, GuardRefusedError

pytestmark = pytest.mark.django_db
WALKED = (an_open_investigation,)


def test_registering_keeps_the_hash_and_begins_custody() -> None:
    registered = an_evidence_item(upload=an_upload(b"We hold 12 cases.\n"))
    assert registered.mark == "E-0001"
    begun = registered.custody.get()
    assert begun.kind == CustodyEvent.Kind.REGISTERED
    assert begun.file_sha256 == registered.file.sha256
    assert registered.status == EvidenceStatus.RECEIVED


def test_the_same_bytes_are_logged_once_in_a_case_and_again_in_another() -> None:
    investigation = an_open_investigation()
    first = an_evidence_item(investigation, upload=an_upload(b"Same bytes.\n"))
    with pytest.raises(evidence.EvidenceIsKnownError, match=first.mark):
        an_evidence_item(investigation, upload=an_upload(b"Same bytes.\n", "again.txt"))
    assert an_evidence_item(upload=an_upload(b"Same bytes.\n")).mark == "E-0001"


def test_a_correction_keeps_what_was_said_and_why() -> None:
    registered = an_evidence_item(title="Retrun")
    corrected = evidence.correct(
        registered,
        changes={"title": "Return", "dated_on": date(2026, 1, 5)},
        reason="Misspelt, and the date was missing.",
        version=registered.version,
        by=play("investigator"),
    )
    assert (corrected.title, corrected.version) == ("Return", 2)
    kept = corrected.corrections.get(field="title")
    assert (kept.before, kept.after) == ("Retrun", "Return")
    assert corrected.corrections.get(field="dated_on").after == "2026-01-05"
    assert corrected.custody.filter(kind=CustodyEvent.Kind.CORRECTED).count() == 1


def test_the_lines_of_an_item_are_corrected_like_all_else() -> None:
    registered = an_evidence_item()
    by = play("investigator")
    line = add_line(registered.investigation, question="How often?", by=by)
    corrected = evidence.correct(
        registered, changes={"lines": [line]}, reason="It bears on L-01.", version=1, by=by
    )
    assert corrected.lines.get() == line
    assert corrected.corrections.get().after == "L-01"
    elsewhere = add_line(an_open_investigation(), question="Why?", by=by)
    with pytest.raises(ActRefusedError, match="another investigation"):
        evidence.correct(registered, changes={"lines": [elsewhere]}, reason="x", version=2, by=by)


@pytest.mark.parametrize(
    ("changes", "reason", "told"),
    [
        ({"title": "Other"}, " ", "Say why"),
        ({"title": "Self-assessment return"}, "No reason", "Nothing was changed"),
        ({"file": None}, "Replace the file", "Nothing was changed"),
    ],
)
def test_a_correction_needs_a_change_and_a_reason(
    changes: dict[str, object], reason: str, told: str
) -> None:
    registered = an_evidence_item()
    with pytest.raises(ActRefusedError, match=told):
        evidence.correct(
            registered, changes=changes, reason=reason, version=1, by=play("investigator")
        )
    assert not EvidenceCorrection.objects.exists()


def test_of_two_corrections_made_at_once_the_second_is_refused() -> None:
    registered = an_evidence_item()
    for_both: dict[str, Any] = {"version": registered.version, "by": play("investigator")}
    evidence.correct(registered, changes={"title": "Mine"}, reason="Mine", **for_both)
    with pytest.raises(VersionConflictError):
        evidence.correct(registered, changes={"title": "Yours"}, reason="Yours", **for_both)


def test_what_supersedes_an_item_leaves_it_in_the_log() -> None:
    registered = an_evidence_item()
    newer = evidence.supersede(
        registered, upload=an_upload(), reason="The force corrected it.", by=play("investigator")
    )
    registered.refresh_from_db()
    assert registered.status == EvidenceStatus.SUPERSEDED
    assert registered.superseded_by == newer
    assert (newer.mark, newer.title) == ("E-0002", registered.title)
    assert registered.custody.order_by("-pk")[0].note == "By E-0002: The force corrected it."
    with pytest.raises(ActRefusedError, match="superseded"):
        evidence.supersede(registered, upload=an_upload(), reason="Again.", by=play("investigator"))


def test_a_redacted_copy_is_an_item_that_names_its_original() -> None:
    registered = an_evidence_item(sensitivity=Sensitivity.RESTRICTED)
    by = play("investigator")
    said: dict[str, Any] = {"title": "Redacted", "sensitivity": Sensitivity.OFFICIAL, "by": by}
    with pytest.raises(ActRefusedError, match="made with"):
        register_copy(registered, upload=an_upload(), made_with=" ", **said)
    copy = register_copy(registered, upload=an_upload(), made_with="by hand", **said)
    assert copy.file.derived_from == registered.file
    assert (copy.mark, copy.source) == ("E-0002", registered.source)
    assert registered.custody.order_by("-pk")[0].note == "As E-0002, made with by hand"
    assert list(EvidenceItem.objects.visible_to(play("iopc_decision_maker"))) == [copy]


def test_an_item_is_screened_once_its_file_opens() -> None:
    registered = an_evidence_item()
    with pytest.raises(GuardRefusedError, match="can’t be screened yet"):
        evidence.screen(registered, by=play("investigator"))
    assert not registered.custody.filter(kind=CustodyEvent.Kind.SCREENED).exists()


def test_an_item_is_set_aside_with_a_reason_and_taken_back() -> None:
    registered = an_evidence_item()
    with pytest.raises(ActRefusedError, match="Give a reason"):
        evidence.set_aside(registered, reason="", by=play("investigator"))
    evidence.set_aside(registered, reason="Out of scope.", by=play("investigator"))
    assert registered.status == EvidenceStatus.NOT_RELIED_ON
    evidence.rely_on_again(registered, reason="In scope after all.", by=play("investigator"))
    assert registered.status == EvidenceStatus.RECEIVED


def test_what_is_taken_back_is_not_said_to_be_screened() -> None:
    registered = an_evidence_item()
    by = play("investigator")
    evidence.set_aside(registered, reason="Out of scope.", by=by)
    evidence.rely_on_again(registered, reason="In scope after all.", by=by)
    with pytest.raises(GuardRefusedError, match="can’t be screened yet"):
        evidence.screen(registered, by=by)
    scan(registered.file_id)
    assert evidence.screen(as_made(registered), by=by).status == EvidenceStatus.SCREENED


def test_opening_a_sensitive_file_is_a_custody_event_with_a_purpose() -> None:
    registered = an_evidence_item(sensitivity=Sensitivity.SENSITIVE)
    with pytest.raises(ActRefusedError, match="Say why"):
        custody.record_reading(registered, by=play("investigator"))
    custody.record_reading(registered, purpose="To draft F-01.", by=play("investigator"))
    assert registered.custody.order_by("-pk")[0].note == "To draft F-01."


def test_a_restricted_item_exists_for_named_people_alone() -> None:
    investigation = an_open_investigation()
    colleague = a_membership(Role.INVESTIGATOR)
    team.add_member(investigation, membership=colleague, by=play("lead_investigator"))
    registered = an_evidence_item(investigation, sensitivity=Sensitivity.RESTRICTED)
    seen_by = EvidenceItem.objects.visible_to
    assert seen_by(play("lead_investigator")).get() == registered
    assert not seen_by(colleague).exists()
    assert not seen_by(play("hmicfrs_decision_maker")).exists()
    custody.name_reader(
        registered, reader=colleague, reason="Knows the force.", by=play("lead_investigator")
    )
    assert seen_by(colleague).exists()


def test_restricting_an_item_shuts_out_those_who_saw_it() -> None:
    registered = an_evidence_item()
    decision_maker = play("iopc_decision_maker")
    assert EvidenceItem.objects.visible_to(decision_maker).exists()
    evidence.correct(
        registered,
        changes={"sensitivity": Sensitivity.RESTRICTED},
        reason="It names a victim.",
        version=1,
        by=play("investigator"),
    )
    assert not EvidenceItem.objects.visible_to(decision_maker).exists()


def test_nobody_outside_the_team_registers_evidence(unassigned_investigator: Membership) -> None:
    investigation = an_open_investigation()
    for outsider in (unassigned_investigator, play("submitter"), play("hmicfrs_decision_maker")):
        with pytest.raises(PermissionDenied):
            evidence.register(investigation, upload=an_upload(), by=outsider, **described())


@pytest.mark.parametrize(
    "lose",
    [
        lambda row: EvidenceItem.objects.filter(pk=row.pk)._raw_delete("default"),
        lambda row: EvidenceItem.objects.filter(pk=row.pk).update(number=9),
        lambda row: EvidenceItem.objects.filter(pk=row.pk).update(registered_at=timezone.now()),
        lambda row: CustodyEvent.objects.update(note="otherwise"),
        lambda row: CustodyEvent.objects.all()._raw_delete("default"),
        lambda row: EvidenceCorrection.objects.update(reason="otherwise"),
    ],
)
def test_the_database_refuses_to_lose_evidence_or_its_history(
    lose: Callable[[EvidenceItem], Any],
) -> None:
    registered = an_evidence_item()
    with pytest.raises(DatabaseError, match=r"never|denied"), transaction.atomic():
        lose(registered)
