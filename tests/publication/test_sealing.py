"""From the draft of a report to its seal: what is refused, and what is frozen."""

import hashlib
import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from complaints.models import Complaint
from complaints.states import CaseStatus
from documents import vault
from drafting.errors import VersionConflictError
from investigations.models import Finding
from investigations.services import findings
from publication.models import Release, Report
from publication.readiness import draft_of, lacking
from publication.sections import build, built_sections
from publication.services import report as report_verbs
from publication.services import sealing, sign_off
from publication.services.sign_off import unsigned
from publication.states import Ground, ReportStatus
from tests.builders.complaints import a_registered_complaint
from tests.builders.publication import (
    a_report_being_drafted,
    a_report_in_sign_off,
    a_sealed_report,
    a_signed_off_report,
    armed,
    sealed,
    signed_off,
)
from tests.cast import play
from workflow.errors import ActRefusedError, TransitionRefusedError

pytestmark = pytest.mark.django_db
WALKED = (a_report_in_sign_off,)


def report_of(release: Release) -> Report:
    """The report of a release, as it stands."""
    return Report.objects.get(releases=release)


def content_of(release: Release, path: str) -> bytes:
    """A sealed file's bytes."""
    file = release.files.get(path=path)
    return b"".join(vault.read_sealed(vault.unwrap(release.wrapped_key), file.storage_key))


def test_a_seal_freezes_every_file_under_one_root_hash() -> None:
    release = a_sealed_report()
    manifest = content_of(release, "manifest.json")
    assert release.root_sha256 == hashlib.sha256(manifest).hexdigest()
    rows = {row["path"]: row for row in json.loads(manifest)["files"]}
    assert set(rows) == {"report.html", "report.pdf", "notice.html", "notice.pdf", "data.json"}
    for path, row in rows.items():
        content = content_of(release, path)
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
        assert row["bytes"] == len(content)
    assert content_of(release, "report.pdf").startswith(b"%PDF-")


def test_the_sealed_report_says_all_four_parts() -> None:
    said = content_of(a_sealed_report(), "report.html").decode()
    for words in (
        "Written by hand for steps-taken.",
        "Forces do not share what they know.",
        "The authorities take no further action of their own.",
        "Stop sharing the immigration status of victims.",
        "Within 56 days beginning with the day of publication (statutory)",
        "Norfolk Constabulary",
    ):
        assert words in said


def test_sealing_seals_the_case_and_a_seal_that_is_opened_opens_it() -> None:
    release = a_sealed_report()
    assert Complaint.objects.get(key=release.complaint_id).status == CaseStatus.SEALED
    report = report_of(release)
    sealing.unseal(report, reason="A name is wrong.", by=play("lead_investigator"))
    release.refresh_from_db()
    assert release.unsealed_at is not None
    assert report.status == ReportStatus.DRAFTING
    assert Complaint.objects.get(key=release.complaint_id).status == CaseStatus.REPORTING


def test_an_opened_seal_takes_every_approval_with_it() -> None:
    release = armed(a_sealed_report())
    report = report_of(release)
    sealing.unseal(report, reason="A name is wrong.", by=play("lead_investigator"))
    assert not release.approvals.filter(voided_at=None).exists()


def test_one_missing_sign_off_refuses_the_seal() -> None:
    report = a_signed_off_report()
    section = report.sections.get(key="conclusions")
    report_verbs.edit_section(
        section, text="Other words.", version=section.version, by=play("investigator")
    )
    assert unsigned(report, built_sections(report)) == [
        ("What we found, and why", name) for name in ("HMICFRS", "IOPC", "College")
    ]
    with pytest.raises(
        ActRefusedError,
        match="“What we found, and why”, as it reads now, lacks the sign-off of HMICFRS, IOPC",
    ):
        sealing.ask_to_seal(report, by=play("lead_investigator"))


def test_a_record_that_changes_undoes_the_sign_off_of_its_section_only() -> None:
    report = a_signed_off_report()
    finding = Finding.objects.get(investigation__complaint=report.complaint)
    findings.change(
        finding,
        title=finding.title,
        conclusion="Forces share what they know.",
        reasons=finding.reasons,
        feature=None,
        version=finding.version,
        by=play("investigator"),
    )
    assert {title for title, _who in unsigned(report, built_sections(report))} == {
        "What we found, and why"
    }


def put(text: str) -> Callable[[Report], None]:
    def write(report: Report) -> None:
        section = report.sections.get(key="steps-taken")
        report_verbs.edit_section(
            section, text=text, version=section.version, by=play("investigator")
        )

    return write


def an_excluded_passage(report: Report) -> None:
    report_verbs.exclude(
        report,
        passage="the safe house  in Example Street",
        ground=Ground.SAFETY,
        reason="People live there.",
        by=play("hmicfrs_decision_maker"),
    )
    put("We saw The safe house in Example Street.")(report)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (put("We did [insert number] interviews."), "is a placeholder"),
        (put("We did TBC interviews."), "“TBC” is a placeholder"),
        (an_excluded_passage, "Excluded passage 1 is still in the text"),
    ],
)
def test_a_report_that_lacks_something_is_not_sealed(
    spoil: Callable[[Report], None], says: str
) -> None:
    report = a_report_in_sign_off()
    spoil(report)
    report = signed_off(Report.objects.get(pk=report.pk))
    with pytest.raises(ActRefusedError, match=says):
        sealing.ask_to_seal(report, by=play("lead_investigator"))
    assert not Release.objects.exists()


@pytest.mark.parametrize("how", ["reference", "title"])
def test_a_report_names_no_case_that_is_not_public(how: str) -> None:
    other = a_registered_complaint(title="Searches that nobody wrote down")
    report = a_report_in_sign_off()
    put(f"As in {getattr(other, how)}, we asked forces.")(report)
    assert (
        lacking(draft_of(report))[-1] == f"The text names {other.reference}, which is not public."
    )


def test_what_is_lacking_names_no_case_that_its_reader_may_not_open() -> None:
    other = a_registered_complaint(title="Searches that nobody wrote down")
    report = a_report_in_sign_off()
    put(f"As in {other.title}, we asked forces.")(report)
    said = " ".join(lacking(draft_of(report, reader=play("lead_investigator"))))
    assert "The text has the title of a super-complaint that is not public." in said
    assert other.reference not in said
    told = " ".join(lacking(draft_of(report, reader=play("hmicfrs_decision_maker"))))
    assert f"The text names {other.reference}, which is not public." in told


def test_only_the_authority_that_publishes_excludes_a_passage() -> None:
    report = a_report_in_sign_off()
    with pytest.raises(ActRefusedError, match="Only HM Chief Inspector of Constabulary"):
        report_verbs.exclude(
            report,
            passage="A passage",
            ground=Ground.SAFETY,
            reason="Somebody’s safety.",
            by=play("iopc_decision_maker"),
        )


def test_a_sign_off_is_of_the_text_that_was_read() -> None:
    report = a_report_in_sign_off()
    section = report.sections.get(key="steps-taken")
    with pytest.raises(ActRefusedError, match="has changed since you opened it"):
        sign_off.sign_off(section, text_sha256="0" * 64, by=play("iopc_decision_maker"))
    with pytest.raises(PermissionDenied):
        sign_off.sign_off(
            section, text_sha256=build(section).text_sha256, by=play("lead_investigator")
        )


def test_nothing_is_signed_off_or_sealed_while_it_is_drafted() -> None:
    report = a_report_being_drafted()
    section = report.sections.get(key="steps-taken")
    with pytest.raises(ActRefusedError, match="not in sign-off"):
        sign_off.sign_off(
            section, text_sha256=build(section).text_sha256, by=play("iopc_decision_maker")
        )
    with pytest.raises(TransitionRefusedError):
        sealing.ask_to_seal(report, by=play("lead_investigator"))


def test_two_who_edit_one_section_do_not_overwrite_each_other() -> None:
    section = a_report_being_drafted().sections.get(key="steps-taken")
    opened = section.version
    report_verbs.edit_section(section, text="Mine.", version=opened, by=play("investigator"))
    with pytest.raises(VersionConflictError):
        report_verbs.edit_section(
            section, text="Yours.", version=opened, by=play("lead_investigator")
        )


def test_a_sealed_report_is_not_edited() -> None:
    report = report_of(a_sealed_report())
    section = report.sections.get(key="steps-taken")
    with pytest.raises(ActRefusedError, match="This report is sealed"):
        report_verbs.edit_section(
            section, text="Later.", version=section.version, by=play("investigator")
        )


def test_an_opinion_in_dispute_is_printed_and_needs_new_sign_offs() -> None:
    report = a_signed_off_report()
    sign_off.give_opinion(
        report, matter="finding 1", text="We would go further.", by=play("iopc_decision_maker")
    )
    assert {title for title, _who in unsigned(report, built_sections(report))} == {
        "What we found, and why"
    }
    release = sealed(signed_off(report))
    said = content_of(release, "report.html").decode()
    assert "Opinion of Independent Office for Police Conduct on finding 1" in said
    assert "We would go further." in said


def test_a_report_sent_back_is_drafted_again() -> None:
    report = a_report_in_sign_off()
    sent = report_verbs.send_back(report, reason="Too long.", by=play("iopc_decision_maker"))
    assert sent.status == ReportStatus.DRAFTING
    with pytest.raises(ActRefusedError, match="Say why"):
        report_verbs.send_back(report, reason=" ", by=play("iopc_decision_maker"))
