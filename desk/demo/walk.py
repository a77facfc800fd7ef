"""Walking a fictional case through the real verbs, stage by stage, as the demo's people."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from accounts.demo import SERVICE_FORCE
from accounts.models import Membership, Organisation, Regime
from complaints.canonical import content_sha256
from complaints.models import Complaint, SupportingDocument
from complaints.services import (
    acknowledgement,
    approving,
    confirming,
    drafts,
    eligibility,
    evidence_relied_on,
    joint,
    letter_texts,
    submission,
)
from complaints.services.authorities import deciding_authorities
from complaints.services.declaring import Signatory
from complaints.services.drafts import Statement
from complaints.services.evidence_relied_on import Description
from complaints.services.submission import LetterContent
from desk.demo.content import SOURCES, Outcome, Story, evidence_text
from documents.services.scanning import scan
from investigations.models import EvidenceItem, Finding, Investigation
from investigations.services import evidence, findings, lines, opening, progress
from recommendations.services import drafting
from recommendations.services.drafting import Addressees, Deadline
from recommendations.states import Basis, DeadlineKind

People = dict[str, Membership]
DECIDERS = ("decision-maker-hmicfrs", "decision-maker-iopc", "decision-maker-college")
TEAM = ("investigator", "legal-adviser", "press-officer", "second-press-officer")
ROLE = "Head of policy"
WHY_ELIGIBLE = "It sets out what is asked for, and no earlier super-complaint has its substance."
SAID_SINCE = "Since May three more people have told us the same."
CONTACT = ("Contact 1", "contact@demo.example.invalid")


def police_forces() -> QuerySet[Organisation]:
    """The made-up forces of the police scheme."""
    made_up = Organisation.objects.filter(fictional=True, kind=Organisation.Kind.FORCE)
    return made_up.exclude(slug=SERVICE_FORCE)


def submitted(story: Story, people: People) -> Complaint:
    """Written and submitted in the portal today."""
    by = people["body-approver"]
    draft = _drafted(story, by, regime="police", forces=police_forces())
    return submission.submit(draft, signatory=Signatory(by.user.name, ROLE), by=by)


def submitted_on_service_police(story: Story, people: People) -> Complaint:
    """The same under the service police’s scheme, about a force of its own."""
    by, forces = people["service-body-approver"], Organisation.objects.filter(slug=SERVICE_FORCE)
    draft = _drafted(story, by, regime="service_police", forces=forces)
    return submission.submit(draft, signatory=Signatory(by.user.name, ROLE), by=by)


def drafted_jointly(story: Story, people: People) -> Complaint:
    """A draft of two bodies, changed since one of them approved it: it is to approve again."""
    lead, other = people["submitter"], people["joint-body-approver"]
    draft = _drafted(story, lead, regime="police", forces=police_forces())
    invited = joint.invite(draft, organisation=other.organisation, by=lead)
    joint.accept(invited, by=other)
    approving.approve(draft, content_sha256=content_sha256(draft), by=other)
    said_since = f"{story.harm}\n\n{SAID_SINCE}"
    drafts.save_harm(draft, harm=said_since, version=1, by=lead)
    return draft


def _drafted(
    story: Story, by: Membership, *, regime: str, forces: QuerySet[Organisation]
) -> Complaint:
    draft = drafts.start_draft(Regime.objects.get(key=regime), title=story.title, by=by)
    name, email = CONTACT
    drafts.save_contact(draft, name=name, email=email, version=0, by=by)
    statements = [Statement(feature) for feature in story.features]
    drafts.save_features(draft, features=statements, version=0, by=by)
    drafts.save_forces(
        draft, concerned=Complaint.ForcesConcerned.SOME, forces=forces, version=0, by=by
    )
    drafts.save_harm(draft, harm=story.harm, version=0, by=by)
    drafts.save_evidence(draft, relied_on=story.evidence, version=0, by=by)
    upload = ContentFile(evidence_text(0, "Accounts", story.title), "accounts.txt")
    document = evidence_relied_on.attach(draft, upload=upload, by=by)
    said = Description(
        title="Accounts relied on",
        shows="What people told us of it, in their own words.",
        feature=draft.features.all()[0],
        seen_by=SupportingDocument.SeenBy.INVESTIGATION,
        has_personal_data=True,
    )
    evidence_relied_on.describe(draft, document=document, said=said, version=0, by=by)
    return draft


def registered(story: Story, people: People, *, received_on: date) -> Complaint:
    """Registered from a letter that came on an earlier day."""
    name, email = CONTACT
    letter = ContentFile(evidence_text(0, "Letter", story.title), "letter.txt")
    return submission.register(
        Regime.objects.get(key="police"),
        lead_body=people["body-approver"].organisation,
        title=story.title,
        received_on=received_on,
        letter_upload=letter,
        by=people["intake-officer"],
        content=LetterContent(
            contact_name=name,
            contact_email=email,
            features=[Statement(feature) for feature in story.features],
            harm=story.harm,
            evidence_relied_on=story.evidence,
        ),
    )


def acknowledged(complaint: Complaint, people: People) -> Complaint:
    """Acknowledged by the intake officer's letter."""
    text = letter_texts.acknowledgement(complaint)
    acknowledgement.acknowledge(complaint, text=text, by=people["intake-officer"])
    return complaint


def confirmed(complaint: Complaint, people: People) -> Complaint:
    """Confirmed by the body as what it wrote in its letter."""
    confirming.confirm_registration(complaint, by=people["body-approver"])
    return complaint


def eligible(complaint: Complaint, people: People) -> Complaint:
    """Found eligible by every authority of its regime."""
    for part in deciding_authorities(complaint.regime):
        key = f"decision-maker-{part.organisation.slug}"
        eligibility.record_view(complaint, eligible=True, ground="", reasons="", by=people[key])
    text = letter_texts.decision(complaint, eligible=True)
    eligibility.decide(complaint, reasons=WHY_ELIGIBLE, text=text, by=people[DECIDERS[0]])
    return complaint


def opened(complaint: Complaint, people: People) -> Investigation:
    """Under investigation, with a team and a line of enquiry for each feature."""
    lead = people["lead-investigator"]
    investigation = opening.open_investigation(
        complaint,
        lead_authority=lead.organisation,
        lead=lead,
        members=[people[key] for key in TEAM],
        by=people[DECIDERS[0]],
    )
    for feature in complaint.features.all():
        lines.add_line(
            investigation,
            question=f"How often does it happen that: {feature.statement[0].lower()}"
            f"{feature.statement[1:].rstrip('.')}?",
            feature=feature,
            by=lead,
        )
    return investigation


def evidence_items(investigation: Investigation, people: People, number: int) -> list[EvidenceItem]:
    """That many evidence items, from several sources."""
    made = []
    for place in range(1, number + 1):
        kind, source, method = SOURCES[place % len(SOURCES)]
        text = evidence_text(place, kind, source) + investigation.case_reference.encode()
        made.append(
            evidence.register(
                investigation,
                upload=ContentFile(text, f"item-{place:03}.txt"),
                by=people["investigator"],
                **_described(f"{kind} {place}", source, method, investigation),
            )
        )
    return made


def _described(
    title: str, source: str, method: str, investigation: Investigation
) -> dict[str, Any]:
    received = investigation.complaint.received_on
    return {"title": title, "source": source, "method": method, "received_on": received}


def agreed_finding(
    investigation: Investigation, people: People, story: Story, *, on: EvidenceItem
) -> Finding:
    """The story's finding, which a screened item supports and to which every authority agreed."""
    scan(on.file_id)
    on.refresh_from_db()
    evidence.screen(on, by=people["investigator"])
    by = people["investigator"]
    told = outcome_of(story)
    finding = findings.draft(
        investigation,
        title=told.finding,
        conclusion=told.conclusion,
        reasons=told.reasons,
        by=by,
    )
    findings.link(finding, evidence_item=on, bearing="supports", by=by)
    findings.propose(finding, by=by)
    for key in DECIDERS:
        finding.refresh_from_db()
        findings.agree(finding, text_sha256=finding.text_sha256, by=people[key])
    finding.refresh_from_db()
    return finding


def outcome_of(story: Story) -> Outcome:
    """What comes of a story whose case is walked so far. Raises: ValueError where nothing does."""
    if story.outcome is None:
        raise ValueError(f"{story.title} has no outcome yet.")
    return story.outcome


def told_progress(investigation: Investigation, people: People) -> None:
    """One progress report, written and sent."""
    lead = people["lead-investigator"]
    text = "We have asked both forces, and have read the first returns. Fieldwork begins next."
    progress.send(progress.write(investigation, text=text, by=lead), by=lead)


def recommended(complaint: Complaint, people: People, story: Story, finding: Finding) -> None:
    """Two recommendations to fictional addressees, and an action of the authorities' own."""
    by, told = people["investigator"], outcome_of(story)
    forces = police_forces()
    days = Deadline(DeadlineKind.PERIOD, Basis.REQUESTED, calendar_days=56)
    drafting.draft_recommendation(
        complaint,
        wording=told.asked_of_forces,
        applies_to=told.applies_to,
        findings=[finding],
        addressees=Addressees(forces),
        deadline=days,
        by=by,
    )
    policing = Organisation.objects.filter(fictional=True, kind=Organisation.Kind.POLICING_BODY)
    drafting.draft_recommendation(
        complaint,
        wording=told.asked_of_policing_body,
        applies_to="The force’s area",
        findings=[finding],
        addressees=Addressees(policing),
        deadline=Deadline(
            DeadlineKind.CONDITION,
            Basis.SET_BY_REPORT,
            condition=told.asked_after,
        ),
        by=by,
    )
    drafting.draft_action(
        complaint,
        authority=people[DECIDERS[2]].organisation,
        text=told.own_action,
        by=by,
    )
