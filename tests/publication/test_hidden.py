"""A seal is refused while something hidden is in it; a press notice’s faults are named."""

import io

import pikepdf
import pytest

from publication.hidden import hidden_in_pdf
from publication.lint import faults_in
from publication.models import Release, Report
from publication.services import report as report_verbs
from publication.services import seal_making, sealing
from tests.builders.publication import a_report_in_sign_off, a_signed_off_report, sealed, signed_off
from tests.cast import play
from workflow.errors import ActRefusedError

pytestmark = pytest.mark.django_db
WALKED = (a_report_in_sign_off,)


def test_a_text_with_a_hidden_character_is_not_sealed() -> None:
    report = a_report_in_sign_off()
    section = report.sections.first()
    assert section is not None
    text = "We asked for\u200bces."
    report_verbs.edit_section(section, text=text, version=section.version, by=play("investigator"))
    report = signed_off(Report.objects.get(pk=report.pk))
    with pytest.raises(ActRefusedError, match="zero width space"):
        sealing.ask_to_seal(report, by=play("lead_investigator"))


def test_the_pdfs_of_a_seal_carry_nothing_hidden() -> None:
    release = sealed(a_signed_off_report())
    assert Release.objects.filter(pk=release.pk, sealed_at__isnull=False).exists()


def test_a_file_with_a_note_or_an_attachment_is_found_out() -> None:
    kept = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Reviewer"] = "A name"
        pdf.attachments["notes.txt"] = b"A secret"
        pdf.save(kept)
    assert list(hidden_in_pdf(kept.getvalue())) == ["the note /Reviewer", "the file “notes.txt”"]


def test_a_seal_whose_pdf_carries_something_hidden_fails_and_says_what(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("publication.hidden.NOTED", frozenset({"/Title"}))
    asked = sealing.ask_to_seal(a_signed_off_report(), by=play("lead_investigator"))
    seal_making.make_seal(asked.pk)
    asked.refresh_from_db()
    assert "report.pdf carries" in asked.failure
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" ".join(["word"] * 26) + ".", "26 words"),
        ("A super complaint was made.", "hyphen"),
        ("It is out at 1000 Thursday.", "Write 10:00"),
        ("The chief said “we act.", "not closed"),
    ],
)
def test_each_fault_of_a_notice_is_named_with_its_remedy(text: str, says: str) -> None:
    assert [fault for fault in faults_in(text) if says in fault]


def test_a_sound_notice_has_no_fault() -> None:
    sound = "The super-complaint of 2018 is upheld. “We act,” the three said at 10:00 on Thursday."
    assert list(faults_in(sound)) == []
