"""The parts of a super-complaint, as regulation 4 lists them: one table for every page that asks.

The task list, the answers to check, the guard on submitting and the rows of the eligibility page
are all read from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from complaints.models import Complaint


@dataclass(frozen=True)
class Part:
    """One part: what it is called, which provision asks for it, and when it is there."""

    name: str
    title: str
    law: str
    is_given: Callable[[Complaint], bool]
    missing: str = ""

    @property
    def is_required(self) -> bool:
        """Whether regulation 4 asks for it."""
        return bool(self.law)


PARTS = (
    Part("title", "Title", "", lambda complaint: bool(complaint.title)),
    Part(
        "contact",
        "Contact person",
        "reg. 4(3)",
        lambda complaint: bool(complaint.contact_name),
        "Name a contact person.",
    ),
    Part(
        "features",
        "The feature or features of policing",
        "reg. 4(2)(a)",
        lambda complaint: complaint.features.exists(),
        "Set out at least one feature of policing.",
    ),
    Part("forces", "Which forces it concerns", "", lambda c: bool(c.forces_concerned)),
    Part(
        "harm",
        "Why it is significantly harming the public interest",
        "reg. 4(2)(b)",
        lambda complaint: bool(complaint.harm),
        "Explain why the public interest is, or appears to be, significantly harmed.",
    ),
    Part(
        "evidence",
        "The evidence you rely on",
        "reg. 4(2)(c)",
        lambda c: bool(c.evidence_relied_on) or c.supporting_documents.exists(),
        "Include the evidence that you rely on.",
    ),
    Part(
        "earlier", "Earlier super-complaints considered", "", lambda c: bool(c.earlier_considered)
    ),
)
BY_NAME = {part.name: part for part in PARTS}


def missing_parts(complaint: Complaint) -> list[Part]:
    """The parts that regulation 4 asks for and that are not there. Law: SI 2018/748 reg. 4."""
    return [part for part in PARTS if part.is_required and not part.is_given(complaint)]
