"""The parts of a super-complaint, as regulation 4 lists them: one table for every page that asks.

The task list, the answers to check, the guard on submitting and the rows of the eligibility page
are all read from it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from complaints.law import Provision
from complaints.models import Complaint

OUR_RULE = "this service’s own rule"


@dataclass(frozen=True)
class Part:
    """One part: what it is called, which provision asks for it, and when it is there.

    `law` is a `Provision`: `complaints.law` says how a scheme cites it.
    """

    name: str
    title: str
    law: str
    is_given: Callable[[Complaint], bool]
    missing: str = ""
    unfinished: Callable[[Complaint], str] = lambda _complaint: ""

    @property
    def is_required(self) -> bool:
        """Whether regulation 4 asks for it."""
        return bool(self.law)

    def lacks(self, complaint: Complaint) -> "Part | None":
        """The part with what is missing of it in words, and whose rule that is; None if nothing."""
        if not self.is_given(complaint):
            return self
        if unfinished := self.unfinished(complaint):
            return replace(self, missing=unfinished, law=OUR_RULE)
        return None


def evidence_not_told(complaint: Complaint) -> str:
    """What keeps the evidence of a draft from being submitted though there is some."""
    pieces = complaint.supporting_documents
    if not (count := pieces.count()):
        return "Add at least one file or link that you rely on."
    if silent := pieces.not_described().count():
        return f"Say what each piece of evidence shows: {silent} of {count} still to do."
    return ""


PARTS = (
    Part("title", "Title", "", lambda complaint: bool(complaint.title)),
    Part(
        "features",
        "The feature or features of policing",
        Provision.FEATURES,
        lambda complaint: complaint.features.exists(),
        "Set out at least one feature of policing.",
    ),
    Part("forces", "Which forces it concerns", "", lambda c: bool(c.forces_concerned)),
    Part(
        "harm",
        "Why it is significantly harming the public interest",
        Provision.HARM,
        lambda complaint: bool(complaint.harm),
        "Explain why the public interest is, or appears to be, significantly harmed.",
    ),
    Part(
        "evidence",
        "The evidence you rely on",
        Provision.EVIDENCE,
        lambda c: bool(c.evidence_relied_on) or c.supporting_documents.exists(),
        "Include the evidence that you rely on.",
        evidence_not_told,
    ),
    Part(
        "earlier", "Earlier super-complaints considered", "", lambda c: bool(c.earlier_considered)
    ),
    Part(
        "contact",
        "Contact person",
        Provision.CONTACT,
        lambda complaint: bool(complaint.contact_name),
        "Name a contact person.",
    ),
)
BY_NAME = {part.name: part for part in PARTS}


def missing_parts(complaint: Complaint) -> list[Part]:
    """What a draft still lacks, part by part in the order of regulation 4.

    Law: SI 2018/748 reg. 4; that each piece of evidence says what it shows is our own rule.
    """
    asked = (part.lacks(complaint) for part in PARTS if part.is_required)
    return [part for part in asked if part]
