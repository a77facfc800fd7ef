"""A service police complaint walks the same path: the regime is data."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Regime
from accounts.roles import Role
from complaints.law import Provision, cited
from complaints.models import Complaint
from complaints.services import (
    acknowledgement,
    drafts,
    eligibility,
    evidence_relied_on,
    letter_texts,
    submission,
)
from complaints.services.drafts import Statement
from complaints.states import CaseStatus
from complaints.views.part_pages import forces_of
from deadlines.models import Deadline
from documents.pdf import printed_html
from investigations.services import opening
from publication.sections import built_sections
from publication.services import report as report_verbs
from publication.text import report_text
from tests.builders.accounts import a_membership, organisation, signed_in_as
from tests.builders.complaints import EVIDENCE, HARM, SIGNATORY, STATEMENT, a_regime, an_upload
from tests.cast import play
from workflow.errors import ActRefusedError, GuardRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver(database_in_use: None) -> Membership:
    """An approver of a body designated for the service police."""
    return a_membership(Role.BODY_APPROVER, at="cmj")


@pytest.fixture
def commissioner(database_in_use: None) -> Membership:
    """A decision-maker of the second authority of the service police’s scheme."""
    return a_membership(Role.DECISION_MAKER, at="spcc")


def submitted(approver: Membership) -> Complaint:
    """A complaint about one service police force, written in the portal."""
    draft = drafts.start_draft(a_regime("service_police"), title="Shared quarters", by=approver)
    drafts.save_contact(draft, name="Contact", email="c@example.invalid", version=0, by=approver)
    drafts.save_features(draft, features=[Statement(STATEMENT)], version=0, by=approver)
    some = Complaint.ForcesConcerned.SOME
    first = forces_of(draft)[:1]
    drafts.save_forces(draft, concerned=some, forces=first, version=0, by=approver)
    drafts.save_harm(draft, harm=HARM, version=0, by=approver)
    drafts.save_evidence(draft, relied_on=EVIDENCE, version=0, by=approver)
    evidence_relied_on.attach(draft, upload=an_upload(), shows="What was seen.", by=approver)
    return submission.submit(draft, signatory=SIGNATORY, by=approver)


def viewed(complaint: Complaint, *by: Membership) -> None:
    """These authorities hold it eligible."""
    for member in by:
        eligibility.record_view(complaint, eligible=True, ground="", reasons="", by=member)


def test_its_forces_are_its_own(approver: Membership) -> None:
    complaint = submitted(approver)
    own = set(forces_of(complaint))
    police = a_regime("police").forces
    assert own
    assert police
    assert not own & set(police.members.all())
    assert set(complaint.forces.all()) <= own


def test_two_authorities_carry_it_from_receipt_to_an_investigation(
    approver: Membership, commissioner: Membership
) -> None:
    """Law: SI 2023/624 Part 4: the Chief Inspector and the Commissioner decide."""
    complaint, lead = submitted(approver), play("hmicfrs_decision_maker")
    clock = Deadline.objects.get(case_key=complaint.key)
    assert clock.regime == "service_police"
    text = letter_texts.acknowledgement(complaint)
    assert "Service Police Complaints Commissioner" in text
    assert "Office for Police Conduct" not in text
    acknowledgement.acknowledge(complaint, text=text, by=play("intake_officer"))
    viewed(complaint, lead)
    letter = letter_texts.decision(complaint, eligible=True)
    with pytest.raises(GuardRefusedError, match="SPCC must record a view"):
        eligibility.decide(complaint, reasons="In form.", text=letter, by=lead)
    viewed(complaint, commissioner)
    eligibility.decide(complaint, reasons="In form.", text=letter, by=lead)
    opening.open_investigation(
        complaint,
        lead_authority=organisation("hmicfrs"),
        lead=play("lead_investigator"),
        members=[],
        by=lead,
    )
    assert complaint.status == CaseStatus.INVESTIGATING


def test_the_authorities_of_the_other_scheme_neither_see_nor_decide_it(
    client: Client, approver: Membership
) -> None:
    complaint, iopc = submitted(approver), play("iopc_decision_maker")
    page = reverse("complaints:eligibility", args=[complaint.reference])
    assert signed_in_as(client, iopc).get(page).status_code == 404
    with pytest.raises(PermissionDenied):
        viewed(complaint, iopc)


def test_a_body_of_one_scheme_makes_no_complaint_in_the_other() -> None:
    by = play("body_approver")
    with pytest.raises(ActRefusedError, match="not designated for service police"):
        submission.refuse_unless_designated(
            a_regime("service_police"), by.organisation, on=a_regime("service_police").began_on
        )


def test_the_workbench_shows_two_authorities(client: Client, approver: Membership) -> None:
    complaint = submitted(approver)
    page = reverse("complaints:eligibility", args=[complaint.reference])
    text = signed_in_as(client, play("hmicfrs_decision_maker")).get(page).content.decode()
    assert text.count("No view recorded yet") == 2
    assert "SPCC" in text


POLICE_LAW = re.compile(r"2018/748|[Rr]egulation [4-8]\b|\b[Rr]eg\. ?[4-8]\b")
PORTAL = ("tracker", "documents", "own_messages", "submitted")
AT_RECEIPT = ("acknowledge", "eligibility", "view", "earlier_ones", "letters", "messages")


def said(client: Client, name: str, reference: str, *more: object) -> str:
    """The words of a page of the case, none of them police law."""
    answer = client.get(reverse(name, args=[reference, *more]))
    assert answer.status_code == 200, name
    words = " ".join(answer.content.decode().split())
    assert POLICE_LAW.findall(words) == [], name
    return words


def test_no_page_and_no_letter_of_it_cites_police_law(client: Client, approver: Membership) -> None:
    """Law: SI 2023/624 Part 4: what of it was not read is cited as not confirmed."""
    draft = drafts.start_draft(a_regime("service_police"), title="No beds", by=approver)
    browse = signed_in_as(client, approver)
    for name in ("draft", "check", "read_draft"):
        assert "SI 2023/624 Part 4 (not confirmed)" in said(browse, f"complaints:{name}", draft.key)
    earlier, complaint = submitted(approver), submitted(approver)
    for page in PORTAL:
        said(browse, f"complaints:{page}", complaint.reference)
    officer, lead = play("intake_officer"), play("hmicfrs_decision_maker")
    officer_and_lead = a_membership(Role.INTAKE_OFFICER, Role.DECISION_MAKER, at="hmicfrs")
    browse = signed_in_as(client, officer_and_lead)
    for page in AT_RECEIPT:
        said(browse, f"complaints:{page}", complaint.reference)
    said(browse, "complaints:compare", complaint.reference, earlier.reference)
    said(browse, "desk:overview", complaint.reference)
    clock = Deadline.objects.get(case_key=complaint.key)
    assert "SI 2023/624 Part 4" in said(browse, "deadlines:working", str(clock.pk))
    text = letter_texts.acknowledgement(complaint)
    acknowledgement.acknowledge(complaint, text=text, by=officer)
    viewed(complaint, lead, a_membership(Role.DECISION_MAKER, at="spcc"))
    said(browse, "complaints:decide", complaint.reference)
    letter = letter_texts.decision(complaint, eligible=True)
    eligibility.decide(complaint, reasons="In form.", text=letter, by=lead)
    said(browse, "investigations:open", complaint.reference)
    for kept in complaint.letters.all():
        assert kept.document
        printed = printed_html(kept.document.template, kept.document.context, title="Letter")
        assert POLICE_LAW.findall(printed) == [], kept.kind


def test_its_report_cites_what_was_read_of_its_own_law(
    client: Client, approver: Membership, commissioner: Membership
) -> None:
    """Law: SI 2023/624 reg. 96: the same four parts, the same grounds of exclusion."""
    complaint, lead = submitted(approver), play("hmicfrs_decision_maker")
    viewed(complaint, lead, commissioner)
    eligibility.decide(
        complaint,
        reasons="In form.",
        text=letter_texts.decision(complaint, eligible=True),
        by=lead,
    )
    investigator = play("lead_investigator")
    opening.open_investigation(
        complaint, lead_authority=organisation("hmicfrs"), lead=investigator, members=[], by=lead
    )
    browse = signed_in_as(client, investigator)
    for name in ("investigations:progress_reports", "recommendations:drafting"):
        said(browse, name, complaint.reference)
    assert "SI 2023/624 reg. 96" in said(browse, "publication:report", complaint.reference)
    report = report_verbs.begin(complaint, title="Quarters", by=investigator)
    report_verbs.exclude(
        report, passage="Room 9", ground="safety", reason="She lives there.", by=lead
    )
    assert "SI 2023/624 reg. 96" in said(browse, "publication:report", complaint.reference)
    said(browse, "publication:section", complaint.reference, "steps-taken")
    facts = report_text(report, built_sections(report))
    text = render_to_string("reports/body.html", {"facts": facts})
    assert "left out of this report, under SI 2023/624 reg. 96, because" in text
    assert POLICE_LAW.findall(text) == []


def test_each_scheme_of_the_reference_rows_cites_every_provision() -> None:
    for regime in Regime.objects.all():
        for provision in Provision:
            citation = cited(provision, regime)
            assert citation.full
            assert citation.confirmed or citation.full == f"{regime.law} (not confirmed)"
    assert cited(Provision.FEATURES, a_regime()).full == "SI 2018/748 reg. 4(2)(a)"
