"""Investigations for tests, walked to where they stand by the real verbs."""

from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership
from clock.london import london_today
from complaints.models import Complaint
from documents.services.scanning import scan
from investigations.models import EvidenceItem, Finding, Investigation
from investigations.services import evidence, findings, opening
from investigations.services.description import Described
from tests.builders.accounts import organisation
from tests.builders.cases import STAGES
from tests.builders.complaints import an_eligible_complaint
from tests.builders.walked import walked_once
from tests.cast import play

_numbers = count(1)
AUTHORITIES = ("hmicfrs", "iopc", "college")


def an_upload(content: bytes = b"", name: str = "return.txt") -> SimpleUploadedFile:
    """A text file, with bytes of its own unless they are given."""
    content = content or f"Return {next(_numbers)} of a force.\n".encode()
    return SimpleUploadedFile(name, content, content_type="text/plain")


@walked_once
def an_open_investigation(complaint: Complaint | None = None) -> Investigation:
    """An investigation led by HMICFRS, with the cast's investigators of that authority."""
    return opening.open_investigation(
        complaint or an_eligible_complaint(),
        lead_authority=organisation("hmicfrs"),
        lead=play("lead_investigator"),
        members=[play("investigator")],
        by=play("hmicfrs_decision_maker"),
    )


def described(**other: object) -> Described:
    """A provenance, with whatever is said otherwise."""
    said = {
        "title": "Self-assessment return",
        "source": "Norfolk Constabulary",
        "received_on": london_today(),
        **other,
    }
    return said  # type: ignore[return-value]


@walked_once
def an_evidence_item(
    investigation: Investigation | None = None,
    *,
    by: Membership | None = None,
    upload: SimpleUploadedFile | None = None,
    **said: object,
) -> EvidenceItem:
    """An item in the log of an investigation, registered by its investigator."""
    return evidence.register(
        investigation or an_open_investigation(),
        upload=upload or an_upload(),
        by=by or play("investigator"),
        **described(**said),
    )


def screened(evidence_item: EvidenceItem) -> EvidenceItem:
    """The item, once its file was checked by the real scanner and its investigator read it."""
    scan(evidence_item.file_id)
    evidence_item.refresh_from_db()
    return evidence.screen(evidence_item, by=play("investigator"))


@walked_once
def a_finding(investigation: Investigation | None = None, *, title: str = "") -> Finding:
    """A draft finding that one evidence item supports."""
    investigation = investigation or an_open_investigation()
    drafted = findings.draft(
        investigation,
        title=title or f"Finding on point {next(_numbers)}",
        conclusion="Forces do not share what they know.",
        reasons="Returns and interviews say so.",
        by=play("investigator"),
    )
    findings.link(
        drafted,
        evidence_item=an_evidence_item(investigation),
        bearing="supports",
        by=play("investigator"),
    )
    return drafted


@walked_once
def a_proposed_finding(investigation: Investigation | None = None, *, title: str = "") -> Finding:
    """A finding that lies before the authorities."""
    return findings.propose(a_finding(investigation, title=title), by=play("investigator"))


@walked_once
def an_agreed_finding(investigation: Investigation | None = None, *, title: str = "") -> Finding:
    """A finding to whose text every authority agreed."""
    proposed = a_proposed_finding(investigation, title=title)
    for slug in AUTHORITIES:
        findings.agree(
            proposed,
            text_sha256=proposed.text_sha256,
            by=play(f"{slug}_decision_maker"),
        )
    proposed.refresh_from_db()
    return proposed


def a_case_under_investigation() -> Complaint:
    """A case whose investigation is open."""
    return an_open_investigation().complaint


STAGES["investigating"] = a_case_under_investigation
