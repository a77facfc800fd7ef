"""What the tables refuse, whoever asks: the seal, the approvals, the brakes."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from publication.models import Release, ReleaseApproval, ReleaseFile, ReleaseHold, Suspension
from tests.builders.complaints import a_draft
from tests.builders.publication import (
    a_sealed_release,
    an_approved_release,
    approve,
    in_seconds,
)
from tests.cast import play

pytestmark = pytest.mark.django_db


def refused(match: str) -> Any:
    """A refusal of the database, after which the test's transaction goes on."""
    return pytest.raises(DatabaseError, match=match)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Another title"),
        ("payload", {}),
        ("root_sha256", "c" * 64),
        ("slug", "another"),
        ("wrapped_key", b""),
        ("sealed_at", None),
        ("reference", "SC-2026-999"),
    ],
)
def test_what_is_sealed_is_not_changed(field: str, value: Any) -> None:
    release = a_sealed_release()
    with refused("What is sealed is not changed"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**{field: value})


def test_a_sealed_release_is_not_removed() -> None:
    release = a_sealed_release(files={})
    with refused("never removed"), transaction.atomic():
        Release.objects.filter(pk=release.pk).delete()


def test_a_broken_seal_is_not_mended() -> None:
    release = a_sealed_release()
    Release.objects.filter(pk=release.pk).update(unsealed_at=timezone.now())
    with refused("not mended"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(unsealed_at=None)


def test_the_files_of_a_seal_are_neither_changed_nor_added_to() -> None:
    release = a_sealed_release()
    with refused("files of a sealed release"), transaction.atomic():
        release.files.update(sha256="c" * 64)
    with refused("files of a sealed release"), transaction.atomic():
        ReleaseFile.objects.create(
            release=release,
            path="late.txt",
            storage_key="1" * 40,
            sha256="c" * 64,
            size_bytes=1,
            content_type="text/plain",
            language="en-GB",
        )


def test_nothing_is_born_public_or_latched_by_decree() -> None:
    with refused("not born public"), transaction.atomic():
        a_sealed_release(latched_at=timezone.now())
    release = a_sealed_release()
    with refused("Only what is public is latched"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(latched_at=timezone.now())


def test_only_an_imported_case_has_releases_without_approvals() -> None:
    with refused("Only an imported case"), transaction.atomic():
        a_sealed_release(a_draft(), imported=True, approvals_needed=0)


@pytest.mark.parametrize("needed", [0, 1, 3])
def test_the_number_of_approvals_is_not_bargained_down(needed: int) -> None:
    with refused("a_release_needs_two_approvals"), transaction.atomic():
        a_sealed_release(approvals_needed=needed)


@pytest.mark.parametrize(
    "facts", [{"root_sha256": "c" * 64}, {"release_at": in_seconds(600)}], ids=["hash", "instant"]
)
def test_an_approval_of_another_hash_or_instant_is_refused(facts: dict[str, Any]) -> None:
    release, by = a_sealed_release(), play("press_officer")
    said = {"root_sha256": release.root_sha256, "release_at": release.release_at, **facts}
    with refused("An approval is of this seal and instant"), transaction.atomic():
        ReleaseApproval.objects.create(release=release, by=by, person=by.user, **said)


def test_the_last_editor_does_not_approve() -> None:
    editor = play("press_officer")
    release = a_sealed_release(last_editor=editor.user)
    with refused("not by the last editor"), transaction.atomic():
        approve(release, editor)


def test_an_approval_names_the_person_of_its_membership() -> None:
    release = a_sealed_release()
    assert release.release_at is not None
    with refused("An approval is of this seal"), transaction.atomic():
        ReleaseApproval.objects.create(
            release=release,
            by=play("press_officer"),
            person=play("iopc_decision_maker").user,
            root_sha256=release.root_sha256,
            release_at=release.release_at,
        )


def test_a_voided_approval_is_not_revived_and_none_is_removed() -> None:
    release = an_approved_release()
    release.release_at = in_seconds(600)
    release.save()
    assert not release.approvals.filter(voided_at=None).exists()
    with refused("voided once"), transaction.atomic():
        release.approvals.update(voided_at=None)
    with refused("not removed"), transaction.atomic():
        release.approvals.all().delete()


@pytest.mark.parametrize("brake", [ReleaseHold, Suspension])
def test_one_person_does_not_lift_a_brake_nor_remove_it(brake: Any) -> None:
    placed = brake.objects.create(release=a_sealed_release(), reason="A mistake.")
    by = play("press_officer")
    for asked_by in (None, by):
        with refused("lifted by two"), transaction.atomic():
            brake.objects.filter(pk=placed.pk).update(
                lift_asked_by=asked_by, lifted_by=by, lifted_at=timezone.now()
            )
    with refused("not removed"), transaction.atomic():
        brake.objects.filter(pk=placed.pk).delete()
